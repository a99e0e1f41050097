"""What a new cycle and a new row begin with."""

from __future__ import annotations

from dataclasses import replace

from lkip_desktop.defaults import initial_values, row_defaults
from lkip_desktop.resources import profile_fields, sop_text
from lkip_desktop.sop.load import parse_sop
from tests.documents.builders import state


def test_the_checklist_begins_with_its_23_statements_each_in_its_row() -> None:
    values = initial_values(parse_sop(sop_text()), profile_fields(), 2026, {})
    assert values["review_items"] == [f"r{n}" for n in range(1, 24)]
    statements = [values[f"review_items/r{n}/statement"] for n in range(1, 24)]
    assert len(set(statements)) == 23
    assert values["review_items/r1/section"] == "I. Format"
    assert values["review_items/r23/section"] == "III. Substansi"
    assert "review_items/r1/answer" not in values


def test_a_row_added_by_hand_gets_no_line_of_another_row() -> None:
    table = parse_sop(sop_text()).fields["review_items"][1]
    assert row_defaults(state(), table, "r24") == {}
    rows = replace(table, columns=(replace(table.columns[0], default="Lain"),))
    assert row_defaults(state(), rows, "r24") == {"review_items/r24/section": "Lain"}
