"""The laws of histories: what a new period changes, and what it must leave alone."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.memberships import History, Period, place_on, with_period

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=offset) for offset in range(-2, 44)]

places = st.sampled_from(["Bi", "Humle", "Myre"])


@st.composite
def periods(draw: st.DrawFn) -> Period[str]:
    start = draw(st.integers(0, 39))
    length = draw(st.none() | st.integers(0, 12))
    valid_to = None if length is None else FIRST + timedelta(days=start + length)
    return Period(draw(places), FIRST + timedelta(days=start), valid_to)


@st.composite
def histories(draw: st.DrawFn) -> History[str]:
    """Any history there can be: made only of rules about days, not with the function under test."""
    cuts = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    closed = [
        Period(
            draw(places), FIRST + timedelta(days=start), FIRST + timedelta(days=draw(st.integers(start, following - 1)))
        )
        for start, following in pairwise(cuts)
    ]
    lasting = [Period(draw(places), FIRST + timedelta(days=cuts[-1]))] if cuts and draw(st.booleans()) else []
    return (*closed, *lasting)


def next_start(history: History[str], new: Period[str]) -> date:
    return min((period.valid_from for period in history if period.valid_from > new.valid_from), default=date.max)


@given(histories(), periods())
def test_periods_never_overlap_and_stay_in_order(history: History[str], new: Period[str]) -> None:
    after = with_period(history, new)
    assert all(first.last_day < second.valid_from for first, second in pairwise(after))


@given(histories(), periods())
def test_learning_the_same_twice_changes_nothing(history: History[str], new: Period[str]) -> None:
    once = with_period(history, new)
    assert with_period(once, new) == once


@given(histories(), periods())
def test_the_new_place_holds_until_the_next_later_period_and_the_past_stays(
    history: History[str], new: Period[str]
) -> None:
    after, bound = with_period(history, new), next_start(history, new)
    for day in DAYS:
        if day < new.valid_from or day >= bound:
            assert place_on(after, day) == place_on(history, day)
        else:
            assert place_on(after, day) == (new.place if new.covers(day) else None)


@given(histories(), periods())
def test_staying_in_the_same_place_starts_no_new_period(history: History[str], new: Period[str]) -> None:
    stayed = place_on(history, new.valid_from - timedelta(days=1)) == new.place
    starts = {period.valid_from for period in with_period(history, new)}
    assert (new.valid_from not in starts) == stayed


def test_a_move_ends_the_old_membership_the_day_before() -> None:
    history = (Period("Bi", date(2025, 8, 1)),)
    assert with_period(history, Period("Humle", date(2026, 3, 1))) == (
        Period("Bi", date(2025, 8, 1), date(2026, 2, 28)),
        Period("Humle", date(2026, 3, 1)),
    )


def test_a_corrected_earlier_start_in_the_same_place_gives_one_period() -> None:
    history = (Period("Bi", date(2026, 6, 1)),)
    assert with_period(history, Period("Bi", date(2026, 3, 1))) == (Period("Bi", date(2026, 3, 1)),)


def test_an_end_day_closes_the_open_period_it_belongs_to() -> None:
    history = (Period("Bi", date(2025, 8, 1)),)
    ended = (Period("Bi", date(2025, 8, 1), date(2026, 6, 30)),)
    assert with_period(history, Period("Bi", date(2025, 8, 1), date(2026, 6, 30))) == ended
    assert with_period(history, Period("Bi", date(2026, 1, 1), date(2026, 6, 30))) == ended


def test_a_wrong_move_made_today_is_taken_back_by_moving_back_today() -> None:
    history = (Period("Bi", date(2025, 8, 1)),)
    moved = with_period(history, Period("Humle", date(2026, 3, 1)))
    assert with_period(moved, Period("Bi", date(2026, 3, 1))) == history


def test_a_later_period_ends_an_open_new_one() -> None:
    history = (Period("Humle", date(2026, 8, 1)),)
    assert with_period(history, Period("Bi", date(2026, 3, 1))) == (
        Period("Bi", date(2026, 3, 1), date(2026, 7, 31)),
        Period("Humle", date(2026, 8, 1)),
    )


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period("Bi", date(2026, 3, 1), date(2026, 2, 28))
