"""What a room owes its own calendar: evaluations of practice that are due, and children whose development is.

Pure: what is there already, and which day it is, are given. A room is asked, not reproached: nothing is due before its
time, and a child who has just come is not due at once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.development import age_in_months
from domain.half_years import DEFAULT_WINDOWS, HalfYear, WindowRules, window
from domain.text import Text

WEEK = timedelta(weeks=1)
Weeks = tuple[date, date]  # the Mondays of a period's first and last week
Step = Literal["individual", "joint", "finish"]


@dataclass(frozen=True, slots=True)
class DueRules:
    """- `weeks_after`: so long after the last week of a period its evaluation is still asked for;
    - `settling_days`: a child enrolled for fewer days is not assessed yet."""

    version: str
    source: Text
    weeks_after: int = 8
    settling_days: int = 28


DEFAULT_DUE_RULES = DueRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: otte uger efter perioden, og fire uger til at falde til.",
        "The project's default: eight weeks after the period, and four weeks to settle in.",
    ),
)


@dataclass(frozen=True, slots=True)
class EvaluationDue:
    """A period (Mondays of its weeks) without a final joint evaluation. `by` is the last day of the period's last week;
    `overdue` once that is past."""

    first_week: date
    last_week: date
    by: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A child of the room today, and since when without a break."""

    id: str
    birth_month: date | None
    since: date


@dataclass(frozen=True, slots=True)
class RatedSoFar:
    """A child's ratings of the half-year: final individual ones, drafts of any kind, whether the joint one is final."""

    individual: int = 0
    drafts: int = 0
    joint: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentDue:
    """A child to be assessed in `half_year`: `individual` ratings are missing, the `joint` one is, or a draft is to
    `finish`. `missing` counts individual ratings. `by` is the window's last day."""

    child_id: str
    half_year: HalfYear
    step: Step
    missing: int
    by: date
    overdue: bool


def evaluations_due(
    periods: Iterable[Weeks],
    *,
    evaluated: Collection[Weeks],
    today: date,
    rules: DueRules = DEFAULT_DUE_RULES,
) -> tuple[EvaluationDue, ...]:
    """The periods to evaluate now: from their last week on, for `weeks_after` weeks.

    `evaluated` are the periods of the room's final joint evaluations; one that shares a week with a period covers it.

    >>> autumn = (date(2026, 8, 24), date(2026, 10, 12))
    >>> evaluations_due([autumn], evaluated=[], today=date(2026, 10, 19))[0].overdue
    True
    >>> evaluations_due([autumn], evaluated=[], today=date(2026, 10, 11))
    ()
    """
    due = []
    for first, last in sorted(periods):
        asked = last <= today < last + (rules.weeks_after + 1) * WEEK
        covered = any(begins <= last and first <= ends for begins, ends in evaluated)
        if asked and not covered:
            by = last + timedelta(days=6)
            due.append(EvaluationDue(first, last, by, overdue=by < today))
    return tuple(due)


def assessments_due(
    children: Sequence[Enrolled],
    *,
    rated: Mapping[str, RatedSoFar],
    ages: tuple[int, int],
    ratings_before_joint: int,
    today: date,
    windows: WindowRules = DEFAULT_WINDOWS,
    rules: DueRules = DEFAULT_DUE_RULES,
) -> tuple[AssessmentDue, ...]:
    """The children to assess in the half-year of `today`: from the window's first day on, until the half-year is over.

    `ages` are those of the instrument in months, both included. A child whose birth month is not known cannot be
    assessed and is not due.

    >>> ida = Enrolled("ida", date(2023, 4, 1), date(2026, 1, 1))
    >>> assessments_due([ida], rated={"ida": RatedSoFar(individual=1)}, ages=(24, 71), ratings_before_joint=2,
    ...                 today=date(2026, 9, 14))[0].missing
    1
    """
    half_year = HalfYear.of(today)
    opens, closes = window(half_year, rules=windows)
    if today < opens:
        return ()
    found = (
        _due(child.id, half_year, rated.get(child.id, RatedSoFar()), ratings_before_joint, closes=closes, today=today)
        for child in children
        if _to_be_assessed(child, ages, today, rules)
    )
    return tuple(due for due in found if due is not None)


def _to_be_assessed(child: Enrolled, ages: tuple[int, int], today: date, rules: DueRules) -> bool:
    if child.birth_month is None or (today - child.since).days < rules.settling_days:
        return False
    return ages[0] <= age_in_months(child.birth_month, today) <= ages[1]


def _due(
    child: str, half_year: HalfYear, so_far: RatedSoFar, needed: int, *, closes: date, today: date
) -> AssessmentDue | None:
    if so_far.joint:
        return None
    missing = max(0, needed - so_far.individual)
    step: Step = "individual" if missing else "joint"
    if so_far.drafts and so_far.drafts >= missing:
        step = "finish"
    return AssessmentDue(child, half_year, step, missing, closes, overdue=closes < today)
