"""Achievement (*capaian*) of indicators in per cent, computed exactly from figures as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from lkip_desktop.numbers import (
    Ambiguous,
    NotANumber,
    canonical,
    decimals_of,
    is_range,
    label_of,
    percent,
    read_number,
    rounded,
    to_decimal,
    without_limit,
)
from lkip_desktop.numbers import is_blank as is_blank
from lkip_desktop.performance.accumulation import Accumulation, accumulation_of, measured, quarter_warnings
from lkip_desktop.performance.model import FALLING, RISING, Indicator
from lkip_desktop.performance.rules import (
    DEFAULT_RULES,
    NOT_COMPUTABLE,
    MinimiseFormula,
    Rules,
    predicate,
    telling_places,
)

HUNDRED = Fraction(100)
VERIFY_ABOVE = Fraction(150)
LEAST_DECIMALS = 2
_BEYOND = re.compile(r"\s*[<>](?!=)")
_PREFIX = re.compile(r"^(?:level|tingkat|nilai|predikat|opini|kategori)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Achievement:
    """An achievement in per cent, unrounded and uncapped, or None.

    `why` shows the computation, or says “Tidak dapat dihitung: …” and how to mend it; `reason` is then the bare
    clause for a report. `warnings` are sentences about what looks odd. `exact` is the value as a fraction. It is shown
    with `places` decimals: as many as target or actual show, at least two, the rest cut off where `cut` says so.
    `manual` tells that the office set it, `reason` then why it could not be computed.
    """

    value: Decimal | None
    why: str
    warnings: tuple[str, ...] = ()
    reason: str = ""
    exact: Fraction | None = field(default=None, repr=False)
    places: int = LEAST_DECIMALS
    cut: bool = False
    manual: bool = False

    @property
    def text(self) -> str:
        """``98,39 %``, or “Tidak dapat dihitung”."""
        return NOT_COMPUTABLE if self.value is None else percent(self.value, self.places, cut=self.cut)

    @property
    def figure(self) -> str:
        """``98,39``, or “Tidak dapat dihitung”."""
        return self.text.removesuffix(" %")


def achievement(indicator: Indicator, rules: Rules = DEFAULT_RULES) -> Achievement:
    """The achievement of one indicator, measured by the figures that count (`accumulation.measured`).

    More is better: R / T × 100. Less is better: (2T − R) / T × 100, or T / R × 100 if the rules say so; with a target
    of 0, an actual of 0 is `rules.zero`. Never below 0, unless the rules say so. The formulas are those of
    governments' LKIPs; no regulation fixes them (Permenpan RB 53/2014 only asks for the comparison). Of a level with a
    score the score is divided; a bare level that equals its target (WTP, Level 3) is 100. The row's own unit may stand
    beside a figure, the sign of a limit before a target. Where nothing can be computed, an achievement that the office
    set counts.
    """
    found = measured(indicator)
    computed = _computed(found, rules)
    doubts = (*computed.warnings, *quarter_warnings(indicator))
    result = _set_by_office(found, computed) if not is_blank(found.manual) else computed
    places = max(LEAST_DECIMALS, decimals_of(goal(found), found.unit), decimals_of(found.actual, found.unit))
    warnings = (*doubts, *result.warnings) if result is not computed else doubts
    said = _hidden_by_rounding(result.value, places, rules)
    return replace(result, warnings=(*warnings, *said), places=places, cut=rules.cut)


def other(indicator: Indicator, rules: Rules, target: str, actual: str) -> Achievement:
    """The achievement of other figures than the year's by the same rules: of an earlier year, or against the target of
    the medium-term plan. What belongs to the year alone, a changed target for instance, does not count."""
    quarters = (f"{name}_q{n}" for name in ("target", "actual") for n in range(1, 5))
    own = dict.fromkeys(("target_revised", "manual", "manual_note", *quarters), "")
    return achievement(replace(indicator, **own, target=target, actual=actual), rules)


def goal(found: Indicator) -> str:
    """The target to compute with: ``≥ 80`` is 80 where more is better, ``≤ 5`` is 5 where less is."""
    return without_limit(found.target, falling=found.falling)


def _hidden_by_rounding(value: Decimal | None, places: int, rules: Rules) -> Iterator[str]:
    """Says so where the printed figure would have another predicate than the unrounded one, or a target just missed
    would look reached."""
    if value is None:
        return
    told = telling_places(value, places, rules)
    if told == places:
        return
    printed, exact = rounded(value, places, cut=rules.cut), rules.percent(value, told)
    if predicate(printed, rules) != predicate(value, rules):
        yield f"Predikat menurut capaian sebelum dibulatkan, {exact}."
    elif value < HUNDRED:
        yield f"Sebelum dibulatkan {exact}, belum mencapai 100 %."


def mean(achievements: Iterable[Achievement], cap: Decimal | None = DEFAULT_RULES.cap) -> Decimal | None:
    """The unrounded mean of those that could be computed, each at most `cap`; None when there is none."""
    values = [a.exact for a in achievements if a.exact is not None]
    limit = None if cap is None else Fraction(cap)
    limited = [value if limit is None or value <= limit else limit for value in values]
    if not limited:
        return None
    # One common denominator: adding fractions one by one reduces a long fraction each time.
    whole = lcm(*(value.denominator for value in limited))
    total = sum(value.numerator * (whole // value.denominator) for value in limited)
    return to_decimal(Fraction(total, whole * len(limited)))


def printed_doubts(indicator: Indicator, printed: str, rules: Rules = DEFAULT_RULES) -> tuple[str, ...]:
    """Sentences about an achievement that somebody else wrote beside an indicator's figures, such as in a workbook.

    It should follow from target and actual, at the decimals that it shows.
    """
    written = read_number(printed)
    if not isinstance(written, Decimal):
        return ()
    found = measured(indicator)
    target, actual = read_number(goal(found), unit=found.unit), read_number(found.actual, unit=found.unit)
    said = []
    if written and written == actual and target != 100:
        said.append("Capaian sama dengan realisasi, padahal target bukan 100. Periksa target dan realisasi.")
    computed = _computed(found, rules)
    if computed.value is not None and rounded(computed.value, decimals_of(printed), cut=rules.cut) != written:
        value = canonical(rounded(computed.value, max(LEAST_DECIMALS, decimals_of(printed)), cut=rules.cut))
        said.append(f"Capaian tertulis {printed.strip()}, sedangkan dari target dan realisasi {value}. Periksa.")
    return tuple(said)


def _computed(found: Indicator, rules: Rules) -> Achievement:
    for name, text in (("target", found.target), ("realisasi", found.actual)):
        if is_blank(text):
            out = name == "realisasi" and accumulation_of(found) is Accumulation.RELEASED
            return _none(f"{name} belum {'dirilis' if out else 'diisi'}")
    if found.direction.strip().casefold() not in ("", RISING, FALLING):
        return _none(f"arah “{found.direction.strip()}” tidak dikenal", "Pilih naik atau turun.")
    target, actual = read_number(goal(found), unit=found.unit), read_number(found.actual, unit=found.unit)
    if isinstance(target, Decimal) and isinstance(actual, Decimal):
        if target == actual and _BEYOND.match(found.target):
            return _none(f"realisasi tepat pada batas “{found.target.strip()}”, capaian perlu dinilai tersendiri")
        return _ratio(found, target, actual, rules)
    if level_of(found.target) == level_of(found.actual):
        # 100 in either reading, and printed in one that has still to be chosen.
        asked = (f"“{target.text}” dapat dibaca dua cara. {target.hint}",) if isinstance(target, Ambiguous) else ()
        return Achievement(Decimal(100), "Realisasi sama dengan target.", asked, exact=HUNDRED)
    ranks = (graded(found.target, target, rules), graded(found.actual, actual, rules))
    if ranks[0] is not None and ranks[1] is not None:
        return _ratio(found, ranks[0], ranks[1], rules)
    return next(_unreadable(figure) for figure in (target, actual) if not isinstance(figure, Decimal))


def level_of(text: str) -> str:
    """The grade of a text, whether or not the word *level* stands before it: ``Level 3 (3,35)`` → ``3``."""
    return _PREFIX.sub("", label_of(text))


def graded(text: str, figure: Decimal | Ambiguous | NotANumber, rules: Rules) -> Decimal | None:
    """The number that the office's table gives to a level, else the `figure` that stands there."""
    numbers = {_PREFIX.sub("", label): number for label, number in rules.grades}
    return numbers.get(level_of(text), figure if isinstance(figure, Decimal) else None)


def _set_by_office(found: Indicator, computed: Achievement) -> Achievement:
    """What the office set in `manual`, where it counts; where it does not, a sentence that says so."""
    written = read_number(found.manual)
    typed = found.manual.strip()
    if not isinstance(written, Decimal) or written < 0:
        return replace(computed, warnings=(f"Capaian ditetapkan “{typed}” bukan angka dan tidak dipakai.",))
    if computed.value is not None:
        unused = f"Capaian ditetapkan {typed} tidak dipakai karena capaian dapat dihitung ({computed.figure} %)."
        return replace(computed, warnings=(*printed_doubts(found, typed), unused))
    if is_blank(found.target) or is_blank(found.actual):
        return replace(computed, warnings=(f"Capaian ditetapkan {typed} tidak dipakai: {computed.reason}.",))
    note = found.manual_note.strip().rstrip(".")
    said = [] if note else ["Tuliskan dasar capaian yang ditetapkan."]
    said += printed_doubts(found, typed)
    if written > VERIFY_ABOVE:
        said.append(_VERIFY)
    why = f"Ditetapkan karena {computed.reason}{f': {note}' if note else ''}."
    return Achievement(written, why, tuple(said), computed.reason, exact=Fraction(written), manual=True)


def _ratio(indicator: Indicator, target: Decimal, actual: Decimal, rules: Rules) -> Achievement:
    if not target:
        return _target_zero(indicator, actual, rules)
    if target < 0:
        return _none("target kurang dari nol")
    inverse = indicator.falling and rules.minimise is MinimiseFormula.INVERSE
    if inverse and actual <= 0:
        return _none(f"realisasi {canonical(actual)} tidak dapat menjadi pembagi")
    exact = _quotient(Fraction(target), Fraction(actual), indicator.falling, inverse) * HUNDRED
    shown = max(exact, Fraction()) if rules.floor else exact
    warnings = tuple(_oddities(shown, exact, Fraction(target), Fraction(actual)))
    return Achievement(to_decimal(shown), _formula(target, actual, indicator.falling, inverse), warnings, exact=shown)


def _quotient(target: Fraction, actual: Fraction, falling: bool, inverse: bool) -> Fraction:
    if inverse:
        return target / actual
    return (2 * target - actual if falling else actual) / target


def _formula(target: Decimal, actual: Decimal, falling: bool, inverse: bool) -> str:
    t, r = canonical(target), canonical(actual)
    if inverse:
        return f"{t} ÷ {r} × 100"
    return f"(2 × {t} − {r}) ÷ {t} × 100" if falling else f"{r} ÷ {t} × 100"


def _target_zero(indicator: Indicator, actual: Decimal, rules: Rules) -> Achievement:
    """A target of 0 findings that is met counts in full; one that is exceeded has to be judged (a convention)."""
    if not indicator.falling:
        return _none("target 0 tidak dapat menjadi pembagi")
    if actual:
        return _none("target 0 terlampaui sehingga capaian perlu dinilai tersendiri")
    return Achievement(rules.zero, "Target 0 terpenuhi.", exact=Fraction(rules.zero))


_VERIFY = "Capaian di atas 150 %, memerlukan verifikasi. Periksa target dan realisasi."


def _oddities(shown: Fraction, exact: Fraction, target: Fraction, actual: Fraction) -> Iterable[str]:
    if exact < 0:
        floored = ", capaian ditetapkan 0 %" if shown != exact else ""
        yield f"Hasil hitungan di bawah nol{floored}. Periksa target dan realisasi."
    if shown > VERIFY_ABOVE:
        yield _VERIFY
    elif shown > HUNDRED:
        yield "Capaian di atas 100 %. Pastikan target dan realisasi benar."
    if shown and shown == actual and target != HUNDRED:
        yield "Capaian sama dengan realisasi, padahal target bukan 100. Periksa target dan realisasi."


def _unreadable(figure: Ambiguous | NotANumber) -> Achievement:
    if isinstance(figure, Ambiguous):
        return _none(f"“{figure.text}” dapat dibaca dua cara", figure.hint)
    if is_range(figure.text):
        return _none(f"“{figure.text}” adalah rentang, bukan satu angka", "Tulis satu angka sebagai pembanding.")
    hint = "Tulis angkanya, atau tambahkan skor dalam kurung, misalnya Level 3 (3,35)."
    return _none(f"“{figure.text}” bukan angka", hint)


def _none(reason: str, hint: str = "") -> Achievement:
    return Achievement(None, f"{NOT_COMPUTABLE}: {reason}. {hint}".rstrip(), reason=reason)
