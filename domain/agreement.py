"""How sure, how much agreed upon, how reliable: intervals, rwg, ICC and alpha.

Every function takes counts, sums or matrices and returns unrounded numbers; what cannot be computed (too few answers,
no variance) is NaN. Arrays go in and come out elementwise where the signature says `Floats`.

Sources: James, Demaree & Wolf (1984), J. Applied Psychology 69(1), 85-98; Bliese (2000), in Klein & Kozlowski (eds.),
Multilevel theory, research, and methods in organizations, 349-381; Cronbach (1951), Psychometrika 16, 297-334.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from domain.scales import MISSING, Answers

Floats = NDArray[np.float64]

_ROUNDING = 1e-18  # a variance below this is what is left of equal scores after binary rounding


def t_half_width(sd: ArrayLike, n: ArrayLike, *, population: ArrayLike | None = None) -> Floats:
    """Half the width of the 95 % t interval of a mean: `t(.975, n - 1) * sd / sqrt(n)`, on the scale of `sd`.

    Without `population` it speaks of "this workplace in general". With it (the number invited) the finite population
    correction `sqrt(1 - n / N)` applies, and it speaks of "these staff now": 0 when everybody answered (Cochran 1977,
    Sampling Techniques, eq. 2.20: `s2 / n * (1 - f)` is unbiased when `s2` has n - 1 below). NaN for n < 2 and where
    fewer were invited than answered.

    >>> [round(float(t_half_width(0.8, n)), 2) for n in (5, 10, 20)]
    [0.99, 0.57, 0.37]
    """
    size = np.where(np.asarray(n) >= 2, n, np.nan).astype(np.float64)
    half = special.stdtrit(size - 1, 0.975) * np.asarray(sd, dtype=np.float64) / np.sqrt(size)
    if population is None:
        return np.asarray(half)
    everyone = np.asarray(population, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(half * np.sqrt(1 - size / everyone))


def rwg(variance: ArrayLike, *, points: int) -> Floats:
    """Agreement on one item, 0-1: `1 - s2 / sEU2`, `sEU2 = (A**2 - 1) / 12` (James et al. 1984, eq. 1).

    `variance` has n - 1 below; `points` is A, the number of answers to choose from. 1 is full agreement; a variance at
    or above that of answers strewn evenly (negative by the formula) is set to 0, as the authors advise (p. 88).

    >>> float(rwg(1.0, points=5)), float(rwg(3.5, points=5))
    (0.5, 0.0)
    """
    return np.clip(1 - _ratio(variance, points), 0, 1)


def rwg_of_counts(counts: Sequence[int]) -> float | None:
    """rwg of one item from how often each answer was given, lowest first; `None` for fewer than two answers.

    A published distribution tells it already, so it is shown exactly where the distribution is.

    >>> rwg_of_counts((0, 0, 0, 12, 0)), rwg_of_counts((2, 2, 2, 2, 2)), rwg_of_counts((0, 1, 0, 0, 0))
    (1.0, 0.0, None)
    """
    answered, points = np.asarray(counts, dtype=np.float64), np.arange(len(counts), dtype=np.float64)
    n = float(answered.sum())
    if n < 2:
        return None
    mean = float(answered @ points) / n
    return float(rwg(answered @ (points - mean) ** 2 / (n - 1), points=len(points)))


def rwg_j(mean_item_variance: ArrayLike, *, items: int, points: int) -> Floats:
    """Agreement on a scale of J items, 0-1 (James et al. 1984, eq. 2): `J(1 - q) / (J(1 - q) + q)`,
    where q is the mean of the items' variances over `sEU2`; 0 where q >= 1.

    >>> float(rwg_j(1.0, items=5, points=5))
    0.8333333333333334
    """
    ratio = _ratio(mean_item_variance, points)
    agreed = np.clip(items * (1 - ratio), 0, None)
    return np.asarray(agreed / (agreed + ratio))


def _ratio(variance: ArrayLike, points: int) -> Floats:
    return np.asarray(variance, dtype=np.float64) / ((points**2 - 1) / 12)


@dataclass(frozen=True, slots=True)
class Icc:
    """`icc1`: the share of variance that lies between groups; `icc2`: the reliability of a group's mean."""

    icc1: float
    icc2: float


def icc(n: ArrayLike, mean: ArrayLike, squares: ArrayLike) -> Icc:
    """ICC(1) and ICC(2) of the one-way random ANOVA from each group's n, mean, and sum of squared deviations.

    `ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW)`, `ICC(2) = (MSB - MSW) / MSB` (Bliese 2000, p. 355-357). With unequal
    groups k is the plain mean group size N / G, as in R's `multilevel::ICC1`. Both may be negative (groups differ less
    than chance would make them); groups of one count between groups only; empty groups are left out. NaN with fewer
    than two groups, with nobody sharing a group, or without any variance.
    """
    size, centre, within = (np.asarray(a, dtype=np.float64) for a in (n, mean, squares))
    size, centre, within = (a[size > 0] for a in (size, centre, within))
    groups, total = len(size), float(size.sum())
    if groups < 2 or total <= groups:
        return Icc(float("nan"), float("nan"))
    between = float(size @ (centre - size @ centre / total) ** 2) / (groups - 1)
    inside = float(within.sum()) / (total - groups)
    if between + inside < _ROUNDING:
        return Icc(float("nan"), float("nan"))
    k = total / groups
    return Icc(_share(between - inside, between + (k - 1) * inside), _share(between - inside, between))


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha, and the standardised one (as if all items had the same variance)."""

    raw: float
    standardised: float


def cronbach_alpha(answers: Answers) -> Alpha:
    """Cronbach's alpha of a scale from `int8` answers (respondents, items), already reversed.

    Covariances are pairwise complete: each from those who answered both items, as R's `psych::alpha` and pingouin with
    `nan_policy="pairwise"` do. The standardised alpha takes correlations as `psych` does, each covariance over the
    roots of the two items' variances. NaN for fewer than two items, or without any variance; the standardised one also
    where a single item has none.

    >>> round(cronbach_alpha(np.array([[1, 2], [2, 4], [5, 5]], dtype=np.int8)).raw, 6)
    0.918919
    """
    items = answers.shape[1]
    covariance = pairwise_covariance(answers)
    variances = np.diag(covariance)
    if items < 2 or not np.any(variances > 0):
        return Alpha(float("nan"), float("nan"))
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = covariance / np.sqrt(np.outer(variances, variances))
    stretch = items / (items - 1)
    return Alpha(
        raw=stretch * (1 - _share(float(variances.sum()), float(covariance.sum()))),
        standardised=stretch * (1 - _share(items, float(correlation.sum()))),
    )


def pairwise_covariance(answers: Answers) -> Floats:
    """(items, items), n - 1 below; sums of whole numbers, so exact until the division."""
    given = (answers != MISSING).astype(np.float64)
    values = np.where(answers == MISSING, 0, answers).astype(np.float64)
    both = given.T @ given
    sums = values.T @ given  # of the row's item, over those who answered the column's item too
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((values.T @ values - sums * sums.T / both) / (both - 1))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
