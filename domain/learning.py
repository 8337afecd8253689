"""The learning cycle: choose a goal, start an initiative, evaluate, and ask whether to go on.

Source: the programme's "Læring og tilpasning pba. kvalitetsrapporter" (four steps; the fourth is a question) and its
example "Andelen af børn med et aldersvarende sproglig niveau er steget fra 69% til 79%". A goal names a measure; what
it has become is computed from the data. Whether the initiative was the reason is the team's to talk about: nothing here
says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.issues import Catalogue, Entry, Problem, entry
from domain.recording_due import SUNDAY
from domain.text import Text
from domain.weeks import WEEK

MeasureKey = Literal[
    "children_at_line", "children_below_both", "mean_rate", "element_score", "age_appropriate", "activities_a_week"
]
About = Literal["kind", "element", "development_area", "learning_area"]
Step = Literal["chosen", "started", "evaluated", "decided"]
Decision = Literal["go_on", "adjust", "stop"]
Status = Literal["reached", "on_the_way", "not_closer", "too_early"]

STEPS: tuple[Step, ...] = ("chosen", "started", "evaluated", "decided")
_BACK_AND_FORTH: Mapping[Step, tuple[Step, ...]] = {
    "chosen": ("started",),
    "started": ("chosen", "evaluated"),
    "evaluated": ("started", "decided"),
    "decided": ("started",),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a goal can be about. `about` says what else must be named; a value lies from `low` to `high` (`None`: no
    end). A `share` (0-1) is one of children, with its count. `better` is the way the goal goes."""

    about: About | None
    better: Literal["higher", "lower"]
    share: bool
    low: float = 0.0
    high: float | None = None


MEASURES: Mapping[MeasureKey, Measure] = {
    "children_at_line": Measure("kind", "higher", share=True, high=1.0),
    "children_below_both": Measure(None, "lower", share=True, high=1.0),
    "mean_rate": Measure("kind", "higher", share=False),
    "element_score": Measure("element", "higher", share=False, low=1.0, high=5.0),
    "age_appropriate": Measure("development_area", "higher", share=True, high=1.0),
    "activities_a_week": Measure("learning_area", "higher", share=False),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure read once. `n` is what it rests on: children, evaluations or weeks; `count` the children of a share.
    `value` is `None` when there is nothing to read yet."""

    value: float | None
    n: int
    count: int | None = None


def next_steps(step: Step, decision: Decision | None = None) -> tuple[Step, ...]:
    """Where a goal can go from here; the step before is allowed, since people press the wrong button.

    After the fourth step the cycle begins again with an initiative, the same or an adjusted one, or is over.

    >>> next_steps("chosen"), next_steps("decided", "go_on"), next_steps("decided", "stop")
    (('started',), ('started',), ())
    """
    return () if step == "decided" and decision == "stop" else _BACK_AND_FORTH[step]


def goal_problems(measure: MeasureKey, *, about: str | None, target: float) -> Iterator[Problem]:
    """What keeps a goal from being chosen: nothing named that must be, or a target no value can have. A target that is
    met already is a goal to hold on to what works."""
    rule = MEASURES[measure]
    if (about is None) != (rule.about is None):
        yield Problem("/about", "about-missing" if rule.about else "about-not-needed", {"measure": measure})
    if target < rule.low or (rule.high is not None and target > rule.high):
        yield Problem(
            "/target", "target-out-of-range", {"low": rule.low, "high": "∞" if rule.high is None else rule.high}
        )


def step_problems(
    before: Step, after: Step, *, initiative: str, evaluation: str, decision: Decision | None, earlier: Decision | None
) -> Iterator[Problem]:
    """What keeps a goal from going from one step to another: a step left out, or words that belong to it.

    `decision` is what it would be now, `earlier` what was decided last.
    """
    if after != before and after not in next_steps(before, earlier):
        yield Problem("/step", "step-not-next", {"before": before, "after": after})
        return
    reached = STEPS.index(after)
    if reached >= 1 and not initiative:
        yield Problem("/initiative", "initiative-missing", {})
    if reached >= 2 and not evaluation:
        yield Problem("/evaluation", "evaluation-missing", {})
    if (decision is not None) != (after == "decided"):
        yield Problem("/decision", "decision-belongs-to-step-four", {})


def judge(measure: MeasureKey, *, baseline: Reading, target: float, now: Reading | None) -> Status:
    """How far a goal has come: only the numbers, not why.

    Without a value now, or without a baseline to be closer than, it is too early to say unless the target is met. What
    differs by less than a billionth is equal.

    >>> judge("children_at_line", baseline=Reading(0.5, 18, 9), target=0.75, now=Reading(12 / 18, 18, 12))
    'on_the_way'
    >>> judge("children_below_both", baseline=Reading(0.5, 18, 9), target=0.25, now=Reading(0.25, 16, 4))
    'reached'
    """
    rule = MEASURES[measure]
    if now is None or now.value is None:
        return "too_early"
    if _meets(rule, now.value, target):
        return "reached"
    if baseline.value is None:
        return "too_early"
    moved = (now.value - baseline.value) * (1 if rule.better == "higher" else -1)
    return "on_the_way" if moved > 1e-9 else "not_closer"


def _meets(rule: Measure, value: float, target: float) -> bool:
    return value >= target - 1e-9 if rule.better == "higher" else value <= target + 1e-9


@dataclass(frozen=True, slots=True)
class GoalRules:
    """So many weeks after its last one a goal is to be evaluated, and what comes of it decided."""

    version: str
    source: Text
    weeks_to_evaluate: int = 2
    weeks_to_decide: int = 4


DEFAULT_GOAL_RULES = GoalRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: to uger til at evaluere og to til at beslutte.",
        "The project's default: two weeks to evaluate, and two more to decide.",
    ),
)


@dataclass(frozen=True, slots=True)
class GoalDue:
    """The step that a goal waits for, `by` a day; `overdue` once that is past."""

    step: Step
    by: date
    overdue: bool


def goal_due(
    step: Step, *, first_week: date, last_week: date, today: date, rules: GoalRules = DEFAULT_GOAL_RULES
) -> GoalDue | None:
    """What a goal waits for, or `None`: the initiative once its first week (Mondays) has come, by that week's end; the
    evaluation once its last week is over; the decision once it is evaluated.

    >>> goal_due("started", first_week=date(2026, 8, 24), last_week=date(2026, 10, 12), today=date(2026, 10, 19))
    GoalDue(step='evaluated', by=datetime.date(2026, 11, 1), overdue=False)
    """
    if step == "chosen" and today >= first_week:
        by = first_week + SUNDAY
    elif step == "started" and today > last_week + SUNDAY:
        by = last_week + rules.weeks_to_evaluate * WEEK + SUNDAY
    elif step == "evaluated":
        by = last_week + rules.weeks_to_decide * WEEK + SUNDAY
    else:
        return None
    return GoalDue(STEPS[STEPS.index(step) + 1], by, today > by)


_CODES: dict[str, Entry] = {
    "about-missing": entry(
        "Målet {measure} skal sige, hvad det handler om.",
        "A goal of {measure} must say what it is about.",
        "Angiv about: en form for deltagelse, et kerneelement eller et læringsområde.",
        "Give about: a kind of participation, a core element or a learning area.",
    ),
    "about-not-needed": entry(
        "Målet {measure} handler om begge former for deltagelse.",
        "A goal of {measure} is about both kinds of participation.",
        "Udelad about.",
        "Leave about out.",
    ),
    "target-out-of-range": entry(
        "Et mål af den slags ligger fra {low} til {high}.",
        "A target of this kind lies from {low} to {high}.",
        "En andel skrives som 0,75 og ikke som 75.",
        "A share is written 0.75, not 75.",
    ),
    "step-not-next": entry(
        "Målet kan ikke gå fra {before} til {after}.",
        "The goal cannot go from {before} to {after}.",
        "Trinene er: vælg et mål, igangsæt en indsats, evaluér, arbejd videre?",
        "The steps are: choose a goal, start an initiative, evaluate, go on?",
    ),
    "initiative-missing": entry(
        "Skriv, hvad I vil gøre, når indsatsen går i gang.",
        "Write what you will do when the initiative starts.",
        "Fx: Vi læser dialogisk i små grupper tre gange om ugen.",
        "For example: We read dialogically in small groups three times a week.",
    ),
    "evaluation-missing": entry(
        "Skriv, hvad I selv ser i resultatet, når I evaluerer.",
        "Write what you see in the result when you evaluate.",
        "Tallene regnes ud; fortolkningen er jeres.",
        "The numbers are computed; the interpretation is yours.",
    ),
    "decision-belongs-to-step-four": entry(
        "Om I arbejder videre, afgøres i fjerde trin, og kun der.",
        "Whether to go on is decided in the fourth step, and only there.",
        "Angiv decision sammen med step: decided.",
        "Give decision together with step: decided.",
    ),
}
LEARNING_CATALOGUE: Catalogue = _CODES
