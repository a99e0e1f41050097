"""What is built and installed: the lists of the specification, the version, the file type, the installer's promises."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bootstrap
import package
import package_deb
import package_windows
import pytest
from make_icons import SIZES

from db.sqlite import APPLICATION_ID
from lkip_desktop import __version__

ROOT = Path(package.__file__).resolve().parent.parent
LINUX, WINDOWS = ROOT / "packaging/linux", ROOT / "packaging/windows"
NAMESPACE = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    """The specification's names, as PyInstaller would execute it, with parts that only note what they are given."""
    given: dict[str, Any] = {}

    def analysis(scripts: list[str], **lists: Any) -> SimpleNamespace:
        given["analysis"] = {"scripts": scripts, **lists}
        started = [(Path(script).stem, script, "PYSOURCE") for script in scripts]
        return SimpleNamespace(binaries=[], datas=[], pure=[], scripts=started)

    def program(*parts: Any, **options: Any) -> SimpleNamespace:
        given.setdefault("programs", {})[options["name"]] = options
        return SimpleNamespace()

    hooks = SimpleNamespace(
        collect_data_files=lambda name, **_: [(name, name)], collect_submodules=lambda name, **_: [name]
    )
    names = {
        "SPECPATH": str(ROOT),
        "Analysis": analysis,
        "PYZ": lambda *_: None,
        "EXE": program,
        "COLLECT": lambda *_, **options: given.update(collect=options),
    }
    code = compile((ROOT / "pyinstaller.spec").read_text("utf-8"), "pyinstaller.spec", "exec")
    modules = {name: SimpleNamespace() for name in ("PyInstaller", "PyInstaller.utils")}
    before = {name: sys.modules.get(name) for name in (*modules, "PyInstaller.utils.hooks")}
    sys.modules.update({**modules, "PyInstaller.utils.hooks": hooks})  # type: ignore[dict-item]
    try:
        exec(code, names)
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    return {**names, **given}


def test_every_module_and_every_resource_goes_along(spec: dict[str, Any]) -> None:
    hidden = set(spec["analysis"]["hiddenimports"])
    for room in ("lkip_desktop", "db", "ui"):
        for file in (ROOT / room).rglob("*.py"):
            if "versions" not in file.parent.parts:
                name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                assert name in hidden
    # Whole folders, so that a new resource or a new migration cannot be forgotten.
    folders = dict(spec["analysis"]["datas"])
    assert folders["resources"] == "resources"
    assert folders["db/migrations"] == "db/migrations"
    assert folders["LICENSE"] == "."


def test_a_window_program_and_a_command_without_compression(spec: dict[str, Any]) -> None:
    programs = spec["programs"]
    assert (programs["lkip-desktop"]["console"], programs["lkip"]["console"]) == (False, True)
    assert not any(part["upx"] for part in (*programs.values(), spec["collect"]))
    assert spec["VERSION"] == __version__ == package.version()


@pytest.mark.parametrize(
    ("place", "source", "goes"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/x", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", "/venv/x", True),
        ("PySide6/plugins/platforms/qwindows.dll", "C:/x", True),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", "/venv/x", True),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/venv/x", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/venv/x", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/venv/x", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "/venv/x", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", "/venv/x", False),
        ("libQt6Quick.so.6", "/venv/x", False),
        ("libicudata.so.73", "/venv/x", True),
        ("icuuc.dll", "C:/windows/system32/icuuc.dll", False),
        ("mscms.dll", "C:/windows/system32/mscms.dll", False),
        ("api-ms-win-crt-heap-l1-1-0.dll", "C:/windows/system32/x", False),
        ("libsqlite3.so.0", "/usr/lib/x86_64-linux-gnu/libsqlite3.so.0", True),
        ("resources/sop/lkip-2025-05.toml", "/source/resources/sop/lkip-2025-05.toml", True),
    ],
)
def test_what_goes_along(spec: dict[str, Any], place: str, source: str, goes: bool) -> None:
    assert spec["wanted"]((place, source, "BINARY")) is goes


def test_the_desktops_own_libraries_stay_the_desktops(spec: dict[str, Any]) -> None:
    own = "/usr/lib/x86_64-linux-gnu"
    foreign = sys.platform != "linux"
    assert spec["wanted"](("libxcb.so.1", f"{own}/libxcb.so.1", "BINARY")) is foreign
    assert spec["wanted"](("libfontconfig.so.1", f"{own}/libfontconfig.so.1", "BINARY")) is foreign
    assert spec["wanted"](("pillow.libs/libxcb-9065bb12.so.1", "/venv/pillow.libs/libxcb-9065bb12.so.1", "BINARY"))


def test_strangers_in_a_built_folder_are_found(tmp_path: Path) -> None:
    for name in ("_internal/icuuc.dll", "_internal/Qt6Quick.dll", "lkip-desktop.exe", "_internal/Qt6Core.dll"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert package.forbidden_in(tmp_path) == ["_internal/Qt6Quick.dll", "_internal/icuuc.dll"]


def test_pyinstaller_is_pinned_with_hashes_beside_the_programs_own_packages() -> None:
    packaging, runtime = ((ROOT / name).read_text("utf-8") for name in (bootstrap.PACKAGE, bootstrap.RUNTIME))
    pins = [set(re.findall(r"^([\w.-]+==[\w.]+)", text, re.MULTILINE)) for text in (packaging, runtime)]
    assert pins[1] <= pins[0]
    assert any(pin.startswith("pyinstaller==") for pin in pins[0])
    for entry in re.split(r"\n(?=\S)", packaging.strip()):
        assert "--hash=sha256:" in entry
    assert "://" not in packaging


def test_windows_gets_the_same_pins(tmp_path: Path) -> None:
    wheels, sources = (path.read_text("utf-8") for path in package_windows.windows_requirements(tmp_path))
    assert "pefile==" in wheels
    assert "pywin32-ctypes==" in wheels
    assert "macholib==" not in wheels
    assert "sys_platform" not in wheels
    assert re.findall(r"^(\w+)==", sources, re.MULTILINE) == ["docopt"]


# Linux


def test_the_file_type_is_told_by_name_and_by_content() -> None:
    (kind,) = ET.parse(LINUX / "lkip-desktop.xml").getroot().findall("m:mime-type", NAMESPACE)
    glob = kind.find("m:glob", NAMESPACE)
    inner = kind.find("m:magic/m:match/m:match", NAMESPACE)
    assert glob is not None
    assert inner is not None
    assert (kind.get("type"), glob.get("pattern")) == ("application/x-lkip", "*.lkip")
    # SQLite keeps the application's id in bytes 68 to 71, big end first.
    assert inner.get("offset") == "68"
    assert int.from_bytes(str(inner.get("value")).encode(), "big") == APPLICATION_ID
    assert int(str(glob.get("weight"))) > 50


def test_the_menu_entry_opens_the_file_type() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "lkip-desktop.desktop", "utf-8")
    assert entry["Desktop Entry"]["MimeType"] == "application/x-lkip;"
    assert entry["Desktop Entry"]["Exec"] == "lkip-desktop %f"


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="Debian's tools make Debian's packages")
def test_the_package_names_who_built_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBFULLNAME", "Subbagian Perencanaan")
    monkeypatch.setenv("DEBEMAIL", "perencanaan@example.org")
    (tmp_path / "usr").mkdir()
    (tmp_path / "usr/file").write_text("x")
    package_deb.place_control(tmp_path, __version__)
    control = (tmp_path / "DEBIAN/control").read_text("utf-8")
    assert "Maintainer: Subbagian Perencanaan <perencanaan@example.org>\n" in control
    assert f"Version: {__version__}\n" in control
    assert "@" not in control.replace("@example.org", "")


@pytest.mark.parametrize("script", ["postinst", "postrm"])
def test_package_scripts_are_sound_without_any_tool(script: str) -> None:
    for argument in ("configure", "remove", "purge", "upgrade"):
        done = subprocess.run(
            ["/bin/sh", str(LINUX / script), argument], env={"PATH": "/nowhere"}, capture_output=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_icons_are_drawn_in_every_size(tmp_path: Path) -> None:
    from PIL import Image

    script = [sys.executable, str(ROOT / "scripts/make_icons.py"), str(tmp_path)]
    subprocess.run(script, check=True)
    for name in ("lkip-desktop", "lkip-document"):
        with Image.open(tmp_path / f"{name}.ico") as icon:
            assert icon.info["sizes"] == {(size, size) for size in SIZES}
        with Image.open(tmp_path / f"{name}-256.png") as picture:
            assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]
            colours = picture.convert("RGB").getcolors(1 << 16)
            assert colours is not None
            assert len(colours) > 3


# Windows


def test_the_installer_is_for_one_person_and_never_for_the_machine() -> None:
    script = (WINDOWS / "installer.nsi").read_text("utf-8")
    assert script.splitlines()[0] == "Target amd64-unicode"
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert '!insertmacro MUI_LANGUAGE "Indonesian"' in script
    # Every question has an answer for a silent installation, or is asked only when somebody sees it.
    questions = [line for line in script.splitlines() if line.strip().startswith("MessageBox")]
    assert len([line for line in questions if "/SD" in line]) == len(questions) - 1


def test_an_upgrade_that_cannot_be_written_leaves_the_old_program() -> None:
    install, _ = (WINDOWS / "installer.nsi").read_text("utf-8").split('Section "Uninstall"')
    _, section = install.split('Section "LKIP Desktop"')
    copying = section.index('File /r "${PROGRAM}')
    assert section[:copying].count("SetOutPath") == 1
    assert 'SetOutPath "$INSTDIR\\_baru"' in section[:copying]
    assert "_internal" not in section
    assert "Call ChangeOver" in section[copying:]


def test_removing_takes_back_what_installing_wrote_and_no_cycle() -> None:
    install, remove = (WINDOWS / "installer.nsi").read_text("utf-8").split('Section "Uninstall"')
    for link in re.findall(r'CreateShortCut "([^"]+)"', install):
        assert f'Delete "{link}"' in remove
    keys = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', install))
    roots = re.findall(r'DeleteRegKey (?:/ifempty )?HKCU "([^"]+)"', remove)
    assert all(any(key == root or key.startswith(f"{root}\\") for root in roots) for key in keys)
    assert ".lkip" not in "".join(re.findall(r"(?:RMDir|Delete) .*", remove)).replace("Classes\\.lkip", "")
    assert 'RMDir /r "$INSTDIR"' not in remove


def test_the_batch_file_has_the_line_ends_of_windows() -> None:
    data = (WINDOWS / "build.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 10
