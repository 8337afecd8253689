"""How reliable a scale is when its items measure one thing unequally well: omega total.

Alpha assumes that every item reflects the component equally strongly; omega lets each have its own loading.

Sources: McDonald (1999), Test Theory: A Unified Treatment, eq. 6.20b; Harman & Jones (1966), Psychometrika 31, 351-368
(minres); Revelle's `psych::omega(nfactors = 1)` likewise fits one factor to the correlations by minres.
"""

import numpy as np
from numpy.typing import NDArray

from domain.agreement import pairwise_covariance
from domain.scales import Answers

Floats = NDArray[np.float64]

_LEAST_ITEMS = 3  # two items have one correlation, which any product of two loadings fits
_CONVERGED = 1e-15


def omega_total(answers: Answers) -> float:
    """McDonald's omega total from `int8` answers (respondents, items), already reversed.

    `omega = (sum l)**2 / ((sum l)**2 + sum(1 - l**2))`, where `l` are the loadings of the standardised items on one
    factor. Correlations are pairwise complete, as for alpha. NaN for fewer than three items, without variance, and
    where one item would have to share more than all of its variance with the others (a Heywood case).

    >>> rng = np.random.default_rng(1)
    >>> people = rng.integers(1, 5, 200)[:, None] + rng.integers(0, 2, (200, 4))
    >>> round(omega_total(people.astype(np.int8)), 2)
    0.95
    """
    covariance = pairwise_covariance(answers)
    deviations = np.sqrt(np.clip(np.diag(covariance), 0, None))
    if len(deviations) < _LEAST_ITEMS or not np.all(deviations > 0):
        return float("nan")
    loadings = one_factor(covariance / np.outer(deviations, deviations))
    if not np.all(np.abs(loadings) <= 1):
        return float("nan")
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - loadings**2).sum()))


def one_factor(correlation: Floats) -> Floats:
    """The loadings (items,) on one factor that leave the least squared residual correlations (minres).

    `correlation` is (items, items); its diagonal has no say. NaN where a correlation is not known or nothing fits.

    >>> l = np.array([0.9, 0.7, 0.5, 0.6])
    >>> one_factor(np.outer(l, l)).round(9).tolist()
    [0.9, 0.7, 0.5, 0.6]
    """
    from scipy import optimize  # noqa: PLC0415 - slow to load, and few requests need it

    items = len(correlation)
    if not np.all(np.isfinite(correlation)):
        return np.full(items, np.nan)
    rows, columns = np.triu_indices(items, k=1)
    observed = correlation[rows, columns]
    pairs = np.arange(len(rows))

    def residuals(loadings: Floats) -> Floats:
        return np.asarray(observed - loadings[rows] * loadings[columns])

    def slopes(loadings: Floats) -> Floats:
        jacobian = np.zeros((len(rows), items))
        jacobian[pairs, rows] = -loadings[columns]
        jacobian[pairs, columns] = -loadings[rows]
        return jacobian

    values, vectors = np.linalg.eigh(correlation)
    start = vectors[:, -1] * np.sqrt(max(values[-1], 0.0))
    start = start if start.sum() >= 0 else -start
    fitted = optimize.least_squares(
        residuals, start, jac=slopes, method="lm", xtol=_CONVERGED, ftol=_CONVERGED, gtol=_CONVERGED
    )
    return np.asarray(fitted.x, dtype=np.float64) if fitted.success else np.full(items, np.nan)
