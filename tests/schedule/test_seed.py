"""The shipped table of holidays: equal to what the package gives, and read with an eye for slips."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import seed_holidays

from lkip_desktop.errors import UserError
from lkip_desktop.schedule.seed import load_calendar, load_holidays, read_calendar

TABLE = Path(__file__).parents[2] / "resources" / "holidays.toml"


def test_the_table_is_what_the_package_gives() -> None:
    expected = seed_holidays.toml(seed_holidays.holidays(), seed_holidays.ramadan())
    assert TABLE.read_text("utf-8") == expected
    assert load_holidays(TABLE) == seed_holidays.holidays()


@pytest.mark.parametrize(("year", "public", "joint"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_as_many_days_as_the_decrees(year: int, public: int, joint: int) -> None:
    kinds = [h.kind for h in load_holidays(TABLE) if h.day.year == year]
    assert (kinds.count("libur"), kinds.count("cuti bersama")) == (public, joint)


@pytest.mark.parametrize(("year", "free"), [(2025, 237), (2026, 240), (2027, 242)])
def test_working_days_of_a_year(year: int, free: int) -> None:
    assert load_calendar(TABLE).working_days(date(year, 1, 1), date(year, 12, 31)) == free


def test_estimates_are_marked() -> None:
    names = {h.day: h.name for h in load_holidays(TABLE)}
    assert names[date(2027, 3, 10)] == "Hari Raya Idul Fitri (perkiraan)"
    assert names[date(2026, 3, 21)] == "Hari Raya Idul Fitri"


def test_ramadan_is_a_month_before_idul_fitri() -> None:
    calendar = load_calendar(TABLE)
    feasts = [h.day for h in calendar.holidays if h.name.startswith("Hari Raya Idul Fitri")]
    assert {month.first.year for month in calendar.ramadan} == set(range(2026, 2031))
    for month in calendar.ramadan:
        assert (month.last - month.first).days + 1 in (29, 30)
        assert month.note == "perkiraan"
        assert month.last + timedelta(days=1) in feasts or month.last.year == 2031
    assert calendar.ramadan[1].first == date(2027, 2, 8)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[holiday]\n", "tidak terbaca"),
        ("holiday = 3\n", "daftar"),
        ('[[holiday]]\nday = "2027-01-01"\nname = "A"\n', "libur ke-1: “day” harus tanggal"),
        ("[[holiday]]\nday = 2027-01-01T10:00:00\nname = 'A'\n", "“day” harus tanggal"),
        ("[[holiday]]\nname = 'A'\n", "“day” harus tanggal"),
        ("[[holiday]]\nday = 2027-01-01\nname = ' '\n", "“name” harus diisi"),
        ("[[holiday]]\nday = 2027-01-01\nname = 'A'\nkind = 'x'\n", "jenis “x” tidak dikenal"),
        ("[[holiday]]\nday = 2027-01-01\nnama = 'A'\n", "“nama” tidak dikenal"),
        ("libur = 1\n", "“libur” tidak dikenal"),
        ("[[ramadan]]\nfirst = 2027-03-09\nlast = 2027-02-08\n", "Tukar"),
    ],
)
def test_a_slip_in_the_table_is_named(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        read_calendar(text, "libur.toml")
    assert "libur.toml" in str(caught.value)


def test_a_table_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak dapat dibuka"):
        load_calendar(tmp_path / "tiada.toml")
    (tmp_path / "biner.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="UTF-8"):
        load_calendar(tmp_path / "biner.toml")


def test_order_in_the_file_does_not_matter() -> None:
    text = "[[holiday]]\nday = 2027-06-01\nname = 'B'\n[[holiday]]\nday = 2027-01-01\nname = 'A'\n"
    assert [h.name for h in read_calendar(text).holidays] == ["A", "B"]
