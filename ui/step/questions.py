"""What is asked before a step is left by a decision, opened again, or an act is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from lkip_desktop.sop.model import Edge, Step
from lkip_desktop.words import full_date
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.guards import Missing
from ui.forms.widgets import moment, signed
from ui.session import Session
from ui.step.dialogs import Question
from ui.step.standing import actor_with_official

Facts = list[tuple[str, str]]


def leaving(session: Session, step: Step, edge: Edge | None, warnings: Sequence[Missing]) -> Question:
    """Leaving `step` by `edge`, or closing the cycle without one."""
    verb = edge.verb if edge else step.verb
    if edge is not None and session.state.sop.returns(step, edge):
        return _sending_back(session, step, edge, warnings)
    facts: Facts = []
    intro = "Langkah ini dapat diselesaikan bila peringatan di bawah ini dijawab. Jawabannya tercatat dalam riwayat."
    if step.decisions:
        facts = [("Keputusan", f"{edge.label.capitalize() if edge else ''} — {verb}"), *_who(session, step)]
        facts.append(("Berikutnya", _next(session, edge)))
        intro = "Persetujuan ini akan dicatat:"
    return Question(title=verb, intro=intro, facts=facts, verb=verb, warnings=warnings)


def _sending_back(session: Session, step: Step, edge: Edge, warnings: Sequence[Missing]) -> Question:
    target = session.state.sop.by_id[edge.target]
    rounds = len(session.state.stays(target.id)) + 1
    facts: Facts = [
        ("Penerima", actor_with_official(session, target.actor)),
        ("Kembali ke", f"Langkah {target.number}, {target.title} — putaran {rounds}"),
        *_who(session, step),
    ]
    return Question(
        title=edge.verb,
        intro="Isian dan berkas tidak dihapus. Penerima membaca alasan ini di atas langkahnya.",
        facts=facts,
        verb=edge.verb,
        reason="Alasan pengembalian (wajib)",
        warnings=warnings,
    )


def reopening(session: Session, step: Step) -> Question:
    """Going back to a step that was left before."""
    rounds = len(session.state.stays(step.id)) + 1
    facts: Facts = [
        ("Langkah", f"Langkah {step.number}, {step.title} — putaran {rounds}"),
        ("Giliran", actor_with_official(session, step.actor)),
        *_recorded(session, session.who()),
    ]
    return Question(
        title="Buka kembali langkah ini",
        intro="Siklus kembali ke langkah ini dan dilanjutkan dari sini. Tidak ada isian atau berkas yang dihapus.",
        facts=facts,
        verb="Buka kembali",
        reason="Alasan membuka kembali (wajib)",
    )


def undoing(session: Session) -> Question:
    """Taking back the last move."""
    state = session.state
    last = state.visits[-1] if state.closed else state.visits[-2]
    step = state.sop.by_id[last.step]
    done = f"{signed(last.who)}, {moment(state, last.left)}" if last.who and last.left else ""
    facts: Facts = [
        ("Dibatalkan", f"Langkah {step.number}, {step.title} selesai"),
        ("Oleh", done),
        *_recorded(session, session.who()),
    ]
    return Question(
        title="Batalkan langkah terakhir",
        intro=f"Siklus kembali ke Langkah {step.number}. Isian sesudahnya tetap ada, dan pembatalan ini tercatat.",
        facts=facts,
        verb="Batalkan langkah itu",
    )


def _who(session: Session, step: Step) -> Facts:
    official = session.approver(step)
    if official is not None:
        return [("Pejabat", official.name), ("Tanggal", full_date(session.today()))]
    return _recorded(session, session.who_at(step))


def _recorded(session: Session, who: Who) -> Facts:
    """Who acts, in which role, for whom, when."""
    names = session.state.sop.actor_names
    facts: Facts = [("Dicatat oleh", who.name or "(nama belum diisi)")]
    facts.append(("Atas nama", who.behalf) if who.behalf else ("Sebagai", names.get(who.role, "tanpa peran")))
    facts.append(("Tanggal", full_date(session.today())))
    return facts


def _next(session: Session, edge: Edge | None) -> str:
    if edge is None or not edge.target:
        return "Siklus ditutup"
    target = session.state.sop.by_id[edge.target]
    return f"Langkah {target.number}, {target.title} — {actor_with_official(session, target.actor)}"
