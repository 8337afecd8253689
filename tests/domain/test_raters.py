"""Agreement between two colleagues: weighted kappa against scikit-learn, and what drift is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from domain.raters import Rated, agreement, weighted_kappa

POINTS = range(1, 6)
PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=60)


@given(PAIRS, st.sampled_from(["linear", "quadratic"]))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]], weights: str) -> None:
    mine = weighted_kappa(pairs, low=1, high=5, weights=weights)  # type: ignore[arg-type]
    one, other = zip(*pairs, strict=True)
    if len({*one, *other}) == 1:
        assert mine is None  # nobody differs in anything: not defined
        return
    expected = cohen_kappa_score(one, other, labels=list(POINTS), weights=weights)
    assert mine == pytest.approx(expected, abs=1e-9)


@given(PAIRS)
def test_who_is_first_makes_no_difference_and_seeing_the_same_is_one(pairs: list[tuple[int, int]]) -> None:
    turned = [(other, one) for one, other in pairs]
    assert weighted_kappa(pairs, low=1, high=5) == pytest.approx(weighted_kappa(turned, low=1, high=5), abs=1e-12)
    same = [(one, one) for one, _ in pairs]
    assert weighted_kappa(same, low=1, high=5) in (None, 1.0)


def children(*shifts: int, joint: int | None = 3) -> list[Rated]:
    agreed = None if joint is None else {"a": joint, "b": joint}
    return [Rated(({"a": 3, "b": 3}, {"a": 3 + shift, "b": None}), agreed) for shift in shifts]


def test_shares_count_the_items_that_both_answered() -> None:
    told = agreement("2026-H2", children(0, 1, 2, -1), low=1, high=5)
    assert (told.children, told.pairs, told.exact, told.within_one) == (4, 4, 0.25, 0.75)
    assert told.talk


def test_drift_is_how_far_individual_ratings_lie_from_what_was_agreed() -> None:
    told = agreement("2026-H2", children(0, 0, 0, joint=2), low=1, high=5)
    assert (told.drift, told.talk) == (1.0, True)
    told = agreement("2026-H2", children(0, 0, 1, joint=3), low=1, high=5)
    assert (told.drift, told.talk) == (pytest.approx(1 / 9), False)
    assert agreement("2026-H2", children(0, 0, 1, joint=None), low=1, high=5).drift is None


def test_of_few_children_and_of_one_rater_nothing_is_said() -> None:
    few = agreement("2026-H2", children(0, 4), low=1, high=5)
    assert (few.children, few.exact, few.within_one, few.kappa, few.drift, few.talk) == (
        2,
        None,
        None,
        None,
        None,
        False,
    )
    alone = [Rated(({"a": 1},), {"a": 5})] * 9
    assert agreement("2026-H2", alone, low=1, high=5).children == 0


def test_three_colleagues_are_three_pairs() -> None:
    rated = [Rated(({"a": 1}, {"a": 2}, {"a": 4}), None)] * 3
    assert agreement("2026-H2", rated, low=1, high=5).pairs == 9


@given(st.lists(st.permutations([1, 2, 4]), min_size=3, max_size=6))
def test_the_order_of_colleagues_makes_no_difference(orders: list[list[int]]) -> None:
    rated = [Rated(tuple({"a": point} for point in order), None) for order in orders]
    sorted_ = [Rated(tuple({"a": point} for point in sorted(order)), None) for order in orders]
    mine, same = (agreement("2026-H2", it, low=1, high=5).kappa for it in (rated, sorted_))
    assert mine == pytest.approx(same, abs=1e-12)
