"""Practice evaluation: how the room's team sees its own work with the four core elements, every eighth week.

Source: the programme's "VLS-evaluering (hver 8. uge): systematiske briller på egen praksis". The score of a core
element is the mean of its items as the team agreed on them. It is a judgement of a team about itself, not a sample:
there is no interval around it, and a step between two periods is told when it is large enough to be seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.forms import FORM_CATALOGUE, Answers, Form, GroupScore, form_problems
from domain.issues import Catalogue, Entry, Problem, entry
from domain.text import Text

CORE_ELEMENTS = 4
FEWEST_ITEMS, MOST_ITEMS = 3, 6
LOWEST, HIGHEST = 1, 5

Step = Literal["higher", "lower", "steady", "unknown", "line_broken"]


@dataclass(frozen=True, slots=True)
class PracticeRules:
    """- `min_step`: points (1-5) by which two periods differ before it is called higher or lower;
    - `min_spread`: points between two colleagues' individual ratings of an item that are worth talking about."""

    version: str
    source: Text
    min_step: float = 0.5
    min_spread: int = 2


DEFAULT_PRACTICE_RULES = PracticeRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: et halvt point mellem to perioder, to point mellem to kolleger.",
        "The project's default: half a point between two periods, two points between two colleagues.",
    ),
)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What the team agreed on in a period (its first and last Monday), with the version of the form."""

    first_week: date
    last_week: date
    form: tuple[str, int]
    scores: tuple[GroupScore, ...]


@dataclass(frozen=True, slots=True)
class ElementTrend:
    """A core element over the periods, `None` where it has no score, and the step from the period before to the last.

    `unknown` when one of the two has no score; `line_broken` when they were rated with different versions of the form.
    """

    element: str
    scores: tuple[float | None, ...]
    step: Step
    difference: float | None


def practice_problems(form: Form) -> Iterator[Problem]:
    """What keeps a practice form from being published: four core elements with three to six items each, on 1-5."""
    yield from form_problems(form, groups="elements", group_of="element")
    if len(form.groups) != CORE_ELEMENTS:
        yield Problem("/elements", "not-four-elements", {"count": len(form.groups)})
    for index, group in enumerate(form.groups):
        count = len(form.keys_of(group.key))
        if count and not FEWEST_ITEMS <= count <= MOST_ITEMS:
            yield Problem(f"/elements/{index}", "items-of-element", {"key": group.key, "count": count})


def trend(periods: Sequence[Evaluated], *, rules: PracticeRules = DEFAULT_PRACTICE_RULES) -> tuple[ElementTrend, ...]:
    """Each core element of the last period's form over the `periods`, which are in the order of time.

    >>> def of(monday, score):
    ...     return Evaluated(monday, monday, ("k", 1), (GroupScore("talk", 3, 3, score),))
    >>> trend([of(date(2026, 6, 29), 3.0), of(date(2026, 8, 24), 3.75)])
    (ElementTrend(element='talk', scores=(3.0, 3.75), step='higher', difference=0.75),)
    """
    if not periods:
        return ()
    return tuple(_trend(score.group, periods, rules) for score in periods[-1].scores)


def _trend(element: str, periods: Sequence[Evaluated], rules: PracticeRules) -> ElementTrend:
    scores = tuple(
        next((it.mean for it in period.scores if it.group == element), None)
        if period.form == periods[-1].form
        else None
        for period in periods
    )
    if len(periods) > 1 and periods[-2].form != periods[-1].form:
        return ElementTrend(element, scores, "line_broken", None)
    before, now = scores[-2] if len(scores) > 1 else None, scores[-1]
    if before is None or now is None:
        return ElementTrend(element, scores, "unknown", None)
    difference = now - before
    small = abs(difference) < rules.min_step - 1e-9
    return ElementTrend(element, scores, "steady" if small else "higher" if difference > 0 else "lower", difference)


def seen_differently(
    ratings: Sequence[Answers], *, rules: PracticeRules = DEFAULT_PRACTICE_RULES
) -> Mapping[str, tuple[int, int]]:
    """The items that colleagues rated so differently that the team should talk about them: lowest and highest answer.

    >>> seen_differently([{"a": 2, "b": 4}, {"a": 5, "b": None}])
    {'a': (2, 5)}
    """
    found: dict[str, tuple[int, int]] = {}
    for key in dict.fromkeys(key for rating in ratings for key in rating):
        given = [value for rating in ratings if (value := rating.get(key)) is not None]
        if len(given) > 1 and max(given) - min(given) >= rules.min_spread:
            found[key] = (min(given), max(given))
    return found


_CODES: dict[str, Entry] = {
    "not-four-elements": entry(
        "Skemaet har {count} kerneelementer; der skal være fire.",
        "The form has {count} core elements; there must be four.",
        "Navnene kan I selv vælge, men de fire kerneelementer er rammens.",
        "The names are yours to choose, but the four core elements are the framework's.",
    ),
    "items-of-element": entry(
        "Kerneelementet »{key}« har {count} punkter; der skal være tre til seks.",
        "The core element “{key}” has {count} items; there must be three to six.",
        "Tre til seks punkter kan et team nå at tale sig igennem.",
        "Three to six items are what a team can talk through.",
    ),
}
PRACTICE_CATALOGUE: Catalogue = {**FORM_CATALOGUE, **_CODES}
