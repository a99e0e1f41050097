"""What may happen next: each act is asked for here and answered with a draft to keep, or a refusal with reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lkip_desktop.sop.model import FieldKind, FormField, Step
from lkip_desktop.workflow.events import Act, Draft, Json, Who
from lkip_desktop.workflow.guards import Missing, missing
from lkip_desktop.workflow.state import CycleState


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not done: a sentence, and what is missing and where. Nothing was changed."""

    message: str
    reasons: tuple[Missing, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether only warnings stand in the way, which may be answered with reasons."""
        return bool(self.reasons) and not any(reason.blocks for reason in self.reasons)


PASSWORD, PAPER = "password", "paper"
"""The authority of a decision: the official's own word, or a clerk's record of what was approved on paper."""

CLOSED = "Siklus ini sudah ditutup. Buka kembali langkah yang perlu diperbaiki, dengan alasan."


def complete(
    state: CycleState,
    who: Who,
    step_id: str,
    decision: str = "",
    reason: str = "",
    answers: Mapping[str, str] | None = None,
    authority: str = "",
) -> Draft | Refusal:
    """Leave the current step by its decision. `answers` maps the text of a warning to the reason given for it.

    `authority` is PASSWORD or PAPER where `needs_word` says so; whoever passes PASSWORD has checked the word.
    """
    step = state.step
    visit = state.visit
    if step is None or visit is None:
        return Refusal(CLOSED)
    edge = step.edge(decision)
    refusal = (
        _not_your_turn(state, step, who, step_id)
        or _bad_decision(step, decision)
        or _without_authority(state, step, who, authority)
    )
    if refusal is None and edge is not None and state.sop.returns(step, edge) and not reason.strip():
        refusal = Refusal("Pengembalian memerlukan alasan, agar penerima tahu apa yang harus diperbaiki.")
    if refusal is None:
        refusal = _incomplete(missing(state, step, decision), answers or {})
    if refusal is not None:
        return refusal
    data = {
        "step": step.id,
        "round": visit.round,
        "decision": decision,
        "target": edge.target if edge else "",
        "reason": reason.strip(),
        "answers": dict(answers or {}),
        **({"authority": authority} if authority else {}),
    }
    return Draft(who, Act.COMPLETED, data)


def _not_your_turn(state: CycleState, step: Step, who: Who, step_id: str) -> Refusal | None:
    turn = f"Langkah {step.number} dari {len(state.sop.steps)}, giliran {state.sop.actor_names[step.actor]}"
    if step_id != step.id:
        return Refusal(f"Langkah itu tidak sedang berjalan. Siklus berada di {turn}.")
    if not who.name.strip():
        return Refusal("Isi dahulu nama Anda, agar riwayat mencatat siapa yang bertindak.")
    if who.role != step.actor:
        return Refusal(f"{turn}. Anda dapat mencatatnya atas nama pejabat itu.")
    return None


def needs_word(state: CycleState, step: Step) -> bool:
    """Whether leaving a step asks for its official's own word: it decides, and somebody of its role has a password."""
    roles = {state.cell("people", person, "role") for person in state.passwords if person in state.rows("people")}
    return bool(step.decisions) and step.actor in roles


def _without_authority(state: CycleState, step: Step, who: Who, authority: str) -> Refusal | None:
    if authority == PAPER and not who.behalf:
        return Refusal("Persetujuan di atas kertas dicatat atas nama pejabatnya.")
    if not authority and needs_word(state, step):
        actor = state.sop.actor_names[step.actor]
        return Refusal(
            f"Keputusan {actor} memerlukan kata sandinya, atau dicatat dari persetujuan tertulis atas namanya."
        )
    return None


def _bad_decision(step: Step, decision: str) -> Refusal | None:
    if step.decisions and decision not in step.decisions:
        choices = " atau ".join(label.capitalize() for label in step.decisions)
        return Refusal(f"Langkah {step.number} memerlukan keputusan: {choices}.")
    if decision and not step.decisions:
        return Refusal(f"Langkah {step.number} tidak memerlukan keputusan.")
    return None


def _incomplete(found: tuple[Missing, ...], answers: Mapping[str, str]) -> Refusal | None:
    blocking = [item for item in found if item.blocks]
    open_warnings = [item for item in found if not item.blocks and not answers.get(item.text, "").strip()]
    if blocking:
        return Refusal(f"Langkah belum dapat diselesaikan: {len(blocking)} hal belum lengkap.", tuple(found))
    if open_warnings:
        return Refusal(f"Ada {len(open_warnings)} peringatan yang perlu dijawab.", tuple(open_warnings))
    return None


def last_move(state: CycleState) -> int | None:
    """The seq of the move (completion or reopening) that led to where the cycle stands, or None at the beginning."""
    last = state.visits[-1]
    seq = last.left_seq if last.left_seq is not None else last.entered_seq
    return seq if seq > 1 else None


def undo(state: CycleState, who: Who) -> Draft | Refusal:
    """Take back the last move. What was typed and attached since stays."""
    seq = last_move(state)
    if seq is None:
        return Refusal("Belum ada langkah yang dapat dibatalkan.")
    return Draft(who, Act.UNDONE, {"event": seq})


def reopen(state: CycleState, who: Who, step_id: str, reason: str) -> Draft | Refusal:
    """Go back to a step that was left before, also in a closed cycle."""
    if step_id not in state.sop.by_id or not state.stays(step_id):
        return Refusal("Hanya langkah yang pernah dijalani yang dapat dibuka kembali.")
    if state.visit is not None and state.visit.step == step_id:
        return Refusal("Langkah ini sedang berjalan.")
    if not reason.strip():
        return Refusal("Membuka kembali sebuah langkah memerlukan alasan.")
    return Draft(who, Act.REOPENED, {"step": step_id, "reason": reason.strip()})


def fill(state: CycleState, who: Who, changes: Mapping[str, Json], profile: Collection[FormField]) -> Draft | Refusal:
    """Keep values at their paths, for fields of the profile, the current step and steps still to come."""
    for path, value in changes.items():
        refusal = may_keep(state, path, value, profile)
        if refusal is not None:
            return refusal
    return Draft(who, Act.FILLED, {"changes": dict(changes)})


def may_keep(state: CycleState, path: str, value: Json, profile: Collection[FormField]) -> Refusal | None:
    """Why a value may not be kept at a path now, or None."""
    field = find_field(state, path, profile)
    return _may_change(state, path, field) or _malformed(field, value) or _guarded_person(state, path, value)


def _guarded_person(state: CycleState, path: str, value: Json) -> Refusal | None:
    """Somebody with a password keeps their row, name and role, or the password would lose its person unseen."""
    base, *rest = path.split("/")
    if base != "people":
        return None
    held = set(state.passwords) & set(state.rows("people"))
    if not rest:
        lost = held - set(value or ())
    else:
        changed = (state.values.get(path) or "") != (value or "")
        lost = {rest[0]} & held if changed else set()
    if not lost:
        return None
    name = state.cell("people", min(lost), "name")
    return Refusal(f"{name} mempunyai kata sandi. Hapus dahulu kata sandi itu untuk mengubah nama atau perannya.")


def _malformed(field: FormField | None, value: Json) -> Refusal | None:
    """A table keeps its row ids, each once; a field keeps text; files come by attaching."""
    if field is not None and field.kind is FieldKind.TABLE:
        ok = isinstance(value, list) and all(isinstance(v, str) for v in value) and len(set(value)) == len(value)
    else:
        ok = value is None or isinstance(value, str)
    if field is not None and field.kind is FieldKind.FILES:
        return Refusal("Berkas dilampirkan, bukan diketik.")
    return None if ok else Refusal("Isian tidak sesuai dengan jenisnya.")


def attach(
    state: CycleState, who: Who, path: str, file: Mapping[str, Json], profile: Collection[FormField]
) -> Draft | Refusal:
    """Bring a file into a field. `file` holds name, sha256, size and media_type."""
    field = find_field(state, path, profile)
    if field is None or field.kind is not FieldKind.FILES:
        return Refusal("Berkas tidak dapat dilampirkan di sini.")
    return may_change(state, path, profile) or Draft(who, Act.ATTACHED, {"field": path, **file})


def detach(state: CycleState, who: Who, attachment: int, profile: Collection[FormField]) -> Draft | Refusal:
    """Take a file out of its field. Its bytes and its history stay."""
    return _switch(state, who, attachment, Act.DETACHED, profile)


def restore(state: CycleState, who: Who, attachment: int, profile: Collection[FormField]) -> Draft | Refusal:
    """Put back a file that was taken out."""
    return _switch(state, who, attachment, Act.RESTORED, profile)


def _switch(state: CycleState, who: Who, attachment: int, act: Act, profile: Collection[FormField]) -> Draft | Refusal:
    found = next((a for a in state.attachments if a.id == attachment), None)
    if found is None or found.removed is (act is Act.DETACHED):
        return Refusal("Lampiran itu tidak ditemukan.")
    return may_change(state, found.field, profile) or Draft(who, act, {"attachment": attachment})


def merge(
    state: CycleState,
    who: Who,
    source: Mapping[str, Json],
    changes: Mapping[str, Json],
    files: Sequence[Mapping[str, Json]],
    profile: Collection[FormField],
) -> Draft | Refusal:
    """Take values and files of another copy over as one act. `source` holds other_head and base.

    `files` are as for `attach`, each with its field. Rows that come with the same act count as there.
    """
    for path, value in changes.items():
        refusal = may_keep(state, path, value, profile)
        if refusal is not None:
            return refusal
    for file in files:
        refused = attach(state, who, file["field"], file, profile)
        if isinstance(refused, Refusal):
            return refused
    if not changes and not files:
        return Refusal("Belum ada yang dipilih untuk diambil.")
    data = {**source, "changes": dict(changes), "attachments": [dict(file) for file in files]}
    return Draft(who, Act.MERGED, data)


def may_change(state: CycleState, path: str, profile: Collection[FormField]) -> Refusal | None:
    """Why the field at a path may not be changed now, or None."""
    return _may_change(state, path, find_field(state, path, profile))


def _may_change(state: CycleState, path: str, field: FormField | None) -> Refusal | None:
    if field is None:
        return Refusal(f"Isian “{path}” tidak dikenal oleh SOP siklus ini.")
    if state.step is None:
        return Refusal(CLOSED)
    owner = state.sop.fields.get(path.split("/")[0])
    if owner is not None and owner[0].number < state.step.number:
        title = f"Langkah {owner[0].number} ({owner[0].title})"
        return Refusal(f"{title} sudah selesai. Buka kembali langkah itu, dengan alasan, untuk mengubahnya.")
    return None


def find_field(state: CycleState, path: str, profile: Collection[FormField]) -> FormField | None:
    """The field or table column that a path names, or None."""
    base, *rest = path.split("/")
    owner = state.sop.fields.get(base)
    field = owner[1] if owner else next((f for f in profile if f.id == base), None)
    if field is None or not rest:
        return field
    if len(rest) != 2 or field.kind is not FieldKind.TABLE:
        return None
    for column in field.columns:
        if column.id == rest[1]:
            return column
    return None
