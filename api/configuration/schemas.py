"""Wire types of the configuration: a version with its content. What is left out of a content has its default."""

from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from api.field_faults import invalid
from api.roster.schemas import Day, SettingType
from api.surveys.instrument_schemas import Bilingual, SourceIO
from api.wire import ExternalId, Input, Output, Week, Word
from domain.observations import KINDS, Kind

Content = TypeVar("Content", bound=Input)
Name = Literal["calendar", "vocabulary", "thresholds"]
VersionNumber = Annotated[int, Field(ge=1, le=1_000_000)]


def _in_some_year(month_day: str) -> str:
    try:
        date.fromisoformat(f"2000-{month_day}")  # a leap year
    except ValueError:
        raise invalid("no-such-day") from None
    return month_day


MonthDay = Annotated[
    str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"), AfterValidator(_in_some_year)
]
Rate = Annotated[float, Field(gt=0, le=50)]
Share = Annotated[float, Field(gt=0, le=1)]
WeekNumber = Annotated[int, Field(ge=1, le=53)]


class ClosedDaysIO(Input):
    """Days of one year, both included."""

    title: Bilingual
    first: Day
    last: Day

    @model_validator(mode="after")
    def _in_order(self) -> "ClosedDaysIO":
        if self.last < self.first:
            raise invalid("invalid-period")
        return self


class YearlyClosedIO(Input):
    """Closed each year: week numbers, or days from `first` to `last` (month-day), which may run over New Year."""

    title: Bilingual
    weeks: Annotated[tuple[WeekNumber, ...], Field(max_length=53)] = ()
    first: MonthDay | None = None
    last: MonthDay | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "YearlyClosedIO":
        if bool(self.weeks) == (self.first is not None) or (self.first is None) != (self.last is None):
            raise invalid("weeks-or-days")
        return self


class UnitStartIO(Input):
    """A unit that starts at another time than the others. It may be named by either id; its own is what is kept."""

    unit_id: UUID | None = None
    unit_external_id: ExternalId | None = None
    starts: Week


class PhaseIO(Input):
    title: Bilingual
    years: Annotated[int, Field(ge=1, le=10)]


class WindowIO(Input):
    """Days of each year (month-day), both included."""

    first: MonthDay
    last: MonthDay


def _within(window: WindowIO, first: str, last: str) -> WindowIO:
    if not first <= window.first <= window.last <= last:
        raise invalid("window-outside-its-half", first=first, last=last)
    return window


class CalendarIO(Input):
    """Closed weeks, themes of so many open weeks, phases of so many years from a unit's start, and the windows in which
    children's development is assessed. Without `starts` a unit has no themes and phases, and its reports are open."""

    source: SourceIO = SourceIO()
    starts: Week | None = None
    units: Annotated[tuple[UnitStartIO, ...], Field(max_length=2000)] = ()
    themes: Annotated[tuple[Bilingual, ...], Field(min_length=1, max_length=50)]
    weeks_per_theme: Annotated[int, Field(ge=1, le=26)] = 8
    report_from_theme: Annotated[int, Field(ge=1, le=50)] = 5
    phases: Annotated[tuple[PhaseIO, ...], Field(max_length=20)] = ()
    closed_days: Annotated[tuple[ClosedDaysIO, ...], Field(max_length=200)] = ()
    closed_every_year: Annotated[tuple[YearlyClosedIO, ...], Field(max_length=50)] = ()
    min_closed_weekdays: Annotated[int, Field(ge=1, le=5)] = 3
    spring_window: WindowIO = WindowIO(first="03-01", last="04-30")
    autumn_window: WindowIO = WindowIO(first="09-01", last="10-31")

    @field_validator("spring_window")
    @classmethod
    def _in_spring(cls, window: WindowIO) -> WindowIO:
        return _within(window, "01-01", "06-30")

    @field_validator("autumn_window")
    @classmethod
    def _in_autumn(cls, window: WindowIO) -> WindowIO:
        return _within(window, "07-01", "12-31")


class WordIO(Input):
    key: Word
    title: Bilingual


class VocabularyIO(Input):
    """What staff choose among when they record."""

    source: SourceIO = SourceIO()
    learning_areas: Annotated[tuple[WordIO, ...], Field(min_length=1, max_length=50)]
    strategies: Annotated[tuple[WordIO, ...], Field(max_length=100)]

    @model_validator(mode="after")
    def _each_once(self) -> "VocabularyIO":
        for words in (self.learning_areas, self.strategies):
            if len({word.key for word in words}) < len(words):
                raise invalid("repeated")
        return self


class RollingIO(Input):
    """Held against the latest weeks alone."""

    weeks: Annotated[int, Field(ge=1, le=26)]
    per_week: Rate


class LineIO(Input):
    """`per_week` is the dashed line. `rolling` and `median_share` are said beside it, never instead of it."""

    kind: Kind
    setting_type: SettingType | None = None
    per_week: Rate
    rolling: RollingIO | None = None
    median_share: Share | None = None


class RulesIO(Input):
    """When a week counts for a child, and when there is too little to judge (`domain.thresholds`)."""

    min_enrolled_weekdays: Annotated[int, Field(ge=1, le=5)] = 3
    min_counted_weeks: Annotated[int, Field(ge=1, le=26)] = 4
    min_completed_share: Annotated[float, Field(ge=0, le=1)] = 0.75


class PatternsIO(Input):
    """When a difference between groups is worth a sentence (`domain.thresholds`)."""

    min_share_difference: Annotated[float, Field(ge=0, le=1)] = 0.25
    min_excess_children: Annotated[float, Field(ge=0, le=100)] = 3.0
    min_group_children: Annotated[int, Field(ge=1, le=100)] = 3
    young_below_months: Annotated[int, Field(ge=1, le=120)] = 36
    unobserved_weeks: Annotated[int, Field(ge=1, le=26)] = 3
    min_reach_share: Annotated[float, Field(ge=0, le=1)] = 0.5


class ThresholdsIO(Input):
    """The dashed line for each kind: one for all setting types, and those of single ones beside it."""

    source: SourceIO = SourceIO()
    lines: Annotated[tuple[LineIO, ...], Field(min_length=2, max_length=50)]
    rules: RulesIO = RulesIO()
    patterns: PatternsIO = PatternsIO()

    @model_validator(mode="after")
    def _a_line_for_everybody(self) -> "ThresholdsIO":
        named = [(line.kind, line.setting_type) for line in self.lines]
        if len(set(named)) < len(named):
            raise invalid("repeated")
        if missing := [kind for kind in KINDS if (kind, None) not in named]:
            raise invalid("line-missing", kind=missing[0])
        return self


class PublishIn(Input, Generic[Content]):
    """A new version and the first day it holds. A published version never changes."""

    version: VersionNumber
    valid_from: Day
    content: Content


class PublishedOut(Output, Generic[Content]):
    """A version with its content; version 0, without dates, is the default that holds where nothing was published."""

    version: Annotated[int, Field(ge=0)]
    valid_from: date | None
    published_at: datetime | None
    content: Content


class TextOut(Output):
    da: str
    en: str


class ThemeOut(Output):
    """A period of reporting; `theme` is null after the last theme."""

    number: int
    theme: TextOut | None
    first: Annotated[Week, Field(alias="from")]
    last: Annotated[Week, Field(alias="to")]


class CalendarWeekOut(Output):
    """`closed` says why; null is an open week. `period` and `phase` are numbers from 1, null outside of them."""

    week: Week
    closed: TextOut | None
    period: int | None
    phase: int | None


class PhaseOut(Output):
    number: int
    title: TextOut
    years: int


class YearOut(Output):
    """The coming year. `report_opens` is the first day of room data reports; null: they are open, or no theme of the
    calendar opens them (`report_open` says which)."""

    unit_id: UUID | None
    version: str
    starts: Week | None
    report_opens: date | None
    report_open: bool
    phases: list[PhaseOut]
    periods: list[ThemeOut]
    weeks: list[CalendarWeekOut]
