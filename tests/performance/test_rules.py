"""Every rule of measuring with numbers of its own: formulas, target 0, levels, cap, scale, rounding, efficiency."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkip_desktop.numbers import format_number
from lkip_desktop.performance.achievement import achievement, mean, printed_doubts
from lkip_desktop.performance.budget import absorption, efficiency, efficiency_by_pmk, line_absorption, total
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.plausibility import budget_warnings, percent_doubts
from lkip_desktop.performance.rules import EfficiencyMethod, Grade, MinimiseFormula, Rules, predicate
from lkip_desktop.performance.summary import served, summary


def of(target: str, actual: str, direction: str = "naik", **more: str) -> Indicator:
    return Indicator("1", "S", "Nama", "satuan", direction, target, actual, **more)


INVERSE = Rules(minimise=MinimiseFormula.INVERSE)
LEVELS = Rules(grades=(("level 2", Decimal(2)), ("level 3", Decimal(3)), ("wtp", Decimal(4)), ("wdp", Decimal(3))))


@pytest.mark.parametrize(
    ("rule", "indicator", "rules", "shown"),
    [
        ("R / T", of("90", "81"), Rules(), "90,00"),
        ("(2T - R) / T", of("15", "18", "turun"), Rules(), "80,00"),
        ("(2T - R) / T", of("15", "12", "turun"), Rules(), "120,00"),
        ("T / R", of("15", "18", "turun"), INVERSE, "83,33"),
        ("a target of 0 that is met", of("0", "0", "turun"), Rules(), "100,00"),
        ("the same, counted 120", of("0", "0", "turun"), Rules(zero=Decimal(120)), "120,00"),
        ("floor", of("10", "30", "turun"), Rules(), "0,00"),
        ("no floor", of("10", "30", "turun"), Rules(floor=False), "-100,00"),
        ("half up", of("80", "74,196"), Rules(), "92,745"),
        ("half up", of("7", "6"), Rules(), "85,71"),
        ("cut", of("3", "2"), Rules(cut=True), "66,66"),
        ("the score is divided", of("Nilai A (80,5)", "Nilai BB (79,4)"), Rules(), "98,63"),
        ("a bare level that equals", of("Level 3", "Level 3 (3,35)"), Rules(), "100,00"),
        ("the word level may be left out", of("3", "Level 3"), Rules(), "100,00"),
        ("an opinion that equals", of("WTP", "Opini WTP"), Rules(), "100,00"),
        ("a level by the office's table", of("Level 3", "Level 2"), LEVELS, "66,67"),
        ("an opinion by the office's table", of("WTP", "WDP"), LEVELS, "75,00"),
        ("the row's own unit", of("12 satuan", "10,5 Satuan"), Rules(), "87,50"),
        ("a limit from below", of("≥ 80", "86"), Rules(), "107,50"),
        ("a limit that must be passed", of("> 80", "86"), Rules(), "107,50"),
        ("a limit from above", of("maks. 5 satuan", "3", "turun"), Rules(), "140,00"),
        ("as many decimals as a limit shows", of("<=5,250", "3", "turun"), Rules(), "142,857"),
        ("more decimals when the figures show more", of("3,125", "3,0625"), Rules(), "98,0000"),
    ],
)
def test_a_rule(rule: str, indicator: Indicator, rules: Rules, shown: str) -> None:
    assert achievement(indicator, rules).figure == shown


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        (of("0", "3", "turun"), "target 0 terlampaui sehingga capaian perlu dinilai tersendiri"),
        (of("0", "3"), "target 0 tidak dapat menjadi pembagi"),
        (of("", "3"), "target belum diisi"),
        (of("≥ 5", "3", "turun"), "“≥ 5” bukan angka"),
        (of("80", "≥ 80"), "“≥ 80” bukan angka"),
        (of("> 80", "80,0"), "realisasi tepat pada batas “> 80”, capaian perlu dinilai tersendiri"),
        (of("10 satuan", "9 lainnya"), "“9 lainnya” bukan angka"),
        (of("90", "N/A"), "realisasi belum diisi"),
        (of("90", "", accumulation="rilis tahunan"), "realisasi belum dirilis"),
        (of("90", "70-80"), "“70-80” adalah rentang, bukan satu angka"),
        (of("3+", "3"), "“3+” bukan angka"),
        (of("WTP", "WDP"), "“WTP” bukan angka"),
        (of("90", "85", "miring"), "arah “miring” tidak dikenal"),
        (of("1.234", "1.300"), "“1.234” dapat dibaca dua cara"),
    ],
)
def test_no_rule_applies(indicator: Indicator, why: str) -> None:
    found = achievement(indicator)
    assert (found.text, found.reason) == ("Tidak dapat dihitung", why)


@pytest.mark.parametrize(
    ("cap", "expected"),
    [(None, "135,00"), (100, "90,00"), (110, "95,00"), (120, "100,00"), (150, "115,00"), (200, "135,00")],
)
def test_the_cap_is_for_means_alone(cap: int | None, expected: str) -> None:
    found = [achievement(of("100", "80")), achievement(of("10", "19"))]
    average = mean(found, None if cap is None else Decimal(cap))
    assert average is not None
    assert format_number(average, 2) == expected
    assert found[1].figure == "190,00"
    assert any("150 %" in warning for warning in found[1].warnings)


@pytest.mark.parametrize(
    ("value", "label"), [("90.995", "baik"), ("89.999", "cukup"), ("70", "cukup"), ("69.999", "kurang")]
)
def test_the_scale_takes_the_unrounded_value(value: str, label: str) -> None:
    scale = (Grade(Decimal(90), "baik"), Grade(Decimal(70), "cukup"), Grade(Decimal(0), "kurang"))
    assert predicate(Decimal(value), Rules(scale=scale)) == label


@pytest.mark.parametrize(
    ("value", "rules", "told"),
    [
        ("90.996", Rules(), "90,996 % atau 91,00 % setelah dibulatkan"),
        ("90.994", Rules(), "90,99 %"),
        ("99.99999", Rules(), "99,99999 % atau 100,00 % setelah dibulatkan"),
        ("100", Rules(), "100,00 %"),
        ("90.996", Rules(cut=True), "90,99 %"),
    ],
)
def test_a_mean_beside_its_predicate_hides_nothing(value: str, rules: Rules, told: str) -> None:
    assert rules.told(Decimal(value)) == told


def test_what_the_office_set_counts_only_where_nothing_can_be_computed() -> None:
    judged = achievement(of("0", "3", "turun", manual="60", manual_note="Tiga temuan dari 120 objek"))
    assert (judged.figure, judged.manual) == ("60,00", True)
    assert "Tiga temuan dari 120 objek" in judged.why
    assert judged.warnings == ()
    computed = achievement(of("80", "40", manual="60"))
    assert (computed.figure, computed.manual) == ("50,00", False)
    assert any("tidak dipakai karena capaian dapat dihitung (50,00 %)" in w for w in computed.warnings)
    assert "dasar capaian" in achievement(of("WTP", "WDP", manual="75")).warnings[0]
    assert "bukan angka" in achievement(of("WTP", "WDP", manual="baik")).warnings[0]
    assert achievement(of("WTP", "", manual="75")).value is None


def test_a_printed_achievement_should_follow_from_its_parts() -> None:
    assert printed_doubts(of("80", "74,20"), "92,75") == ()
    assert printed_doubts(of("80", "74,20"), "92,8") == ()
    (doubt,) = printed_doubts(of("80", "74,20"), "93,10")
    assert doubt == "Capaian tertulis 93,10, sedangkan dari target dan realisasi 92,75. Periksa."
    same, other = printed_doubts(of("80", "74,20"), "74,2")
    assert "sama dengan realisasi, padahal target bukan 100" in same
    assert "92,75" in other
    assert printed_doubts(of("100", "74,2"), "74,2") == ()
    assert printed_doubts(of("100", "74,2"), "baik") == ()


def line(code: str, ceiling: str, spent: str, **more: str) -> BudgetLine:
    return BudgetLine(f"{code}:{ceiling}", code, f"Program {code}", ceiling, spent, **more)


def test_absorption_is_of_the_last_valid_ceiling() -> None:
    assert line_absorption(line("6.01.01", "1000", "450")).text == "45,00 %"
    assert line_absorption(line("6.01.01", "1000", "450", ceiling_revised="900")).text == "50,00 %"
    assert line_absorption(line("6.01.01", "1000", "450", ceiling_revised="-")).text == "45,00 %"
    assert line_absorption(line("6.01.01", "300", "200"), Rules(cut=True)).text == "66,66 %"


def test_a_total_adds_the_topmost_rows_of_each_branch() -> None:
    rows = [
        line("6.01.01", "1000", "900"),
        line("6.01.01.2.01", "600", "550"),
        line("6.01.01.2.01.0006", "600", "550"),
        line("6.01.02.2.01", "500", "100"),
        line("6.01.02.2.01.0001", "500", "100"),
    ]
    whole = total(rows)
    assert (whole.absorption.ceiling, whole.absorption.spent) == (1500, 1000)
    assert [row.level for row in rows] == [1, 2, 3, 2, 3]


def test_money_that_does_not_add_up_is_odd() -> None:
    rows = [
        line("6.01.01", "1000", "900"),
        line("6.01.01.2.01", "600", "700"),
        line("6.01.01.2.02", "300", "200"),
        line("6.01.02", "10", "5"),
        line("6.01.02", "20", "5"),
    ]
    found = budget_warnings(rows)
    assert found[rows[0].id] == ("Pagu 1.000 tidak sama dengan jumlah rinciannya, 900.",)
    assert found[rows[1].id] == ("Realisasi melebihi pagu. Periksa kedua angkanya.",)
    assert rows[2].id not in found
    assert found[rows[3].id] == found[rows[4].id] == ("Kode 6.01.02 dipakai lebih dari satu baris.",)


def test_a_whole_that_is_a_mean_of_percentages_is_odd() -> None:
    rows = [line("6.01.01", "1000", "500"), line("6.01.02", "100", "100")]
    whole = line("", "1100", "600")
    # 600 ÷ 1.100 = 54,5454…, rounded, cut, or as a fraction.
    for right in ("54,55", "54,54", "54,5 %", "0,5455", "0,55"):
        assert percent_doubts(right, whole, rows) == ()
    assert percent_doubts("75,00", whole, rows) == (
        "Serapan 75,00 adalah rata-rata persen setiap baris; dari jumlah uangnya 54,55.",
    )
    assert "Periksa" in percent_doubts("60", whole, rows)[0]
    assert percent_doubts("banyak", whole, rows) == ()
    assert percent_doubts("50", line("", "0", "5")) == ()


def test_three_ways_to_judge_efficiency() -> None:
    used = absorption(Decimal(200), Decimal(180))
    simple = efficiency(Decimal(96), used)
    assert simple is not None
    assert (simple.value, simple.label) == (6, "Efisien")
    wide = efficiency(Decimal(96), used, Rules(band=Decimal(10)))
    assert wide is not None
    assert wide.label == "Cukup efisien"
    told = efficiency(Decimal(96), used, Rules(efficiency=EfficiencyMethod.NARRATIVE))
    assert told is not None
    assert told.label == ""


def test_pmk_weighs_each_programme() -> None:
    """E = (100 × 1,00 − 80 + 300 × 0,90 − 270) ÷ (100 × 1,00 + 300 × 0,90) = 20 ÷ 370 = 5,41 %; NE = 63,51."""
    found = efficiency_by_pmk([(Decimal(100), Decimal(100), Decimal(80)), (Decimal(300), Decimal(90), Decimal(270))])
    assert found is not None
    assert (format_number(found.value, 2), found.label) == ("5,41", "Efisien (nilai efisiensi 63,51)")
    assert (format_number(found.achievement, 2), format_number(found.absorption, 2)) == ("92,50", "87,50")


def test_programmes_know_what_they_serve() -> None:
    names = ["Meningkatnya mutu", "Menurunnya temuan"]
    assert served(line("6.01.01", "1", "1", objective="2"), names) == ("Menurunnya temuan",)
    assert served(line("6.01.01", "1", "1", objective="Sasaran 1; menurunnya  temuan; 1"), names) == tuple(names)
    assert served(line("6.01.01", "1", "1", objective="3; lain; 99999999999999"), names) == ()


def test_a_year_by_pmk_is_weighed_when_every_programme_says_what_it_serves() -> None:
    rules = Rules(efficiency=EfficiencyMethod.PMK)
    indicators = [
        Indicator("1", "A", "a", "%", "naik", "100", "100"),
        Indicator("2", "B", "b", "%", "naik", "100", "90"),
    ]
    whole = [line("6.01.01", "100", "80", objective="A"), line("6.01.02", "300", "270", objective="2")]
    found = summary(indicators, whole, rules)
    assert found.efficiency is not None
    assert format_number(found.efficiency.value, 2) == "5,41"
    assert [p.objectives for p in found.programmes] == [("A",), ("B",)]
    plain = summary(indicators, [whole[0], line("6.01.02", "300", "270")], rules)
    assert plain.efficiency is not None
    assert format_number(plain.efficiency.value, 2) == "7,89"
    assert found.raw_mean == found.mean == 95
