"""Letter numbers for any pattern, any year and any order of dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.errors import UserError
from lkip_desktop.numbering import Numbering, Running, Used, doubts, numbering, propose

DAY = date(2027, 2, 15)
OFFICE = Numbering(code="000.8.6.3", unit="Insp")
DAYS = st.dates(date(2026, 12, 1), date(2027, 12, 31))
TEXTS = st.text(st.characters(categories=("L", "Nd", "P", "Zs"), exclude_characters="{}"), max_size=12)
SUFFIXES = st.sampled_from(["", "", "A", "B", "AZ", ".1", ".12", "a", ".a"])
RUNNING = st.builds(Running, st.integers(1, 10**15), SUFFIXES)


@st.composite
def offices(draw: st.DrawFn) -> Numbering:
    """Any usable pattern with any codes."""
    others = draw(st.lists(st.sampled_from(["{kode}", "{unit}", "{tahun}", "{bulan}", "{bulan:1}", "{bulan_romawi}"])))
    parts = [*others, draw(st.sampled_from(["{urut}", "{urut:1}", "{urut:03}", "{urut:9}"]))]
    joints = draw(st.lists(TEXTS, min_size=len(parts), max_size=len(parts)))
    pattern = "".join(joint + part for joint, part in zip(joints, draw(st.permutations(parts)), strict=True))
    return Numbering(pattern + draw(TEXTS), draw(TEXTS), draw(TEXTS))


def used(number: int, day: date = DAY, suffix: str = "") -> Used:
    running = Running(number, suffix)
    return Used(OFFICE.write(running, day), day, running, "Surat Pengantar")


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{kode}/{urut}/{unit}/{tahun}", "000.8.6.3/012/Insp/2027"),
        ("{kode}/{urut:04}/{unit}/{bulan_romawi}/{tahun}", "000.8.6.3/0012/Insp/II/2027"),
        ("{urut:1}-{bulan}-{tahun}", "12-02-2027"),
        ("Nomor {urut}", "Nomor 012"),
    ],
)
def test_a_number_follows_the_pattern(pattern: str, number: str) -> None:
    assert Numbering(pattern, "000.8.6.3", "Insp").write(Running(12), DAY) == number


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{kode}/{tahun}", "{urut} tepat satu kali"),
        ("{urut}/{urut}", "{urut} tepat satu kali"),
        ("{nomor}/{urut}", "“{nomor}” yang tidak dikenal"),
        ("{urut/{tahun}", "kurung kurawal tanpa pasangan"),
        ("{urut:30}", "1 sampai 9"),
        ("{kode:3}/{urut}", "1 sampai 9"),
        ("{urut:x}", "tidak dikenal"),
    ],
)
def test_a_bad_pattern_gives_a_sentence(pattern: str, says: str) -> None:
    office = Numbering(pattern)
    assert says in office.problem
    with pytest.raises(UserError, match="Pola nomor surat"):
        office.write(Running(1), DAY)
    assert doubts(office, "12/2027", DAY, []) == (office.problem,)


def test_a_profile_without_a_pattern_has_the_usual_one() -> None:
    assert numbering({}) == Numbering()
    filled = {"letter_pattern": " {urut}/{unit} ", "letter_code": "700", "letter_unit_code": "Insp"}
    assert numbering(filled) == Numbering("{urut}/{unit}", "700", "Insp")


@given(offices(), RUNNING, DAYS)
def test_a_number_is_read_as_it_was_written_and_never_cut(office: Numbering, running: Running, day: date) -> None:
    text = office.write(running, day)
    assert str(running.number) in text
    if text == text.strip():
        assert office.read(text, day) == running


def test_a_number_with_another_code_is_read_too() -> None:
    assert OFFICE.read("700.1.2/045A/Insp/2027", DAY) == Running(45, "A")
    assert OFFICE.read("700/012/Kep-Insp/2027", DAY) == Running(0)
    assert OFFICE.read("tanpa nomor", DAY) == Running(0)
    assert OFFICE.read("45/2027", DAY) == Running(0)


@given(st.lists(st.tuples(st.integers(1, 60), DAYS, SUFFIXES), max_size=12), DAYS)
def test_what_is_proposed_is_free_and_in_order(letters: list[tuple[int, date, str]], day: date) -> None:
    register = [used(number, on, suffix) for number, on, suffix in letters]
    year = [u for u in register if u.day.year == day.year]
    found = propose(register, day)
    assert found not in [u.running for u in year]
    if all(u.day <= day for u in year):
        assert found == Running(max((u.running.number for u in year), default=0) + 1)
    else:
        assert found.suffix


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_letters_issued_one_after_the_other_never_share_a_number(days: list[date]) -> None:
    register: list[Used] = []
    for day in days:
        running = propose(register, day)
        text = OFFICE.write(running, day)
        assert not [d for d in doubts(OFFICE, text, day, register) if "sudah dipakai" in d]
        register.append(Used(text, day, running))
    assert len({u.text for u in register}) == len(days)


def test_each_year_begins_anew() -> None:
    assert propose([used(57, date(2026, 12, 30))], DAY) == Running(1)


def test_gaps_are_left_to_the_paper_agenda() -> None:
    register = [used(12, date(2027, 2, 1)), used(45, date(2027, 2, 20))]
    assert propose(register, date(2027, 2, 21)) == Running(46)
    assert propose(register, DAY) == Running(12, "A")


def test_a_letter_dated_back_takes_the_suffix_that_the_office_uses() -> None:
    later = used(13, DAY + timedelta(5))
    assert propose([used(12), later], DAY) == Running(12, "A")
    assert propose([used(12), used(12, suffix="A"), later], DAY) == Running(12, "B")
    assert propose([used(12), used(12, suffix=".1"), later], DAY) == Running(12, ".2")
    assert propose([used(12), used(12, suffix=".a"), later], DAY) == Running(12, ".b")
    assert propose([used(12), used(12, suffix="a"), later], DAY) == Running(12, "b")
    assert propose([later], DAY) == Running(12, "A")
    assert propose([used(1, DAY + timedelta(1))], DAY) == Running(1, "A")
    assert propose([used(12), *(used(12, suffix=chr(65 + n)) for n in range(26)), later], DAY) == Running(12, "AA")


@pytest.mark.parametrize(
    ("number", "day", "says"),
    [
        ("000.8.6.3/012/INSP/2027", DAY, "Nomor ini sudah dipakai: Surat Pengantar"),
        ("000.8.6.3/ 012 /Insp/2027", DAY, "Nomor ini sudah dipakai"),
        ("700/012/Insp/2027", DAY, "Nomor urut 12 sudah dipakai"),
        ("000.8.6.3/013/Insp/2027", DAY - timedelta(1), "lebih awal daripada"),
        ("000.8.6.3/011/Insp/2027", DAY + timedelta(1), "lebih akhir daripada"),
        ("000.8.6.3/021/Insp/2027", DAY, "Nomor urut 13 sampai 20 belum dipakai"),
        ("000.8.6.3/014/Insp/2027", DAY, "Nomor urut 13 belum dipakai"),
        ("12-B", DAY, "tidak mengikuti pola"),
        ("700/012.A/Insp/2027", DAY, "Nomor urut 12.A sudah dipakai"),
        ("000.8.6.3/013/Insp/2026", DAY, "memuat tahun 2026"),
    ],
)
def test_a_doubtful_number_is_told(number: str, day: date, says: str) -> None:
    assert any(says in doubt for doubt in doubts(OFFICE, number, day, [used(12), used(12, suffix=".a")]))


def test_a_good_number_raises_no_doubt() -> None:
    assert doubts(OFFICE, "000.8.6.3/013/Insp/2027", DAY, [used(12)]) == ()
    assert doubts(OFFICE, "000.8.6.3/012A/Insp/2027", DAY, [used(12), used(13, DAY + timedelta(3))]) == ()
    assert doubts(OFFICE, "000.8.6.3/012.a/Insp/2027", DAY, [used(12), used(13, DAY + timedelta(3))]) == ()
    assert doubts(OFFICE, "000.8.6.3/012/Insp/2028", date(2028, 2, 15), [used(12)]) == ()
