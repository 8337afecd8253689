"""Explaining one number of a closed round: only from what is published about it, so nothing hidden is told."""

from collections.abc import Callable, Iterator, Mapping
from math import ceil

from domain.agreement import rwg_of_counts
from domain.bands import DEFAULT_BANDS, agreement_band, icc1_band, icc2_band
from domain.estimates import map_position
from domain.instruments import Component, Instrument, ReadinessRule
from domain.judgement import readiness_by_rule
from domain.readiness import Cell, ComponentResult, ItemResult
from reporting.explanations.empty import why_empty
from reporting.explanations.measures import MEASURES, OF_THE_CELL, SINCE
from reporting.explanations.phrases import HOW, TITLES
from reporting.explanations.values import (
    Asked,
    ExplainedItem,
    Explanation,
    MissingRule,
    Result,
    Subject,
    Threshold,
    UnknownNumberError,
    Value,
)

Derived = Callable[[Subject, Asked, Result], Value]


def explain(subject: Subject, asked: Asked) -> Explanation:
    """The number that `asked` names, explained. Raises `UnknownNumberError`."""
    measure = MEASURES.get(asked.measure)
    if measure is None or asked.level not in measure.levels:
        raise UnknownNumberError("measure")
    component, item = _find(subject, asked)
    result: Result = subject.cell if asked.measure in OF_THE_CELL else item or component or subject.cell
    value = _value(subject, asked, result)
    return Explanation(
        measure=asked.measure,
        level=asked.level,
        value=value,
        why_empty=why_empty(subject, asked, result) if value is None else None,
        title=TITLES[asked.measure],
        how=HOW[_how_key(subject.instrument, asked)],
        formula=measure.formula,
        source=measure.source,
        inputs=tuple(_inputs(subject, asked, result)),
        items=tuple(_items(subject.instrument, component, item)),
        missing_rule=_missing_rule(subject.instrument, component) if item is None else None,
        n=result.n,
        left_out=_left_out(subject.cell, component) if item is None else None,
        invited=subject.cell.invited,
        thresholds=tuple(_thresholds(subject, asked)),
    )


def _find(subject: Subject, asked: Asked) -> tuple[ComponentResult | None, ItemResult | None]:
    """The results asked for. An item alone is enough: its component follows."""
    key = asked.component
    if asked.item is not None:
        home = {item.key: item.component for item in subject.instrument.items}.get(asked.item)
        if home is None or key not in (None, home):
            raise UnknownNumberError("item")
        key = home
    if key is None:
        return None, None
    component = next((result for result in subject.cell.components if result.key == key), None)
    if component is None:
        raise UnknownNumberError("component")
    return component, next((result for result in component.items if result.key == asked.item), None)


def _value(subject: Subject, asked: Asked, result: Result) -> Value:
    if asked.measure in DERIVED:
        return DERIVED[asked.measure](subject, asked, result)
    found = tuple(getattr(result, name) for name in MEASURES[asked.measure].fields)
    if None in found:
        return None
    value: Value = found if len(found) > 1 else found[0]
    return value


def _changed(subject: Subject, asked: Asked) -> float | None:
    if asked.measure == "response_shift":
        return subject.since.response.shift
    if asked.component is None:
        return None if subject.since.readiness is None else subject.since.readiness.difference
    difference = subject.changed(asked.component).difference
    return None if difference is None else difference.value


def _agreement(result: Result) -> float | None:
    """rwg(j) of a component; rwg of an item, where its distribution is published."""
    if isinstance(result, ItemResult):
        return None if result.distribution is None else rwg_of_counts(result.distribution)
    return result.rwg_j if isinstance(result, ComponentResult) else None


def _of_rule(rule: ReadinessRule) -> Derived:
    return lambda subject, _, __: readiness_by_rule(subject.cell.components)[rule]


# What is not frozen but follows from what is, as the results show it.
DERIVED: Mapping[str, Derived] = {
    "position": lambda subject, _, __: map_position(subject.instrument, subject.cell),
    "readiness_mean": _of_rule("mean"),
    "readiness_min": _of_rule("min"),
    "readiness_geometric_mean": _of_rule("geometric_mean"),
    "rwg": lambda _, __, result: _agreement(result),
    "agreement_band": lambda _, __, result: agreement_band(_agreement(result)),
    "icc1_band": lambda _, __, result: icc1_band(getattr(result, "icc1", None)),
    "icc2_band": lambda _, __, result: icc2_band(getattr(result, "icc2", None)),
    "change": lambda subject, asked, _: _changed(subject, asked),
    "response_shift": lambda subject, asked, _: _changed(subject, asked),
}


def _how_key(instrument: Instrument, asked: Asked) -> str:
    if asked.measure == "readiness":
        return f"readiness_{instrument.rules.readiness}"
    by_level = f"{asked.measure}_{asked.level}"
    return by_level if by_level in HOW else asked.measure


def _inputs(subject: Subject, asked: Asked, result: Result) -> Iterator[tuple[str, Value]]:
    """The published numbers the value is made of."""
    for name in MEASURES[asked.measure].inputs:
        yield name, getattr(result, name, None)
    if asked.measure == "agreement_band":
        yield ("rwg_j" if asked.level == "component" else "rwg"), _agreement(result)
    if asked.measure.startswith("readiness") or asked.measure == "position":
        primary = (it for it in subject.cell.components if it.kind == "primary")
        yield from ((it.key, it.score) for it in primary)
    if asked.measure == "fpc_ci":
        yield "invited", subject.cell.invited
    if asked.measure in ("score", "score_ci", "rwg_j") and not isinstance(result, Cell):
        scale = subject.instrument.component_scale(_component(subject.instrument, result.key))
        yield from (("min", scale.min), ("max", scale.max))
    if asked.measure in SINCE:
        yield from _change_inputs(subject, asked)


def _change_inputs(subject: Subject, asked: Asked) -> Iterator[tuple[str, Value]]:
    if asked.component is None:
        found = subject.since.response if asked.measure == "response_shift" else subject.since.readiness
        if found is not None:
            yield from (("before", found.before), ("now", found.now))
        return
    it = subject.changed(asked.component)
    yield from (("before", it.before), ("now", it.now), ("n_before", it.n_before), ("n_now", it.n_now))
    if it.difference is not None:
        yield from (("low", it.difference.low), ("high", it.difference.high))
        yield "degrees_of_freedom", it.difference.degrees_of_freedom
    yield "verdict", it.verdict


def _component(instrument: Instrument, key: str) -> Component:
    """The component of that key, or the one that holds the item of that key."""
    home = {item.key: item.component for item in instrument.items}
    keys = {component.key: component for component in instrument.components}
    return keys.get(key) or keys[home[key]]


def _items(
    instrument: Instrument, component: ComponentResult | None, only: ItemResult | None
) -> Iterator[ExplainedItem]:
    texts = {item.key: item for item in instrument.items}
    for result in (only,) if only else component.items if component else ():
        item = texts[result.key]
        yield ExplainedItem(item.key, item.text, item.reverse, result.n, result.score)


def _missing_rule(instrument: Instrument, component: ComponentResult | None) -> MissingRule | None:
    if component is None:
        return None
    share, items = _component(instrument, component.key).min_answered_share, len(component.items)
    return MissingRule(share, items, max(1, ceil(share * items - 1e-9)))


def _left_out(cell: Cell, component: ComponentResult | None) -> int | None:
    """Both numbers are published, or nothing is said."""
    if component is None or cell.n is None or component.n is None:
        return None
    return cell.n - component.n


def _thresholds(subject: Subject, asked: Asked) -> Iterator[Threshold]:
    instrument = subject.instrument
    version = f"{instrument.key} v{instrument.version}"
    for name in MEASURES[asked.measure].rules:
        yield Threshold(name, getattr(instrument.rules, name), version)
    bands = DEFAULT_BANDS
    limits: Mapping[str, tuple[float, ...]] = {
        "agreement_band": bands.rwg, "rwg": bands.rwg, "icc1": bands.icc1, "icc2": bands.icc2,
        "icc1_band": bands.icc1, "icc2_band": bands.icc2,
    }  # fmt: skip
    for number, limit in enumerate(limits.get(asked.measure, ()), start=1):
        yield Threshold(f"band_{number}", limit, DEFAULT_BANDS.version)
    if asked.measure in SINCE and subject.change is not None:
        rules = subject.change.rules
        yield Threshold("min_n", rules.min_n, rules.version)
        yield Threshold("max_rate_shift", rules.max_rate_shift, rules.version)
