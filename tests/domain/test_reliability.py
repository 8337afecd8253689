"""Omega total and the standardised alpha against statsmodels' factor analysis and numpy, and the bands' limits."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.multivariate.factor import Factor

from domain.agreement import cronbach_alpha
from domain.bands import DEFAULT_BANDS, agreement_band, icc1_band, icc2_band
from domain.reliability import omega_total, one_factor
from domain.scales import MISSING


def statsmodels_omega(correlation: np.ndarray) -> float:
    """Principal axes iterated until they stand still end in the minres solution (Harman & Jones 1966)."""
    fitted = Factor(corr=correlation, n_factor=1, method="pa").fit(maxiter=100_000, tol=1e-14)
    loadings = fitted.loadings[:, 0]
    common = loadings.sum() ** 2
    return float(common / (common + (1 - loadings**2).sum()))


def people(seed: int, loadings: list[float], *, n: int = 300, missing: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    raw = 3 + rng.normal(0, 1, n)[:, None] * np.array(loadings) + rng.normal(0, 0.8, (n, len(loadings)))
    given = np.clip(np.rint(raw), 1, 5)
    given[rng.random(given.shape) < missing] = MISSING
    return given.astype(np.int8)


@pytest.mark.parametrize("missing", [0.0, 0.06])
def test_omega_is_that_of_an_independent_factor_analysis(missing: float) -> None:
    """To 1e-8: that is how far statsmodels' iteration goes."""
    answers = people(20261124, [0.9, 0.7, 0.5, 0.6, 0.8, 0.3], missing=missing)
    frame = pd.DataFrame(answers).replace(MISSING, np.nan)
    covariance = frame.cov().to_numpy()  # pairwise complete
    deviations = frame.std().to_numpy()
    correlation = covariance / np.outer(deviations, deviations)
    assert omega_total(answers) == pytest.approx(statsmodels_omega(correlation), abs=1e-8)


def test_the_loadings_of_the_big_five_that_pingouin_ships_are_statsmodels() -> None:
    correlation = pingouin.read_dataset("pairwise_corr").iloc[:, 1:].corr().to_numpy()
    mine = one_factor(correlation)
    theirs = Factor(corr=correlation, n_factor=1, method="pa").fit(maxiter=100_000, tol=1e-14).loadings[:, 0]
    assert np.abs(mine) == pytest.approx(np.abs(theirs), abs=1e-6)


def test_three_items_have_the_textbook_solution() -> None:
    """`l1**2 = r12 r13 / r23` (Spearman 1904; McDonald 1999, ch. 6)."""
    r12, r13, r23 = 0.56, 0.42, 0.48
    correlation = np.array([[1, r12, r13], [r12, 1, r23], [r13, r23, 1]])
    expected = np.sqrt([r12 * r13 / r23, r12 * r23 / r13, r13 * r23 / r12])
    assert one_factor(correlation) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=9))
def test_the_loadings_that_made_a_matrix_are_found_again(loadings: list[float]) -> None:
    made = np.array(loadings)
    assert one_factor(np.outer(made, made)) == pytest.approx(made, abs=1e-7)


def test_equal_loadings_make_omega_the_standardised_alpha() -> None:
    """All correlations .5: four items give 4 x .5 / (1 + 3 x .5) = .8 by Spearman-Brown."""
    loading = one_factor(np.full((4, 4), 0.5))
    assert loading.sum() ** 2 / (loading.sum() ** 2 + (1 - loading**2).sum()) == pytest.approx(0.8, abs=1e-12)


def test_standardised_alpha_is_spearman_browns_of_the_mean_correlation() -> None:
    answers = people(5, [0.9, 0.4, 0.7, 0.6])
    correlation = np.corrcoef(answers.T.astype(float))
    mean = correlation[np.triu_indices(4, k=1)].mean()
    assert cronbach_alpha(answers).standardised == pytest.approx(4 * mean / (1 + 3 * mean), abs=1e-12)


def test_what_cannot_be_known_is_not_a_number() -> None:
    answers = people(5, [0.9, 0.8, 0.7])
    assert np.isnan(omega_total(answers[:, :2]))  # two items: one correlation for two loadings
    assert np.isnan(omega_total(np.full((50, 4), 3, dtype=np.int8)))
    heywood = np.array([[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]])
    assert np.abs(one_factor(heywood)).max() > 1


def test_a_heywood_case_has_no_omega() -> None:
    """The first item goes with both of the others, which hardly go together: its loading passes 1."""
    rng = np.random.default_rng(0)
    first = rng.normal(0, 1, (2, 500))
    shared = rng.normal(0, 0.5, 500)
    apart = [it + shared for it in first]
    answers = np.clip(np.rint(np.stack([first.sum(axis=0), *apart], axis=1) * 2 + 10), 1, 20).astype(np.int8)
    assert np.abs(one_factor(np.corrcoef(answers.T.astype(float)))).max() > 1
    assert np.isnan(omega_total(answers))


def test_the_bands_are_those_of_their_source_at_every_limit() -> None:
    assert [agreement_band(value) for value in (0.0, 0.30, 0.50, 0.70, 0.90, 1.0)] == [
        "none", "none", "weak", "moderate", "strong", "very_strong",
    ]  # fmt: skip
    assert [icc1_band(value) for value in (-0.1, 0.009, 0.01, 0.10, 0.25)] == [
        "none", "none", "small", "medium", "large",
    ]  # fmt: skip
    assert [icc2_band(value) for value in (-1.0, 0.60, 0.70, 0.85)] == ["low", "moderate", "adequate", "high"]
    assert DEFAULT_BANDS.version in ("lebreton-senter-2008",)
    assert "LeBreton" in DEFAULT_BANDS.source.en
