"""Wire types of explanations: every sentence in Danish and English."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.surveys.change_schemas import EarlierRound
from api.surveys.result_schemas import ScopeOut
from api.wire import Output, Week
from domain.observations import ChildWeek, Kind

Value = bool | int | float | str | list[int | float] | None


class SentenceOut(Output):
    da: str
    en: str


class WhyEmptyOut(Output):
    """Why there is no value: a permanent code and a sentence."""

    code: str
    text: SentenceOut


class ExplainedItemOut(Output):
    key: str
    text: SentenceOut
    reverse: bool
    n: int | None
    score: float | None


class MissingRuleOut(Output):
    """A score exists for those who answered at least `least` of `items` statements."""

    min_answered_share: float
    items: int
    least: int


class ThresholdOut(Output):
    name: str
    value: int | float | str
    version: str


class InputOut(Output):
    """A published number that the value is made of."""

    name: str
    value: Value


class VersionsOut(Output):
    instrument: str
    software: str


class ResultExplanationOut(Output):
    """One number of a closed round. Nothing is told that is not published.

    `value` is a number, a word, a truth, or a list for an interval (low, high) and a distribution; null where
    `why_empty` says why. `left_out` answered something, but too few of the statements for a score here.
    """

    round_id: UUID
    closed_at: datetime
    scope: ScopeOut
    by: Literal["setting_type", "role"] | None
    group: str | None
    merged: bool
    component: str | None
    item: str | None
    measure: str
    level: Literal["cell", "component", "item"]
    value: Value
    why_empty: WhyEmptyOut | None
    title: SentenceOut
    how: SentenceOut
    formula: str
    source: str
    inputs: list[InputOut]
    items: list[ExplainedItemOut]
    missing_rule: MissingRuleOut | None
    n: int | None
    left_out: int | None
    invited: int | None
    thresholds: list[ThresholdOut]
    since: EarlierRound | None
    versions: VersionsOut


class CountedWeekOut(Output):
    """`counted` is the larger of `activities` and `tally`, null where the week does not count for the child."""

    week: Week
    state: ChildWeek
    activities: int
    tally: int | None
    counted: int | None


class LineOut(Output):
    """The dashed line: so many participations per counted week, with its version and source."""

    per_week: float
    version: str
    source: SentenceOut


class ParticipationRulesOut(Output):
    version: str
    source: SentenceOut
    min_enrolled_weekdays: int
    min_counted_weeks: int
    min_completed_share: float


class ParticipationExplanationOut(Output):
    """One child's participation of one kind: `value` is `count` / `counted_weeks`, null without counted weeks."""

    room_id: UUID
    child_id: UUID
    external_id: str
    first: Annotated[Week, Field(alias="from")]
    last: Annotated[Week, Field(alias="to")]
    kind: Kind
    measure: Literal["participation"]
    value: float | None
    why_empty: WhyEmptyOut | None
    title: SentenceOut
    how: SentenceOut
    formula: str
    source: str
    count: int
    counted_weeks: int
    too_early: bool
    below: bool | None
    weeks: list[CountedWeekOut]
    line: LineOut
    rules: ParticipationRulesOut
    software: str
