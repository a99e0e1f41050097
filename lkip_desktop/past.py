"""*Lihat per tanggal*: a cycle as it stood on a day or after an act, to be read and not changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.errors import UserError
from lkip_desktop.office import Cycle
from lkip_desktop.ports import Store
from lkip_desktop.workflow.events import Draft, Event


class PastStore:
    """The first `count` events of an open store; the port `Store`, without writing."""

    read_only = True

    def __init__(self, store: Store, count: int) -> None:
        self.path = store.path
        self._store, self._events = store, store.events()[:count]

    def events(self) -> tuple[Event, ...]:
        return self._events

    def append(self, draft: Draft, at: datetime, blobs: Mapping[str, bytes] | None = None) -> Event:
        raise UserError("Yang ditampilkan adalah keadaan dahulu dan tidak dapat diubah. Kembali dahulu ke hari ini.")

    def blob(self, sha256: str) -> bytes:
        return self._store.blob(sha256)

    def prepare(self) -> None:
        """Nothing is ever changed here."""

    def close(self) -> None:
        """The store stays open for the cycle of today."""


class _Then:
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def as_of(cycle: Cycle, seq: int) -> Cycle:
    """The cycle as it stood right after event `seq`."""
    events = cycle.store.events()
    return Cycle(PastStore(cycle.store, seq), _Then(events[seq - 1].at))


def as_of_day(cycle: Cycle, day: date) -> Cycle:
    """The cycle as it stood at the end of a local day. Raises UserError for a day before it was made."""
    events = cycle.store.events()
    work = calendar(cycle.state)
    end = datetime.combine(day, time.max, UTC) - timedelta(hours=work.offset_hours)
    count = sum(1 for event in events if event.at <= end)
    if count == 0:
        first = work.local(events[0].at)
        raise UserError(f"Siklus ini baru dibuat pada {first:%d/%m/%Y}. Pilih tanggal itu atau sesudahnya.")
    return Cycle(PastStore(cycle.store, count), _Then(min(end, max(cycle.now(), events[count - 1].at))))
