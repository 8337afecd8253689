"""Explanations: every number has its words in both languages, and is made of what the explanation says."""

import re
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from domain.change import compare
from domain.instruments import Instrument
from domain.readiness import Cell, ComponentResult, ItemResult
from reporting.explanations.measures import MEASURES, OF_THE_CELL
from reporting.explanations.phrases import EMPTY, HOW, TITLES
from reporting.explanations.readiness import explain
from reporting.explanations.values import Asked, Explanation, Subject, UnknownNumberError
from tests.reporting.readiness_examples import cell, vls_instrument

QUESTIONS = vls_instrument()
UNIT = cell(QUESTIONS, seed=5, n=16, invited=21)
BEFORE = cell(QUESTIONS, seed=6, n=14, invited=20)


def subject(
    found: Cell = UNIT, *, instrument: Instrument = QUESTIONS, kind: str = "unit", whole: bool = True
) -> Subject:
    change = compare(found, BEFORE, instrument=instrument, earlier=instrument)
    return Subject(instrument=instrument, cell=found, kind=kind, whole=whole, change=change)  # type: ignore[arg-type]


def asked(measure: str, level: str) -> Asked:
    return Asked(
        measure,
        component=None if level == "cell" else "capacity",
        item="capacity_4" if level == "item" else None,
    )


def with_capacity(component: ComponentResult) -> Cell:
    """The unit with another second component."""
    return replace(UNIT, components=(UNIT.components[0], component, *UNIT.components[2:]))


EVERY = [(name, level) for name, measure in MEASURES.items() for level in measure.levels]


@pytest.mark.parametrize(("measure", "level"), EVERY)
def test_every_number_of_every_level_is_explained_in_both_languages(measure: str, level: str) -> None:
    found = explain(subject(), asked(measure, level))
    said = [found.title, found.how, *([found.why_empty.text] if found.why_empty else [])]
    assert all(text.da and text.en and text.da != text.en for text in said)
    assert (found.value is None) == (found.why_empty is not None)
    assert found.source


def test_no_sentence_is_left_without_a_number_and_blanks_agree() -> None:
    keys = {f"{name}_{level}" if f"{name}_{level}" in HOW else name for name, level in EVERY} - {"readiness"}
    keys |= {"participation", "readiness_mean", "readiness_min", "readiness_geometric_mean"}
    assert keys == set(HOW)
    assert set(TITLES) == {*MEASURES, "participation"}
    for text in (*HOW.values(), *EMPTY.values(), *TITLES.values()):
        assert set(re.findall(r"\{(\w+)\}", text.da)) == set(re.findall(r"\{(\w+)\}", text.en))


def inputs(found: Explanation) -> dict[str, float]:
    return {name: value for name, value in found.inputs if isinstance(value, int | float)}


def test_a_value_is_what_its_formula_makes_of_its_inputs() -> None:
    """Recomputed here by scipy and by hand, from nothing but what the explanation carries."""
    score, mean = (explain(subject(), asked(name, "component")) for name in ("score", "mean"))
    given = inputs(score)
    assert score.value == pytest.approx((given["mean"] - given["min"]) / (given["max"] - given["min"]) * 100)
    assert given["mean"] == mean.value
    rate = explain(subject(), asked("response_rate", "cell"))
    assert rate.value == pytest.approx(inputs(rate)["n"] / inputs(rate)["invited"])
    readiness = explain(subject(), asked("readiness", "cell"))
    assert readiness.value == pytest.approx(np.mean(list(inputs(readiness).values())))
    change = explain(subject(), asked("change", "component"))
    assert change.value == pytest.approx(inputs(change)["now"] - inputs(change)["before"])


def test_the_interval_is_made_of_mean_sd_and_n() -> None:
    """The examples' own interval is a rough one, so a real result stands in here."""
    [result] = [it for it in UNIT.components if it.key == "capacity"]
    low, high = stats.t.interval(0.95, 15, result.mean, (result.sd or 0) / 4)
    real = replace(result, n=16, ci_low=float(low), ci_high=float(high))
    found = explain(subject(with_capacity(real)), asked("ci", "component"))
    given = inputs(found)
    half = stats.t.ppf(0.975, given["n"] - 1) * given["sd"] / np.sqrt(given["n"])
    assert found.value == pytest.approx((given["mean"] - half, given["mean"] + half), abs=1e-9)


def test_a_component_tells_its_statements_its_missing_rule_and_who_was_left_out() -> None:
    found = explain(subject(), asked("score", "component"))
    assert [(item.key, item.reverse) for item in found.items] == [(f"capacity_{n}", n == 4) for n in range(1, 7)]
    assert found.missing_rule is not None
    assert (found.missing_rule.min_answered_share, found.missing_rule.items, found.missing_rule.least) == (0.5, 6, 3)
    [result] = [it for it in UNIT.components if it.key == "capacity"]
    assert UNIT.n is not None
    assert result.n is not None
    assert (found.n, found.left_out, found.invited) == (result.n, UNIT.n - result.n, 21)


def test_an_item_alone_is_enough_and_tells_its_own_text_only() -> None:
    found = explain(subject(), Asked("distribution", item="capacity_4"))
    assert [item.key for item in found.items] == ["capacity_4"]
    assert sum(found.value) == found.n  # type: ignore[arg-type]
    assert (found.left_out, found.missing_rule) == (None, None)


@pytest.mark.parametrize(("measure", "level"), EVERY)
def test_of_a_hidden_place_nothing_is_told_but_that_it_is_hidden(measure: str, level: str) -> None:
    hidden = cell(QUESTIONS, seed=5, n=3)
    found = explain(subject(hidden), asked(measure, level))
    assert (found.value, found.n, found.left_out) == (None, None, None)
    assert {(item.n, item.score) for item in found.items} <= {(None, None)}
    assert found.why_empty is not None
    assert found.why_empty.code in ("too_few_answers", "invited-unknown", "not-shown-both-times")
    told = {name for name, value in found.inputs if value is not None}
    assert told <= {"min", "max", "before", "n_before", "verdict"}


def test_what_is_not_there_says_why() -> None:
    def why(measure: str, where: Subject) -> str:
        found = explain(where, asked(measure, "component"))
        assert found.why_empty is not None
        return found.why_empty.code

    whole = subject(kind="municipality")
    assert why("alpha", subject()) == "study-level-only"
    assert why("omega", subject(kind="municipality", whole=False)) == "study-level-only"
    assert why("omega", whole) == "too-few-for-reliability"
    assert why("icc1", subject()) == "between-units-only"
    assert why("icc1", whole) == "too-few-units"
    unknown = subject(cell(QUESTIONS, seed=5, n=16))
    assert why("fpc_ci", unknown) == "invited-unknown"
    assert why("spread", subject(with_capacity(replace(UNIT.components[1], rwg_j=None, spread=None)))) == "items-hidden"


def test_the_middle_of_five_answers_is_hidden_but_not_their_mean() -> None:
    few = subject(cell(QUESTIONS, seed=5, n=7))
    assert explain(few, asked("mean", "item")).value is not None
    found = explain(few, asked("distribution", "item"))
    assert found.value is None


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (Asked("score"), "measure"),
        (Asked("alpha", item="capacity_1"), "measure"),
        (Asked("nothing", "capacity"), "measure"),
        (Asked("score", "nothing"), "component"),
        (Asked("score", "willingness", "capacity_1"), "item"),
        (Asked("score", item="nothing"), "item"),
    ],
)
def test_a_number_that_is_not_there_is_not_explained(wrong: Asked, name: str) -> None:
    with pytest.raises(UnknownNumberError) as raised:
        explain(subject(), wrong)
    assert raised.value.name == name


def test_thresholds_carry_the_version_they_belong_to() -> None:
    found = {it.name: (it.value, it.version) for it in explain(subject(), asked("classification", "item")).thresholds}
    assert found["driver_score"] == (75.0, "vls-p v3")
    bands = explain(subject(), asked("agreement_band", "component")).thresholds
    assert [it.value for it in bands] == [0.30, 0.50, 0.70, 0.90]
    assert {it.version for it in bands} == {"lebreton-senter-2008"}
    change = {it.name: it.value for it in explain(subject(), asked("change", "component")).thresholds}
    assert change == {"min_n": 10, "max_rate_shift": 0.20}


def test_fields_named_by_the_measures_exist() -> None:
    levels = {"cell": Cell, "component": ComponentResult, "item": ItemResult}
    made = {"position", "agreement_band", "rwg"}
    for name, measure in MEASURES.items():
        for level in measure.levels:
            held = levels["cell" if name in OF_THE_CELL else level]
            assert set(measure.fields) - made <= set(held.__dataclass_fields__)
