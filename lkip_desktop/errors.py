"""What can go wrong, by who can mend it: the user, the surroundings, or us (anything else is a bug)."""

import errno

_REASONS = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk penuh",
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "tempat itu hanya dapat dibaca",
    errno.ENOENT: "berkas atau folder tidak ada",
    errno.EISDIR: "itu sebuah folder",
    errno.ENOTDIR: "tempat itu bukan folder",
    errno.EBUSY: "sedang dipakai program lain",
    errno.ENAMETOOLONG: "nama terlalu panjang",
    errno.EIO: "perangkat gagal membaca atau menulis",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Indonesian words for a sentence; its number when it is a rare one."""
    return _REASONS.get(error.errno or 0, f"kesalahan sistem {error.errno}")


class UserError(Exception):
    """The person can mend this. The text is one Indonesian sentence or two that says how."""


class EnvironmentProblem(Exception):
    """The surroundings refuse: disk full, folder read-only, printer off. The text says whether the data is safe."""


class SopError(UserError):
    """An SOP file that cannot be used.

    `place` is a dotted key such as ``steps[6].edges[0].target``; `file` is the file's name as the person gave it.
    """

    def __init__(self, message: str, place: str = "", file: str = "") -> None:
        self.message, self.place, self.file = message, place, file
        where = " → ".join(part for part in (file, place) if part)
        super().__init__(f"{where}: {message}" if where else message)


class Cancelled(Exception):
    """The person stopped long work; nothing was written."""
