"""What looks odd in a budget: money beyond its limit, sums that are none, and percentages that were averaged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from lkip_desktop.numbers import decimals_of, format_number, read_number, rounded, to_decimal
from lkip_desktop.performance.budget import line_absorption, money, parents
from lkip_desktop.performance.model import BudgetLine


def budget_warnings(lines: Iterable[BudgetLine]) -> Mapping[str, tuple[str, ...]]:
    """Sentences about rows that look odd, by row id.

    Spent beyond the limit, an amount that the rows below it do not add up to, a code that stands twice.
    """
    rows = tuple(lines)
    codes = Counter(row.code.strip() for row in rows if row.code.strip())
    above = parents(rows)
    parts: defaultdict[str, list[BudgetLine]] = defaultdict(list)
    for row in rows:
        parent = above[row.id]
        if parent is not None:
            parts[parent.id].append(row)
    found = {}
    for row in rows:
        said = [*line_absorption(row).warnings, *_sums(row, parts[row.id])]
        if codes[row.code.strip()] > 1:
            said.append(f"Kode {row.code.strip()} dipakai lebih dari satu baris.")
        if said:
            found[row.id] = tuple(said)
    return found


def percent_doubts(printed: str, whole: BudgetLine, parts: Sequence[BudgetLine] = ()) -> tuple[str, ...]:
    """Sentences about an absorption in per cent that somebody else wrote beside a row, which `parts` add up to.

    It is spent ÷ planned × 100, or that as a fraction; the mean of the parts' percentages is another figure.
    """
    written, right = read_number(printed), line_absorption(whole).value
    if not isinstance(written, Decimal) or right is None:
        return ()
    places = decimals_of(printed)
    # Cut or rounded, whichever the office does.
    shown = {rounded(value, places, cut=cut) for value in (right, right / 100) for cut in (True, False)}
    if written in shown:
        return ()
    single = [found.value for line in parts if (found := line_absorption(line)).value is not None]
    average = to_decimal(sum(map(Fraction, filter(None, single)), Fraction()) / len(single)) if single else None
    figure = format_number(right, max(2, places))
    if average is not None and rounded(average, places) == written:
        return (f"Serapan {printed.strip()} adalah rata-rata persen setiap baris; dari jumlah uangnya {figure}.",)
    return (f"Serapan tertulis {printed.strip()}, sedangkan dari jumlah uangnya {figure}. Periksa.",)


def _sums(line: BudgetLine, parts: Sequence[BudgetLine]) -> Iterator[str]:
    for name, whole, amounts in (
        ("Pagu", line.valid_ceiling, [part.valid_ceiling for part in parts]),
        ("Realisasi", line.spent, [part.spent for part in parts]),
    ):
        added = sum(map(money, amounts), Decimal())
        if parts and whole.strip() and all(text.strip() for text in amounts) and added != money(whole):
            yield f"{name} {format_number(money(whole))} tidak sama dengan jumlah rinciannya, {format_number(added)}."
