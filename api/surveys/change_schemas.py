"""Wire types of change since an earlier round."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from api.surveys.result_schemas import ScopeOut, SuppressionOut
from api.wire import Output


class EarlierRound(Output):
    """The round that is compared with."""

    id: UUID
    title: str
    instrument_version: int
    opens_on: date
    closes_on: date
    closed_at: datetime


class SourceText(Output):
    da: str
    en: str


class ChangeRulesOut(Output):
    """With fewer than `min_n` answers either time it is too few to say; a response rate that moved more than
    `max_rate_shift` (0-1) asks for careful words."""

    version: str
    source: SourceText
    min_n: int
    max_rate_shift: float


class DifferenceOut(Output):
    """Now minus before on 0-100, with the 95 % interval of Welch's t for two independent samples."""

    value: float
    low: float | None
    high: float | None
    degrees_of_freedom: float | None


class LineBrokenOut(Output):
    """Why a component cannot be compared, and the items it is about."""

    code: Literal[
        "no-equivalence", "items-not-mapped", "other-items", "scale-differs", "missing-rule-differs", "reversal-differs"
    ]
    items: list[str]


class ComponentChangeOut(Output):
    """One component then and now, on 0-100. `earlier_key` is what it was called then."""

    key: str
    kind: Literal["primary", "contextual"]
    earlier_key: str | None
    verdict: Literal["up", "down", "within_chance", "too_few", "not_shown", "line_broken"]
    before: float | None
    now: float | None
    n_before: int | None
    n_now: int | None
    difference: DifferenceOut | None
    broken: LineBrokenOut | None
    suppressed_before: SuppressionOut | None
    suppressed_now: SuppressionOut | None


class ReadinessChangeOut(Output):
    """Readiness then and now by the same rule; it has no interval, since how its parts vary together is not frozen."""

    before: float
    now: float
    difference: float


class ResponseShiftOut(Output):
    """Response rates (0-1); `careful` is null where one of them is not known."""

    n_before: int | None
    n_now: int | None
    before: float | None
    now: float | None
    shift: float | None
    careful: bool | None


class ChangeCell(Output):
    key: str
    components: list[ComponentChangeOut]
    readiness: ReadinessChangeOut | None
    response: ResponseShiftOut


class ChangeOut(Output):
    """What has changed in one place since an earlier round; made of what both rounds published and nothing else.

    `comparable` is false where the line is broken for every component. `new_units` belong to the place now only,
    `gone_units` then only: where there are any, it is not quite the same place. `groups` are the categories of `by`
    that both rounds had, null without it.
    """

    round_id: UUID
    instrument_key: str
    instrument_version: int
    closed_at: datetime
    scope: ScopeOut
    since: EarlierRound
    comparable: bool
    new_units: int
    gone_units: int
    components: list[ComponentChangeOut]
    readiness: ReadinessChangeOut | None
    response: ResponseShiftOut
    rules: ChangeRulesOut
    by: Literal["setting_type", "role"] | None
    groups: list[ChangeCell] | None
