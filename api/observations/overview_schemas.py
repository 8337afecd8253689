"""Wire types of the participation of a unit, an area or a municipality."""

from typing import Annotated, Literal

from pydantic import Field

from api.observations.schemas import BelowOut, RuleVersions
from api.roster.schemas import SettingType
from api.wire import Output, Week


class PerKindOrNone(Output):
    immersion_activity: float | None
    focus_conversation: float | None


class ObservedCellOut(Output):
    """Children with enough counted weeks, in each room they were in; `per_week` is over every counted week of a
    child."""

    judged: int
    below: BelowOut
    reach_both: int
    per_week: PerKindOrNone


class RoomWeeksOut(Output):
    """How the weeks of all rooms stand, a week of a room at a time."""

    completed: int
    closed: int
    not_recorded: int


class ObservedPlaceOut(Output):
    """`cell` is null where `suppressed` says why: fewer children than `fewest`, or to protect a group that has."""

    kind: Literal["room", "unit", "area", "setting_type", "municipality"]
    id: str
    external_id: str
    name: str
    setting_type: SettingType | None
    rooms: int
    weeks: RoomWeeksOut
    cell: ObservedCellOut | None
    suppressed: Literal["too_few", "protects_others"] | None


class OverviewOut(Output):
    """A place and what it consists of, in the order of names: a unit's rooms, an area's units, a municipality's areas,
    kinds of unit and units. No child is named or shown."""

    first: Annotated[Week, Field(alias="from")]
    last: Annotated[Week, Field(alias="to")]
    whole: ObservedPlaceOut
    parts: list[ObservedPlaceOut]
    fewest: int
    versions: RuleVersions
