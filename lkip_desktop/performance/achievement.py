"""Achievement (*capaian*) of indicators in per cent, computed exactly from figures as typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from lkip_desktop.numbers import Ambiguous, NotANumber, canonical, label_of, percent, read_number, to_decimal
from lkip_desktop.numbers import is_blank as is_blank
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, NOT_COMPUTABLE, MinimiseFormula, Rules

HUNDRED = Fraction(100)
VERIFY_ABOVE = Fraction(150)

Figure = Decimal | Ambiguous | NotANumber


@dataclass(frozen=True, slots=True)
class Achievement:
    """An achievement in per cent, unrounded and uncapped, or None.

    `why` shows the computation, or says “Tidak dapat dihitung: …” and how to mend it; `reason` is then the bare
    clause for a report. `warnings` are sentences about what looks odd. `exact` is the value as a fraction.
    """

    value: Decimal | None
    why: str
    warnings: tuple[str, ...] = ()
    reason: str = ""
    exact: Fraction | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """``98,39 %``, rounded half up for display, or “Tidak dapat dihitung”."""
        return NOT_COMPUTABLE if self.value is None else percent(self.value)


def achievement(indicator: Indicator, rules: Rules = DEFAULT_RULES) -> Achievement:
    """The achievement of one indicator.

    More is better: R / T × 100. Less is better: (2T − R) / T × 100, or T / R × 100 if the rules say so; with a target
    of 0, an actual of 0 is 100. Never below 0. A grade that equals its target (WTP, Level 3) is 100.
    """
    target, actual = read_number(indicator.target), read_number(indicator.actual)
    if isinstance(target, Decimal) and isinstance(actual, Decimal):
        return _ratio(indicator, target, actual, rules)
    for name, text in (("target", indicator.target), ("realisasi", indicator.actual)):
        if is_blank(text):
            return _none(f"{name} belum diisi")
    if label_of(indicator.target) == label_of(indicator.actual):
        return Achievement(Decimal(100), "Realisasi sama dengan target.", exact=HUNDRED)
    return next(_unreadable(figure) for figure in (target, actual) if not isinstance(figure, Decimal))


def mean(achievements: Iterable[Achievement], cap: Decimal | None = DEFAULT_RULES.cap) -> Decimal | None:
    """The unrounded mean of those that could be computed, each at most `cap`; None when there is none."""
    values = [a.exact for a in achievements if a.exact is not None]
    limited = [value if cap is None else min(value, Fraction(cap)) for value in values]
    return to_decimal(sum(limited, Fraction()) / len(limited)) if limited else None


def _ratio(indicator: Indicator, target: Decimal, actual: Decimal, rules: Rules) -> Achievement:
    if not target:
        return _target_zero(indicator, actual)
    if target < 0:
        return _none("target kurang dari nol")
    inverse = indicator.falling and rules.minimise is MinimiseFormula.INVERSE
    if inverse and not actual:
        return _none("realisasi 0 tidak dapat menjadi pembagi")
    exact = _quotient(Fraction(target), Fraction(actual), indicator.falling, inverse) * HUNDRED
    shown = max(exact, Fraction())
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


def _target_zero(indicator: Indicator, actual: Decimal) -> Achievement:
    if not indicator.falling:
        return _none("target 0 tidak dapat menjadi pembagi")
    if actual:
        return _none("target 0 terlampaui, capaian perlu dinilai tersendiri")
    return Achievement(Decimal(100), "Target 0 terpenuhi.", exact=HUNDRED)


def _oddities(shown: Fraction, exact: Fraction, target: Fraction, actual: Fraction) -> Iterable[str]:
    if exact < 0:
        yield "Hasil hitungan di bawah nol, capaian ditetapkan 0 %. Periksa target dan realisasi."
    if shown > VERIFY_ABOVE:
        yield "Capaian di atas 150 %, memerlukan verifikasi. Periksa target dan realisasi."
    elif shown > HUNDRED:
        yield "Capaian di atas 100 %. Pastikan target dan realisasi benar."
    if shown and shown == actual and target != HUNDRED:
        yield "Capaian sama dengan realisasi, padahal target bukan 100. Periksa target dan realisasi."


def _unreadable(figure: Ambiguous | NotANumber) -> Achievement:
    if isinstance(figure, Ambiguous):
        return _none(f"“{figure.text}” dapat dibaca dua cara", figure.hint)
    hint = "Tulis angkanya, atau tambahkan skor dalam kurung, misalnya Level 3 (3,35)."
    return _none(f"“{figure.text}” bukan angka", hint)


def _none(reason: str, hint: str = "") -> Achievement:
    return Achievement(None, f"{NOT_COMPUTABLE}: {reason}. {hint}".rstrip(), reason=reason)
