"""Agreements wait until a meeting says what became of them; meetings are due every eighth week."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.agreements import Adjustment, FollowedUp, Held, meeting_due, standing, waiting

FIRST = date(2026, 8, 24)


def agreed(*ids: str) -> tuple[Adjustment, ...]:
    return tuple(Adjustment(id_, "other", id_, "", None) for id_ in ids)


def said(*pairs: tuple[str, str]) -> tuple[FollowedUp, ...]:
    return tuple(FollowedUp(id_, status, "") for id_, status in pairs)  # type: ignore[arg-type]


def stands(*meetings: Held) -> dict[str, str]:
    return {it.adjustment.id: it.status for it in standing(meetings)}


def test_what_goes_on_stays_and_what_is_done_is_told_once() -> None:
    first = Held(FIRST, agreed("a", "b", "c"), ())
    second = Held(FIRST + timedelta(weeks=8), agreed("d"), said(("a", "done"), ("b", "going_on")))
    third = Held(FIRST + timedelta(weeks=16), (), said(("b", "dropped"), ("a", "going_on")))
    assert stands(first, second) == {"a": "done", "b": "going_on", "c": "open", "d": "open"}
    assert [it.adjustment.id for it in waiting([first, second])] == ["b", "c", "d"]
    assert stands(first, second, third) == {"b": "dropped", "c": "open", "d": "open"}


@given(st.lists(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["done", "going_on", "dropped"])))))
def test_nothing_is_forgotten_but_what_was_closed(meetings: list[list[tuple[str, str]]]) -> None:
    held = [Held(FIRST, agreed(*"abcd"), ())]
    held += [Held(FIRST + timedelta(weeks=at), (), said(*pairs)) for at, pairs in enumerate(meetings, start=1)]
    closed: set[str] = set()
    for pairs in meetings:
        last = dict(pairs)
        closed |= {id_ for id_, status in last.items() if status in ("done", "dropped")}
    assert {it.adjustment.id for it in waiting(held)} == set("abcd") - closed


def test_a_meeting_is_due_eight_weeks_after_the_last_and_reminded_of_a_week_before() -> None:
    due = FIRST + timedelta(weeks=8)

    def told(today: date) -> bool | None:
        found = meeting_due([FIRST - timedelta(weeks=8), FIRST], first_by=None, today=today)
        return found and found.overdue

    assert told(due - timedelta(days=8)) is None
    assert told(due - timedelta(days=7)) is False
    assert told(due) is False
    assert told(due + timedelta(days=1)) is True


def test_the_first_meeting_is_due_once_there_can_be_one() -> None:
    assert meeting_due([], first_by=None, today=FIRST) is None
    found = meeting_due([], first_by=FIRST, today=FIRST)
    assert found is not None
    assert (found.last_held_on, found.by) == (None, FIRST)
