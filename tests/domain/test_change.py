"""Change between rounds: Welch against scipy and statsmodels, where a line may be drawn, and what it is called."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from domain.change import DEFAULT_CHANGE_RULES, ChangeRules, RoundChange, compare, welch
from domain.cuts import Unit
from domain.equivalence import matched_components
from domain.estimates import map_position
from domain.instruments import Component, Equivalence, Instrument, Item, Rules, Scale
from domain.judgement import readiness_by_rule
from domain.readiness import Cell, Scope
from domain.results import compute_results
from domain.text import Text

WORD = Text("Ord", "Word")


def instrument(version: int = 1, **changed: object) -> Instrument:
    """Two primary components of three items each."""
    made = Instrument(
        key="k",
        version=version,
        title=WORD,
        scale=Scale(1, 5),
        components=(Component("will", "primary", WORD), Component("can", "primary", WORD)),
        items=tuple(Item(f"{key}{n}", key, WORD, reverse=n == 2) for key in ("will", "can") for n in range(3)),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def cell(questions: Instrument, *, level: float, n: int, seed: int, invited: int | None = None) -> Cell:
    """One unit's results for `n` seeded people around `level` on 1-5."""
    rng = np.random.default_rng(seed)
    given = np.clip(np.rint(level + rng.normal(0, 0.5, n)[:, None] + rng.normal(0, 0.7, (n, 6))), 1, 5)
    given[:, [2, 5]] = 6 - given[:, [2, 5]]
    results = compute_results(
        questions,
        answers=given.astype(np.int8),
        unit_index=np.zeros(n, dtype=np.intp),
        role_index=np.full(n, -1, dtype=np.intp),
        units=[Unit("u", None, "nursery")],
        roles=[],
        invited={"u": invited},
        municipality_id="m",
    )
    return results[Scope("unit", "u")].total


def change(
    now: Cell, before: Cell, *, questions: Instrument | None = None, earlier: Instrument | None = None
) -> RoundChange:
    mine = questions or instrument()
    return compare(now, before, instrument=mine, earlier=earlier or mine)


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_is_scipys_and_statsmodels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    now, before = rng.normal(61, 18, 10 + 7 * seed), rng.normal(54, 9, 31 - 4 * seed)
    mine = welch(
        mean_now=now.mean(), sd_now=now.std(ddof=1), n_now=len(now),
        mean_before=before.mean(), sd_before=before.std(ddof=1), n_before=len(before),
    )  # fmt: skip
    tested = stats.ttest_ind(now, before, equal_var=False)
    theirs = tested.confidence_interval(0.95)
    others = CompareMeans(DescrStatsW(now), DescrStatsW(before)).tconfint_diff(usevar="unequal")
    assert [mine.low, mine.high, mine.degrees_of_freedom] == pytest.approx([*theirs, tested.df], abs=1e-9)
    assert [mine.low, mine.high] == pytest.approx(list(others), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 40), st.floats(0, 40), st.integers(2, 80), st.integers(2, 80))
@example(0.0, 0.0, 0.0, 9.4e-119, 2, 2)  # a spread whose fourth power is no number
def test_turning_the_rounds_round_turns_the_interval_round(
    a: float, b: float, s: float, t: float, n: int, m: int
) -> None:
    forth = welch(mean_now=a, sd_now=s, n_now=n, mean_before=b, sd_before=t, n_before=m)
    back = welch(mean_now=b, sd_now=t, n_now=m, mean_before=a, sd_before=s, n_before=n)
    assert forth.low is not None
    assert forth.high is not None
    assert [back.value, back.low, back.high] == pytest.approx([-forth.value, -forth.high, -forth.low], abs=1e-9)
    assert forth.low <= forth.value <= forth.high


def test_a_change_of_a_component_is_welchs_of_the_persons_scores() -> None:
    questions = instrument()
    rng = np.random.default_rng(3)
    rounds = [np.clip(np.rint(rng.normal(level, 0.9, (n, 6))), 1, 5) for level, n in ((3.1, 24), (3.6, 30))]
    cells, persons = [], []
    for given_answers in rounds:
        results = compute_results(
            questions, answers=given_answers.astype(np.int8), unit_index=np.zeros(len(given_answers), dtype=np.intp),
            role_index=np.full(len(given_answers), -1, dtype=np.intp), units=[Unit("u", None, "nursery")], roles=[],
            invited={}, municipality_id="m",
        )  # fmt: skip
        cells.append(results[Scope("unit", "u")].total)
        turned = given_answers[:, :3].copy()
        turned[:, 2] = 6 - turned[:, 2]
        persons.append((turned.mean(axis=1) - 1) / 4 * 100)
    found = change(cells[1], cells[0]).components[0]
    interval = stats.ttest_ind(persons[1], persons[0], equal_var=False).confidence_interval(0.95)
    assert found.difference is not None
    assert [found.difference.low, found.difference.high] == pytest.approx(list(interval), abs=1e-9)
    assert found.difference.value == pytest.approx(persons[1].mean() - persons[0].mean(), abs=1e-9)


def test_a_clear_rise_a_clear_fall_and_what_chance_alone_may_give() -> None:
    questions = instrument()
    low, high, again = (cell(questions, level=level, n=30, seed=s) for level, s in ((2.5, 1), (4.2, 2), (2.5, 3)))
    assert {it.verdict for it in change(high, low).components} == {"up"}
    assert {it.verdict for it in change(low, high).components} == {"down"}
    assert {it.verdict for it in change(again, low).components} == {"within_chance"}


@pytest.mark.parametrize(("now", "before"), [(9, 30), (30, 9)])
def test_with_few_answers_either_time_it_is_too_few_to_say_however_large_the_difference(now: int, before: int) -> None:
    questions = instrument()
    found = change(cell(questions, level=4.6, n=now, seed=1), cell(questions, level=1.6, n=before, seed=2))
    assert {it.verdict for it in found.components} == {"too_few"}
    assert all(it.now is not None and it.before is not None for it in found.components)


def test_what_one_of_the_snapshots_hides_has_no_difference() -> None:
    questions = instrument()
    hidden, shown = cell(questions, level=3, n=4, seed=1), cell(questions, level=3, n=40, seed=2)
    for now, before in ((hidden, shown), (shown, hidden)):
        found = change(now, before)
        assert {it.verdict for it in found.components} == {"not_shown"}
        assert {it.difference for it in found.components} == {None}
        assert found.readiness is None
        suppressed = [(it.suppressed_now, it.suppressed_before) for it in found.components]
        assert all((one is None) != (other is None) for one, other in suppressed)


def test_a_response_rate_that_moved_much_asks_for_careful_words() -> None:
    questions = instrument()
    before = cell(questions, level=3, n=40, seed=1, invited=50)
    same, fewer = (cell(questions, level=3, n=n, seed=2, invited=50) for n in (30, 29))
    unknown = cell(questions, level=3, n=30, seed=2)
    assert change(same, before).response.careful is False  # 20 percentage points are allowed
    assert change(fewer, before).response.careful is True
    assert change(fewer, before).response.shift == pytest.approx(-0.22)
    assert change(unknown, before).response.careful is None


def test_readiness_is_told_then_and_now_by_the_same_rule_only() -> None:
    questions, other = instrument(), instrument(rules=Rules(readiness="min"))
    now, before = cell(questions, level=4, n=20, seed=1), cell(questions, level=3, n=20, seed=2)
    found = change(now, before).readiness
    assert found is not None
    assert found.difference == pytest.approx((now.readiness or 0) - (before.readiness or 0))
    assert change(now, before, questions=other, earlier=questions).readiness is None


EQUAL = tuple((f"{key}{n}", f"{key}{n}") for key in ("will", "can") for n in range(3))


def broken(questions: Instrument, earlier: Instrument) -> list[tuple[str, str, tuple[str, ...]] | None]:
    found = matched_components(questions, earlier)
    return [None if it.broken is None else (it.key, it.broken.code, it.broken.items) for it in found]


def test_between_versions_nothing_is_the_same_until_somebody_says_so() -> None:
    assert [it[1] for it in broken(instrument(2), instrument(1)) if it] == ["no-equivalence"] * 2
    mapped = instrument(2, equivalences=(Equivalence(1, EQUAL),))
    assert broken(mapped, instrument(1)) == [None, None]
    assert broken(instrument(1), mapped) == [None, None]  # a later version may be the earlier round
    assert broken(mapped, instrument(3)) != [None, None]


def test_a_component_is_compared_as_a_whole_or_not_at_all() -> None:
    first = instrument(1)
    part = instrument(2, equivalences=(Equivalence(1, EQUAL[1:]),))
    assert broken(part, first) == [("will", "items-not-mapped", ("will0",)), None]
    fewer = instrument(2, items=first.items[1:], equivalences=(Equivalence(1, EQUAL[1:]),))
    assert broken(fewer, first) == [("will", "other-items", ("will0",)), None]
    doubled = (("will0", "will0"), ("will1", "will0"), ("will2", "will2"), *EQUAL[3:])
    found = broken(instrument(2, equivalences=(Equivalence(1, doubled),)), first)
    assert found == [("will", "other-items", ("will1",)), None]


def test_the_same_items_scored_differently_break_the_line() -> None:
    same = (Equivalence(1, EQUAL),)
    first = instrument(1)
    turned = tuple(replace(item, reverse=not item.reverse) if item.key == "will1" else item for item in first.items)
    stricter = (replace(first.components[0], min_answered_share=0.8), first.components[1])
    assert broken(instrument(2, equivalences=same, scale=Scale(1, 7)), first) == [
        ("will", "scale-differs", ()), ("can", "scale-differs", ()),
    ]  # fmt: skip
    assert broken(instrument(2, equivalences=same, items=turned), first)[0] == ("will", "reversal-differs", ("will1",))
    found = broken(instrument(2, equivalences=same, components=stricter), first)
    assert found == [("will", "missing-rule-differs", ()), None]


def test_a_renamed_component_is_followed_by_its_items() -> None:
    first = instrument(1)
    renamed = instrument(
        2,
        components=(replace(first.components[0], key="wish"), first.components[1]),
        items=tuple(replace(item, component="wish") if item.component == "will" else item for item in first.items),
        equivalences=(Equivalence(1, EQUAL),),
    )
    [wish, can] = matched_components(renamed, first)
    assert (wish.earlier_key, can.earlier_key) == ("will", "can")
    now, before = cell(renamed, level=4.2, n=30, seed=1), cell(first, level=2.6, n=30, seed=2)
    found = change(now, before, questions=renamed, earlier=first)
    assert [it.verdict for it in found.components] == ["up", "up"]
    assert found.readiness is not None


def test_a_broken_line_tells_both_scores_and_no_difference() -> None:
    first, second = instrument(1), instrument(2)
    found = change(
        cell(second, level=4, n=30, seed=1), cell(first, level=3, n=30, seed=2), questions=second, earlier=first
    )
    assert found.broken
    assert found.readiness is None
    assert {(it.verdict, it.difference) for it in found.components} == {("line_broken", None)}


def test_two_instruments_are_never_compared() -> None:
    with pytest.raises(ValueError, match="different instruments"):
        matched_components(instrument(), instrument(key="other"))


def test_the_rules_are_values_with_a_version_and_a_source() -> None:
    strict = ChangeRules(version="x", source=WORD, min_n=40)
    questions = instrument()
    now, before = cell(questions, level=4.5, n=30, seed=1), cell(questions, level=2, n=30, seed=2)
    found = compare(now, before, instrument=questions, earlier=questions, rules=strict)
    assert {it.verdict for it in found.components} == {"too_few"}
    assert found.rules.version == "x"
    assert DEFAULT_CHANGE_RULES.source.da


def test_readiness_by_each_rule_and_the_place_on_the_map() -> None:
    questions = instrument()
    whole = cell(questions, level=3, n=30, seed=1)
    will, can = whole.components
    clear = replace(will, score=80.0, score_ci_low=70.0, score_ci_high=90.0)
    wide = replace(can, score=45.0, score_ci_low=30.0, score_ci_high=65.0)
    found = readiness_by_rule((clear, wide))
    assert found == {"mean": 62.5, "min": 45.0, "geometric_mean": pytest.approx(60.0)}
    assert map_position(questions, replace(whole, components=(clear, wide))) == "over_around"
    assert map_position(questions, replace(whole, components=(clear, replace(can, score=None)))) is None
    low = replace(will, score=20.0, score_ci_low=10.0, score_ci_high=30.0)
    assert map_position(questions, replace(whole, components=(low, clear))) is None  # `can` is not among them
