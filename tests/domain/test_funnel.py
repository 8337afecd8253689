"""The limits of a funnel plot against scipy's binomial distribution, and what a funnel must never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from domain.funnel import P_95, P_998, funnel, limits_at, position_of


@given(st.integers(1, 800), st.floats(0.02, 0.98))
def test_the_limits_are_those_of_the_binomial_distribution(n: int, target: float) -> None:
    """Spiegelhalter (2005, A.1.1) with scipy's own quantiles: r = ppf(p), a = (P(R <= r) - p) / P(R = r)."""
    limits = limits_at(n, target)
    for p, mine in (
        (P_998, limits.low_998), (P_95, limits.low_95), (1 - P_95, limits.high_95), (1 - P_998, limits.high_998),
    ):  # fmt: skip
        r = binom.ppf(p, n, target)
        expected = (r - (binom.cdf(r, n, target) - p) / binom.pmf(r, n, target)) / n
        assert mine == pytest.approx(min(1.0, max(0.0, expected)), abs=1e-9)
    assert limits.low_998 <= limits.low_95 <= limits.high_95 <= limits.high_998


def test_many_children_give_what_the_normal_approximation_gives() -> None:
    limits = limits_at(100_000, 0.7)
    half = 1.959963985 * (0.7 * 0.3 / 100_000) ** 0.5
    assert (limits.low_95, limits.high_95) == pytest.approx((0.7 - half, 0.7 + half), abs=2e-5)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.02, 0.98))
def test_where_a_unit_lies_follows_from_scipys_tails(unit: tuple[int, int], target: float) -> None:
    count, n = unit
    as_many, as_few = binom.sf(count - 1, n, target), binom.cdf(count, n, target)
    inner, outer = min(as_many, as_few) < P_95, min(as_many, as_few) < P_998
    side = "above" if as_many < as_few else "below"
    expected = f"{side}_998" if outer else f"{side}_95" if inner else "within"
    assert position_of(count, n, target) == expected


@given(st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2))
def test_units_are_told_by_size_and_never_by_share(counts: list[tuple[int, int]]) -> None:
    plot = funnel([(f"u{at:03}", *unit) for at, unit in enumerate(counts)])
    assert plot is not None
    assert [point.n for point in plot.points] == sorted((n for _, n in counts), reverse=True)
    assert (plot.count, plot.n) == (sum(count for count, _ in counts), sum(n for _, n in counts))


def test_nobody_anywhere_and_everybody_everywhere_have_nothing_to_point_at() -> None:
    for share in (0, 1):
        plot = funnel([("a", share * 10, 10), ("b", share * 20, 20)])
        assert plot is not None
        assert {point.position for point in plot.points} == {"within"}


def test_one_unit_makes_no_funnel() -> None:
    assert funnel([("a", 3, 10), ("b", 0, 0)]) is None
