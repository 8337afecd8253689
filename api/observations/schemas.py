"""Wire types of observations. Activities come by the hundreds, so they are typed dictionaries and not models."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    WithJsonSchema,
)
from typing_extensions import TypedDict

from api.field_faults import invalid
from api.wire import ExternalId, Input, Output, Week, Word
from domain.observations import ChildWeek, Kind, WeekState

MAX_BATCH = 500
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    raise invalid("invalid-date")


def _written(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    raise invalid("invalid-time")


def _universal(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _distinct(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise invalid("repeated")
    return values


Day = Annotated[date, Field(ge=date(2000, 1, 1)), BeforeValidator(_written_day)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2101, 1, 1, tzinfo=UTC)),
    BeforeValidator(_written),
    AfterValidator(_universal),
]
LearningAreas = Annotated[list[Word], Field(min_length=1, max_length=10), AfterValidator(_distinct)]
Strategies = Annotated[list[Word], Field(max_length=20), AfterValidator(_distinct)]
ChildIds = Annotated[list[UUID], Field(min_length=1, max_length=60), AfterValidator(_distinct)]
ChildKeys = Annotated[list[ExternalId], Field(min_length=1, max_length=60), AfterValidator(_distinct)]
Count = Annotated[StrictInt, Field(ge=0, le=99)]


class _Observed(TypedDict):
    id: UUID
    observed_on: Day
    kind: Kind
    learning_areas: LearningAreas


class ActivityIn(_Observed, total=False):
    """What took place, in which room (one of its two references) and with whom (one of theirs)."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    room_id: UUID | None
    room_external_id: ExternalId | None
    strategies: Strategies
    child_ids: ChildIds | None
    child_external_ids: ChildKeys | None
    recorded_at: Moment | None


class ActivityPatch(TypedDict, total=False):
    """A correction: the fields that were wrong. An activity in the wrong room is withdrawn and recorded anew."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    observed_on: Day
    kind: Kind
    learning_areas: LearningAreas
    strategies: Strategies
    child_ids: ChildIds | None
    child_external_ids: ChildKeys | None


class ActivityOut(Output):
    id: UUID
    room_id: UUID
    observed_on: date
    week: Week
    kind: Kind
    learning_areas: list[str]
    strategies: list[str]
    child_ids: list[UUID]
    recorded_at: datetime | None
    withdrawn_at: datetime | None
    revision: int


class ActivityVersionOut(Output):
    """What an activity said until `changed_at`, when `changed_by` changed it so; null for what it says now."""

    revision: int
    observed_on: date
    kind: Kind
    learning_areas: list[str]
    strategies: list[str]
    child_ids: list[UUID]
    withdrawn_at: datetime | None
    change: Literal["correct", "withdraw", "restore"] | None
    changed_by: str | None
    changed_at: datetime | None


class ActivityFilter(Input):
    """Activities of a room, of days from `from` to `to`, both included."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    room_id: UUID | None = None
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    language: Literal["da", "en"] | None = None


class ActivityBatchIn(Input):
    """Up to 500 activities. One that is not valid is rejected alone, so each is read by itself."""

    items: Annotated[
        list[Any],
        Field(max_length=MAX_BATCH),
        WithJsonSchema({"type": "array", "maxItems": MAX_BATCH, "items": {"$ref": "#/components/schemas/ActivityIn"}}),
    ]


Result = Literal["created", "unchanged", "conflict", "rejected"]


class ItemResult(Output):
    """What became of one activity. `retry` says that the same, sent again later, may be accepted."""

    id: UUID | None
    result: Result
    code: str | None
    detail: str | None
    retry: bool


class ActivityBatchOut(Output):
    """One result for each activity, in the order they were sent."""

    items: list[ItemResult]


class TallyIn(Input):
    """A child's week as counted by hand. A count that is left out was not tallied; once the room has completed the
    week, what neither a tally nor an activity tells of did not happen."""

    child_id: UUID | None = None
    child_external_id: ExternalId | None = None
    immersion_activity: Count | None = None
    focus_conversation: Count | None = None
    absent: StrictBool = False


class RoomWeekIn(Input):
    """The week as it stands. A tally replaces what was there for its child; children not named keep theirs.

    `closed` and `completed` stay as they were when left out, so a late tally does not reopen a completed week; a week
    is not both, so saying one ends the other.
    """

    closed: StrictBool | None = None
    completed: StrictBool | None = None
    tallies: Annotated[tuple[TallyIn, ...], Field(max_length=200)] = ()


class TallyOut(Output):
    child_id: UUID
    external_id: str
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


class RoomWeekOut(Output):
    room_id: UUID
    week: Week
    state: WeekState
    closed: bool
    completed: bool
    tallies: list[TallyOut]
    revision: int


class CountedOut(Output):
    child_id: UUID
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


class RoomWeekVersionOut(Output):
    """How a week stood until `changed_at`, when `changed_by` changed it; these are null for how it stands now."""

    revision: int
    closed: bool
    completed: bool
    tallies: list[CountedOut]
    changed_by: str | None
    changed_at: datetime | None


class WeekOut(Output):
    week: Week
    state: WeekState


class PerKind(Output):
    """A number for each kind."""

    immersion_activity: float
    focus_conversation: float


class BelowOut(Output):
    """How many of the judged children are below the line: for each kind, and for both at once."""

    immersion_activity: int
    focus_conversation: int
    both: int


class MeasureOut(Output):
    """`rate` is per counted week, unrounded, null without such weeks; `below` is null when it is too early to say.

    The other three are said beside the line where the municipality asks for them, and null otherwise.
    """

    count: int
    rate: float | None
    below: bool | None
    rolling_rate: float | None
    below_rolling: bool | None
    below_median: bool | None


class ChildParticipationOut(Output):
    """One child; `states` has a word for each of the period's weeks."""

    child_id: UUID
    external_id: str
    counted_weeks: int
    too_early: bool
    immersion_activity: MeasureOut
    focus_conversation: MeasureOut
    states: list[ChildWeek]


class RuleVersions(Output):
    thresholds: str
    rules: str


class ParticipationOut(Output):
    """Participation of a room's children over a period, per counted week.

    `judged` children have enough counted weeks; `below` counts among them. `incomplete` rooms have completed too few
    weeks to say much.
    """

    room_id: UUID
    first: Annotated[Week, Field(alias="from")]
    last: Annotated[Week, Field(alias="to")]
    weeks: list[WeekOut]
    thresholds: PerKind
    children: list[ChildParticipationOut]
    below: BelowOut
    judged: int
    incomplete: bool
    versions: RuleVersions
