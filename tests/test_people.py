"""People of a cycle and their passwords, on real files: own words, paper, waiting, resets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters

from lkip_desktop import office, people, resources
from lkip_desktop.office import Cycle
from lkip_desktop.people import Consent, MemoryBook, Tries
from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.events import Act, Who
from lkip_desktop.workflow.guards import missing
from lkip_desktop.workflow.narrate import Narrator
from lkip_desktop.workflow.state import replay
from lkip_desktop.workflow.transitions import Refusal
from tests.two_copies import RINA, Ticking, did, made

RUDY, SITI = Who("Drs. Rudy", "inspektur"), Who("Siti", "sekretaris")
WORD, OTHER = "rahasia-rudy", "rahasia-baru"
DAY = date(2027, 2, 15)


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    cycle = made(tmp_path / "LKIP-2026.lkip")
    yield cycle
    cycle.close()


@pytest.fixture
def book() -> MemoryBook:
    return MemoryBook()


def said(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.message


def with_password(cycle: Cycle, book: MemoryBook) -> None:
    did(people.set_password(cycle, RUDY, "r1", WORD, "", book))


def deciding(cycle: Cycle) -> Step:
    """Stand at the step that the Inspektur decides, with nothing missing there."""
    steps = {s.id: dataclasses.replace(s, fields=(), guards=()) for s in cycle.sop.steps}
    cycle.sop = dataclasses.replace(cycle.sop, steps=tuple(steps.values()))
    cycle.state = replay(cycle.sop, cycle.store.events())
    while (step := cycle.state.step) is not None and not (step.actor == "inspektur" and step.decisions):
        assert not missing(cycle.state, step, "ya" if step.decisions else "")
        decision = "ya" if step.decisions else ""
        did(office.complete_step(cycle, Who("Rina", step.actor), step.id, decision))
    assert step is not None
    return step


def test_a_hash_is_argon2id_with_the_costs_that_are_advised_and_stands_in_no_history(
    cycle: Cycle, book: MemoryBook
) -> None:
    with_password(cycle, book)
    kept = cycle.state.passwords["r1"]
    cost = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (cost.memory_cost, cost.time_cost, cost.parallelism) == (19 * 1024, 2, 1)
    told = Narrator(cycle.store.events(), cycle.state, resources.profile_fields(), {}).entries()
    assert told[-1].text == "Kata sandi Drs. Rudy dibuat"
    assert "argon2" not in repr(told)


def test_changing_one_s_own_needs_the_old_one(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    assert "tidak cocok" in said(people.set_password(cycle, RUDY, "r1", OTHER, "salah-salah", book))
    assert "terlalu pendek" in said(people.set_password(cycle, RUDY, "r1", "pendek", WORD, book))
    assert "kendali" in said(people.set_password(cycle, RUDY, "r1", "a\nbcdefghij", WORD, book))
    event = did(people.set_password(cycle, RUDY, "r1", OTHER, WORD, book)).event
    assert event.data["reset"] is False
    rudy = people.person_named(cycle.state, " drs.  RUDY ")
    assert rudy is not None
    assert people.check(cycle, rudy, OTHER, book) is None
    assert people.check(cycle, rudy, WORD, book) is not None
    assert "tidak cocok" in said(people.remove_password(cycle, RUDY, "r1", WORD, book))
    did(people.remove_password(cycle, RUDY, "r1", OTHER, book))
    assert people.guarded(cycle.state, "Drs. Rudy") is None


def test_letters_that_two_keyboards_write_differently_are_the_same_word(cycle: Cycle, book: MemoryBook) -> None:
    did(people.set_password(cycle, RUDY, "r1", "cafe\u0301-rahasia", "", book))
    rudy = people.guarded(cycle.state, "Drs. Rudy")
    assert rudy is not None
    assert people.check(cycle, rudy, "caf\u00e9-rahasia", book) is None


def test_another_role_resets_and_that_is_recorded(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    assert "peran lain" in said(people.reset_password(cycle, Who("Wakil", "inspektur"), "r1", OTHER, "", book))
    assert "peran lain" in said(people.reset_password(cycle, Who("Wakil"), "r1", OTHER, "", book))
    assert "yang lama" in said(people.reset_password(cycle, Who("drs. rudy", "staf"), "r1", OTHER, "", book))
    event = did(people.reset_password(cycle, SITI, "r1", OTHER, "", book)).event
    told = Narrator(cycle.store.events(), cycle.state, resources.profile_fields(), {}).entries()[-1].text
    assert told == "Kata sandi Drs. Rudy diatur ulang"
    assert (event.act, event.data["reset"], event.who) == (Act.PASSWORD, True, SITI)
    did(people.set_password(cycle, SITI, "r2", "rahasia-siti", "", book))
    assert "tidak cocok" in said(people.reset_password(cycle, SITI, "r1", WORD, "bukan-siti", book))
    did(people.reset_password(cycle, SITI, "r1", WORD, "rahasia-siti", book))
    assert "tidak mempunyai" in said(people.reset_password(cycle, SITI, "r3", WORD, "rahasia-siti", book))


def test_a_first_password_given_by_somebody_else_is_recorded_as_such(cycle: Cycle, book: MemoryBook) -> None:
    assert did(people.set_password(cycle, RINA, "r1", WORD, "", book)).event.data["reset"] is True


def test_wrong_tries_wait_longer_and_longer(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    rudy = people.guarded(cycle.state, "Drs. Rudy")
    assert rudy is not None
    clock = Ticking(datetime(2027, 2, 16, tzinfo=UTC))
    cycle.clock = clock
    answers = []
    for _ in range(4):
        clock.at -= timedelta(minutes=1)
        answers.append(said(people.check(cycle, rudy, "salah-salah", book)))
    assert answers[:2] == ["Kata sandi tidak cocok."] * 2
    assert answers[2] == "Kata sandi tidak cocok. Percobaan berikutnya sesudah 5 detik."
    assert answers[3] == "Terlalu banyak percobaan yang salah. Tunggu 5 detik, lalu coba lagi."
    clock.at -= timedelta(minutes=1)
    assert "Tunggu" in said(people.check(cycle, rudy, WORD, book))
    clock.at -= timedelta(seconds=54)
    assert people.check(cycle, rudy, WORD, book) is None
    clock.at -= timedelta(minutes=1)
    assert said(people.check(cycle, rudy, "salah-salah", book)) == "Kata sandi tidak cocok."


@pytest.mark.parametrize(("count", "seconds"), [(0, 0), (2, 0), (3, 5), (4, 10), (8, 160), (11, 900), (5000, 900)])
def test_the_delay_grows_to_a_quarter_of_an_hour(count: int, seconds: int) -> None:
    now = datetime(2027, 2, 15, tzinfo=UTC)
    assert people.waiting(Tries(count, now), now) == timedelta(seconds=seconds)
    assert people.waiting(Tries(count, now), now + timedelta(hours=1)) == timedelta()
    assert people.waiting(Tries(count, now + timedelta(days=300)), now) == timedelta(seconds=seconds)


@pytest.mark.parametrize("kept", ["bukan hash", "", "$argon2id$v=19$m=19456,t=2,p=1$AAAA", "costly"])
def test_a_hash_from_outside_neither_opens_nor_stalls(cycle: Cycle, book: MemoryBook, kept: str) -> None:
    if kept == "costly":
        cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(WORD)
        kept = cheap.replace("m=64,", "m=4000000,")
    cycle.state = dataclasses.replace(cycle.state, passwords={"r1": kept})
    rudy = people.guarded(cycle.state, "Drs. Rudy")
    assert rudy is not None
    assert "tidak cocok" in said(people.check(cycle, rudy, WORD, book))


def test_a_decision_takes_the_official_s_own_word(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    step = deciding(cycle)
    before = cycle.state.seq
    assert "memerlukan kata sandinya" in said(office.complete_step(cycle, RUDY, step.id, "ya"))
    assert "tidak cocok" in said(people.decide(cycle, RUDY, step, "ya", Consent("salah-salah"), book, day=DAY))
    assert "Ketik dahulu" in said(people.decide(cycle, RINA, step, "ya", Consent(), book, day=DAY))
    assert cycle.state.seq == before
    # At the clerk's PC, but the official types the word: it is the official's act.
    event = did(people.decide(cycle, RINA, step, "ya", Consent(WORD), book, day=DAY)).event
    assert event.who == Who("Drs. Rudy", "inspektur")
    assert cycle.state.stays(step.id)[-1].authority == "password"
    told = Narrator(cycle.store.events(), cycle.state, resources.profile_fields(), {}).entries()[-1].text
    assert "disetujui: Ya, dengan kata sandi pejabatnya, diteruskan" in told


def test_a_clerk_records_an_approval_on_paper_and_it_is_shown_as_such(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    step = deciding(cycle)
    assert "orang lain" in said(people.decide(cycle, RUDY, step, "ya", Consent(paper=True), book, day=DAY))
    event = did(people.decide(cycle, RINA, step, "ya", Consent(paper=True), book, day=DAY)).event
    assert event.who == Who("Rina", "inspektur", "Inspektur Drs. Rudy")
    assert cycle.state.stays(step.id)[-1].authority == "paper"
    told = Narrator(cycle.store.events(), cycle.state, resources.profile_fields(), {}).entries()[-1].text
    assert "dicatat dari persetujuan tertulis" in told


def test_paper_names_nobody_s_own_act(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    step = deciding(cycle)
    refused = office.complete_step(cycle, RUDY, step.id, "ya", authority="paper")
    assert "atas nama pejabatnya" in said(refused)


def test_without_a_password_a_decision_is_as_before(cycle: Cycle, book: MemoryBook) -> None:
    step = deciding(cycle)
    assert people.approver(cycle.state, step, DAY) is None
    event = did(people.decide(cycle, RUDY, step, "ya", Consent(), book, day=DAY)).event
    assert "authority" not in event.data


def test_somebody_with_a_password_keeps_name_role_and_row(cycle: Cycle, book: MemoryBook) -> None:
    with_password(cycle, book)
    for path, value in (("people", ["r2"]), ("people/r1/name", "X"), ("people/r1/role", ""), ("people", [])):
        assert "mempunyai kata sandi" in said(office.fill(cycle, RINA, {path: value}))
    did(office.fill(cycle, RINA, {"people": ["r2", "r1"], "people/r2/name": "Siti A.", "people/r1/name": "Drs. Rudy"}))
