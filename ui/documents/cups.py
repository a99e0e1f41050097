"""Speaks to CUPS: hands over a PDF with `lp`, asks libcups where a job stands, cancels it."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import re
import shutil
import subprocess
from functools import cache

from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.printing.orders import PrintOrder, Tray
from lkip_desktop.printing.queue import JobState, QueueAnswer, refusal

_SECONDS = 60

# cups.h and ipp.h: which jobs, and what a job's and a printer's state numbers mean.
_ALL_JOBS = -1
_JOB_STATES = {
    3: JobState.WAITING,
    4: JobState.WAITING,
    5: JobState.PRINTING,
    6: JobState.STOPPED,
    7: JobState.CANCELLED,
    8: JobState.FAILED,
    9: JobState.DONE,
}
_PRINTER_STOPPED = b"5"
_TRAY_WORDS = {
    "auto": "Otomatis",
    "main": "Baki utama",
    "alternate": "Baki kedua",
    "manual": "Baki manual",
    "by-pass-tray": "Baki manual",
    "envelope": "Baki amplop",
    "top": "Baki atas",
    "middle": "Baki tengah",
    "bottom": "Baki bawah",
    "rear": "Baki belakang",
    "large-capacity": "Baki besar",
}


def has_lp() -> bool:
    """Whether this system prints through CUPS and has its command line: then PDFs go out as they are."""
    return os.name == "posix" and shutil.which("lp") is not None


def lp_command(order: PrintOrder) -> list[str]:
    """The call that prints the PDF on standard input."""
    command = ["lp", "-d", order.printer, "-n", str(order.copies), "-t", order.title]
    if order.pages:
        command += ["-P", ",".join(map(str, order.pages))]
    paper = order.paper
    media = paper.key or f"Custom.{paper.width:.0f}x{paper.height:.0f}mm"
    options = [
        f"media={media},{order.tray}" if order.tray else f"media={media}",
        f"print-scaling={'fit' if order.fit else 'none'}",
    ]
    if order.copies > 1:
        options.append(f"collate={'true' if order.collate else 'false'}")
    # Said in any case: a queue may be set to both sides, and a letter is not to be.
    options.append(f"sides={order.sides.value}")
    if order.grey:
        options.append("print-color-mode=monochrome")
    return [*command, *(part for option in options for part in ("-o", option)), "-"]


def print_by_lp(pdf: bytes, order: PrintOrder) -> QueueAnswer:
    """Queue the PDF. Raises EnvironmentProblem when it is refused."""
    try:
        answer = _run(lp_command(order), pdf)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentProblem(refusal(order.printer, str(error))) from error
    job = re.search(rb"request id is \S*-([0-9]+)", answer.stdout)
    if answer.returncode or job is None:
        raise EnvironmentProblem(refusal(order.printer, answer.stderr.decode(errors="replace").strip()))
    return QueueAnswer(order.printer, int(job[1]), JobState.WAITING)


def cancel(answer: QueueAnswer) -> bool:
    """Take a job back; whether the queue did it."""
    try:
        return _run(["cancel", f"{answer.printer}-{answer.job}"]).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(command: list[str], given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, input=given, capture_output=True, env=environment, timeout=_SECONDS, check=False)


# Asked of libcups, since lpstat does not tell a job that is done from one that was cancelled.


class _Job(ctypes.Structure):
    """cups_job_t"""

    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed", ctypes.c_long),
        ("created", ctypes.c_long),
        ("processed", ctypes.c_long),
    )


class _Option(ctypes.Structure):
    """cups_option_t"""

    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


class _Dest(ctypes.Structure):
    """cups_dest_t"""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("count", ctypes.c_int),
        ("options", ctypes.POINTER(_Option)),
    )


@cache
def _library() -> ctypes.CDLL | None:
    name = ctypes.util.find_library("cups") if os.name == "posix" else None
    if name is None:
        return None
    cups = ctypes.CDLL(name)
    pointer, text, whole = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    cups.cupsGetJobs2.argtypes = [pointer, ctypes.POINTER(ctypes.POINTER(_Job)), text, whole, whole]
    cups.cupsFreeJobs.argtypes = [whole, ctypes.POINTER(_Job)]
    cups.cupsGetNamedDest.argtypes = [pointer, text, text]
    cups.cupsGetNamedDest.restype = ctypes.POINTER(_Dest)
    cups.cupsFreeDests.argtypes = [whole, ctypes.POINTER(_Dest)]
    cups.cupsCopyDestInfo.argtypes = [pointer, ctypes.POINTER(_Dest)]
    cups.cupsCopyDestInfo.restype = pointer
    cups.cupsFreeDestInfo.argtypes = [pointer]
    cups.cupsFindDestSupported.argtypes = [pointer, ctypes.POINTER(_Dest), pointer, text]
    cups.cupsFindDestSupported.restype = pointer
    cups.ippGetCount.argtypes = [pointer]
    cups.ippGetString.argtypes = [pointer, whole, pointer]
    cups.ippGetString.restype = text
    return cups


def where(answer: QueueAnswer) -> QueueAnswer:
    """The same job as it stands now."""
    cups = _library()
    if cups is None or not answer.job:
        return QueueAnswer(answer.printer, answer.job, JobState.UNKNOWN)
    state = _job_state(cups, answer)
    if state in (JobState.WAITING, JobState.PRINTING) and _stopped(cups, answer.printer):
        state = JobState.STOPPED
    return QueueAnswer(answer.printer, answer.job, state)


def _job_state(cups: ctypes.CDLL, answer: QueueAnswer) -> JobState:
    jobs = ctypes.POINTER(_Job)()
    count = cups.cupsGetJobs2(None, ctypes.byref(jobs), answer.printer.encode(), 0, _ALL_JOBS)
    try:
        found = next((jobs[i].state for i in range(count) if jobs[i].id == answer.job), 0)
    finally:
        cups.cupsFreeJobs(max(count, 0), jobs)
    return _JOB_STATES.get(found, JobState.GONE)


def _stopped(cups: ctypes.CDLL, printer: str) -> bool:
    dest = cups.cupsGetNamedDest(None, printer.encode(), None)
    if not dest:
        return False
    try:
        options = dest.contents.options
        values = {options[i].name: options[i].value for i in range(dest.contents.count)}
        return values.get(b"printer-state") == _PRINTER_STOPPED
    finally:
        cups.cupsFreeDests(1, dest)


def trays(printer: str) -> tuple[Tray, ...]:
    """The paper sources of a printer; none when it has but one, or the system does not tell."""
    cups = _library()
    dest = cups.cupsGetNamedDest(None, printer.encode(), None) if cups else None
    if cups is None or not dest:
        return ()
    info = cups.cupsCopyDestInfo(None, dest)
    try:
        found = cups.cupsFindDestSupported(None, dest, info, b"media-source") if info else None
        keys = [cups.ippGetString(found, i, None).decode() for i in range(cups.ippGetCount(found))] if found else []
    finally:
        if info:
            cups.cupsFreeDestInfo(info)
        cups.cupsFreeDests(1, dest)
    return tuple(Tray(key, tray_words(key)) for key in keys) if len(keys) > 1 else ()


def tray_words(key: str) -> str:
    """A paper source by its IPP keyword (``tray-2``) in words; an unknown one by its own name."""
    numbered = re.fullmatch(r"tray-([0-9]+)", key)
    return f"Baki {numbered[1]}" if numbered else _TRAY_WORDS.get(key, key)
