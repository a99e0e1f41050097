"""Tells from a path whether a file lies on this PC's own disk, on the network, on a stick or in a synced folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PureWindowsPath

MOUNTS = Path("/proc/self/mountinfo")
BLOCK_DEVICES = Path("/sys/dev/block")

# Only file systems that are known to lie on another machine: whoever keeps a file on one that is not in this list is
# not locked out by a guess. The ``fuse.gvfsd`` and ``kio`` ones are the shares that a desktop's file manager opens.
NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "coda", "ceph", "glusterfs", "lustre", "davfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.curlftpfs", "fuse.smbnetfs", "fuse.s3fs", "fuse.glusterfs"}
    | {"fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver"}
)

SYNC_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "pclouddrive": "pCloud",
}
# ``OneDrive - Kabupaten Contoh``, ``Dropbox (Kantor)``
SYNC_PREFIXES = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox"}
# Google Drive's own drive letter holds this one folder, named in the language of its user.
GOOGLE_ROOTS = frozenset({"my drive", "drive saya"})
ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")

# Return values of GetDriveTypeW, from Microsoft's documentation of fileapi.h.
DRIVE_REMOVABLE, DRIVE_REMOTE = 2, 4


class Kind(StrEnum):
    """Where a file lies; only on a `LOCAL` disk is it safe to write to it for long."""

    LOCAL = "local"
    NETWORK = "network"
    REMOVABLE = "removable"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a file lies; `name` as a sentence names it: ``flashdisk``, ``folder OneDrive``; empty when local."""

    kind: Kind = Kind.LOCAL
    name: str = ""

    @property
    def danger(self) -> str:
        """What follows ``Berkas … ada di``: the place, and a sentence about what can happen to a cycle there."""
        return {
            Kind.LOCAL: "disk komputer ini.",
            Kind.REMOVABLE: f"{self.name}. Siklus dapat rusak bila {self.name} dicabut saat program menyimpan.",
            Kind.NETWORK: f"{self.name}. Siklus dapat rusak bila sambungan terputus saat program menyimpan.",
            Kind.SYNCED: f"{self.name} yang disinkronkan. Siklus dapat rusak bila disinkronkan saat program menyimpan.",
        }[self.kind]


LOCAL = Location()
NETWORK = Location(Kind.NETWORK, "folder jaringan")
REMOVABLE = Location(Kind.REMOVABLE, "flashdisk")


def anywhere(_: Path) -> Location:
    """For those who know what they do: every place counts as this PC's own disk."""
    return LOCAL


def where_is(path: Path) -> Location:
    """Where the file or folder at `path` lies; what cannot be found out counts as local.

    The path is compared with the system's own tables and nothing on its way is touched: no look at a share that has
    gone away can hang here. So links are not followed; whoever has the real path already passes that.
    """
    try:
        absolute = os.path.abspath(path)  # noqa: PTH100 - Path.absolute leaves `..` in
        if os.name == "nt":
            found = _on_windows(PureWindowsPath(absolute), _drive_type)
        else:
            found = _on_mounts(PurePath(absolute), _text(MOUNTS), BLOCK_DEVICES)
        return found if found != LOCAL else _in_synced_folder(PurePath(absolute), os.environ)
    except (OSError, ValueError):
        return LOCAL


# Linux


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of the mount table: where it is mounted, its file system, and its device as ``8:17``."""

    point: str
    system: str
    device: str


def _text(table: Path) -> str:
    return table.read_text(encoding="utf-8", errors="surrogateescape")


def mounts(table: str) -> Iterator[Mount]:
    """The mounts of a ``/proc/<pid>/mountinfo`` in order, as `man 5 proc_pid_mountinfo` describes its fields.

    Unlike ``/proc/mounts`` it names the device's number, so that no file on it needs to be asked.
    """
    for line in table.splitlines():
        left, dash, right = line.partition(" - ")
        fields, system = left.split(" "), right.split(" ", 1)[0]
        if dash and len(fields) >= 5:
            yield Mount(_unescaped(fields[4]), system, fields[2])


def _unescaped(field: str) -> str:
    r"""Space, tab, newline and backslash stand as ``\040``, ``\011``, ``\012`` and ``\134``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def _on_mounts(path: PurePath, table: str, devices: Path) -> Location:
    mount = _mount_of(path, table)
    # A PC that was itself started from a stick or from the network has no disk that would be safer.
    if mount is None or mount.point == "/":
        return LOCAL
    if mount.system in NETWORK_SYSTEMS:
        return NETWORK
    return REMOVABLE if _is_removable(mount.device, devices) else LOCAL


def _mount_of(path: PurePath, table: str) -> Mount | None:
    """The mount that `path` is on: the longest point above it, and the last of those on one point."""
    found: Mount | None = None
    for mount in mounts(table):
        if path.is_relative_to(mount.point) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def _is_removable(device: str, devices: Path) -> bool:
    """Whether a disk's medium can be taken out; a partition's folder lies in that of its disk, which knows."""
    try:
        folder = (devices / device).resolve(strict=True)
        mark = next(place / "removable" for place in (folder, folder.parent) if (place / "removable").is_file())
        return _text(mark).strip() == "1"
    except (OSError, StopIteration):
        return False


# Windows


def _on_windows(path: PureWindowsPath, drive_type: Callable[[str], int]) -> Location:
    drive = path.drive
    if drive.startswith("\\\\?\\") and not drive.upper().startswith("\\\\?\\UNC\\"):
        drive = drive[4:]
    if drive.startswith("\\\\"):
        return NETWORK
    kinds = {DRIVE_REMOVABLE: REMOVABLE, DRIVE_REMOTE: NETWORK}
    return kinds.get(drive_type(drive + "\\"), LOCAL)


def _drive_type(root: str) -> int:
    """What Windows says of a drive such as ``C:\\``; 0 where there is no Windows."""
    import ctypes

    # Only Windows has it, and the types are checked on Linux.
    library = getattr(ctypes, "windll", None)
    return int(library.kernel32.GetDriveTypeW(root)) if library is not None else 0


# Synced folders


def _in_synced_folder(path: PurePath, environment: Mapping[str, str]) -> Location:
    """Synced when a folder above the last part of `path` is known by its name, or told by OneDrive itself."""
    folders = [part.casefold() for part in path.parts[1:-1]]
    for folder in folders:
        service = _service(folder)
        if service:
            return _synced(service)
    if isinstance(path, PureWindowsPath) and folders[:1] and folders[0] in GOOGLE_ROOTS:
        return _synced("Google Drive")
    roots = [environment[variable] for variable in ONEDRIVE_VARIABLES if environment.get(variable)]
    return _synced("OneDrive") if any(path.parent.is_relative_to(root) for root in roots) else LOCAL


def _service(folder: str) -> str:
    prefixes = (service for prefix, service in SYNC_PREFIXES.items() if folder.startswith(prefix))
    return SYNC_FOLDERS.get(folder) or next(prefixes, "")


def _synced(service: str) -> Location:
    return Location(Kind.SYNCED, f"folder {service}")
