"""The learning cycle: four steps in order, words that belong to them, and a judgement of numbers alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.learning import MEASURES, STEPS, Reading, goal_due, goal_problems, judge, next_steps, step_problems

WORDS = {"initiative": "Vi læser", "evaluation": "Flere er med"}


def codes(before: str, after: str, **given: str | None) -> set[str]:
    asked = {**WORDS, "decision": "go_on" if after == "decided" else None, "earlier": None} | given
    return {problem.code for problem in step_problems(before, after, **asked)}  # type: ignore[arg-type]


def test_the_cycle_goes_round_and_ends_where_the_team_stops() -> None:
    for before, after in (("chosen", "started"), ("started", "evaluated"), ("evaluated", "decided")):
        assert codes(before, after) == set()
    for decision in ("go_on", "adjust"):
        assert codes("decided", "started", earlier=decision) == set()
    assert codes("decided", "started", earlier="stop") == {"step-not-next"}


def test_no_step_is_left_out() -> None:
    allowed = {(before, after) for before in STEPS for after in next_steps(before)}
    for before in STEPS:
        for after in STEPS:
            assert ("step-not-next" in codes(before, after)) == (before != after and (before, after) not in allowed)
    assert ("chosen", "evaluated") not in allowed
    assert ("started", "decided") not in allowed


def test_a_step_needs_its_words() -> None:
    assert codes("chosen", "started", initiative="") == {"initiative-missing"}
    assert codes("started", "evaluated", evaluation="") == {"evaluation-missing"}
    assert codes("evaluated", "decided", decision=None) == {"decision-belongs-to-step-four"}
    assert codes("chosen", "started", decision="go_on") == {"decision-belongs-to-step-four"}
    assert codes("chosen", "chosen", initiative="") == set()


def test_a_target_is_one_the_measure_can_have() -> None:
    def found(measure: str, about: str | None, target: float) -> list[str]:
        return [problem.code for problem in goal_problems(measure, about=about, target=target)]  # type: ignore[arg-type]

    assert found("children_at_line", "focus_conversation", 0.75) == []
    assert found("children_at_line", "focus_conversation", 75) == ["target-out-of-range"]
    assert found("children_at_line", None, 0.75) == ["about-missing"]
    assert found("children_below_both", "focus_conversation", 0.0) == ["about-not-needed"]
    assert found("element_score", "talk", 0.5) == ["target-out-of-range"]
    assert found("mean_rate", "focus_conversation", 12.0) == []


VALUES = st.floats(0, 10, allow_nan=False)


@given(measure=st.sampled_from(sorted(MEASURES)), baseline=VALUES, target=VALUES, now=VALUES)
def test_the_judgement_knows_which_way_is_better(measure: str, baseline: float, target: float, now: float) -> None:
    told = judge(measure, baseline=Reading(baseline, 9), target=target, now=Reading(now, 9))  # type: ignore[arg-type]
    way = 1 if MEASURES[measure].better == "higher" else -1  # type: ignore[index]
    if told == "reached":
        assert way * (now - target) >= -1e-9
    else:
        assert way * (now - target) < 0
        assert told == ("on_the_way" if way * (now - baseline) > 1e-9 else "not_closer")


@pytest.mark.parametrize("now", [None, Reading(None, 0)])
def test_without_a_value_it_is_too_early(now: Reading | None) -> None:
    assert judge("mean_rate", baseline=Reading(1.0, 9), target=2.0, now=now) == "too_early"


def test_without_a_baseline_only_the_target_can_be_judged() -> None:
    def told(now: float) -> str:
        return judge("mean_rate", baseline=Reading(None, 0), target=2.0, now=Reading(now, 9))

    assert (told(2.0), told(1.9)) == ("reached", "too_early")


@pytest.mark.parametrize(
    ("step", "today", "expected"),
    [
        ("chosen", -1, None), ("chosen", 0, ("started", False)), ("chosen", 7, ("started", True)),
        ("started", 55, None), ("started", 56, ("evaluated", False)), ("started", 70, ("evaluated", True)),
        ("evaluated", 30, ("decided", False)), ("evaluated", 84, ("decided", True)),
        ("decided", 400, None),
    ],
)  # fmt: skip
def test_a_goal_waits_for_its_next_step(step: str, today: int, expected: tuple[str, bool] | None) -> None:
    """`today` is in days from the Monday of the first of eight weeks."""
    first = date(2026, 8, 24)
    last = first + timedelta(weeks=7)
    found = goal_due(step, first_week=first, last_week=last, today=first + timedelta(days=today))  # type: ignore[arg-type]
    assert (found and (found.step, found.overdue)) == expected
