"""Which backups are kept, whatever the order and the times in which they are made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.backups import DAYS, LAST, MONTHS, WEEKS, megabytes, superfluous

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)).map(lambda at: at.replace(microsecond=0))
TIMES = st.lists(MOMENTS, min_size=1, max_size=60, unique=True)
GAPS = st.lists(st.integers(min_value=1, max_value=40 * 24 * 3600), min_size=1, max_size=120)


def kept(times: list[datetime]) -> set[datetime]:
    return set(times) - superfluous(times)


@given(TIMES)
def test_the_last_ones_stay_and_no_more_than_the_rule_allows(times: list[datetime]) -> None:
    stay = kept(times)
    assert set(sorted(times)[-LAST:]) <= stay
    assert len(stay) <= LAST + DAYS + WEEKS + MONTHS
    assert superfluous(stay) == set()


@given(TIMES)
def test_the_newest_of_each_late_day_week_and_month_stays(times: list[datetime]) -> None:
    stay = kept(times)
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        periods = sorted({period(at) for at in times}, reverse=True)[:count]
        for wanted in periods:
            assert max(at for at in times if period(at) == wanted) in stay


@given(GAPS)
def test_thinning_after_each_backup_keeps_what_thinning_once_keeps(gaps: list[int]) -> None:
    at, every, stay = datetime(2026, 1, 1), [], set[datetime]()
    for gap in gaps:
        at += timedelta(seconds=gap)
        every.append(at)
        stay.add(at)
        stay -= superfluous(stay)
        assert at in stay
    assert stay == kept(every)


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _week(at: datetime) -> str:
    return f"{at:%G-%V}"


def _month(at: datetime) -> str:
    return f"{at:%Y-%m}"


def test_a_year_of_work_leaves_what_a_person_would_look_for() -> None:
    days = [datetime(2026, 3, 2, 8) + timedelta(days=n) for n in range(365)]
    times = [day + timedelta(hours=hour) for day in days if day.weekday() < 5 for hour in (0, 3, 6)]
    stay = sorted(kept(times))
    assert stay[-1] == max(times)
    assert len({_month(at) for at in stay}) == 12
    assert len([at for at in stay if at > max(times) - timedelta(days=7)]) >= 5
    assert len(stay) < 26


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (340 * 1024, "340 KB"), (12 << 20, "12 MB"), (1395864371, "1,3 GB")]
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert megabytes(size) == words
