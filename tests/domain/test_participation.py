"""Participation: which weeks count for a child, what counts in them, and when a child is below the line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.observations import KINDS, Child, Kind, Membership, Occurrence, RoomWeek, Tally, WeekState
from domain.participation import ParticipationError, RoomParticipation, measure_participation
from domain.thresholds import DEMO_THRESHOLDS, KindThresholds

FIRST = date(2026, 8, 24)
MONDAYS = tuple(FIRST + timedelta(weeks=i) for i in range(8))
STATES: dict[str, WeekState] = {"c": "completed", "n": "not_recorded", "x": "closed"}
ALWAYS = (Membership(date(2026, 1, 1), None),)


def child(key: str = "1", memberships: tuple[Membership, ...] = ALWAYS) -> Child:
    return Child(key, f"B{key}", date(2022, 3, 1), "girl", False, False, memberships)


def weeks(letters: str) -> list[RoomWeek]:
    """A letter a week: completed, not recorded, or closed (x)."""
    return [RoomWeek(monday, STATES[letter]) for monday, letter in zip(MONDAYS, letters, strict=False)]


def seen(count: int, week: int = 0, kind: Kind = "immersion_activity", key: str = "1") -> Occurrence:
    return Occurrence(key, MONDAYS[week], kind, count)


def tally(week: int = 0, *, immersion: int | None = None, focus: int | None = None, absent: bool = False) -> Tally:
    return Tally("1", MONDAYS[week], immersion, focus, absent)


def measure(
    *,
    children: Iterable[Child] = (child(),),
    room_weeks: list[RoomWeek] | None = None,
    occurrences: Iterable[Occurrence] = (),
    tallies: Iterable[Tally] = (),
    thresholds: KindThresholds = DEMO_THRESHOLDS,
) -> RoomParticipation:
    return measure_participation(
        children=children,
        weeks=room_weeks if room_weeks is not None else weeks("cccccccc"),
        occurrences=occurrences,
        tallies=tallies,
        thresholds=thresholds,
    )


def test_a_completed_week_without_anything_about_the_child_is_not_seen_and_counts() -> None:
    one = measure().children[0]
    assert one.states == ("not_seen",) * 8
    assert one.counted_weeks == 8
    assert one.measures["immersion_activity"].rate == 0.0
    assert one.measures["immersion_activity"].below is True


def test_a_week_nobody_completed_is_missing_and_not_zero() -> None:
    room = measure(room_weeks=weeks("nnnnnnnn"), occurrences=[seen(3)])
    one = room.children[0]
    assert one.states == ("not_recorded",) * 8
    assert one.counted_weeks == 0
    assert one.measures["immersion_activity"].count == 0
    assert one.measures["immersion_activity"].rate is None
    assert one.measures["immersion_activity"].below is None


def test_closed_weeks_and_absent_weeks_leave_the_denominator() -> None:
    room = measure(
        room_weeks=weeks("cxcccccc"),
        occurrences=[seen(7, week=0), seen(5, week=1)],
        tallies=[tally(2, absent=True)],
    )
    one = room.children[0]
    assert one.states[:3] == ("seen", "closed", "absent")
    assert one.counted_weeks == 6
    assert one.measures["immersion_activity"].count == 7
    assert one.measures["immersion_activity"].rate == 7 / 6


def test_the_two_ways_in_never_count_twice_but_the_larger_counts() -> None:
    one = measure(
        occurrences=[seen(2, week=0), seen(1, week=1), seen(1, week=2), seen(1, week=2)],
        tallies=[tally(0, immersion=3), tally(1, immersion=0), tally(2, focus=1)],
    ).children[0]
    assert one.measures["immersion_activity"].count == 3 + 1 + 2
    assert one.measures["focus_conversation"].count == 1


@pytest.mark.parametrize("taking_part", [{"occurrences": [seen(1)]}, {"tallies": []}])
def test_a_child_marked_absent_who_took_part_was_there(taking_part: dict[str, list[Occurrence]]) -> None:
    marked = tally(0, immersion=None if "occurrences" in taking_part else 1, absent=True)
    one = measure(occurrences=taking_part.get("occurrences", []), tallies=[marked]).children[0]
    assert one.states[0] == "seen"
    assert one.counted_weeks == 8
    assert one.measures["immersion_activity"].count == 1


@pytest.mark.parametrize(
    ("first_day", "counts"), [(0, True), (2, True), (3, False), (4, False)], ids=["Mon", "Wed", "Thu", "Fri"]
)
def test_a_week_is_the_childs_from_three_weekdays_on(first_day: int, counts: bool) -> None:
    starts = Membership(MONDAYS[3] + timedelta(days=first_day), None)
    one = measure(children=[child(memberships=(starts,))]).children[0]
    assert one.states[:3] == ("not_enrolled",) * 3
    assert (one.states[3] == "not_seen") is counts


def test_the_last_day_of_a_stay_is_included() -> None:
    until_wednesday = Membership(MONDAYS[0], MONDAYS[4] + timedelta(days=2))
    until_tuesday = Membership(MONDAYS[0], MONDAYS[4] + timedelta(days=1))
    longer, shorter = measure(children=[child("1", (until_wednesday,)), child("2", (until_tuesday,))]).children
    assert (longer.counted_weeks, shorter.counted_weeks) == (5, 4)


def test_days_of_two_stays_add_up_and_overlapping_days_count_once() -> None:
    monday = MONDAYS[0]
    split = (Membership(monday, monday), Membership(monday + timedelta(days=3), monday + timedelta(days=4)))
    doubled = (Membership(monday, monday + timedelta(days=1)), Membership(monday, monday + timedelta(days=1)))
    room = measure(children=[child("1", split), child("2", doubled)])
    assert [one.child.id for one in room.children] == ["1"]


def test_a_child_who_was_never_enrolled_in_the_period_is_left_out() -> None:
    left = child("1", (Membership(date(2025, 1, 1), date(2026, 8, 20)),))
    later = child("2", (Membership(date(2026, 11, 1), None),))
    assert measure(children=[left, later, child("3", ())]).children == ()


def test_what_a_child_did_before_it_was_enrolled_does_not_count() -> None:
    one = measure(
        children=[child(memberships=(Membership(MONDAYS[4], None),))], occurrences=[seen(9, week=0), seen(4, week=4)]
    ).children[0]
    assert one.measures["immersion_activity"].count == 4
    assert one.counted_weeks == 4


def test_with_three_counted_weeks_it_is_too_early_and_with_four_it_is_not() -> None:
    for completed, too_early in ((3, True), (4, False)):
        one = measure(room_weeks=weeks(("c" * completed).ljust(8, "n"))).children[0]
        assert one.too_early is too_early
        assert one.measures["focus_conversation"].below is (None if too_early else True)
        assert one.measures["focus_conversation"].rate == 0.0


def test_a_rate_exactly_on_the_line_is_not_below_and_a_hair_under_it_is() -> None:
    on, under = child("1"), child("2")
    occurrences = [seen(16, key="1"), seen(15, key="2")]
    room = measure(children=[on, under], occurrences=occurrences)
    assert [one.measures["immersion_activity"].below for one in room.children] == [False, True]
    hair = replace(DEMO_THRESHOLDS, per_week={"immersion_activity": 2.0000000001, "focus_conversation": 1.0})
    room = measure(children=[on, under], occurrences=occurrences, thresholds=hair)
    assert room.below["immersion_activity"] == 2


def test_the_room_counts_who_is_below_each_line_both_and_neither() -> None:
    room = measure(
        children=[child(key) for key in "1234"],
        occurrences=[
            seen(16, key="1"), seen(8, kind="focus_conversation", key="1"),
            seen(16, key="2"),
            seen(8, kind="focus_conversation", key="3"),
        ],
    )  # fmt: skip
    assert room.below == {"immersion_activity": 2, "focus_conversation": 2}
    assert (room.reach_both, room.below_both, room.judged) == (1, 1, 4)


@pytest.mark.parametrize(
    ("completed", "closed", "of", "incomplete"),
    [
        (6, 0, 8, False),
        (6, 2, 8, False),
        (5, 3, 8, True),
        (5, 0, 8, True),
        (0, 8, 8, True),
        (4, 0, 5, False),
        (3, 0, 5, True),
    ],
)
def test_a_room_is_incomplete_when_less_than_three_quarters_of_its_weeks_are_completed(
    completed: int, closed: int, of: int, incomplete: bool
) -> None:
    room = measure(room_weeks=weeks(("c" * completed + "x" * closed).ljust(of, "n")))
    assert room.incomplete is incomplete
    assert (room.completed_weeks, room.closed_weeks) == (completed, closed)


@pytest.mark.parametrize(
    ("room_weeks", "message"),
    [
        ([], "at least one"),
        ([RoomWeek(FIRST + timedelta(days=1), "completed")], "Monday"),
        ([RoomWeek(MONDAYS[1], "completed"), RoomWeek(MONDAYS[0], "completed")], "ascending"),
        ([RoomWeek(MONDAYS[0], "completed"), RoomWeek(MONDAYS[0], "closed")], "ascending"),
    ],
)
def test_a_period_that_is_no_row_of_weeks_is_refused(room_weeks: list[RoomWeek], message: str) -> None:
    with pytest.raises(ParticipationError, match=message):
        measure(room_weeks=room_weeks)


def test_two_tallies_for_one_child_and_week_are_refused() -> None:
    with pytest.raises(ParticipationError, match="two tallies"):
        measure(tallies=[tally(0, immersion=1), tally(0, immersion=2)])


def test_thresholds_without_a_kind_are_refused() -> None:
    with pytest.raises(ParticipationError, match="lack focus_conversation"):
        measure(thresholds=replace(DEMO_THRESHOLDS, per_week={"immersion_activity": 1.0}))


@pytest.mark.parametrize("line", [0.0, -1.0, float("nan")])
def test_a_line_that_is_not_above_zero_is_refused(line: float) -> None:
    per_week = {"immersion_activity": 2.0, "focus_conversation": line}
    with pytest.raises(ParticipationError, match="above zero"):
        measure(thresholds=replace(DEMO_THRESHOLDS, per_week=per_week))


WEEK_STATES = st.text("cnx", min_size=8, max_size=8)
COUNTS = st.lists(st.integers(0, 6), min_size=8, max_size=8)


@given(WEEK_STATES, COUNTS, COUNTS, st.sets(st.integers(0, 7)))
def test_the_measure_equals_a_plain_sum_over_the_weeks_that_count(
    states: str, activities: list[int], tallied: list[int], absent: set[int]
) -> None:
    one = measure(
        room_weeks=weeks(states),
        occurrences=[seen(count, week=i) for i, count in enumerate(activities) if count],
        tallies=[tally(i, immersion=count, absent=i in absent) for i, count in enumerate(tallied)],
    ).children[0]
    weekly = [max(pair) for pair in zip(activities, tallied, strict=True)]
    counted = [i for i in range(8) if states[i] == "c" and not (i in absent and not weekly[i])]
    measured = one.measures["immersion_activity"]
    assert measured.count == sum(weekly[i] for i in counted)
    assert one.counted_weeks == len(counted)
    assert measured.rate == (measured.count / len(counted) if counted else None)


@given(COUNTS, WEEK_STATES)
def test_completing_one_more_week_in_which_a_child_took_part_never_lowers_its_count(
    activities: list[int], states: str
) -> None:
    occurrences = [seen(count, week=i, kind=kind) for kind in KINDS for i, count in enumerate(activities)]
    fewer = measure(room_weeks=weeks(states), occurrences=occurrences).children[0]
    more = measure(room_weeks=weeks("cccccccc"), occurrences=occurrences).children[0]
    for kind in KINDS:
        assert more.measures[kind].count >= fewer.measures[kind].count
