"""Patterns: differences large in shares and in children, what goes well, and who was not observed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.observations import Child, Membership, Occurrence, RoomWeek
from domain.participation import RoomParticipation, measure_participation
from domain.patterns import (
    Comparison,
    Group,
    compare_groups,
    find_strengths,
    low_on_both,
    points_out,
    unobserved,
)
from domain.thresholds import DEMO_THRESHOLDS

MONDAYS = [date(2026, 8, 24) + timedelta(weeks=i) for i in range(8)]


def child(
    key: str,
    *,
    birth_month: date | None = None,
    sex: str | None = None,
    multilingual: bool | None = None,
    support_need: bool | None = None,
    since: date = date(2026, 1, 1),
) -> Child:
    return Child(key, key, birth_month, sex, multilingual, support_need, (Membership(since, None),))


def room(children: Sequence[Child], weekly: Mapping[str, Sequence[int]], *, completed: int = 8) -> RoomParticipation:
    """A room where child `key` took part `weekly[key][i]` times in week i, in both kinds."""
    return measure_participation(
        children=children,
        weeks=[RoomWeek(week, "completed" if i < completed else "not_recorded") for i, week in enumerate(MONDAYS)],
        occurrences=[
            Occurrence(key, MONDAYS[i], kind, count)
            for key, counts in weekly.items()
            for i, count in enumerate(counts)
            for kind in ("immersion_activity", "focus_conversation")
        ],
        tallies=[],
        thresholds=DEMO_THRESHOLDS,
    )


def multilingual_room(first: tuple[int, int], second: tuple[int, int]) -> RoomParticipation:
    """`(n, below)` of the multilingual children and of the others; a reached line is twice a week."""
    children, weekly = [], {}
    for name, (n, below), multilingual in (("m", first, True), ("o", second, False)):
        for i in range(n):
            children.append(child(f"{name}{i}", multilingual=multilingual))
            weekly[f"{name}{i}"] = [0] * 8 if i < below else [2] * 8
    return room(children, weekly)


def comparison(participation: RoomParticipation, trait: str) -> Comparison:
    return next(c for c in compare_groups(participation) if (c.kind, c.trait) == ("immersion_activity", trait))


@pytest.mark.parametrize(
    ("first", "second", "pointed_out"),
    [
        ((8, 5), (12, 3), 0),  # the example of the programme's model: just enough
        ((6, 4), (12, 2), 0),  # the example of the sketch
        ((12, 3), (8, 5), 1),
        ((4, 3), (12, 3), None),  # 50 points, but 2 children
        ((20, 8), (20, 4), None),  # 4 children, but 20 points
        ((20, 9), (20, 4), 0),  # exactly 25 points
        ((3, 3), (0, 0), None),  # nobody to compare with
        ((9, 0), (9, 0), None),
    ],
)
def test_a_difference_is_pointed_out_when_large_in_shares_and_in_children(
    first: tuple[int, int], second: tuple[int, int], pointed_out: int | None
) -> None:
    found = comparison(multilingual_room(first, second), "multilingual")
    assert found.groups == (Group("multilingual", *first), Group("not_multilingual", *second))
    assert found.pointed_out == pointed_out


@given(st.tuples(*[st.integers(0, 30)] * 4))
def test_pointing_out_agrees_with_exact_fractions(numbers: tuple[int, int, int, int]) -> None:
    n1, b1, n2, b2 = numbers[0], min(numbers[0], numbers[1]), numbers[2], min(numbers[2], numbers[3])
    if min(n1, n2) >= 3:
        difference = Fraction(b1, n1) - Fraction(b2, n2)
        expected = difference >= Fraction(1, 4) and difference * n1 >= 3
    else:
        expected = False
    assert points_out(Group("a", n1, b1), Group("b", n2, b2)) is expected


def test_both_groups_are_never_pointed_out_against_each_other() -> None:
    for b1 in range(9):
        for b2 in range(13):
            one, other = Group("a", 8, b1), Group("b", 12, b2)
            assert not (points_out(one, other) and points_out(other, one))


def test_children_whose_trait_is_unknown_stand_on_neither_side_and_are_counted() -> None:
    found = comparison(room([child("a", multilingual=True), child("b")], {}), "multilingual")
    assert (found.groups[0].n, found.groups[1].n, found.unknown) == (1, 0, 1)


def test_children_for_whom_it_is_too_early_are_in_no_group() -> None:
    found = comparison(room([child("a", multilingual=True, since=MONDAYS[6])], {}), "multilingual")
    assert (found.groups[0].n, found.unknown) == (0, 0)


def test_age_is_counted_on_the_last_day_of_the_period() -> None:
    # the period ends on 18 October 2026
    turns_three = child("a", birth_month=date(2023, 10, 1))
    not_yet = child("b", birth_month=date(2023, 11, 1))
    found = comparison(room([turns_three, not_yet], {}), "age")
    assert found.groups == (Group("under_3", 1, 1), Group("from_3", 1, 1))


def test_sex_and_support_need_are_compared_too() -> None:
    participation = room([child("a", sex="boy", support_need=True), child("b", sex="girl", support_need=False)], {})
    assert [group.n for group in comparison(participation, "sex").groups] == [1, 1]
    assert [group.n for group in comparison(participation, "support_need").groups] == [1, 1]


def test_what_goes_well_says_that_everybody_reaches_both_lines() -> None:
    found = find_strengths(room([child("a"), child("b")], {"a": [2] * 8, "b": [2] * 8}))
    assert [(strength.name, strength.count, strength.of) for strength in found] == [
        ("all_reach_both", 2, 2),
        ("everyone_seen", 2, 2),
        ("all_weeks_accounted", 8, 8),
    ]


def test_what_goes_well_says_most_from_half_of_the_children_on() -> None:
    half = room([child("a"), child("b")], {"a": [2] * 8, "b": [1, *[0] * 7]})
    fewer = room([child("a"), child("b"), child("c")], {"a": [2] * 8})
    assert find_strengths(half)[0].name == "most_reach_both"
    assert "most_reach_both" not in [strength.name for strength in find_strengths(fewer)]


def test_one_line_that_everybody_reaches_is_named_with_its_kind() -> None:
    found = find_strengths(room([child("a")], {"a": [1] * 8}))  # enough conversations, too few activities
    assert ("all_reach_kind", "focus_conversation") in [(strength.name, strength.kind) for strength in found]


@pytest.mark.parametrize(
    ("counts", "covered"), [(([1, 0], [0, 2]), True), (([1, 0], [0, 0]), False), (([3, 3],), False)]
)
def test_learning_areas_are_praised_when_each_of_several_was_worked_with(
    counts: tuple[list[int], ...], covered: bool
) -> None:
    areas = [(f"area{i}", weekly) for i, weekly in enumerate(counts)]
    names = [strength.name for strength in find_strengths(room([child("a")], {}), areas=areas)]
    assert ("all_areas_covered" in names) is covered


def test_nothing_is_praised_where_nothing_was_recorded() -> None:
    assert find_strengths(room([child("a")], {}, completed=0)) == ()


def test_low_on_both_are_the_children_below_both_lines() -> None:
    participation = room([child("a"), child("b")], {"a": [1] * 8})
    assert [one.child.id for one in low_on_both(participation)] == ["b"]


def test_a_child_unseen_in_its_last_three_counted_weeks_is_unobserved() -> None:
    participation = room(
        [child("a"), child("b"), child("c", since=MONDAYS[6])], {"a": [1, 1, 1, 1, 1, 0, 0, 0], "b": [0] * 7 + [1]}
    )
    assert [one.child.id for one in unobserved(participation)] == ["a"]
