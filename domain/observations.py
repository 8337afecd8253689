"""What a room has observed, as it was recorded: its children, its weeks, activities and the quick weekly tallies."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["immersion_activity", "focus_conversation"]
KINDS: tuple[Kind, ...] = ("immersion_activity", "focus_conversation")
WeekState = Literal["completed", "closed", "not_recorded"]
ChildWeek = Literal["seen", "not_seen", "absent", "closed", "not_enrolled", "not_recorded"]


@dataclass(frozen=True, slots=True)
class Membership:
    """A stay in the room: `valid_from` to `valid_to`, both days included; `None` is without an end."""

    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the room knows it. `birth_month` is a first of month; `sex` is `girl` or `boy`; `None` is unknown.

    `memberships` are the child's stays in this room only.
    """

    id: str
    external_id: str
    birth_month: date | None
    sex: str | None
    multilingual: bool | None
    support_need: bool | None
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class RoomWeek:
    """A week (its Monday) of the room: completed by it, closed (holidays), or nobody has said."""

    week: date
    state: WeekState


@dataclass(frozen=True, slots=True)
class Tally:
    """The quick weekly way in: how often a child took part that week. `None` is not filled in."""

    child_id: str
    week: date
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """So many recorded activities of one kind in one week had the child among those who took part."""

    child_id: str
    week: date
    kind: Kind
    count: int
