"""Makes the Debian package of the built folder: program, menu entry, file type, icons, described in Indonesian."""

from __future__ import annotations

import os
import shutil
import subprocess
from email.utils import formatdate
from gzip import GzipFile
from pathlib import Path

from make_icons import SIZES

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging" / "linux"
NAME = "lkip-desktop"
PLACE = f"usr/lib/{NAME}"
# Programs start from /usr/bin; what they need lies in a folder of its own.
COMMANDS = {"lkip-desktop": "lkip-desktop", "lkip": "lkip"}
MIME_ICON = "application-x-lkip"


def build_deb(program: Path, version: str) -> Path:
    """Lay out the package beside the built folder and pack it; its path in dist."""
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / PLACE, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    for command, target in COMMANDS.items():
        (tree / "usr/bin" / command).symlink_to(f"../lib/{NAME}/{target}")
    place_desktop_files(tree)
    place_icons(tree)
    place_documents(tree, version)
    set_rights(tree)
    place_control(tree, version)
    made = ROOT / "dist" / f"{NAME}_{version}_{architecture()}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(build_time())}
    pack = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", str(tree), str(made)]
    subprocess.run(pack, env=environment, check=True, stdout=subprocess.DEVNULL)
    return made


def place_desktop_files(tree: Path) -> None:
    for source, place in (
        (f"{NAME}.desktop", "usr/share/applications"),
        (f"{NAME}.xml", "usr/share/mime/packages"),
        (f"{NAME}.metainfo.xml", "usr/share/metainfo"),
        ("lintian-overrides", "usr/share/lintian/overrides"),
    ):
        target = tree / place / (NAME if source == "lintian-overrides" else source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / source, target)


def place_icons(tree: Path) -> None:
    drawn, theme = ROOT / "build" / "icons", tree / "usr/share/icons/hicolor"
    for name, context, shown in (("lkip-desktop", "apps", NAME), ("lkip-document", "mimetypes", MIME_ICON)):
        for size in SIZES:
            target = theme / f"{size}x{size}" / context / f"{shown}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(drawn / f"{name}-{size}.png", target)
        drawing = theme / "scalable" / context / f"{shown}.svg"
        drawing.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "resources/icons" / f"{name}.svg", drawing)


def place_documents(tree: Path, version: str) -> None:
    folder = tree / "usr/share/doc" / NAME
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text("utf-8")
    head = (HERE / "copyright").read_text("utf-8")
    (folder / "copyright").write_text(f"{head}\n{indented(licence)}", "utf-8")
    entry = f"{NAME} ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md of the project.\n\n"
    author = f" -- {maintainer()}  {formatdate(build_time())}\n"
    compress(folder / "changelog.gz", entry + author)
    for command in COMMANDS:
        page = tree / "usr/share/man/man1" / f"{command}.1.gz"
        page.parent.mkdir(parents=True, exist_ok=True)
        compress(page, (HERE / f"{command}.1").read_text("utf-8").replace("@VERSION@", version))


def place_control(tree: Path, version: str) -> None:
    control = tree / "DEBIAN"
    control.mkdir()
    size = sum(p.stat().st_size for p in tree.rglob("*") if p.is_file() and not p.is_symlink()) // 1024
    text = (HERE / "control").read_text("utf-8")
    words = {"VERSION": version, "ARCHITECTURE": architecture(), "SIZE": str(size), "MAINTAINER": maintainer()}
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    (control / "control").write_text(text, "utf-8")
    for script in ("postinst", "postrm"):
        shutil.copyfile(HERE / script, control / script)
        (control / script).chmod(0o755)
    md5 = subprocess.run(
        "find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum",
        shell=True,
        cwd=tree,
        capture_output=True,
        check=True,
    )
    (control / "md5sums").write_bytes(md5.stdout)


def set_rights(tree: Path) -> None:
    """Files are to be read by all and written by root; only the two programs are to be run."""
    programs = {tree / PLACE / target for target in COMMANDS.values()}
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
        os.utime(path, (build_time(), build_time()))


def architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, check=True, text=True).stdout.strip()


def maintainer() -> str:
    """Who answers for this package: who builds it, named as Debian's own tools are told it."""
    # The project has no mailbox. Addresses at example.org are set aside for examples (RFC 2606): they reach nobody.
    address = os.environ.get("DEBEMAIL", "lkip-desktop@example.org")
    return f"{os.environ.get('DEBFULLNAME', 'LKIP Desktop')} <{address}>"


def build_time() -> int:
    """The time of the last change that is kept, so that the same sources give the same package."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    last = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, check=False, text=True)
    return (
        int(last.stdout)
        if last.returncode == 0 and last.stdout.strip()
        else int((ROOT / "CHANGELOG.md").stat().st_mtime)
    )


def compress(path: Path, text: str) -> None:
    with path.open("wb") as raw, GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode("utf-8"))


def indented(text: str) -> str:
    return "".join(f" {line}\n" if line.strip() else " .\n" for line in text.splitlines())
