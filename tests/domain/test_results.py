"""Results of a round against an independent calculation by pandas, pingouin and scipy."""

from dataclasses import asdict
from json import dumps, loads

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from domain.cuts import Unit
from domain.instruments import Component, Instrument, Item, Scale
from domain.readiness import ComponentResult, Scope, ScopeResults, scope_results_from_dict, scope_results_to_dict
from domain.results import compute_results
from domain.scales import MISSING
from domain.text import Text

WORD = Text("Ord", "Word")
MUNICIPALITY = Scope("municipality", "m")


def instrument(items: int, *, reverse: frozenset[int] = frozenset(), points: int = 5) -> Instrument:
    """Items alternate between a primary and a contextual component."""
    return Instrument(
        key="k",
        version=1,
        title=WORD,
        scale=Scale(1, points),
        components=(Component("will", "primary", WORD), Component("frame", "contextual", WORD)),
        items=tuple(Item(f"i{n}", "will" if n % 2 == 0 else "frame", WORD, reverse=n in reverse) for n in range(items)),
    )


def round_of(
    answers: np.ndarray,
    unit_index: np.ndarray,
    *,
    questions: Instrument,
    units: list[Unit],
    roles: np.ndarray | None = None,
) -> dict[Scope, ScopeResults]:
    held = np.full(len(answers), -1) if roles is None else roles
    return compute_results(
        questions,
        answers=answers.astype(np.int8),
        unit_index=unit_index.astype(np.intp),
        role_index=held.astype(np.intp),
        units=units,
        roles=["educator", "leader"],
        invited={unit.id: 40 for unit in units},
        municipality_id="m",
    )


@pytest.fixture(scope="module")
def study() -> tuple[Instrument, np.ndarray, np.ndarray, list[Unit], dict[Scope, ScopeResults]]:
    """240 seeded people in eight equal units of two areas, 6 items, some reversed, some answers missing."""
    rng = np.random.default_rng(20261119)
    questions = instrument(6, reverse=frozenset({2, 3}))
    leaning = rng.normal(0, 0.8, 240)[:, None] + np.repeat(rng.normal(0, 0.4, 8), 30)[:, None]
    given = np.clip(np.rint(3.2 + leaning + rng.normal(0, 0.9, (240, 6))), 1, 5)
    given[:, [2, 3]] = 6 - given[:, [2, 3]]
    given[rng.random(given.shape) < 0.06] = MISSING
    units = [Unit(f"u{n}", f"a{n % 2}", "childminding" if n < 3 else "kindergarten") for n in range(8)]
    where = np.repeat(np.arange(8), 30)
    return questions, given, where, units, round_of(given, where, questions=questions, units=units)


def frame(questions: Instrument, given: np.ndarray, component: str) -> pd.DataFrame:
    """The component's items after reversal, NaN where missing."""
    columns = {
        item.key: np.where(given[:, n] == MISSING, np.nan, 6 - given[:, n] if item.reverse else given[:, n])
        for n, item in enumerate(questions.items)
        if item.component == component
    }
    return pd.DataFrame(columns)


def component_of(results: ScopeResults, key: str) -> ComponentResult:
    return next(component for component in results.total.components if component.key == key)


@pytest.mark.parametrize("key", ["will", "frame"])
def test_means_intervals_and_shares_are_those_of_pandas_and_scipy(study, key: str) -> None:  # type: ignore[no-untyped-def]
    questions, given, where, units, results = study
    items = frame(questions, given, key)
    person = items.mean(axis=1).where(items.notna().mean(axis=1) >= 0.5)
    for number, unit in enumerate(units):
        mine, scores = component_of(results[Scope("unit", unit.id)], key), person[where == number].dropna()
        low, high = stats.t.interval(0.95, len(scores) - 1, scores.mean(), stats.sem(scores))
        assert mine.n == len(scores)
        assert [mine.mean, mine.sd, mine.ci_low, mine.ci_high] == pytest.approx(
            [scores.mean(), scores.std(), low, high], abs=1e-9
        )
        assert mine.score == pytest.approx((scores.mean() - 1) / 4 * 100, abs=1e-9)
        asked = items[where == number]
        variance = asked.var().mean()
        agreed = 3 * (1 - variance / 2) / (3 * (1 - variance / 2) + variance / 2)  # James et al. 1984, A = 5
        assert mine.rwg_j == pytest.approx(agreed, abs=1e-9)
        answers = asked.to_numpy()[~np.isnan(asked.to_numpy())]
        assert mine.positive_share == pytest.approx((answers > 3).mean(), abs=1e-12)


@pytest.mark.parametrize("key", ["will", "frame"])
def test_reliability_of_the_study_is_pingouins(study, key: str) -> None:  # type: ignore[no-untyped-def]
    questions, given, _, _, results = study
    expected, _ = pingouin.cronbach_alpha(frame(questions, given, key), nan_policy="pairwise")
    assert component_of(results[MUNICIPALITY], key).alpha == pytest.approx(expected, abs=1e-9)
    turned = frame(questions, given, key)
    correlation = turned.cov().to_numpy() / np.outer(turned.std(), turned.std())
    mine = component_of(results[MUNICIPALITY], key)
    assert mine.alpha_standardised == pytest.approx(3 / 2 * (1 - 3 / correlation.sum()), abs=1e-9)
    r12, r13, r23 = correlation[0, 1], correlation[0, 2], correlation[1, 2]
    loadings = np.sqrt([r12 * r13 / r23, r12 * r23 / r13, r13 * r23 / r12])  # three items: the exact solution
    common = loadings.sum() ** 2
    assert mine.omega == pytest.approx(common / (common + (1 - loadings**2).sum()), abs=1e-9)
    elsewhere = component_of(results[Scope("area", "a0")], key)
    assert (elsewhere.alpha, elsewhere.alpha_standardised, elsewhere.omega) == (None, None, None)


def test_agreement_between_units_is_pingouins_one_way_icc() -> None:
    """Equal groups without missing answers, so that pingouin's ICC1 and ICC1k are ICC(1) and ICC(2)."""
    rng = np.random.default_rng(7)
    given = np.clip(np.rint(3 + np.repeat(rng.normal(0, 1, 10), 12)[:, None] + rng.normal(0, 0.8, (120, 2))), 1, 5)
    where, questions = np.repeat(np.arange(10), 12), instrument(2)
    results = round_of(given, where, questions=questions, units=[Unit(f"u{n}", None, "nursery") for n in range(10)])
    long = pd.DataFrame({"unit": where, "rater": np.tile(np.arange(12), 10), "score": given[:, 0]})
    table = pingouin.intraclass_corr(long, targets="unit", raters="rater", ratings="score")
    expected = table["ICC"].to_numpy()[[0, 3]]  # one-way random: single, and the mean of k
    mine = component_of(results[MUNICIPALITY], "will")
    assert [mine.icc1, mine.icc2] == pytest.approx(list(expected), abs=1e-9)


def test_alpha_is_the_published_one_on_data_that_pingouin_ships() -> None:
    """`cronbach_wide_missing`: alpha .732661 (pairwise), as pingouin's documentation prints it."""
    wide = pingouin.read_dataset("cronbach_wide_missing")
    given = wide.fillna(MISSING).to_numpy()
    questions = Instrument(
        key="k", version=1, title=WORD, scale=Scale(0, 10), components=(Component("c", "primary", WORD, 0.01),),
        items=tuple(Item(name, "c", WORD) for name in wide.columns),
    )  # fmt: skip
    from domain.agreement import cronbach_alpha

    alpha = cronbach_alpha(given.astype(np.int8)).raw
    assert alpha == pytest.approx(0.732661, abs=5e-7)
    assert questions.component_items("c") == tuple(range(wide.shape[1]))


def test_a_small_unit_is_hidden_and_so_is_another_that_would_give_it_away() -> None:
    given = np.full((30, 2), 4)
    where = np.repeat([0, 1, 2], [3, 12, 15])
    units = [Unit(f"u{n}", None, "nursery") for n in range(3)]
    results = round_of(given, where, questions=instrument(2), units=units)
    small, other, large = (results[Scope("unit", f"u{n}")].total for n in range(3))
    assert (small.n, small.suppressed and small.suppressed.reason) == (None, "too_few_answers")
    assert (other.n, other.suppressed and other.suppressed.reason) == (None, "protects_others")
    assert (large.n, results[MUNICIPALITY].total.n) == (15, 30)
    assert all(component.mean is None for component in (*small.components, *other.components))


def test_five_to_nine_answers_have_a_mean_but_no_distribution() -> None:
    given = np.tile([[3], [4], [4], [4], [4], [4], [5]], 2)
    results = round_of(given, np.zeros(7), questions=instrument(2), units=[Unit("u0", None, "nursery")])
    component = component_of(results[Scope("unit", "u0")], "will")
    assert (component.n, component.mean, component.positive_share) == (7, 4.0, None)
    assert (component.items[0].mean, component.items[0].distribution) == (4.0, None)


def test_what_everybody_in_a_group_answered_is_not_told() -> None:
    """A mean, a deviation of zero and a distribution with one answer may tell of each one."""
    given = np.full((12, 6), 5)
    given[:, 2], given[:, 4] = 4, [3, 4] * 6
    given[:, 1::2] = 4
    results = round_of(given, np.zeros(12), questions=instrument(6), units=[Unit("u0", None, "nursery")])
    varied, alike = results[Scope("unit", "u0")].total.components
    assert [item.mean for item in varied.items] == [None, None, 3.5]
    assert [item.distribution for item in varied.items] == [None, None, (0, 0, 6, 6, 0)]
    assert (alike.mean, alike.sd, [item.mean for item in alike.items]) == (None, None, [None, None, None])
    given[:, 2] = [3, 4] * 6  # now one item alone is hidden, and the component with the others would give it away
    results = round_of(given, np.zeros(12), questions=instrument(6), units=[Unit("u0", None, "nursery")])
    will = results[Scope("unit", "u0")].total.components[0]
    assert ([item.mean for item in will.items], will.mean) == ([None, 3.5, 3.5], None)


def test_shares_of_a_component_are_hidden_with_the_distribution_they_would_give_away() -> None:
    """Of 12 people 7 answered the third item: the shares and the other items would tell how, and agreement how far from
    each other."""
    given = np.tile([[4], [5]], (6, 6))
    given[7:, 4] = MISSING  # the third item of the first component
    results = round_of(given, np.zeros(12), questions=instrument(6), units=[Unit("u0", None, "nursery")])
    whole = component_of(results[Scope("unit", "u0")], "will")
    assert (whole.n, whole.items[0].distribution, whole.items[2].distribution) == (12, (0, 0, 0, 6, 6), None)
    assert (whole.mean, whole.items[2].n) == (pytest.approx(4.5, abs=0.1), 7)
    assert (whole.positive_share, whole.negative_share, whole.rwg_j, whole.spread) == (None, None, None, None)
    fewer = round_of(given[:7], np.zeros(7), questions=instrument(6), units=[Unit("u0", None, "nursery")])
    small = component_of(fewer[Scope("unit", "u0")], "will")  # no distribution at all: no single variance is told
    assert ({item.distribution for item in small.items}, small.rwg_j is None) == ({None}, False)


def test_a_round_without_answers_has_results_that_say_so() -> None:
    results = round_of(np.zeros((0, 2)), np.zeros(0), questions=instrument(2), units=[Unit("u0", "a0", "nursery")])
    assert set(results) == {MUNICIPALITY, Scope("area", "a0"), Scope("unit", "u0")}
    assert all(value.total.suppressed is not None for value in results.values())


def test_results_survive_the_journey_through_json(study) -> None:  # type: ignore[no-untyped-def]
    for value in study[-1].values():
        assert scope_results_from_dict(loads(dumps(scope_results_to_dict(value)))) == value


def test_a_snapshot_kept_the_first_way_is_read_as_before(study) -> None:  # type: ignore[no-untyped-def]
    for value in study[-1].values():
        assert scope_results_from_dict(loads(dumps(asdict(value)))) == value


def test_a_snapshot_frozen_before_omega_is_read_as_having_none(study) -> None:  # type: ignore[no-untyped-def]
    frozen = asdict(study[-1][MUNICIPALITY])
    for component in frozen["total"]["components"]:
        del component["omega"], component["alpha_standardised"]
    read = scope_results_from_dict(frozen)
    assert {(it.omega, it.alpha_standardised) for it in read.total.components} == {(None, None)}
    assert all(it.alpha is not None for it in read.total.components)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_people_and_empty_forms_change_nothing(random, empty: int) -> None:  # type: ignore[no-untyped-def]
    given = np.array([[random.randint(1, 5) for _ in range(4)] for _ in range(40)])
    where = np.array([random.randint(0, 3) for _ in range(40)])
    units = [Unit(f"u{n}", f"a{n % 2}", "nursery") for n in range(4)]
    first = round_of(given, where, questions=instrument(4), units=units)
    order = list(range(40))
    random.shuffle(order)
    more = np.vstack([given[order], np.full((empty, 4), MISSING)])
    again = round_of(more, np.append(where[order], np.zeros(empty)), questions=instrument(4), units=units)
    for scope, value in first.items():
        for one, other in zip(value.total.components, again[scope].total.components, strict=True):
            assert (one.n, one.classification) == (other.n, other.classification)
            assert one.mean == pytest.approx(other.mean, abs=1e-12) if one.mean is not None else other.mean is None


def test_a_component_is_hidden_with_its_item_although_somebody_left_one_out() -> None:
    """All who answered the first item gave a 5, one left it out: thrice the component less the others told it."""
    rng = np.random.default_rng(1)
    given = rng.integers(2, 6, (72, 6))
    given[:12, 0] = 5
    given[11, 0] = MISSING
    given[12::15, 0] = MISSING
    where = np.append(np.zeros(12), np.repeat(np.arange(1, 5), 15))
    units = [Unit(f"u{n}", "a", "kindergarten") for n in range(5)]
    results = round_of(given, where, questions=instrument(6), units=units)
    will = results[Scope("unit", "u0")].total.components[0]
    assert ([item.mean is None for item in will.items], will.mean) == ([True, False, False], None)
    for value in results.values():
        for component in (each for cell in (value.total, *value.by["role"]) for each in cell.components):
            assert component.mean is None or all(item.mean is not None for item in component.items)
    assert results[MUNICIPALITY].total.components[0].mean is not None
