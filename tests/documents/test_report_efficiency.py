"""The table of efficiency: each sasaran with the money of its own programmes."""

from __future__ import annotations

import pytest

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.report import Paragraph
from lkip_desktop.documents.report_build import report
from tests.documents.builders import rows, sample_budget, snapshot
from tests.documents.test_report import all_text, captions, opened, table_after

TABLE = "Efisiensi Penggunaan Anggaran Setiap Sasaran"
SHARED = "Program yang mendukung beberapa sasaran dihitung pada setiap sasarannya."


def linked(*objectives: str, **values: str) -> Snapshot:
    """The sample whose programmes serve these sasaran, by number."""
    lines = [{**line, "objective": served} for line, served in zip(sample_budget(), objectives, strict=True)]
    return snapshot(**rows("budget", lines, "b"), **values)


def test_a_sasaran_stands_beside_the_money_of_its_programmes() -> None:
    document = opened(linked("", "2", "3"))
    found = table_after(document, TABLE)
    # 571.000.000 ÷ 592.694.700 and the mean of 100, 92,75 and 80; 90,92 − 96,34 is below −5.
    money = ["592.694.700", "571.000.000", "96,34 %"]
    assert found[1] == ["1.", "Meningkatnya tindak lanjut hasil pengawasan", *money, "90,92 %", "Tidak efisien"]
    assert found[2][1:3] == ["Meningkatnya akuntabilitas dan layanan", "141.352.600"]
    assert len(found) == 3
    assert SHARED not in all_text(document)


def test_a_programme_of_two_sasaran_counts_at_both_and_that_is_said() -> None:
    document = opened(linked("", "1; 2", ""))
    assert [row[2] for row in table_after(document, TABLE)[1:]] == ["592.694.700"] * 2
    assert SHARED in all_text(document)


@pytest.mark.parametrize(
    "source",
    [linked("", "", ""), linked("1", "2", "3", rule_efficiency="uraian")],
    ids=["no links", "own words"],
)
def test_no_table_where_there_is_nothing_to_compare(source: Snapshot) -> None:
    assert not [one for one in captions(opened(source)) if TABLE in one]


def told(target: str, actual: str, ceiling: str, spent: str) -> str:
    entry = {"objective": "S", "name": "N", "unit": "%", "direction": "naik", "target": target, "actual": actual}
    line = {"code": "6.01.01", "name": "Program", "ceiling": ceiling, "spent": spent}
    found = report(snapshot(**rows("indicators", [entry]), **rows("budget", [line])))
    return next(part.text for part in found.parts() if isinstance(part, Paragraph) and "menghasilkan" in part.text)


def test_the_difference_follows_from_the_figures_beside_it() -> None:
    """85,0033 − 97,2069 = −12,2036, but 85,00 − 97,21 = −12,21."""
    said = told("100000", "85003,3", "1000000", "972069")
    assert "kinerja 85,003 % dengan serapan anggaran 97,207 % menghasilkan nilai −12,204 poin" in said
    assert "kinerja 80,00 % dengan serapan anggaran 90,50 % menghasilkan nilai −10,50 poin" in told(
        "10", "8", "200", "181"
    )


def test_rounding_does_not_hide_why_it_is_efficient() -> None:
    """5,004 points are more than 5."""
    said = told("100", "95", "1000000", "899960")
    assert "kinerja 95,000 % dengan serapan anggaran 89,996 % menghasilkan nilai 5,004 poin" in said
    assert said.endswith("dinilai efisien.")
