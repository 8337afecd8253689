"""The programme's calendar: closed weeks, themes of eight open weeks, phases over four years, when reports open.

Source: the programme's workshop text ("5 temaer á 8 uger", "Fra Tema 5 og frem kan lederen trække stuens datarapport",
"Fireårig øvebane"). When a unit starts, what is closed and what the phases are called is configuration.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from domain.half_years import DEFAULT_WINDOWS, WindowRules
from domain.text import Text
from domain.weeks import WEEK, week_of

MonthDay = tuple[int, int]
Closed = Callable[[date], Text | None]
"""Why a week (its Monday) is closed, or `None` for an open one."""

WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days of one year, `first` to `last`, both included."""

    title: Text
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class YearlyDays:
    """The same days each year, as (month, day), both included; they may run over New Year."""

    title: Text
    first: MonthDay
    last: MonthDay


@dataclass(frozen=True, slots=True)
class YearlyWeeks:
    """The same ISO weeks each year, by their numbers."""

    title: Text
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the implementation, and how many years it lasts."""

    title: Text
    years: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a municipality has decided about its weeks.

    - `starts`: the Monday of the first theme; `None`, and a unit without its own start has no themes or phases and its
      reports are open;
    - `unit_starts`: by unit id, where a unit starts at another time;
    - `themes`: their titles; after the last, periods go on without one;
    - `weeks_per_theme`: open weeks; closed ones are passed over;
    - `report_from_theme`: the room data report opens when this theme begins (a number from 1);
    - `min_closed_weekdays` (1-5): from so many closed days of Monday-Friday on, the week is closed;
    - `windows`: when children's development is assessed.
    """

    version: str
    source: Text
    starts: date | None = None
    unit_starts: Mapping[str, date] = field(default_factory=dict)
    themes: tuple[Text, ...] = ()
    weeks_per_theme: int = 8
    report_from_theme: int = 5
    phases: tuple[Phase, ...] = ()
    closed_days: tuple[ClosedDays, ...] = ()
    closed_every_year: tuple[YearlyDays | YearlyWeeks, ...] = ()
    min_closed_weekdays: int = 3
    windows: WindowRules = DEFAULT_WINDOWS

    def start_of(self, unit_id: str | None) -> date | None:
        return self.unit_starts.get(unit_id or "", self.starts)


@dataclass(frozen=True, slots=True)
class ThemePeriod:
    """A period of reporting: its number from 1, its theme (`None` after the last), first and last week (Mondays)."""

    number: int
    theme: Text | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One week as a preview shows it; `closed` says why, `None` is open; `phase` is its number from 1."""

    week: date
    closed: Text | None
    period: ThemePeriod | None
    phase: int | None


DEFAULT_CALENDAR = Calendar(
    version="default-1",
    source=Text(
        "Projektets udgangspunkt: sommerferie i uge 29-31 og dagene fra jul til nytår; temaer på otte åbne uger.",
        "The project's default: summer holiday in weeks 29-31 and the days from Christmas to New Year; themes of eight "
        "open weeks.",
    ),
    themes=tuple(Text(f"Tema {number}", f"Theme {number}") for number in range(1, 6)),
    phases=(
        Phase(Text("Opstart", "Getting started"), 1),
        Phase(Text("Afprøvning", "Trying it out"), 1),
        Phase(Text("Forankring", "Making it ours"), 1),
        Phase(Text("Vedligeholdelse", "Keeping it going"), 1),
    ),
    closed_every_year=(
        YearlyWeeks(Text("Sommerferie", "Summer holiday"), (29, 30, 31)),
        YearlyDays(Text("Jul og nytår", "Christmas and New Year"), (12, 24), (1, 1)),
    ),
)


def closed_because(calendar: Calendar, week: date) -> Text | None:
    """Why the week (its Monday) is closed; `None` for an open one.

    >>> closed_because(DEFAULT_CALENDAR, date(2026, 12, 28)).da
    'Jul og nytår'
    >>> closed_because(DEFAULT_CALENDAR, date(2026, 12, 21)) is None  # two days of five
    True
    >>> closed_because(DEFAULT_CALENDAR, date(2026, 7, 13)).en
    'Summer holiday'
    """
    for rule in calendar.closed_every_year:
        if isinstance(rule, YearlyWeeks) and week.isocalendar().week in rule.numbers:
            return rule.title
    days = [week + timedelta(days=day) for day in range(WEEKDAYS)]
    reasons = [reason for day in days if (reason := _closed_on(calendar, day))]
    return max(reasons, key=reasons.count) if len(reasons) >= calendar.min_closed_weekdays else None


def _closed_on(calendar: Calendar, day: date) -> Text | None:
    dated = (rule.title for rule in calendar.closed_days if rule.first <= day <= rule.last)
    yearly = (
        rule.title
        for rule in calendar.closed_every_year
        if isinstance(rule, YearlyDays) and _within(rule, (day.month, day.day))
    )
    return next(dated, None) or next(yearly, None)


def _within(rule: YearlyDays, day: MonthDay) -> bool:
    if rule.first <= rule.last:
        return rule.first <= day <= rule.last
    return day >= rule.first or day <= rule.last


def theme_periods(calendar: Calendar, starts: date, *, closed: Closed, until: date) -> Iterator[ThemePeriod]:
    """The periods from `starts` (a Monday) on, while they begin before `until`: each ends with its last open week.

    `closed` says of a week whether it is (see `closed_because`): each with the calendar that was in force then.

    >>> year = theme_periods(DEFAULT_CALENDAR, date(2026, 8, 10), until=date(2027, 8, 1),
    ...                      closed=lambda week: closed_because(DEFAULT_CALENDAR, week))
    >>> [(period.theme.da, f"{period.first:%G-W%V}", f"{period.last:%G-W%V}") for period in year if period.theme]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Tema 1', '2026-W33', '2026-W40'), ('Tema 2', '2026-W41', '2026-W48'), ('Tema 3', '2026-W49', '2027-W04'),
     ('Tema 4', '2027-W05', '2027-W12'), ('Tema 5', '2027-W13', '2027-W20')]
    """
    week = starts
    for number in count(1):
        first = _next_open(week, closed, until)
        if first >= until:
            return
        last = first
        for _ in range(calendar.weeks_per_theme - 1):
            last = _next_open(last + WEEK, closed, until + calendar.weeks_per_theme * WEEK)
        theme = calendar.themes[number - 1] if number <= len(calendar.themes) else None
        yield ThemePeriod(number, theme, first, last)
        week = last + WEEK


def _next_open(week: date, closed: Closed, until: date) -> date:
    while week < until and closed(week) is not None:
        week += WEEK
    return week


def report_opens(calendar: Calendar, starts: date, *, closed: Closed) -> date | None:
    """The Monday from which room data reports may be made; `None` when it is more than ten years away."""
    horizon = starts + 520 * WEEK
    periods = theme_periods(calendar, starts, closed=closed, until=horizon)
    return next((period.first for period in periods if period.number == calendar.report_from_theme), None)


def phase_on(calendar: Calendar, starts: date, day: date) -> int | None:
    """The number (from 1) of the phase on a day: phases are years from the start; `None` before and after.

    >>> [phase_on(DEFAULT_CALENDAR, date(2026, 8, 10), date(year, 8, 9)) for year in (2026, 2027, 2028, 2030, 2031)]
    [None, 1, 2, 4, None]
    """
    years = day.year - starts.year - ((day.month, day.day) < (starts.month, starts.day))
    if years < 0:
        return None
    for number, phase in enumerate(calendar.phases, 1):
        years -= phase.years
        if years < 0:
            return number
    return None


def year_ahead(
    calendar: Calendar, *, first: date, weeks: int, unit_id: str | None, closed: Closed
) -> tuple[CalendarWeek, ...]:
    """The coming `weeks` from `first` (a Monday), with what is closed, the theme and the phase of each."""
    starts, until = calendar.start_of(unit_id), first + weeks * WEEK
    periods = list(theme_periods(calendar, week_of(starts), closed=closed, until=until)) if starts else []
    return tuple(
        CalendarWeek(
            week=week,
            closed=closed(week),
            period=next((period for period in periods if period.first <= week <= period.last), None),
            phase=phase_on(calendar, starts, week) if starts else None,
        )
        for week in (first + number * WEEK for number in range(weeks))
    )
