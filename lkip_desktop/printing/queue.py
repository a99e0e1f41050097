"""What a print queue answers: where a job stands, in words, and what a refusal means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SAFE = "Data siklus tidak berubah."


class JobState(Enum):
    """Where a job stands."""

    WAITING = "waiting"
    PRINTING = "printing"
    STOPPED = "stopped"
    """The printer stands still and the job waits for it."""
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    GONE = "gone"
    """The printer was taken away, and the job with it."""
    UNKNOWN = "unknown"
    """This system does not tell."""


ENDED = frozenset({JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.GONE, JobState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class QueueAnswer:
    """A job as its queue knows it: the printer, the job's number there (0: none known), and its state."""

    printer: str
    job: int
    state: JobState

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED

    @property
    def well(self) -> bool:
        return self.state not in (JobState.STOPPED, JobState.FAILED, JobState.GONE)


_WORDS = {
    JobState.WAITING: "menunggu dalam antrean",
    JobState.PRINTING: "sedang dicetak",
    JobState.STOPPED: "menunggu: printer sedang berhenti. Jalankan lagi printernya, atau batalkan pekerjaan ini",
    JobState.DONE: "selesai dicetak",
    JobState.CANCELLED: "dibatalkan",
    JobState.FAILED: f"gagal dicetak. {SAFE} Periksa printernya lalu cetak lagi, atau simpan sebagai PDF",
    JobState.GONE: f"tidak jadi dicetak: printernya sudah tidak ada. {SAFE} Pilih printer lain, atau simpan PDF",
    JobState.UNKNOWN: "dikirim",
}


def answer_words(answer: QueueAnswer) -> str:
    """``pekerjaan TU-12 selesai dicetak``, without a full stop."""
    return f"pekerjaan {answer.printer}-{answer.job} {_WORDS[answer.state]}" if answer.job else _WORDS[answer.state]


_SHORT = {
    JobState.STOPPED: "menunggu karena printer berhenti",
    JobState.FAILED: "gagal dicetak",
    JobState.GONE: "tidak jadi dicetak karena printernya sudah tidak ada",
}


def short_words(state: JobState) -> str:
    """A state as one of several in a list: ``2 selesai dicetak``."""
    return _SHORT.get(state, _WORDS[state])


_REFUSALS = (
    (("does not exist", "no destinations", "invalid destination", "unknown printer"), "printer itu sudah tidak ada"),
    (("not accepting", "rejecting"), "antreannya tidak menerima pekerjaan baru"),
    (("not allowed", "forbidden", "unauthorized", "not authorized", "access denied"), "akun ini tidak diizinkan"),
    (("not running", "unable to connect", "connection refused", "no such file"), "layanan cetak tidak berjalan"),
    (("quota", "limit"), "jatah cetak habis"),
)


def refusal(printer: str, answer: str) -> str:
    """Why a printer did not take a document: a sentence made from the system's English answer."""
    low = answer.lower()
    known = next((words for marks, words in _REFUSALS if any(mark in low for mark in marks)), "")
    rest = f" ({known or 'jawaban sistem: ' + answer[:200]})" if known or answer else ""
    return (
        f"Printer “{printer}” tidak menerima dokumen ini{rest}. {SAFE} "
        "Periksa printernya lalu coba lagi, atau simpan sebagai PDF."
    )
