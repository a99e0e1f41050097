"""What people type into fields, what is kept of it, and how it is shown again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.resources import profile_fields
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.values import Parsed, parse, show

K = FieldKind
ANY_TEXT = (
    st.text()
    | st.text(st.sampled_from("0123456789.,-/: RpIlVv()%+\n\t\x00\ud800😀"))
    | st.from_regex(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{1,5}")
)
CHOICE = FormField("direction", "Arah", K.CHOICE, choices=("naik", "turun", "Plt."))


@pytest.mark.parametrize(
    "text",
    [
        "5/5/2025",
        "5-5-25",
        "05.05.2025",
        "5 5 2025",
        "5 Mei 2025",
        "5 mei 25",
        "2025-05-05",
        "2025/5/5",
        "Senin, 5 Mei 2025",
        "hari senin 5 mei 2025",
        "05-May-25",
        "5Mei2025",
        "2025-05-05 00:00:00",
        " 5 / 5 / 2025 ",
    ],
)
def test_dates_as_people_type_them(text: str) -> None:
    assert parse(K.DATE, text) == Parsed("2025-05-05")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 Agt 2027", "2027-08-17"),
        ("10 Nopember 2027", "2027-11-10"),
        ("1 Peb 27", "2027-02-01"),
        ("12-Aug-2026", "2026-08-12"),
        ("jum'at, 26 februari 2027", "2027-02-26"),
        ("29/2/2028", "2028-02-29"),
        ("12/6/67", "2067-06-12"),
        ("12/6/69", "1969-06-12"),
        ("1 Sept 2027", "2027-09-01"),
    ],
)
def test_other_dates(text: str, day: str) -> None:
    assert parse(K.DATE, text).value == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/2/2025", "Februari 2025 hanya bertanggal 1 sampai 28"),
        ("0/5/2025", "Mei 2025 hanya bertanggal 1 sampai 31"),
        ("29 Februari 2027", "hanya bertanggal 1 sampai 28"),
        ("12/25/2025", "tidak ada bulan 25"),
        ("5/5/1", "empat angka"),
        ("5/5/20255", "empat angka"),
        ("5/5/0001", "antara 1900 dan 2100"),
        ("1899-12-31", "antara 1900 dan 2100"),
        ("2101-01-01", "antara 1900 dan 2100"),
        ("besok", "tidak terbaca sebagai tanggal"),
        ("5 Juno 2025", "tidak terbaca"),
        ("5 M 2025", "tidak terbaca"),
        ("٥/٥/٢٠٢٥", "tidak terbaca"),
        ("20250505", "tidak terbaca"),
        ("x" * 99, "“" + "x" * 40 + "…”"),
    ],
)
def test_dates_that_cannot_be_are_kept_with_a_sentence(text: str, says: str) -> None:
    parsed = parse(K.DATE, text)
    assert parsed.value == text
    assert says in parsed.problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9", "09.00"),
        ("9.00", "09.00"),
        ("09:30", "09.30"),
        ("0930", "09.30"),
        ("23.59", "23.59"),
        ("pukul 9.30 WIB", "09.30"),
        ("13:00:00", "13.00"),
        ("jam 7", "07.00"),
    ],
)
def test_times(text: str, value: str) -> None:
    assert parse(K.TIME, text) == Parsed(value)


@pytest.mark.parametrize("text", ["24.00", "9.60", "9.5", "pagi", "2561", "-1"])
def test_times_that_cannot_be(text: str) -> None:
    parsed = parse(K.TIME, text)
    assert parsed.value == text
    assert "09.30" in parsed.problem


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("85,5", ""),
        ("85.5 %", "85,5"),
        ("85.5", "85,5"),
        ("1.250.000", ""),
        ("1.250.000,50", ""),
        ("1,250,000.50", "1250000,50"),
        ("007", "7"),
        ("Level 3 (3,35)", "3,35"),
        ("Nilai A (80,5)", "80,5"),
        ("WTP", ""),
        ("BB", ""),
        ("3+", ""),
        ("N/A", ""),
        ("-", ""),
        ("belum dirilis BPKP", ""),
    ],
)
def test_a_figure_is_kept_as_typed_and_its_meaning_stands_beside(text: str, meaning: str) -> None:
    assert parse(K.NUMBER, f" {text}\n") == Parsed(text, meaning=meaning)
    assert show(K.NUMBER, text) == text


@pytest.mark.parametrize("text", ["70-80", "70 – 80 %", "70 s.d. 80", "2,5 sampai 3"])
def test_a_range_is_kept_and_warned_about(text: str) -> None:
    parsed = parse(K.NUMBER, text)
    assert (parsed.value, parsed.problem) == (text, "")
    assert "rentang" in parsed.warning


@pytest.mark.parametrize("text", ["1.2.3", "85,5,2", "5-", "1.250.00", "2026-02", "9" * 19])
def test_misspelt_numbers(text: str) -> None:
    parsed = parse(K.NUMBER, text)
    assert parsed.value == text
    assert "tidak terbaca sebagai angka" in parsed.problem


def test_an_ambiguous_number_asks_and_each_answer_is_plain() -> None:
    parsed = parse(K.NUMBER, "1.234")
    assert parsed.value == "1.234"
    assert parsed.problem == "“1.234” dapat dibaca dua cara. Tulis 1234 bila ribuan, atau 1,234 bila pecahan."
    assert parsed.readings == ("1234", "1,234")
    for reading in parsed.readings:
        assert parse(K.NUMBER, reading) == Parsed(reading)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("-85.125 %", ("-85125 %", "-85,125 %")),
        ("Level 3 (3.125)", ("Level 3 (3125)", "Level 3 (3,125)")),
        ("1.234 dokumen", ("1234 dokumen", "1,234 dokumen")),
    ],
)
def test_the_readings_of_an_ambiguous_text_keep_what_stands_around(text: str, readings: tuple[str, str]) -> None:
    assert parse(K.NUMBER, text).readings == readings
    assert not any(parse(K.NUMBER, reading).problem for reading in readings)


@pytest.mark.parametrize(("text", "value"), [("1.234", "1234"), ("3", "3"), ("3,00", "3"), ("0", "0")])
def test_integers(text: str, value: str) -> None:
    assert parse(K.INTEGER, text) == Parsed(value)


@pytest.mark.parametrize("text", ["1,5", "tiga", "-1", "3 (tiga)", ""])
def test_integers_that_are_none(text: str) -> None:
    assert parse(K.INTEGER, text).value == text
    assert bool(parse(K.INTEGER, text).problem) is bool(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rp 14.819.633.945", "14819633945"),
        ("14819633945,00", "14819633945"),
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1.250.000,5", "1250000,50"),
        ("Rp. 850.000,-", "850000"),
        ("1,2 juta", "1200000"),
        ("Rp 1.250 ribu", "1250000"),
        ("Rp1.5 jt", "1500000"),
        ("2,75 miliar rupiah", "2750000000"),
        ("-3 rb", "-3000"),
    ],
)
def test_money(text: str, value: str) -> None:
    assert parse(K.MONEY, text) == Parsed(value)


@pytest.mark.parametrize("text", ["banyak", "1.5.0", "1.000,125", "kas (1.000)", "dua juta", "9999999999999 miliar"])
def test_money_that_is_none(text: str) -> None:
    assert parse(K.MONEY, text).value == text
    assert parse(K.MONEY, text).problem


@pytest.mark.parametrize(
    "text", ["19670612 198603 1 003", "196706121986031003", "NIP. 19670612.198603.1.003", "NIP196706121986031003"]
)
def test_nip(text: str) -> None:
    assert parse(K.NIP, text) == Parsed("196706121986031003")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("196713321986031003", "bukan tanggal lahir"),
        ("196706121986131003", "bukan bulan pengangkatan"),
        ("196706121986201003", "bukan bulan pengangkatan"),
        ("196706121986001003", "bukan bulan pengangkatan"),
        ("196706121986033003", "Angka ke-15"),
    ],
)
def test_an_odd_nip_warns_and_is_kept(text: str, says: str) -> None:
    parsed = parse(K.NIP, text)
    assert (parsed.value, parsed.problem) == (text, "")
    assert says in parsed.warning


def test_a_pppk_number_is_plain() -> None:
    assert parse(K.NIP, "198501012023211004") == Parsed("198501012023211004")


@pytest.mark.parametrize(("text", "says"), [("19670612", "yang tertulis 8"), ("belum ada", "tanpa huruf"), ("-", "18")])
def test_a_nip_of_the_wrong_length(text: str, says: str) -> None:
    assert parse(K.NIP, text).value == text
    assert says in parse(K.NIP, text).problem


def test_choices() -> None:
    assert parse(K.CHOICE, "Naik", CHOICE) == Parsed("naik")
    assert parse(K.CHOICE, "plt.", CHOICE) == Parsed("Plt.")
    assert parse(K.CHOICE, "miring", CHOICE) == Parsed("miring", "Pilih salah satu: naik, turun, Plt.")
    assert parse(K.CHOICE, "apa saja") == Parsed("apa saja")
    assert parse(K.CHOICES, "turun\n naik \n\nTurun", CHOICE) == Parsed("turun\nnaik")
    assert parse(K.CHOICES, "turun\nx", CHOICE).problem
    assert parse(K.YESNO, "Ya") == Parsed("ya")
    assert parse(K.YESNO, "mungkin") == Parsed("mungkin", "Jawab dengan ya atau tidak.")


@pytest.mark.parametrize("text", ["≥ 91", "90-100", "20 mm", "Level 3", "-"])
def test_a_setting_takes_one_number(text: str) -> None:
    setting = FormField("least", "Mulai dari (%)", K.NUMBER, plain=True)
    assert parse(K.NUMBER, text, setting).value == text
    assert "bukan satu angka" in parse(K.NUMBER, text, setting).problem
    assert not parse(K.NUMBER, text).problem
    assert not any(parse(K.NUMBER, plain, setting).problem for plain in ("91", "12,5", "91 %", ""))


def test_every_number_of_the_profile_is_plain() -> None:
    fields = [column for field in profile_fields() for column in (field, *field.columns)]
    assert {field.id for field in fields if field.kind is K.NUMBER and not field.plain} == set()


def test_text_loses_what_no_document_can_hold() -> None:
    assert parse(K.TEXT, " a\x00b\ud800\n c\t😀 ") == Parsed("ab  c 😀")
    assert parse(K.PARAGRAPH, "satu\r\ndua\r\x0b\n") == Parsed("satu\ndua")
    assert parse(K.TEXT, "e\u0301") == Parsed("\u00e9")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (K.DATE, "2025-05-05", "5 Mei 2025"),
        (K.DATE, "besok", "besok"),
        (K.TIME, "09.30", "09.30"),
        (K.NIP, "196706121986031003", "19670612 198603 1 003"),
        (K.NIP, "123", "123"),
        (K.MONEY, "14819633945", "Rp 14.819.633.945"),
        (K.MONEY, "1250000,50", "Rp 1.250.000,50"),
        (K.NUMBER, "1250000,50", "1250000,50"),
        (K.NUMBER, "85.5 %", "85.5 %"),
        (K.NUMBER, "1234", "1234"),
        (K.NUMBER, "3,10", "3,10"),
        (K.NUMBER, "WTP", "WTP"),
        (K.NUMBER, "1.234", "1.234"),
        (K.INTEGER, "2026", "2026"),
        (K.INTEGER, "12500", "12.500"),
        (K.YESNO, "ya", "Ya"),
        (K.TEXT, "apa saja", "apa saja"),
    ],
)
def test_values_are_shown(kind: FieldKind, value: str, shown: str) -> None:
    assert show(kind, value) == shown


@given(st.sampled_from(FieldKind), ANY_TEXT)
def test_nothing_typed_raises_and_what_is_kept_stays(kind: FieldKind, text: str) -> None:
    once = parse(kind, text, CHOICE if kind in (K.CHOICE, K.CHOICES) else None)
    show(kind, text)
    assert parse(kind, once.value) == once or once.problem
    if not once.problem:
        again = parse(kind, show(kind, once.value))
        assert (again.value, again.problem) == (once.value, "")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    value = day.isoformat()
    for text in (show(K.DATE, value), f"{day.day}/{day.month}/{day.year}", value):
        assert parse(K.DATE, text) == Parsed(value)


@given(st.integers(0, 1439))
def test_every_minute_comes_back(minute: int) -> None:
    value = f"{minute // 60:02}.{minute % 60:02}"
    assert parse(K.TIME, show(K.TIME, value)) == Parsed(value)
