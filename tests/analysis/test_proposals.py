"""What the figures propose to say, for every case of the seven points."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.analysis.case import Case, Money, Point, Programme, Standing, lowered
from lkip_desktop.analysis.gather import cases
from lkip_desktop.analysis.proposals import OPEN, joined, propose, words
from lkip_desktop.performance.achievement import achievement
from lkip_desktop.performance.budget import absorption, efficiency
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, EfficiencyMethod, Rules, predicate
from lkip_desktop.performance.summary import summary

WORDINGS = 4


def case_of(target: str, actual: str, *, falling: bool = False, unit: str = "%", **more: object) -> Case:
    indicator = Indicator("i1", "S", "Temuan berulang", unit, "turun" if falling else "naik", target, actual)
    found = achievement(indicator)
    made = Case("i1", indicator.name, 2026, unit, falling, target, actual, found, predicate(found.value))
    return replace(made, **more)  # type: ignore[arg-type]


def every(case: Case, point: Point) -> list[str]:
    """The proposals of all wordings."""
    return [propose(case, point, turn) for turn in range(WORDINGS)]


def test_each_point_has_a_title() -> None:
    assert [point.value for point in Point] == list(words()["titles"])


def test_a_target_that_is_passed_names_the_difference_in_points() -> None:
    for text in every(case_of("85", "86,50"), Point.TARGET):
        assert "1,5" in text
        assert "poin" in text
        assert "101,76 %" in text
        assert "86,50 %" in text
        assert "melampaui" in text or "terlampaui" in text


def test_a_target_missed_says_what_lacks() -> None:
    for text in every(case_of("3,10", "3,05", unit="skor"), Point.TARGET):
        assert "0,05 poin" in text
        assert "98,39 %" in text
        assert "terlampaui" not in text


def test_a_figure_that_names_its_unit_is_compared_by_its_size() -> None:
    case = case_of("12 laporan", "10 laporan", unit="laporan", renstra="15 laporan", earlier=((2025, "8 laporan"),))
    assert all("2 laporan" in text and "10 laporan" in text for text in every(case, Point.TARGET))
    assert all("2 laporan" in text for text in every(case, Point.YEARS))
    assert all("5 laporan" in text and "66,67 %" in text for text in every(case, Point.RENSTRA))


def test_a_target_just_missed_is_not_told_as_a_hundred_per_cent() -> None:
    for text in every(case_of("850000", "849999", unit="orang"), Point.TARGET):
        assert "1 orang" in text
        assert "99,9999 % atau 100,00 % setelah dibulatkan" in text


def test_a_limit_is_told_by_its_figure() -> None:
    found = summary(
        [Indicator("i1", "S", "Nilai", "%", "naik", "≥ 80", "76", renstra_target="≥ 85", national="≥70")], ()
    )
    case = cases(found, 2026, Rules())["i1"]
    assert all("80 %" in text and "4 poin" in text and "≥" not in text for text in every(case, Point.TARGET))
    assert (case.target, case.renstra, case.national) == ("80", "85", "70")


def test_what_is_measured_is_not_counted() -> None:
    assert case_of("80", "79,40", unit="nilai").shown("79,40") == "79,40"
    assert case_of("3", "2", unit="level").shown("3") == "level 3"
    assert case_of("3", "2", unit="Skor 1–5").amount(Decimal("0.5")) == "0,5 poin"
    assert case_of("20", "24", unit="temuan").shown("24") == "24 temuan"
    assert case_of("80", "75 persen").shown("75 persen") == "75 persen"


def test_the_money_of_a_sasaran_is_told_in_full_once() -> None:
    case = case_of("80", "78", money=money_of("97.5", "1000000", "900000"), first=False)
    for text in every(case, Point.EFFICIENCY):
        assert "sama dengan indikator sebelumnya" in text
        assert "Rp" not in text
        assert "90,00 %" in text


@pytest.mark.parametrize(("unit", "said"), [("Rp", "Rp 4.500,5"), ("Rp juta", "Rp 4.500,5 juta")])
def test_an_amount_of_money_has_its_sign_before_it(unit: str, said: str) -> None:
    case = case_of("5.000,5", "4.500,5", unit=unit)
    assert case.shown("4.500,5") == said
    assert case.amount(Decimal(-500)).startswith("Rp 500")


def test_less_is_better() -> None:
    for text in every(case_of("20", "24", falling=True, unit="temuan"), Point.TARGET):
        assert "4 temuan" in text
        assert "80,00 %" in text
        assert "belum" in text
    for text in every(case_of("20", "18", falling=True, unit="temuan"), Point.TARGET):
        assert "2 temuan" in text
        assert "belum" not in text


def test_equal_grades_and_what_cannot_be_computed() -> None:
    assert all("sesuai" in t or "tercapai" in t or "sama dengan" in t for t in every(case_of("85", "85"), Point.TARGET))
    assert all("WTP" in text for text in every(case_of("WTP", "WTP", unit="opini"), Point.TARGET))
    for text in every(case_of("85", ""), Point.TARGET):
        assert "tidak dapat dihitung" in text
        assert "realisasi belum diisi" in text


def test_provisional_figures_say_so() -> None:
    assert propose(case_of("85", "80", provisional=True), Point.TARGET).endswith("masih bersifat sementara.")
    assert "sementara" not in propose(case_of("85", "", provisional=True), Point.TARGET)


@pytest.mark.parametrize(
    ("before", "actual", "falling", "said"),
    [
        ("72", "74,20", False, "membaik|meningkat"),
        ("76", "74,20", False, "menurun|penurunan|Terdapat penurunan"),
        ("76", "74,20", True, "membaik|perbaikan"),
        ("72", "74,20", True, "memburuk|ditekan"),
        ("74,2", "74,20", False, "sama dengan|Tidak terdapat perubahan"),
        ("WTP", "74,20", False, "2025 adalah WTP, sedangkan realisasi tahun 2026 adalah 74,20 %"),
    ],
)
def test_against_last_year(before: str, actual: str, falling: bool, said: str) -> None:
    for text in every(case_of("80", actual, falling=falling, earlier=((2025, before),)), Point.YEARS):
        assert re.search(said, text), text
        assert "2025" in text or "sebelumnya" in text


def test_no_earlier_year_is_not_called_a_change() -> None:
    for text in every(case_of("80", "70"), Point.YEARS):
        assert re.search(r"dasar perbandingan|data dasar", text)


def test_a_dash_of_an_earlier_year_is_skipped() -> None:
    assert "2023" in propose(case_of("80", "70", earlier=((2023, "60"), (2024, "-"), (2025, "N/A"))), Point.YEARS)


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        (("60", "65"), "terus naik dari 60 %"),
        (("90", "80"), "terus turun dari 90 %"),
        (("60", "75"), "naik turun antara 60 % dan 75 %"),
        (("70", "70"), "tidak berubah"),
        (("60", "70"), "angkanya, semula 60 %, tidak pernah turun"),
        (("80", "70"), "angkanya, semula 80 %, tidak pernah naik"),
    ],
)
def test_three_years_show_a_trend(earlier: tuple[str, str], said: str) -> None:
    case = case_of("80", "70", earlier=((2024, earlier[0]), (2025, earlier[1])))
    assert said in propose(case, Point.YEARS)


def test_years_with_a_gap_between_them_are_no_trend() -> None:
    case = case_of("80", "70", earlier=((2021, "50"), (2022, "40"), (2024, "60"), (2025, "65")))
    assert "Sejak tahun 2024 angkanya terus naik dari 60 %" in propose(case, Point.YEARS)
    assert "Sejak" not in propose(replace(case, earlier=((2022, "50"), (2024, "60"))), Point.YEARS)


def test_two_years_are_no_trend() -> None:
    assert "Sejak" not in propose(case_of("80", "70", earlier=((2025, "60"),)), Point.YEARS)


def test_against_the_medium_term() -> None:
    case = case_of("80", "74,20", renstra="90", renstra_year=2029)
    for text in every(case, Point.RENSTRA):
        assert "82,44 %" in text
        assert "15,80 poin" in text
        assert "2029" in text
    assert all("telah" in text for text in every(replace(case, renstra="70"), Point.RENSTRA))
    falling = case_of("20", "24", falling=True, unit="temuan", renstra="10")
    assert all("14 temuan" in text for text in every(falling, Point.RENSTRA))
    assert all("belum dicatat" in text for text in every(replace(case, renstra=""), Point.RENSTRA))


def test_a_level_with_a_score_is_compared_with_one_without() -> None:
    case = case_of("Level 3 (3,20)", "Level 3 (3,35)", unit="level", renstra="Level 4", national="Level 2")
    said = (
        "Target akhir Renstra, yaitu Level 4, belum tercapai; realisasi sampai dengan tahun 2026 adalah Level 3 (3,35)."
    )
    assert propose(case, Point.RENSTRA) == said
    assert (
        propose(case, Point.NATIONAL) == "Realisasi Level 3 (3,35) lebih baik daripada standar nasional, yaitu Level 2."
    )
    assert case.against("Level 3")[0] is Standing.EQUAL
    assert case_of("3,20", "3,35", unit="level").against("Level 4")[0] is Standing.OTHER


def test_against_a_national_standard() -> None:
    case = case_of("80", "74,20", national="70")
    assert all(re.search("di atas|lebih tinggi", text) for text in every(case, Point.NATIONAL))
    assert all(re.search("di bawah|lebih rendah", t) for t in every(replace(case, national="75"), Point.NATIONAL))
    assert all(re.search("tidak", text, re.IGNORECASE) for text in every(replace(case, national="-"), Point.NATIONAL))
    falling = case_of("20", "24", falling=True, national="22")
    assert all("belum memenuhi" in text for text in every(falling, Point.NATIONAL))


@pytest.mark.parametrize("actual", ["", "-", "N/A"])
def test_without_a_figure_of_the_year_nothing_is_compared(actual: str) -> None:
    case = case_of("85", actual, renstra="90", renstra_year=2029, national="80", earlier=((2025, "70"),))
    for point, said in ((Point.RENSTRA, "belum dapat diukur"), (Point.NATIONAL, "menunggu realisasi tahun 2026")):
        for text in every(case, point):
            assert said in text
            assert "tercatat" not in text


@pytest.mark.parametrize(
    ("falling", "target", "before", "said"), [(False, "70", "90", "Penurunan"), (True, "90", "70", "Kenaikan")]
)
def test_a_target_reached_in_a_worse_year_asks_why_it_is_worse(
    falling: bool, target: str, before: str, said: str
) -> None:
    case = case_of(target, "80", falling=falling, earlier=((2025, before),))
    assert all(f"{said} dari tahun 2025 disebabkan oleh" in text for text in every(case, Point.CAUSES))


def test_a_worse_year_is_named_where_the_year_before_has_no_figure() -> None:
    assert "Penurunan dari tahun 2024" in propose(case_of("70", "80", earlier=((2024, "90"),)), Point.CAUSES)


def test_after_the_last_year_of_the_plan_nothing_is_still_to_come() -> None:
    case = case_of("80", "74,20", renstra="90", renstra_year=2026)
    falling = case_of("20", "24", falling=True, unit="temuan", renstra="10", renstra_year=2026)
    graded = case_of("Level 3", "Level 3", unit="level", renstra="Level 4", renstra_year=2026)
    for text in (*every(case, Point.RENSTRA), *every(falling, Point.RENSTRA), *every(graded, Point.RENSTRA)):
        assert re.search("tidak tercapai sampai akhir periodenya|Periode Renstra telah berakhir", text), text
    assert all("belum tercapai" in text for text in every(replace(graded, renstra_year=2029), Point.RENSTRA))


WHOLE = replace(DEFAULT_RULES, grades=(("wtp", Decimal(4)), ("wdp", Decimal(3))))


@pytest.mark.parametrize(
    ("target", "actual", "unit", "falling", "target_said", "years_said"),
    [
        ("WTP", "WDP", "opini", False, "belum mencapai target, yaitu WTP", "menurun, dari WTP pada tahun 2025"),
        ("WDP", "WTP", "opini", False, "lebih baik daripada target, yaitu WDP", ""),
        ("WTP", "WTP", "opini", False, "sesuai dengan target|tercapai", ""),
        ("WDP", "WTP", "opini", True, "belum mencapai target, yaitu WDP", ""),
    ],
)
def test_grades_are_compared_by_the_table_of_the_office(
    target: str, actual: str, unit: str, falling: bool, target_said: str, years_said: str
) -> None:
    indicator = Indicator("i1", "S", "Opini BPK", unit, "turun" if falling else "naik", target, actual)
    found = achievement(indicator, WHOLE)
    case = case_of(target, actual, unit=unit, falling=falling, achievement=found, rules=WHOLE, earlier=((2025, "WTP"),))
    assert all(re.search(target_said, text) for text in every(case, Point.TARGET))
    assert all("ditetapkan" not in text for text in every(case, Point.TARGET))
    assert years_said in propose(case, Point.YEARS)


def test_bare_levels_rise_and_fall() -> None:
    case = case_of("Level 3", "Level 3", unit="level", earlier=((2025, "Level 2"),), national="Level 4")
    assert "membaik, dari Level 2 pada tahun 2025 menjadi Level 3" in propose(case, Point.YEARS)
    assert "belum memenuhi standar nasional, yaitu Level 4" in propose(case, Point.NATIONAL)
    assert "tidak dapat" not in propose(replace(case, earlier=((2025, "BB"),)), Point.YEARS)


def test_an_achievement_set_by_the_office_is_said_to_be_set() -> None:
    indicator = Indicator("i1", "S", "Temuan material", "temuan", "turun", "0", "3", manual="100")
    case = case_of("0", "3", unit="temuan", falling=True, achievement=achievement(indicator), predicate="Sangat Tinggi")
    for text in every(case, Point.TARGET):
        assert "ditetapkan 100,00 %" in text
        assert "belum tercapai" not in text


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("1000000", "999999", "99,9999 % atau 100,00 % setelah dibulatkan"),
        ("1000000", "1000001", "100,0001 % atau 100,00 % setelah dibulatkan"),
        ("1000000", "909999", "90,9999 % atau 91,00 % setelah dibulatkan"),
        ("1000000", "1000000", "100,00 %"),
    ],
)
def test_rounding_hides_neither_a_missed_target_nor_a_grade(target: str, actual: str, said: str) -> None:
    case = case_of(target, actual, unit="dokumen", renstra="1000000")
    assert all(said in text for text in every(case, Point.TARGET))
    assert all("setelah" in said or "dibulatkan" not in text for text in every(case, Point.TARGET))
    assert all("100,00 %" not in text for text in every(case, Point.RENSTRA))


def test_a_grade_with_its_score_stands_in_no_brackets_and_has_no_size() -> None:
    case = case_of(
        "A (80,5)",
        "BB (79,4)",
        unit="predikat",
        earlier=((2024, "BB (75)"), (2025, "BB (78,6)")),
        renstra="A (82)",
        national="B (65)",
    )
    for point in (Point.TARGET, Point.YEARS, Point.RENSTRA, Point.NATIONAL):
        for text in every(case, point):
            assert not re.search(r"\([^()]*\(|sebesar [A-Z]", text), text
            assert not re.search(r"[0-9] predikat", text), text
    assert "0,8 poin" in propose(case, Point.YEARS)


def test_a_per_cent_sign_stands_apart_however_it_was_typed() -> None:
    assert case_of("85%", "86,5%").shown("86,5%") == "86,5 %"
    assert case_of("85", "86,5", unit="Persen (%)").shown("86,5") == "86,5 %"
    assert case_of("85", "86,5", unit="Dokumen").shown("86") == "86 dokumen"
    assert case_of("85", "86,5", unit="LHP").shown("86") == "86 LHP"


def test_a_figure_that_can_be_read_in_two_ways_keeps_its_unit() -> None:
    case = case_of("1500", "1250,5", unit="Rp juta", falling=True, earlier=((2025, "2.000"),))
    assert propose(case, Point.YEARS).startswith("Realisasi tahun 2025 adalah Rp 2.000 juta, sedangkan")


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Nilai SAKIP Inspektorat", "nilai SAKIP Inspektorat"),
        ("Persentase OPD yang patuh", "persentase OPD yang patuh"),
        ("Indeks Kepuasan Masyarakat", "Indeks Kepuasan Masyarakat"),
        ("Kabupaten Serang bebas korupsi", "Kabupaten Serang bebas korupsi"),
        ("WTP atas laporan keuangan", "WTP atas laporan keuangan"),
        ("Terwujudnya Inspektorat yang bersih", "terwujudnya Inspektorat yang bersih"),
        ("Meningkatnya Kualitas dan Mutu Pengawasan", "Meningkatnya Kualitas dan Mutu Pengawasan"),
        ("Jumlah Laporan Hasil Pengawasan sesuai PKPT", "jumlah Laporan Hasil Pengawasan sesuai PKPT"),
        ("Opini", "opini"),
        ("", ""),
    ],
)
def test_a_name_inside_a_sentence(name: str, inside: str) -> None:
    assert lowered(name) == inside


def test_causes_are_never_invented() -> None:
    for case in (case_of("80", "90"), case_of("80", "70"), case_of("80", "")):
        assert all(OPEN in text for text in every(case, Point.CAUSES))


def money_of(mean: str, ceiling: str, spent: str, *programmes: Programme, own: bool = True) -> Money:
    used = absorption(Decimal(ceiling), Decimal(spent))
    value = Decimal(mean)
    return Money(used, value, value, Decimal(100), efficiency(value, used), own, programmes)


def test_efficiency_tells_both_sides_and_the_means_without_a_cap() -> None:
    case = case_of("80", "78", money=money_of("97.5", "1000000", "900000"))
    for text in every(case, Point.EFFICIENCY):
        assert "Rp 1.000.000" in text
        assert "90,00 %" in text
        assert "97,50 %" in text
        assert "efisien" in text
    assert case.money is not None
    capped = replace(case, money=replace(case.money, raw=Decimal("104")))
    assert "tanpa batas itu rata-ratanya 104,00 %" in propose(capped, Point.EFFICIENCY)
    assert "belum dapat dinilai" in propose(case_of("80", "78"), Point.EFFICIENCY)


def test_an_office_that_judges_in_its_own_words_is_asked_for_them() -> None:
    rules = replace(DEFAULT_RULES, efficiency=EfficiencyMethod.NARRATIVE)
    used = absorption(Decimal(1000000), Decimal(900000))
    for own in (True, False):
        money = Money(used, Decimal(95), Decimal(95), None, efficiency(Decimal(95), used, rules), own)
        for text in every(case_of("80", "78", money=money), Point.EFFICIENCY):
            assert "90,00 %" in text
            assert "[lengkapi: uraian efisiensi]" in text
            assert "dinilai" not in text
        for text in every(case_of("80", "78", money=money, first=False), Point.EFFICIENCY):
            assert "sama dengan indikator sebelumnya" in text
            assert not re.search(r"\(\)|dinilai| \.", text)


def test_pmk_judges_without_nested_brackets_and_not_what_achieved_nothing() -> None:
    rules = replace(DEFAULT_RULES, efficiency=EfficiencyMethod.PMK)
    used = absorption(Decimal(1000000), Decimal(900000))
    money = Money(used, Decimal(95), Decimal(95), None, efficiency(Decimal(95), used, rules), True)
    for text in every(case_of("80", "78", money=money, first=False), Point.EFFICIENCY):
        assert "efisien (nilai efisiensi" in text
        assert not re.search(r"\([^()]*\(", text)
    nothing = Money(used, Decimal(0), Decimal(0), None, efficiency(Decimal(0), used, rules), True)
    assert "rata-rata capaian 0 %" in propose(case_of("80", "0", money=nothing), Point.EFFICIENCY)


def test_what_was_not_filled_in_is_not_money_saved() -> None:
    indicator = Indicator("i1", "Sasaran A", "Nilai", "nilai", "naik", "80", "80")
    lines = (
        BudgetLine("b1", "1.01", "Program A", "100", "90", "Sasaran A"),
        BudgetLine("b2", "1.02", "", "100", "", "Sasaran A"),
    )
    for budget_ in (lines, [replace(line, objective="") for line in lines]):
        found = cases(summary([indicator], budget_), 2026, DEFAULT_RULES)["i1"]
        assert "pagu dan realisasi anggaran belum lengkap" in propose(found, Point.EFFICIENCY)
    named = propose(cases(summary([indicator], lines), 2026, DEFAULT_RULES)["i1"], Point.PROGRAMMES)
    assert named.endswith("Program A (serapan 90,00 %) dan program 1.02.")


def test_programmes_are_named_with_their_absorption() -> None:
    first = Programme("Program A", absorption(Decimal(100), Decimal(95)))
    second = Programme("Program B", absorption(Decimal(100), Decimal(60)))
    text = propose(case_of("80", "90", money=money_of("100", "200", "155", first, second)), Point.PROGRAMMES)
    assert "Program A (serapan 95,00 %) dan Program B (serapan 60,00 %)" in text
    assert text.endswith("Serapan terendah terdapat pada Program B, yaitu 60,00 %.")
    assert OPEN in propose(case_of("80", "90"), Point.PROGRAMMES)


def test_neighbours_do_not_read_alike() -> None:
    case = case_of("85", "86,50")
    assert len({propose(case, Point.TARGET, turn) for turn in range(3)}) == 3
    assert propose(case, Point.TARGET, 1) == propose(case, Point.TARGET, 1)


def test_lists_of_names() -> None:
    assert [joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == ["a", "a dan b", "a, b, dan c"]


figures = st.one_of(
    st.sampled_from(["", "-", "N/A", "WTP", "BB", "3+", "Level 3 (3,35)", "1.234", "0", "85.5 %", "{x}", "70-80"]),
    st.decimals(-1000, 1000, places=2).map(lambda d: str(d).replace(".", ",")),
    st.text(max_size=12),
)


@given(figures, figures, figures, figures, figures, st.booleans(), st.integers(0, 9))
def test_no_figures_break_a_sentence(
    target: str, actual: str, before: str, renstra: str, national: str, falling: bool, turn: int
) -> None:
    case = case_of(target, actual, falling=falling, earlier=((2025, before),), renstra=renstra, national=national)
    for point in Point:
        text = propose(case, point, turn)
        assert text.rstrip().endswith(".")
        assert "  " not in text.replace(case.source, "")
