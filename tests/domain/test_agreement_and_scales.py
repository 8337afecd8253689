"""Scores and formulas against tables, pingouin and scipy; what keeps an instrument from being published."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from domain.agreement import cronbach_alpha, icc, rwg, rwg_j, rwg_of_counts, t_half_width
from domain.instrument_problems import instrument_problems
from domain.instruments import Component, Instrument, Item, Scale
from domain.issues import hint, sentence
from domain.scales import MISSING, person_scores, reverse_keyed, to_hundred
from domain.text import Text

WORD = Text("Ord", "Word")
SOUND = Instrument(
    key="k",
    version=1,
    title=WORD,
    scale=Scale(1, 5),
    components=(Component("c", "primary", WORD), Component("d", "contextual", WORD)),
    items=(Item("a", "c", WORD), Item("b", "c", WORD, reverse=True), Item("e", "d", WORD)),
)
answered = arrays.arrays(np.int8, (6, 3), elements=st.sampled_from([1, 2, 3, 4, 5, MISSING]))


@pytest.mark.parametrize(("n", "half"), [(5, 0.99), (10, 0.57), (20, 0.37)])
def test_the_t_interval_is_that_of_the_table_in_the_design(n: int, half: float) -> None:
    assert float(t_half_width(0.8, n)) == pytest.approx(half, abs=0.005)


def test_with_everybody_asked_and_answering_there_is_no_uncertainty_about_these_people() -> None:
    assert float(t_half_width(0.8, 20, population=20)) == 0.0
    assert float(t_half_width(0.8, 20, population=80)) == pytest.approx(
        float(t_half_width(0.8, 20)) * np.sqrt(60 / 80), abs=1e-12
    )


def test_the_finite_correction_gives_the_true_variance_of_all_samples_there_are() -> None:
    """Every sample of 3 of these 6: the mean of the estimated variances is the variance of the means."""
    people = np.array([1.0, 2.0, 2.0, 4.0, 5.0, 5.0])
    samples = [people[list(chosen)] for chosen in combinations(range(6), 3)]
    t = float(stats.t.ppf(0.975, 2))
    estimated = [(float(t_half_width(sample.std(ddof=1), 3, population=6)) / t) ** 2 for sample in samples]
    assert np.mean(estimated) == pytest.approx(np.var([sample.mean() for sample in samples]), abs=1e-12)


def test_agreement_is_one_without_variance_and_zero_when_strewn_evenly() -> None:
    assert [float(rwg(v, points=5)) for v in (0.0, 1.0, 2.0)] == [1.0, 0.5, 0.0]  # (25 - 1) / 12 = 2
    assert float(rwg_j(1.0, items=4, points=5)) == pytest.approx(4 * 0.5 / (4 * 0.5 + 0.5), abs=1e-15)
    assert float(rwg_j(9.0, items=4, points=5)) == 0.0


def test_agreement_on_an_item_is_that_of_the_answers_counted() -> None:
    given = np.array([1, 2, 2, 3, 5, 5, 4, 4, 4, 3, 2])
    counts = np.bincount(given, minlength=6)[1:].tolist()
    assert rwg_of_counts(counts) == pytest.approx(1 - given.var(ddof=1) / 2, abs=1e-12)  # sEU2 of five points is 2


def test_agreement_between_groups_is_pingouins_on_the_data_it_ships() -> None:
    wines = pingouin.read_dataset("icc")
    expected = pingouin.intraclass_corr(wines, targets="Wine", raters="Judge", ratings="Scores")["ICC"].to_numpy()
    groups = wines.groupby("Wine")["Scores"]
    found = icc(groups.count(), groups.mean(), groups.var() * (groups.count() - 1))
    assert [found.icc1, found.icc2] == pytest.approx([expected[0], expected[3]], abs=1e-9)


def test_alpha_with_missing_answers_is_pingouins_on_the_data_it_ships() -> None:
    wide = pingouin.read_dataset("cronbach_wide_missing")
    expected, _ = pingouin.cronbach_alpha(wide, nan_policy="pairwise")
    assert cronbach_alpha(wide.fillna(MISSING).to_numpy().astype(np.int8)).raw == pytest.approx(expected, abs=1e-9)


def test_alpha_with_an_item_everybody_answers_alike_is_pingouins() -> None:
    wide = pingouin.read_dataset("cronbach_wide_missing").assign(everybody=3)
    expected, _ = pingouin.cronbach_alpha(wide, nan_policy="pairwise")
    found = cronbach_alpha(wide.fillna(MISSING).to_numpy().astype(np.int8))
    assert found.raw == pytest.approx(expected, abs=1e-9)
    assert np.isnan(found.standardised)  # there is no correlation with what does not vary


def test_icc_of_unequal_groups_is_that_of_statsmodels_anova() -> None:
    """The mean squares from an ordinary least squares fit; k is the mean group size, as in R's `multilevel::ICC1`."""
    scores = pingouin.read_dataset("mixed_anova").groupby(["Group", "Time"]).head(23)[["Subject", "Scores"]]
    scores = scores[scores.index % 7 != 0]  # the subjects now have one to three scores each
    table = anova_lm(ols("Scores ~ C(Subject)", scores).fit())
    between, inside = table["mean_sq"]
    k = len(scores) / scores["Subject"].nunique()
    groups = scores.groupby("Subject")["Scores"]
    found = icc(groups.count(), groups.mean(), (groups.var() * (groups.count() - 1)).fillna(0.0))
    wanted = [(between - inside) / (between + (k - 1) * inside), (between - inside) / between]
    assert groups.count().nunique() > 1
    assert [found.icc1, found.icc2] == pytest.approx(wanted, abs=1e-9)


@given(answered)
def test_reversing_twice_gives_the_answers_back(answers: np.ndarray) -> None:
    once = reverse_keyed(answers, instrument=SOUND)
    assert np.array_equal(reverse_keyed(once, instrument=SOUND), answers)
    assert np.array_equal(once == MISSING, answers == MISSING)


@given(answered)
def test_scores_stay_on_the_scale_and_exist_where_half_is_answered(answers: np.ndarray) -> None:
    scores = person_scores(answers, instrument=SOUND)
    known = scores[~np.isnan(scores)]
    assert ((known >= 1) & (known <= 5)).all()
    assert np.array_equal(np.isnan(scores[:, 1]), answers[:, 2] == MISSING)
    assert np.array_equal(np.isnan(scores[:, 0]), (answers[:, :2] == MISSING).all(axis=1))


def test_the_ends_of_the_scale_are_zero_and_a_hundred() -> None:
    assert to_hundred(np.array([1.0, 3.5, 6.0]), scale=Scale(1, 6)).tolist() == [0.0, 50.0, 100.0]


def test_a_sound_instrument_has_no_problems() -> None:
    assert instrument_problems(SOUND) == ()


@pytest.mark.parametrize(
    ("broken", "code", "pointer"),
    [
        (replace(SOUND, items=(*SOUND.items, Item("a", "c", WORD))), "duplicate-item-key", "/items/3/key"),
        (replace(SOUND, items=SOUND.items[:2]), "component-without-items", "/components/1"),
        (replace(SOUND, items=(*SOUND.items, Item("x", "z", WORD))), "unknown-component", "/items/3/component"),
        (replace(SOUND, scale=Scale(5, 1)), "scale-not-increasing", "/scale"),
        (replace(SOUND, scale=Scale(1, 5, (WORD,))), "scale-labels-mismatch", "/scale/labels"),
        (replace(SOUND, title=Text("", "")), "empty-text", "/title/da"),
        (
            replace(SOUND, components=(*SOUND.components, SOUND.components[0])),
            "duplicate-component-key",
            "/components/2/key",
        ),
    ],
)
def test_what_is_wrong_with_an_instrument_is_said_where_it_is(broken: Instrument, code: str, pointer: str) -> None:
    found = {(problem.code, problem.pointer): problem for problem in instrument_problems(broken)}
    problem = found[code, pointer]
    for language in ("da", "en"):
        assert sentence(problem.code, problem.params, language)
        assert hint(problem.code, language, params=problem.params)
