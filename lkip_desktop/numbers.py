"""Figures as offices write them: read into exact decimals, and written the Indonesian way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

MAX_DIGITS = 18
# Room for any quotient of two figures of twice MAX_DIGITS digits, so that rounding for display never fails.
_WIDE = Context(prec=150, rounding=ROUND_HALF_UP)
_CUT = Context(prec=150, rounding=ROUND_DOWN)
# Far more digits than figures can bring, so that a limit is met or missed as it would be with exact fractions.
_DIVISION = Context(prec=60)
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "n.a.", "belum ada", "tidak ada data"})

# Signs and words before a limit, the longer first; True: nothing below it will do.
_LIMITS = {
    **dict.fromkeys(("≥", ">=", ">", "minimal", "min."), True),
    **dict.fromkeys(("≤", "<=", "<", "maksimal", "maks."), False),
}
_LIMIT = re.compile(rf"({'|'.join(map(re.escape, _LIMITS))})\s*(?=[0-9])", re.IGNORECASE)
_MONEY_UNITS = ("rp", "rp.", "idr", "rupiah")
# Words of grades, whatever their number; and rupiah are told by their sign.
_NO_UNITS = ("level", "tingkat", "predikat", "opini", "kategori", *_MONEY_UNITS)
_RUPIAH = re.compile(r"^(-?)\s*(?:rp|idr)(?![a-z])\.?\s*", re.IGNORECASE)
# How accounts write an amount below zero.
_BRACKETED = re.compile(r"((?:rp|idr)?\.?)\s*\(\s*([^()-]+)\)", re.IGNORECASE)
_AFTER = re.compile(r"(?:,-{1,2}|\s*%|\s*persen|\s*rupiah)$", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<label>[^()]*\S)\s*\((?P<score>[^()]*)\)")

_RANGE = re.compile(r"(.*[0-9%])\s*(?:-|–|—|s\.?\s?/?d\.?|sampai(?: dengan)?)\s*([0-9].*)", re.IGNORECASE)
# Words after an amount of money, with what they multiply it by.
_SCALES = {"ribu": 3, "rb": 3, "ribuan": 3, "juta": 6, "jt": 6, "jutaan": 6, "miliar": 9, "milyar": 9, "triliun": 12}
_SCALED = re.compile(rf"(?P<amount>.*[0-9])\s*(?P<scale>{'|'.join(_SCALES)})(?: rupiah)?\.?", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]+")
_ONE_DOT_GROUP = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_ONE_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_SPACE_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_COMMA_DECIMAL = re.compile(r"[0-9]*,[0-9]+")
_DOT_DECIMAL = re.compile(r"[0-9]*\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A figure such as ``1.234`` that is a thousand to one reader and a little more than one to another."""

    text: str
    thousands: Decimal
    decimal: Decimal

    @property
    def question(self) -> str:
        """Asks which was meant, and says how to write either."""
        return f"“{self.text}” dapat dibaca dua cara. {self.hint}"

    @property
    def hint(self) -> str:
        return "Tulis {} bila ribuan, atau {} bila pecahan.".format(*self.spellings)

    @property
    def spellings(self) -> tuple[str, str]:
        """How to write it as thousands, and as a decimal, so that nobody can misread it."""
        return canonical(self.thousands), canonical(self.decimal)


@dataclass(frozen=True, slots=True)
class NotANumber:
    """A text that is no figure: a grade (``WTP``, ``BB``, ``3+``), a mark for nothing (``-``, ``N/A``), or empty."""

    text: str


@lru_cache(maxsize=20_000)
def read_number(text: str, *, money: bool = False, unit: str = "") -> Decimal | Ambiguous | NotANumber:
    """The figure that a text states; the text itself stays as it was typed.

    Indonesian and English groups and decimals, ``%`` and ``Rp`` are understood, and the figure's own `unit` beside it
    (``12 dokumen``, ``skor 3,10``). Of a grade with a score in brackets (``Level 3 (3,35)``) the score is the figure.
    With `money`, behind ``Rp`` or before *rupiah*, one separator before three digits groups thousands, *ribu*, *juta*,
    *miliar* and *triliun* multiply, and an amount in brackets is below zero. More than MAX_DIGITS digits before or
    behind the decimal mark are no figure. Remembered, since a table asks for the same texts at every key.
    """
    plain = _without_unit(" ".join(text.replace("−", "-").split()), unit)
    labelled = None if money else _LABELLED.fullmatch(plain)
    money = money or _RUPIAH.match(plain) is not None or plain.casefold().endswith("rupiah")
    below = _BRACKETED.fullmatch(plain) if money else None
    if below:
        plain = f"-{below[1]}{below[2]}".rstrip()
    scaled = _SCALED.fullmatch(plain) if money or unit.strip().casefold() in _MONEY_UNITS else None
    if scaled:
        return _multiplied(scaled["amount"], _SCALES[scaled["scale"].casefold()]) or NotANumber(plain)
    parts = (labelled["score"].strip(), labelled["label"]) if labelled else (plain,)
    figures = (_figure(part, money) for part in parts)
    return next((figure for figure in figures if figure is not None), NotANumber(plain))


def without_limit(target: str, *, falling: bool) -> str:
    """A target without the sign that says which side of it is good: ``≥ 80`` → ``80``.

    Of which less is better, that is ``≤ 5`` or ``maks. 5``; a sign against the direction stays.
    """
    text = target.strip()
    found = _LIMIT.match(text)
    return text[found.end() :] if found and _LIMITS[found[1].casefold()] != falling else target


def is_range(text: str) -> bool:
    """Whether a text names a lower and an upper figure: ``70-80``, ``70 s.d. 80 %``."""
    match = _RANGE.fullmatch(" ".join(text.split()))
    if match is None:
        return False
    low, high = read_number(match[1]), read_number(match[2])
    return isinstance(low, Decimal) and isinstance(high, Decimal) and low < high


def is_blank(text: str) -> bool:
    """Whether a text says that there is no figure: empty, a dash, N/A."""
    return not text or label_of(text) in _NOTHING


def decimals_of(text: str, unit: str = "") -> int:
    """How many decimals a figure shows as typed: 2 for ``3,10`` and for ``Level 3 (3,35)``; 0 where it is none."""
    number = read_number(text, unit=unit)
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def to_decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal of 60 digits."""
    return _DIVISION.divide(Decimal(value.numerator), Decimal(value.denominator))


def label_of(text: str) -> str:
    """The grade of a text without its score: ``Level 3 (3,35)`` → ``level 3``, folded for comparing."""
    plain = " ".join(text.split())
    labelled = _LABELLED.fullmatch(plain)
    return (labelled["label"] if labelled else plain).casefold()


def _without_unit(text: str, unit: str) -> str:
    """``12 dokumen`` → ``12``, ``Rp 5 juta`` → ``5`` where that is the unit; any other text as it is."""
    found = next((found for beside in _beside(unit) if (found := beside.fullmatch(text))), None)
    return found["figure"] if found else text


@lru_cache(maxsize=1000)
def _beside(unit: str) -> tuple[re.Pattern[str], ...]:
    """A figure with the words of a unit behind it, before it, or its first word before and the others behind it."""
    words = [re.escape(word) for word in unit.split()]
    if not words or not unit.strip()[0].isalpha() or unit.strip().casefold() in _NO_UNITS:
        return ()
    splits = [(r"\s+".join(words[:n]), r"\s+".join(words[n:])) for n in sorted({0, 1, len(words)})]
    figure = r"(?P<figure>[-+]?\s*[0-9].*?)"
    return tuple(re.compile(rf"{before}\s*{figure}\s*{after}", re.IGNORECASE) for before, after in splits)


def _multiplied(text: str, power: int) -> Decimal | None:
    """An amount of money times a power of ten; None where it is none, or longer than figures may be."""
    # 17,642 miliar is less than 18: nobody counts thousands of miliar behind a comma.
    amount = _figure(text, not _is_parted(text, ","))
    if not isinstance(amount, Decimal):
        return None
    rupiah_ = amount.scaleb(power, _WIDE)
    return rupiah_ if rupiah_.adjusted() < MAX_DIGITS else None


def in_unit(text: str, unit: str, mark: str = ",") -> str:
    """An amount of money with the unit that it is counted in; what is no amount stays.

    `mark` parts decimals, also three of them: ``46,436`` counted in *juta* is ``46,436 juta``.
    """
    amount = read_number(text, money=True)
    if not isinstance(amount, Decimal):
        return text
    return f"{canonical(amount.scaleb(-3) if _is_parted(text, mark) else amount)} {unit}"


def _is_parted(text: str, mark: str) -> bool:
    """Whether a mark stands once and before three digits, where it could group thousands as well."""
    return re.fullmatch(rf"[^0-9]*[1-9][0-9]{{0,2}}{re.escape(mark)}[0-9]{{3}}[^0-9]*", text) is not None


def _figure(text: str, money: bool) -> Decimal | Ambiguous | None:
    body = _AFTER.sub("", _RUPIAH.sub(r"\1", text)).strip()
    sign, digits = ("-", body[1:].strip()) if body.startswith("-") else ("", body.removeprefix("+").strip())
    if not money and _ONE_DOT_GROUP.fullmatch(digits):
        thousands, decimal = Decimal(sign + digits.replace(".", "")), Decimal(sign + digits)
        return Ambiguous(text, thousands, decimal)
    number = _normal(digits, money)
    too_long = any(len(part) > MAX_DIGITS for part in number.split("."))
    return Decimal(sign + number) if number and not too_long else None


def _normal(digits: str, money: bool) -> str:
    """An unsigned figure with a dot for decimals and no groups, or empty if it is not one."""
    if _WHOLE.fullmatch(digits):
        return digits
    if _DOT_GROUPS.fullmatch(digits):
        return digits.replace(".", "").replace(",", ".")
    if _COMMA_GROUPS.fullmatch(digits) or (money and _ONE_COMMA_GROUP.fullmatch(digits)):
        return digits.replace(",", "")
    if _SPACE_GROUPS.fullmatch(digits) or _COMMA_DECIMAL.fullmatch(digits) or _DOT_DECIMAL.fullmatch(digits):
        return digits.replace(" ", "").replace(",", ".")
    return ""


def rounded(value: Decimal, places: int, *, cut: bool = False) -> Decimal:
    """Half up, as schools and tables round: 92,745 → 92,75; or cut off: 92,749 → 92,74; never a negative zero."""
    exact = value.quantize(Decimal(1).scaleb(-places), context=_CUT if cut else _WIDE)
    return exact if exact else abs(exact)


def format_number(value: Decimal, places: int | None = None, *, cut: bool = False) -> str:
    """``1.234.567,89``, rounded half up or cut to `places`; without it, all the decimals that the value has."""
    shown = rounded(value, places, cut=cut) if places is not None else value
    return f"{shown:,f}".translate(str.maketrans(",.", ".,"))


def percent(value: Decimal, places: int = 2, *, cut: bool = False) -> str:
    """``98,39 %``"""
    return f"{format_number(value, places, cut=cut)} %"


def rupiah(value: Decimal) -> str:
    """``Rp 14.819.633.945``; sen only if there are any: ``Rp 1.000,50``."""
    exact = rounded(value, 2)
    whole = exact == exact.to_integral_value()
    return f"{'-' if exact < 0 else ''}Rp {format_number(exact.copy_abs(), 0 if whole else 2)}"


def canonical(value: Decimal) -> str:
    """One spelling that is never ambiguous: no groups, a comma, decimals as they are (``1250000,50``)."""
    return f"{value if value else abs(value):f}".replace(".", ",")
