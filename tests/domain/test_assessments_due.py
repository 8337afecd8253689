"""What is due, and when it begins and ends to be: the edges of periods, windows and ages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments_due import Enrolled, RatedSoFar, assessments_due, evaluations_due
from domain.half_years import HalfYear, window

AUTUMN = (date(2026, 8, 24), date(2026, 10, 12))
SUMMER = (date(2026, 5, 4), date(2026, 6, 22))
IDA = Enrolled("ida", date(2023, 4, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("today", "due", "overdue"),
    [
        (date(2026, 10, 11), False, False),
        (date(2026, 10, 12), True, False),
        (date(2026, 10, 18), True, False),
        (date(2026, 10, 19), True, True),
        (date(2026, 12, 13), True, True),
        (date(2026, 12, 14), False, False),
    ],
)
def test_an_evaluation_is_due_from_the_last_week_of_its_period_on(today: date, due: bool, overdue: bool) -> None:
    found = evaluations_due([AUTUMN], evaluated=[], today=today)
    assert [(it.first_week, it.overdue) for it in found] == ([(AUTUMN[0], overdue)] if due else [])


def test_a_period_is_covered_by_an_evaluation_that_shares_a_week_with_it() -> None:
    today = date(2026, 10, 13)
    assert evaluations_due([AUTUMN], evaluated=[(date(2026, 10, 12), date(2026, 11, 30))], today=today) == ()
    assert evaluations_due([AUTUMN], evaluated=[SUMMER], today=today) != ()


def due(today: date, *, child: Enrolled = IDA, ages: tuple[int, int] = (24, 71), **rated: int) -> list[tuple[str, int]]:
    so_far = {child.id: RatedSoFar(**rated)}  # type: ignore[arg-type]
    found = assessments_due([child], rated=so_far, ages=ages, ratings_before_joint=2, today=today)
    return [(it.step, it.missing) for it in found]


@pytest.mark.parametrize(
    ("rated", "expected"),
    [
        ({}, [("individual", 2)]),
        ({"individual": 1}, [("individual", 1)]),
        ({"individual": 2}, [("joint", 0)]),
        ({"individual": 3}, [("joint", 0)]),
        ({"individual": 1, "drafts": 1}, [("finish", 1)]),
        ({"individual": 2, "drafts": 1}, [("finish", 0)]),
        ({"individual": 2, "joint": True}, []),
        ({"joint": True}, []),
    ],
)
def test_the_next_step_for_a_child(rated: dict[str, int], expected: list[tuple[str, int]]) -> None:
    assert due(date(2026, 9, 14), **rated) == expected


def test_nothing_is_due_before_the_window_and_it_stays_due_after_it() -> None:
    assert due(date(2026, 8, 31)) == []
    assert due(date(2026, 9, 1)) != []
    late = assessments_due([IDA], rated={}, ages=(24, 71), ratings_before_joint=2, today=date(2026, 11, 1))
    assert [it.overdue for it in late] == [True]
    assert due(date(2027, 1, 2)) == []


def test_who_is_too_young_too_old_unknown_or_new_is_not_due() -> None:
    september = date(2026, 9, 14)  # Ida is 41 months old
    assert due(september, ages=(42, 71)) == due(september, ages=(10, 40)) == []
    assert due(september, ages=(41, 41)) != []
    assert due(september, child=Enrolled("bo", None, date(2026, 1, 1))) == []
    for days, expected in ((27, []), (28, [("individual", 2)])):
        assert due(september, child=Enrolled("ny", IDA.birth_month, september - timedelta(days=days))) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_half_year_and_windows_do_too(day: date) -> None:
    half = HalfYear.of(day)
    assert half.first_day <= day <= half.last_day
    first, last = window(half)
    assert half.first_day <= first <= last <= half.last_day
    assert HalfYear.parse(str(half)) == half
    assert half.before.last_day + timedelta(days=1) == half.first_day


@pytest.mark.parametrize("written", ["2026", "2026-H3", "26-H1", "1999-H2", "2026-h1", "2026-H1 ", "٢٠٢٦-H1"])
def test_what_is_no_half_year_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="half-year"):
        HalfYear.parse(written)
