"""What can go wrong, by who can mend it: the user, the surroundings, or us (anything else is a bug)."""


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
