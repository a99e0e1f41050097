"""Where a file lies, told from mount tables, drive types and folder names as they were seen on real PCs."""

from __future__ import annotations

import os
import time
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from db import location
from db.location import LOCAL, NETWORK, REMOVABLE, Kind, where_is

TABLE = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
24 22 0:30 / /tmp rw shared:9 - tmpfs tmpfs rw
25 22 8:3 / /home rw,relatime shared:2 - ext4 /dev/sda3 rw
26 25 0:50 / /home/siti/Bersama rw,relatime shared:3 - cifs //server/bersama rw,vers=3.1.1
27 22 8:17 / /media/siti/KANTOR\0402 rw,nosuid shared:4 - vfat /dev/sdb1 rw
28 22 0:51 / /srv/arsip rw shared:5 - nfs4 server:/arsip rw
29 22 0:52 / /mnt/aneh rw - fuse.belumdikenal belumdikenal rw
30 22 0:53 / /opt rw - overlay overlay rw
31 22 0:54 / /mnt/vm rw - 9p berbagi rw
32 28 8:3 /lokal /srv/arsip/lokal rw shared:2 - ext4 /dev/sda3 rw
33 22 0:55 / /mnt/dua rw - nfs server:/dua rw
34 22 8:3 / /mnt/dua rw - ext4 /dev/sda3 rw
35 22 0:56 / /run/user/1000/gvfs rw master:7 - fuse.gvfsd-fuse gvfsd-fuse rw
36 22 0:57 / /mnt/a\134b\011c rw - fuse.sshfs siti@server: rw
bukan baris mount
"""


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A tree as /sys has it: a disk that stays with a partition, and a stick with one."""
    numbers = tmp_path / "dev" / "block"
    numbers.mkdir(parents=True)
    for disk, removable, partitions in (("sda", "0", {"8:3": "sda3"}), ("sdb", "1", {"8:17": "sdb1"})):
        folder = tmp_path / "devices" / "block" / disk
        for number, name in partitions.items():
            (folder / name).mkdir(parents=True)
            (folder / name / "partition").write_text("1\n")
            (numbers / number).symlink_to(folder / name)
        (folder / "removable").write_text(f"{removable}\n")
    return numbers


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/siti/LKIP-2026.lkip", LOCAL),
        ("/home/siti/Bersama/LKIP-2026.lkip", NETWORK),
        ("/home/siti/Bersama", NETWORK),
        ("/home/siti/Bersama Lama/LKIP-2026.lkip", LOCAL),
        ("/media/siti/KANTOR 2/LKIP 2026.lkip", REMOVABLE),
        ("/media/siti/KANTOR/LKIP-2026.lkip", LOCAL),
        ("/srv/arsip/2026/LKIP.lkip", NETWORK),
        ("/srv/arsip/lokal/LKIP.lkip", LOCAL),
        ("/mnt/dua/LKIP.lkip", LOCAL),
        ("/run/user/1000/gvfs/smb-share:server=s/LKIP.lkip", NETWORK),
        ("/mnt/a\\b\tc/LKIP.lkip", NETWORK),
        ("/mnt/aneh/LKIP.lkip", LOCAL),
        ("/opt/LKIP.lkip", LOCAL),
        ("/mnt/vm/LKIP.lkip", LOCAL),
        ("/tmp/LKIP.lkip", LOCAL),
    ],
)
def test_the_longest_mount_decides(devices: Path, path: str, expected: location.Location) -> None:
    assert location._on_mounts(PurePosixPath(path), TABLE, devices) == expected


@pytest.mark.parametrize("system", ["nfs4", "vfat"])
def test_a_pc_that_was_started_from_elsewhere_is_not_locked_out(devices: Path, system: str) -> None:
    table = f"22 1 8:17 / / rw - {system} /dev/sdb1 rw\n"
    assert location._on_mounts(PurePosixPath("/home/siti/LKIP.lkip"), table, devices) == LOCAL


def test_a_table_that_says_nothing_counts_as_local(devices: Path) -> None:
    assert location._on_mounts(PurePosixPath("/home/LKIP.lkip"), "", devices) == LOCAL
    assert not location._is_removable("8:99", devices)


@pytest.mark.parametrize(
    ("path", "drive", "expected"),
    [
        (r"C:\Users\Siti\LKIP.lkip", 3, LOCAL),
        (r"E:\LKIP.lkip", 2, REMOVABLE),
        (r"Z:\Bersama\LKIP.lkip", 4, NETWORK),
        (r"\\server\bersama\LKIP.lkip", 1, NETWORK),
        (r"\\?\UNC\server\bersama\LKIP.lkip", 1, NETWORK),
        (r"\\?\E:\LKIP.lkip", 2, REMOVABLE),
        (r"\\?\C:\LKIP.lkip", 3, LOCAL),
        (r"C:\LKIP.lkip", 0, LOCAL),
    ],
)
def test_windows_tells_by_drive_and_share(path: str, drive: int, expected: location.Location) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return drive

    assert location._on_windows(PureWindowsPath(path), drive_type) == expected
    assert all(len(root) == 3 and root.endswith(":\\") for root in asked)
    assert bool(asked) is (drive != 1)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PurePosixPath("/home/siti/Dropbox/LKIP.lkip"), "folder Dropbox"),
        (PurePosixPath("/home/siti/Dropbox (Kantor)/LKIP/LKIP.lkip"), "folder Dropbox"),
        (PurePosixPath("/home/siti/Nextcloud/a/b/LKIP.lkip"), "folder Nextcloud"),
        (PureWindowsPath(r"C:\Users\Siti\OneDrive\Dokumen\LKIP.lkip"), "folder OneDrive"),
        (PureWindowsPath(r"C:\Users\Siti\ONEDRIVE - Kabupaten Contoh\LKIP.lkip"), "folder OneDrive"),
        (PureWindowsPath(r"C:\Users\Siti\Google Drive\LKIP.lkip"), "folder Google Drive"),
        (PureWindowsPath(r"C:\Users\Siti\GoogleDrive\LKIP.lkip"), "folder Google Drive"),
        (PureWindowsPath(r"C:\Users\Siti\iCloudDrive\LKIP.lkip"), "folder iCloud Drive"),
        (PureWindowsPath(r"P:\pCloudDrive\LKIP.lkip"), "folder pCloud"),
        (PureWindowsPath(r"G:\Drive Saya\LKIP.lkip"), "folder Google Drive"),
        (PureWindowsPath(r"c:\awan\kantor\LKIP\LKIP.lkip"), "folder OneDrive"),
        (PurePosixPath("/home/siti/LKIP/Dropbox"), ""),
        (PurePosixPath("/home/siti/LKIP/OneDrive.lkip"), ""),
        (PurePosixPath("/home/siti/Arsip OneDrive lama/LKIP.lkip"), ""),
        (PurePosixPath("/home/siti/onedriver/LKIP.lkip"), ""),
        (PureWindowsPath(r"C:\Users\Drive Saya\LKIP.lkip"), ""),
        (PureWindowsPath(r"C:\Awan\Kantor lain\LKIP.lkip"), ""),
    ],
)
def test_synced_folders_are_known_by_name_or_told_by_onedrive(path: PurePath, name: str) -> None:
    environment = {"OneDriveCommercial": r"C:\Awan\Kantor", "OneDrive": ""}
    found = location._in_synced_folder(path, environment)
    assert (found.kind, found.name) == ((Kind.SYNCED, name) if name else (Kind.LOCAL, ""))


def test_the_real_tables_are_read_quickly_and_nothing_need_exist(tmp_path: Path) -> None:
    assert where_is(tmp_path / "tidak" / "ada.lkip") == LOCAL
    assert where_is(tmp_path / "x" / ".." / "Dropbox" / "ada.lkip").kind is Kind.SYNCED
    assert where_is(tmp_path / "Dropbox" / ".." / "ada.lkip") == LOCAL
    begin = time.perf_counter()
    for _ in range(20):
        where_is(tmp_path / "LKIP.lkip")
    assert (time.perf_counter() - begin) / 20 < 0.02


def test_the_target_is_never_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead share hangs whoever asks it: what is asked must be the system's tables alone."""
    asked: list[str] = []
    real = os.stat

    def watch(path: os.PathLike[str] | str | int, **options: object) -> os.stat_result:
        asked.append(str(path))
        return real(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", watch)
    where_is(tmp_path / "Bersama" / "LKIP.lkip")
    assert [path for path in asked if path.startswith(str(tmp_path))] == []


def test_what_cannot_be_found_out_counts_as_local(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(location, "MOUNTS", tmp_path / "tidak ada")
    assert where_is(Path("/home/siti/LKIP.lkip")) == LOCAL
    assert where_is(Path("/home/siti\0/LKIP.lkip")) == LOCAL
