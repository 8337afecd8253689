"""Practice evaluation: the missing rule, what a step is, where colleagues see it differently, which forms are sound."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forms import Form, FormItem, Group, GroupScore, answer_problems, score_groups
from domain.instruments import Scale
from domain.practice import Evaluated, practice_problems, seen_differently, trend
from domain.text import Text

WORD = Text("Ord", "Word")
ELEMENTS = ("groups", "talk", "strategies", "plan")
FORM = Form(
    key="k",
    version=1,
    title=WORD,
    scale=Scale(1, 5),
    groups=tuple(Group(key, WORD, 0.5) for key in ELEMENTS),
    items=tuple(FormItem(f"{key}_{n}", key, WORD) for key in ELEMENTS for n in range(4)),
    source=WORD,
)
ANSWERS = st.dictionaries(st.sampled_from([item.key for item in FORM.items]), st.one_of(st.none(), st.integers(1, 5)))


@given(ANSWERS)
def test_a_score_is_the_mean_of_what_was_answered_or_nothing(answers: dict[str, int | None]) -> None:
    for score in score_groups(FORM, answers):
        given_ = [answers[f"{score.group}_{n}"] for n in range(4) if answers.get(f"{score.group}_{n}") is not None]
        assert (score.answered, score.items) == (len(given_), 4)
        if len(given_) < 2:
            assert score.mean is None
        else:
            assert score.mean == pytest.approx(sum(given_) / len(given_), abs=1e-12)  # type: ignore[arg-type]


@given(ANSWERS)
def test_what_is_missing_is_the_same_as_what_is_left_out(answers: dict[str, int | None]) -> None:
    answered = {key: value for key, value in answers.items() if value is not None}
    assert score_groups(FORM, answers) == score_groups(FORM, answered)


def evaluated(*scores: float | None, version: int = 1) -> list[Evaluated]:
    first = date(2026, 1, 5)
    return [
        Evaluated(
            first + timedelta(weeks=8 * at), first + timedelta(weeks=8 * at + 7), ("k", version),
            (GroupScore("talk", 3, 3, score),),
        )
        for at, score in enumerate(scores)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "step"),
    [
        ((3.0,), "unknown"),
        ((3.0, 3.49), "steady"),
        ((3.0, 3.5), "higher"),
        ((3.5, 3.0), "lower"),
        ((3.0, None), "unknown"),
        ((None, 4.0), "unknown"),
        ((1.1, 1.6), "higher"),
    ],
)
def test_a_step_is_told_when_it_can_be_seen(scores: tuple[float | None, ...], step: str) -> None:
    (told,) = trend(evaluated(*scores))
    assert (told.scores, told.step) == (scores, step)


def test_another_version_of_the_form_breaks_the_line() -> None:
    periods = [*evaluated(2.0, version=1), replace(evaluated(4.0, version=2)[0], first_week=date(2026, 3, 2))]
    (told,) = trend(periods)
    assert (told.scores, told.step, told.difference) == ((None, 4.0), "line_broken", None)
    assert trend([]) == ()


def test_colleagues_who_differ_by_two_points_have_something_to_talk_about() -> None:
    assert seen_differently([{"a": 2, "b": 3, "c": None}, {"a": 4, "b": 4}, {"a": 5, "c": 1}]) == {"a": (2, 5)}
    assert seen_differently([{"a": 1}]) == {}


def test_a_sound_form_has_no_problems() -> None:
    assert list(practice_problems(FORM)) == []


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        (replace(FORM, groups=FORM.groups[:3]), {"not-four-elements", "unknown-group"}),
        (replace(FORM, items=FORM.items[2:]), {"items-of-element"}),
        (
            replace(FORM, items=(*FORM.items, *(FormItem(f"x{n}", "talk", WORD) for n in range(3)))),
            {"items-of-element"},
        ),
        (replace(FORM, items=(*FORM.items[:-1], FORM.items[0])), {"duplicate-item-key"}),
        (replace(FORM, items=tuple(it for it in FORM.items if it.group != "plan")), {"group-without-items"}),
        (replace(FORM, groups=(*FORM.groups[:3], FORM.groups[0])), {"duplicate-group-key", "unknown-group"}),
        (replace(FORM, title=Text("", " ")), {"empty-text"}),
        (replace(FORM, scale=Scale(1, 5, (WORD,))), {"scale-labels-mismatch"}),
    ],
)
def test_what_is_wrong_with_a_form_is_said(wrong: Form, codes: set[str]) -> None:
    assert codes <= {problem.code for problem in practice_problems(wrong)}


def test_answers_are_to_items_of_the_form_and_on_its_scale() -> None:
    problems = answer_problems(FORM, {"talk_0": 6, "talk_1": None, "nothing": 3, "talk_2": 5})
    assert [(problem.pointer, problem.code) for problem in problems] == [
        ("/answers/talk_0", "not-on-scale"),
        ("/answers/nothing", "unknown-item"),
    ]
