"""Patterns in a room's participation: who is below the line, what goes well, and who has not been observed.

Source: the programme's questions to the team ("Er der et mønster i, hvilke børn, der har for lav deltagelsesgrad? Fx de
yngste, de flersprogede, drengene" and "Fremhæv de ting, der fungerer godt"). A room is all there is, not a sample, and
staff are not asked to read p-values: a difference is pointed out when it is large in shares *and* in children.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.observations import KINDS, Child, Kind
from domain.participation import ChildParticipation, RoomParticipation
from domain.thresholds import DEFAULT_PATTERN_RULES, PatternRules

Trait = Literal["multilingual", "age", "sex", "support_need"]
TRAITS: tuple[Trait, ...] = ("multilingual", "age", "sex", "support_need")
KEYS_OF: dict[Trait, tuple[str, str]] = {
    "multilingual": ("multilingual", "not_multilingual"),
    "age": ("under_3", "from_3"),
    "sex": ("boy", "girl"),
    "support_need": ("support_need", "no_support_need"),
}
"""The two groups of each trait."""
StrengthName = Literal[
    "all_reach_both", "most_reach_both", "all_reach_kind", "everyone_seen", "all_areas_covered", "all_weeks_accounted"
]


@dataclass(frozen=True, slots=True)
class Group:
    """Judged children with one value of a trait, and how many of them are below the line.

    `key` is one of `KEYS_OF`.
    """

    key: str
    n: int
    below: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind, one trait: two groups, and how many judged children are in neither since the value is unknown.

    `pointed_out` is the index (0 or 1) in `groups` of the group that is below strikingly more often, else `None`.
    """

    kind: Kind
    trait: Trait
    groups: tuple[Group, Group]
    unknown: int
    pointed_out: int | None


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that goes well, with its counts: `count` of `of`. `kind` where it is about one kind."""

    name: StrengthName
    count: int
    of: int
    kind: Kind | None = None


def compare_groups(
    participation: RoomParticipation, *, rules: PatternRules = DEFAULT_PATTERN_RULES
) -> tuple[Comparison, ...]:
    """Compare who is below by every trait and kind, in the order of `TRAITS` within `KINDS`.

    Only judged children count (not those for whom it is too early). Age is that of the last day (Sunday) of the
    period, from the first of the birth month. With shares p1 = b1/n1 > p2 = b2/n2 the first group is pointed out when

        p1 - p2 >= rules.min_share_difference   and   b1 - n1 p2 >= rules.min_excess_children:

    at least so many of its children are below beyond what the other group's share would give. 5 of 8 against 3 of
    12 is just enough (37.5 points; 5 - 8 x 3/12 = 3 children), 3 of 4 against 3 of 12 is not (2 children).
    An empty group is never compared.
    """
    judged = [one for one in participation.children if not one.too_early]
    last_day = participation.weeks[-1].week + timedelta(days=6)
    return tuple(_compare(judged, kind, trait, last_day, rules) for kind in KINDS for trait in TRAITS)


def age_in_months(birth_month: date, on: date) -> int:
    """Whole months from the first of the birth month to `on`.

    >>> age_in_months(date(2023, 11, 1), date(2026, 10, 31)), age_in_months(date(2023, 10, 1), date(2026, 10, 1))
    (35, 36)
    """
    return (on.year - birth_month.year) * 12 + on.month - birth_month.month


def points_out(more: Group, less: Group, *, rules: PatternRules = DEFAULT_PATTERN_RULES) -> bool:
    """Whether `more` is below strikingly more often than `less`; see `compare_groups`.

    >>> points_out(Group("multilingual", 8, 5), Group("not_multilingual", 12, 3))
    True
    >>> points_out(Group("multilingual", 4, 3), Group("not_multilingual", 12, 3))
    False
    >>> points_out(Group("from_3", 15, 10), Group("under_3", 1, 0))  # one child is no group
    False
    """
    if min(more.n, less.n) < rules.min_group_children:
        return False
    # One division each: a difference of exactly the limit is then not lost to rounding.
    cross = more.below * less.n - less.below * more.n
    difference, excess = cross / (more.n * less.n), cross / less.n
    return difference >= rules.min_share_difference and excess >= rules.min_excess_children


def _compare(
    judged: Sequence[ChildParticipation], kind: Kind, trait: Trait, last_day: date, rules: PatternRules
) -> Comparison:
    values = [_VALUE_OF[trait](one.child, last_day, rules) for one in judged]
    first, second = (
        Group(
            key=key,
            n=values.count(wanted),
            below=sum(
                value is wanted and one.measures[kind].below is True for one, value in zip(judged, values, strict=True)
            ),
        )
        for key, wanted in zip(KEYS_OF[trait], (True, False), strict=True)
    )
    pointed_out = 0 if points_out(first, second, rules=rules) else 1 if points_out(second, first, rules=rules) else None
    return Comparison(kind, trait, (first, second), values.count(None), pointed_out)


def _is_young(child: Child, last_day: date, rules: PatternRules) -> bool | None:
    if child.birth_month is None:
        return None
    return age_in_months(child.birth_month, last_day) < rules.young_below_months


def _is_boy(child: Child, _last_day: date, _rules: PatternRules) -> bool | None:
    return {"boy": True, "girl": False}.get(child.sex or "")


_VALUE_OF: dict[Trait, Callable[[Child, date, PatternRules], bool | None]] = {
    "multilingual": lambda child, _day, _rules: child.multilingual,
    "age": _is_young,
    "sex": _is_boy,
    "support_need": lambda child, _day, _rules: child.support_need,
}


def find_strengths(
    participation: RoomParticipation,
    *,
    areas: Sequence[tuple[str, Sequence[int]]] = (),
    rules: PatternRules = DEFAULT_PATTERN_RULES,
) -> tuple[Strength, ...]:
    """What goes well, most telling first; empty when nothing qualifies.

    - `all_reach_both`, or `most_reach_both` from `rules.min_reach_share` of the judged children on;
    - `all_reach_kind`: every judged child reaches the line of one kind (left out when all reach both);
    - `everyone_seen`: every child with a counted week took part at least once;
    - `all_areas_covered`: each of two or more learning areas had an activity (`areas`: key and counts a week);
    - `all_weeks_accounted`: every week is completed or closed, and at least one completed.
    """
    found: list[Strength] = []
    judged, reach = participation.judged, participation.reach_both
    if judged and reach == judged:
        found.append(Strength("all_reach_both", reach, judged))
    elif judged:
        if reach / judged >= rules.min_reach_share:
            found.append(Strength("most_reach_both", reach, judged))
        found += [Strength("all_reach_kind", judged, judged, kind) for kind in KINDS if not participation.below[kind]]
    counted = [one for one in participation.children if one.counted_weeks]
    if counted and all("seen" in one.states for one in counted):
        found.append(Strength("everyone_seen", len(counted), len(counted)))
    if len(areas) > 1 and all(sum(counts) for _, counts in areas):
        found.append(Strength("all_areas_covered", len(areas), len(areas)))
    if participation.completed_weeks and participation.completed_weeks + participation.closed_weeks == len(
        participation.weeks
    ):
        found.append(Strength("all_weeks_accounted", len(participation.weeks), len(participation.weeks)))
    return tuple(found)


def low_on_both(participation: RoomParticipation) -> tuple[ChildParticipation, ...]:
    """The children who are below the line in every kind, in the order of the room."""
    return tuple(filter(below_every_line, participation.children))


def below_every_line(one: ChildParticipation) -> bool:
    """Whether the child is judged, and below the line in every kind."""
    return all(one.measures[kind].below is True for kind in KINDS)


def unobserved(
    participation: RoomParticipation, *, rules: PatternRules = DEFAULT_PATTERN_RULES
) -> tuple[ChildParticipation, ...]:
    """Children nobody has seen take part in any of their last `rules.unobserved_weeks` counted weeks.

    Weeks that do not count for the child are passed over; a child with fewer counted weeks is not among them.
    """
    return tuple(one for one in participation.children if _unseen(one, rules.unobserved_weeks))


def _unseen(one: ChildParticipation, weeks: int) -> bool:
    last = [state for state in one.states if state in ("seen", "not_seen")][-weeks:]
    return len(last) == weeks and "seen" not in last
