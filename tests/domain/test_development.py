"""A child's bands: by age, by sex where the norms say so, missing where too little is known; sound norms."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.development import (
    BANDS,
    DevelopmentInstrument,
    NormRow,
    age_appropriate,
    age_in_months,
    age_range,
    assess,
    distribution,
)
from domain.development_problems import development_problems
from tests.domain.development_examples import INSTRUMENT, ROWS, answered


def language(points: dict[str, int | None], *, age: int = 40, sex: str | None = "girl") -> object:
    return assess(INSTRUMENT, points, age_months=age, sex=sex)[0]


@pytest.mark.parametrize(
    ("points", "age", "sex", "band"),
    [
        ((4, 4, 4, 2), 36, "girl", "age_appropriate"),
        ((4, 4, 3, 2), 36, "girl", "attention"),
        ((4, 4, 3, 2), 36, "boy", "age_appropriate"),
        ((4, 4, 3, 2), 35, "girl", "age_appropriate"),
        ((3, 3, 3, 1), 47, "girl", "attention"),
        ((3, 3, 2, 1), 47, "girl", "focused"),
        ((3, 3, 2, 1), 47, "boy", "attention"),
    ],
)
def test_the_band_is_that_of_age_and_sex(points: tuple[int, ...], age: int, sex: str, band: str) -> None:
    answers = {f"language_{n}": point for n, point in enumerate(points)}
    result = language(answers, age=age, sex=sex)
    assert (result.raw, result.band, result.why) == (sum(points), band, None)  # type: ignore[attr-defined]


def test_with_one_item_missing_the_sum_is_told_at_the_mean_of_the_others_and_with_two_not_at_all() -> None:
    answers: dict[str, int | None] = {"language_0": 4, "language_1": 3, "language_2": 3}
    assert language(answers).raw == pytest.approx(40 / 3, abs=1e-12)  # type: ignore[attr-defined]
    result = language({"language_0": 4, "language_1": None})
    assert (result.raw, result.band, result.why) == (None, None, "too_few_answers")  # type: ignore[attr-defined]


def test_where_norms_differ_by_sex_and_it_is_unknown_the_raw_score_stands_alone() -> None:
    first, second = assess(INSTRUMENT, answered(3), age_months=30, sex=None)
    assert (first.raw, first.band, first.why) == (12, None, "sex_unknown")
    assert (second.band, second.why) == ("age_appropriate", None)


def test_an_age_without_norms_is_not_guessed_at() -> None:
    assert age_range(INSTRUMENT) == (24, 47)
    with pytest.raises(ValueError, match="no norms"):
        assess(INSTRUMENT, answered(3), age_months=48, sex="girl")


@given(st.dictionaries(st.sampled_from(list(answered(1))), st.integers(1, 5)), st.integers(24, 47))
def test_more_points_never_make_a_worse_band(answers: dict[str, int | None], age: int) -> None:
    better = {key: min(5, (value or 0) + 1) for key, value in answers.items()}
    for before, after in zip(
        assess(INSTRUMENT, answers, age_months=age, sex="boy"),
        assess(INSTRUMENT, better, age_months=age, sex="boy"),
        strict=True,
    ):
        assert (before.band is None) == (after.band is None)
        if before.band and after.band:
            assert BANDS.index(after.band) <= BANDS.index(before.band)


@given(st.dates(date(2010, 1, 1), date(2040, 12, 31)), st.integers(0, 96))
def test_age_counts_months(born: date, months: int) -> None:
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    assert age_in_months(born.replace(day=1), date(year, month + 1, 28)) == months


def test_a_distribution_counts_each_child_once_and_those_without_a_band_apart() -> None:
    children = {
        "a": assess(INSTRUMENT, answered(4), age_months=40, sex="girl"),
        "b": assess(INSTRUMENT, answered(3), age_months=40, sex="girl"),
        "c": assess(INSTRUMENT, answered(3), age_months=40, sex=None),
        "d": assess(INSTRUMENT, {}, age_months=40, sex="boy"),
    }
    told = distribution("language", children)
    assert (dict(told.counts), told.without, told.n) == (
        {"age_appropriate": 1, "attention": 1, "focused": 0}, 2, 2,
    )  # fmt: skip
    assert age_appropriate("language", children) == {"a": True, "b": False}


def norms(*rows: NormRow) -> DevelopmentInstrument:
    return replace(INSTRUMENT, norms=replace(INSTRUMENT.norms, rows=rows))


MATHS = ROWS[-1]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (norms(*ROWS[:-1]), "area-without-norms"),
        (norms(*ROWS[:2], MATHS), "norms-of-sexes"),
        (norms(*ROWS, replace(MATHS, sex="girl", from_months=48, to_months=50)), "norms-of-sexes"),
        (norms(*ROWS, replace(MATHS, from_months=47, to_months=60)), "norms-overlap"),
        (norms(*ROWS, replace(MATHS, from_months=49, to_months=60)), "norms-hole"),
        (norms(*ROWS[:-1], replace(MATHS, focused_below=13)), "norm-limits"),
        (norms(*ROWS[:-1], replace(MATHS, attention_below=21)), "norm-limits"),
        (norms(*ROWS[:-1], replace(MATHS, from_months=50)), "norm-ages"),
        (norms(*ROWS[:-1], replace(MATHS, to_months=400)), "norm-ages"),
        (norms(*ROWS, replace(MATHS, area="elsewhere")), "norms-of-unknown-area"),
    ],
)
def test_what_is_wrong_with_norms_is_said(wrong: DevelopmentInstrument, code: str) -> None:
    assert {problem.code for problem in development_problems(wrong)} == {code}


def test_sound_norms_have_no_problems() -> None:
    assert list(development_problems(INSTRUMENT)) == []
