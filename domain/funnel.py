"""Funnel plots: how far a unit's share may lie from that of all by chance alone, given its number of children.

A funnel says which units to ask what they do, and makes no league table: most differences between small units are
chance. Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.1.1 (exact binomial limits with
interpolation).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

Position = Literal["within", "above_95", "below_95", "above_998", "below_998"]
P_95, P_998 = 0.025, 0.001


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares (0-1) between which a unit of `n` children lies by chance alone, 95 and 99.8 times of a hundred."""

    n: int
    low_998: float
    low_95: float
    high_95: float
    high_998: float


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A unit: `count` of `n` children, its share (0-1), the limits at its size, and where it lies."""

    key: str
    count: int
    n: int
    share: float
    limits: Limits
    position: Position


@dataclass(frozen=True, slots=True)
class Funnel:
    """The share of all units together, and the units by size, largest first: never by their share."""

    count: int
    n: int
    target: float
    points: tuple[FunnelPoint, ...]


def limits_at(n: int, target: float) -> Limits:
    """The limits at `n` children (n > 0) around a `target` share (0-1).

    >>> limits = limits_at(100, 0.7)
    >>> [round(limit, 3) for limit in (limits.low_998, limits.low_95, limits.high_95, limits.high_998)]
    [0.548, 0.603, 0.783, 0.83]
    """
    if n < 1 or not 0 <= target <= 1:
        raise ValueError("limits are of one child or more, around a share of 0-1")
    return Limits(n, *(_quantile(p, n, target) for p in (P_998, P_95, 1 - P_95, 1 - P_998)))


def _quantile(p: float, n: int, target: float) -> float:
    """`(r - a) / n`: r is the smallest count with P(R <= r) > p, a how far p lies below that, in steps of P(R = r)."""
    if target in (0.0, 1.0):
        return target
    upto = special.bdtr(np.arange(n + 1), n, target)
    r = int(np.searchsorted(upto, p, side="right"))
    step = upto[r] - (upto[r - 1] if r else 0.0)
    return min(1.0, max(0.0, (r - float((upto[r] - p) / step)) / n))


def funnel(units: Sequence[tuple[str, int, int]]) -> Funnel | None:
    """The funnel of units given as (key, count, n); those without children are left out; `None` with fewer than two.

    >>> plot = funnel([("a", 50, 100), ("b", 90, 100), ("c", 8, 10)])
    >>> [(point.key, point.position) for point in plot.points]
    [('a', 'below_998'), ('b', 'above_998'), ('c', 'within')]
    """
    told = [(key, count, n) for key, count, n in units if n]
    if len(told) < 2:
        return None
    count, n = sum(count for _, count, _ in told), sum(n for _, _, n in told)
    ordered = sorted(told, key=lambda unit: (-unit[2], unit[0]))
    points = tuple(_point(key, own, size, target=count / n) for key, own, size in ordered)
    return Funnel(count, n, count / n, points)


def _point(key: str, count: int, n: int, *, target: float) -> FunnelPoint:
    return FunnelPoint(key, count, n, count / n, limits_at(n, target), position_of(count, n, target))


def position_of(count: int, n: int, target: float) -> Position:
    """Where `count` of `n` lies, by the exact probability of as many or more, or as few or fewer.

    Not by the drawn limits: they run between whole counts, and five of five would lie above one although it is common.

    >>> position_of(5, 5, 0.73), position_of(58, 58, 0.73)
    ('within', 'above_998')
    """
    as_many = float(special.bdtrc(count - 1, n, target)) if count else 1.0
    as_few = float(special.bdtr(count, n, target))
    if as_many < P_95:
        return "above_998" if as_many < P_998 else "above_95"
    if as_few < P_95:
        return "below_998" if as_few < P_998 else "below_95"
    return "within"
