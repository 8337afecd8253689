"""Do two colleagues who rate the same child see the same, and does that hold over time?

Sources: Cohen (1968), Psychological Bulletin 70, 213-220 (weighted kappa); Fleiss & Cohen (1973), Educational and
Psychological Measurement 33, 613-619 (quadratic weights). The words for kappa are those of Landis & Koch (1977),
Biometrics 33, 159-174.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from domain.forms import Answers
from domain.text import Text

Weights = Literal["linear", "quadratic"]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """- `min_children`: with fewer rated by two, the numbers say too little to be shown;
    - `min_within_one` (0-1): a smaller share within one point is a reason to talk about what the points mean;
    - `max_drift` (points): from this mean distance to the joint rating on, individual ratings lean one way."""

    version: str
    source: Text
    min_children: int = 3
    min_within_one: float = 0.80
    max_drift: float = 0.5
    weights: Weights = "quadratic"


DEFAULT_AGREEMENT_RULES = AgreementRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: mindst tre børn, fire af fem svar inden for ét point, et halvt point skævt.",
        "The project's default: three children or more, four of five answers within one point, half a point off.",
    ),
)


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """Items that two colleagues both answered (`pairs`) about `children`: the same point, within one point, and the
    weighted kappa, `None` where it is not defined (everybody gave the same point) or there are too few children.

    `drift` is the mean of individual minus joint points over the items of children who have both; above zero the
    individual ratings were higher. `talk` says that one of the two is a reason to talk about what the points mean.
    """

    period: str
    children: int
    pairs: int
    exact: float | None
    within_one: float | None
    kappa: float | None
    drift: float | None
    talk: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """One child of one period: the individual ratings in the order of who rated, and the joint one if there is one."""

    individual: tuple[Answers, ...]
    joint: Answers | None


def weighted_kappa(pairs: Sequence[Pair], *, low: int, high: int, weights: Weights = "quadratic") -> float | None:
    """Cohen's weighted kappa of pairs of points on `low..high`; `None` without any pair or any spread.

    `1 - sum(w * observed) / sum(w * expected)`, w = |i - j| or (i - j)**2, expected from both margins.

    >>> weighted_kappa([(1, 2), (3, 3), (5, 4), (2, 2)], low=1, high=5)
    0.8260869565217391
    """
    if not pairs:
        return None
    points = high - low + 1
    observed = np.zeros((points, points))
    for one, other in pairs:
        observed[one - low, other - low] += 1
    observed /= len(pairs)
    apart = np.abs(np.subtract.outer(np.arange(points), np.arange(points))).astype(np.float64)
    cost = apart if weights == "linear" else apart**2
    expected = float((cost * np.outer(observed.sum(axis=1), observed.sum(axis=0))).sum())
    return 1 - float((cost * observed).sum()) / expected if expected else None


def agreement(
    period: str, rated: Iterable[Rated], *, low: int, high: int, rules: AgreementRules = DEFAULT_AGREEMENT_RULES
) -> RaterAgreement:
    """The agreement of a period. A child with more than two individual ratings counts with each pair of them.

    For kappa each pair counts both ways round: who of two colleagues comes first means nothing, so both share one
    margin.
    """
    children = [child for child in rated if len(child.individual) > 1]
    pairs = [pair for child in children for pair in _pairs(child.individual)]
    if len(children) < rules.min_children or not pairs:
        return RaterAgreement(period, len(children), len(pairs), None, None, None, None, talk=False)
    distances = [abs(one - other) for one, other in pairs]
    within = sum(distance <= 1 for distance in distances) / len(pairs)
    both_ways = [(other, one) for one, other in pairs]
    drift = _drift(children)
    return RaterAgreement(
        period=period,
        children=len(children),
        pairs=len(pairs),
        exact=distances.count(0) / len(pairs),
        within_one=within,
        kappa=weighted_kappa([*pairs, *both_ways], low=low, high=high, weights=rules.weights),
        drift=drift,
        talk=within < rules.min_within_one or (drift is not None and abs(drift) >= rules.max_drift),
    )


def _pairs(ratings: Sequence[Answers]) -> list[Pair]:
    return [
        (here, there)
        for at, one in enumerate(ratings)
        for other in ratings[at + 1 :]
        for key, here in one.items()
        if here is not None and (there := other.get(key)) is not None
    ]


def _drift(children: Sequence[Rated]) -> float | None:
    distances = [
        given - agreed
        for child in children
        if child.joint is not None
        for rating in child.individual
        for key, given in rating.items()
        if given is not None and (agreed := child.joint.get(key)) is not None
    ]
    return sum(distances) / len(distances) if distances else None
