"""The use cases on a command line, for technicians and for tests: ``python -m lkip_desktop …``, without Qt.

Exit status 0, or 1 with one sentence on standard error. Dates are ISO in and out.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout
from typing import NoReturn

from lkip_desktop.argument_words import Parser, speak_indonesian
from lkip_desktop.commands import archive, cycle, documents, exchange, figures, history, letters, safety, sop
from lkip_desktop.commands.tools import Tools
from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of
from lkip_desktop.outside import visible
from lkip_desktop.ports import Files

GROUPS = (archive, cycle, documents, exchange, figures, history, safety, sop, letters)


class _Parser(Parser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"Perintah tidak dapat dipahami ({message}). Lihat: {self.prog} --help")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    said = io.StringIO()
    try:
        options = _parser().parse_args(arguments)
        with redirect_stdout(said):
            options.run(options)
    except (UserError, EnvironmentProblem) as error:
        print(visible(" ".join(str(error).split())), file=sys.stderr)
        return 1
    return _say(said.getvalue())


def _say(text: str) -> int:
    """Print what a command that is done has to say; the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print(visible(text), end="", flush=True)
    except OSError as error:
        # Python flushes what is left at the end and would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            why = f"Perintah sudah selesai, tetapi keluarannya tidak dapat ditulis ({reason_of(error)})."
            print(why, file=sys.stderr)
        return 1
    return 0


def _parser() -> _Parser:
    speak_indonesian()
    parser = _Parser(prog=_name(), description="Siklus LKIP tanpa jendela, untuk teknisi.")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    for group in GROUPS:
        group.register(commands, Tools(_files))
    return parser


def _name() -> str:
    """How this is called: the built program brings a command of its own."""
    return "lkip" if getattr(sys, "frozen", False) else "python -m lkip_desktop"


def _files() -> Files:
    from db.files import CycleFiles
    from db.location import anywhere

    # A technician mends a file where it lies, on a stick as well.
    return CycleFiles(where=anywhere)


if __name__ == "__main__":
    sys.exit(main())
