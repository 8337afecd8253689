"""Shares and their change against statsmodels and the figures the project was given; the laws by Hypothesis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from domain.shares import change, matched, mcnemar, newcombe, wilson

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CHILDREN = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.booleans())


@given(COUNTS)
def test_wilson_is_that_of_statsmodels(counts: tuple[int, int]) -> None:
    share = wilson(*counts)
    assert (share.low, share.high) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-9)
    assert share.low <= share.value <= share.high


@given(COUNTS, COUNTS)
def test_newcombe_is_that_of_statsmodels(then: tuple[int, int], today: tuple[int, int]) -> None:
    mine = newcombe(before=wilson(*then), now=wilson(*today))
    theirs = confint_proportions_2indep(*today, *then, method="newcomb", compare="diff")
    assert (mine.low, mine.high) == pytest.approx(theirs, abs=1e-9)


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_that_of_statsmodels(gained: int, lost: int) -> None:
    expected = statsmodels_mcnemar([[3, gained], [lost, 4]], exact=True).pvalue if gained + lost else 1.0
    assert mcnemar(gained, lost) == pytest.approx(expected, abs=1e-9)


def test_the_figures_of_the_project_come_out() -> None:
    for counts, printed in (((20, 29), (50.8, 82.7)), ((23, 29), (61.6, 90.2))):
        share = wilson(*counts)
        assert (round(share.low * 100, 1), round(share.high * 100, 1)) == printed
    assert [mcnemar(*pair) for pair in ((5, 0), (6, 0), (8, 1))] == [0.0625, 0.03125, 0.0390625]


def test_newcombes_own_table_comes_out() -> None:
    """Newcombe (1998), table II, method 10, contrasts (a) 56/70 - 48/80 and (g) 10/10 - 0/10."""
    first = newcombe(before=wilson(48, 80), now=wilson(56, 70))
    assert (round(first.low, 4), round(first.high, 4)) == (0.0524, 0.3339)
    last = newcombe(before=wilson(0, 10), now=wilson(10, 10))
    assert (round(last.low, 4), round(last.high, 4)) == (0.6075, 1.0)


@given(CHILDREN, CHILDREN)
def test_everybody_is_in_exactly_one_part(before: dict[str, bool], now: dict[str, bool]) -> None:
    told = change(before=before, now=now)
    both = told.matched.n if told.matched else 0
    assert both + (told.arrivals.n if told.arrivals else 0) == len(now)
    assert both + (told.leavers.n if told.leavers else 0) == len(before)
    if told.matched:
        arrived = told.arrivals.count if told.arrivals else 0
        assert told.matched.now + arrived == sum(now.values())


@given(CHILDREN, CHILDREN)
def test_turned_round_in_time_it_is_the_same_change_the_other_way(
    before: dict[str, bool], now: dict[str, bool]
) -> None:
    there, back = change(before=before, now=now), change(before=now, now=before)
    other = {"up": "down", "down": "up"}
    assert back.verdict == other.get(there.verdict, there.verdict)
    if there.matched and back.matched:
        assert (there.matched.gained, there.matched.lost) == (back.matched.lost, back.matched.gained)


def test_the_same_children_decide_and_newcomers_do_not() -> None:
    before = {str(n): False for n in range(10)}
    now = dict.fromkeys(before, False) | {f"new{n}": True for n in range(40)}
    assert change(before=before, now=now).verdict == "within_chance"


def test_other_children_are_compared_as_two_groups() -> None:
    before = {f"then{n}": n < 207 for n in range(300)}
    now = {f"now{n}": n < 237 for n in range(300)}
    told = change(before=before, now=now)
    assert told.difference is not None
    assert (round(told.difference.low, 2), round(told.difference.high, 2), told.verdict) == (0.03, 0.17, "up")


def test_few_children_are_too_few_and_nobody_is_nothing() -> None:
    everybody = {str(n): True for n in range(4)}
    assert change(before=dict.fromkeys(everybody, False), now=everybody).verdict == "too_few"
    nobody = change(before={}, now={})
    assert (nobody.before, nobody.now, nobody.matched, nobody.verdict) == (None, None, None, "too_few")
    assert matched(before={"a": True}, now={"b": True}) is None


@pytest.mark.parametrize("counts", [(0, 0), (3, 2), (-1, 4)])
def test_what_is_no_share_is_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(*counts)
