"""One SOP revision as frozen data. Flowchart, forms, workflow, schedule, dossier and documents all read this."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Shape(StrEnum):
    """The symbols of SOP AP (Permenpan RB 35/2012); start and end share the capsule."""

    START = "start"
    PROCESS = "process"
    DECISION = "decision"
    END = "end"


class TimeUnit(StrEnum):
    """Units in which an SOP prints its *Waktu*: office minutes, office hours, working days."""

    MINUTE = "menit"
    HOUR = "jam"
    DAY = "hari"


class FieldKind(StrEnum):
    """What a form field holds. Every value is kept as text; the kind says how it is read, checked and shown.

    Kept as: date ISO ``2027-02-15``, time ``09.00``, yesno ``ya``/``tidak``/empty, number as typed (``85.5 %``,
    ``Level 3 (3,35)``), money in rupiah as `lkip_desktop.values` spells it (``1250000,50``), choice one of `choices`,
    choices (several) joined by newlines, official the id of a row of the officials table. `files` and `table` hold no
    value of their own.
    """

    TEXT = "text"
    PARAGRAPH = "paragraph"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    NIP = "nip"
    OFFICIAL = "official"
    FILES = "files"
    TABLE = "table"


class Needed(StrEnum):
    """How much a field is needed to complete its step."""

    REQUIRED = "required"
    WARN = "warn"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of the SOP: as issued (errors included) and in clean wording. Screens show `clean`."""

    issued: str
    clean: str


@dataclass(frozen=True, slots=True)
class Duration:
    """The SOP's *Waktu* of one step."""

    amount: int
    unit: TimeUnit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value.capitalize()}"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form, or one column of a table (then `id` is the column's).

    `id` is unique in the SOP and says what the value means, not where it stands, so that documents find it whatever
    the step. `when` limits `needed` to one decision label. `record` names the dossier record that a file here fills.
    `plain` numbers are settings: one figure, no grade and no range.
    `default` may hold ``{year}``, ``{next_year}``, ``{today}``, or ``=other_field`` for the value of another field.
    """

    id: str
    label: str
    kind: FieldKind
    needed: Needed = Needed.OPTIONAL
    when: str = ""
    group: str = ""
    help: str = ""
    default: str = ""
    record: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[FormField, ...] = ()
    width: int = 0
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow. `label` is empty, or the decision in lower case (``ya``, ``tidak``); `verb` is its button."""

    target: str
    label: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class GuardUse:
    """A named check before a step may be left: its name in `workflow.guards`, and what it looks at.

    `when` limits it to one decision label; `needed` REQUIRED blocks, WARN can be answered with a reason.
    """

    name: str
    field: str = ""
    columns: tuple[str, ...] = ()
    when: str = ""
    needed: Needed = Needed.REQUIRED
    message: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A *pelaksana*: `name` heads its flowchart column; `issued` is the column's heading as printed."""

    id: str
    name: str
    issued: str


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the SOP."""

    id: str
    number: int
    title: str
    activity: Wording
    actor: str
    shape: Shape
    requirement: Wording
    duration: Duration
    output: Wording
    receiver: str = ""
    verb: str = ""
    help: str = ""
    edges: tuple[Edge, ...] = ()
    fields: tuple[FormField, ...] = ()
    guards: tuple[GuardUse, ...] = ()
    documents: tuple[str, ...] = ()

    def edge(self, decision: str) -> Edge | None:
        """The arrow that a decision takes (``""`` for a step that has none), or None."""
        return next((edge for edge in self.edges if edge.label == decision), None)

    @property
    def decisions(self) -> tuple[str, ...]:
        """The labels to choose from; empty for a step without a decision."""
        return tuple(edge.label for edge in self.edges if edge.label)


@dataclass(frozen=True, slots=True)
class Record:
    """One of the records of *Pencatatan dan Pendataan*: an item of the cycle's dossier."""

    id: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Cover:
    """The SOP's cover block, all as printed but for `name`, which has a clean wording."""

    government: str
    unit: str
    number: str
    created: str
    revised: str
    effective: str
    approved_position: str
    approved_name: str
    approved_nip: str
    name: Wording
    closing_place_date: str
    closing_position: str


@dataclass(frozen=True, slots=True)
class TextList:
    """A numbered list of the cover page, e.g. *Dasar Hukum*."""

    id: str
    title: str
    items: tuple[Wording, ...]


@dataclass(frozen=True)
class Sop:
    """A whole SOP revision. `id` is stable per revision and equals its file's stem; `text` is the file's content."""

    id: str
    cover: Cover
    lists: tuple[TextList, ...]
    actors: tuple[Actor, ...]
    steps: tuple[Step, ...]
    records: tuple[Record, ...]
    total_days: int
    text: str = field(repr=False, compare=False, default="")

    @cached_property
    def by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def first(self) -> Step:
        return next(step for step in self.steps if step.shape is Shape.START)

    @cached_property
    def actor_names(self) -> dict[str, str]:
        return {actor.id: actor.name for actor in self.actors}

    @cached_property
    def fields(self) -> dict[str, tuple[Step, FormField]]:
        """Every form field by id, with its step. Columns of tables are not in it."""
        return {f.id: (step, f) for step in self.steps for f in step.fields}

    def step(self, number: int) -> Step | None:
        """The step printed with this number, or None."""
        return next((step for step in self.steps if step.number == number), None)

    def returns(self, step: Step, edge: Edge) -> bool:
        """Whether an arrow leads back (to the same or an earlier row): such an act needs a reason."""
        return bool(edge.target) and self.by_id[edge.target].number <= step.number
