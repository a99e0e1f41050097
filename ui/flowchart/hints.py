"""What the flowchart says of a step when the pointer rests on it: the SOP's own words and the step's state."""

from __future__ import annotations

from html import escape

from lkip_desktop.sop.model import Sop
from lkip_desktop.workflow.chart import RowState, state_text


def hint(sop: Sop, step_id: str, state: RowState | None) -> str:
    """The hint as rich text: issued activity, actor, time, requirement, output, and the state if there is one."""
    step = sop.by_id[step_id]
    facts = [
        ("Pelaksana", sop.actor_names[step.actor]),
        ("Waktu", str(step.duration)),
        ("Persyaratan", step.requirement.issued),
        ("Output", step.output.issued),
    ]
    if state is not None:
        facts.insert(0, ("Keadaan", state_text(state)))
    lines = "".join(f"<br>{name}: {escape(text)}" for name, text in facts)
    return f"<p style='white-space: normal'><b>{step.number}. {escape(step.activity.issued)}</b>{lines}</p>"
