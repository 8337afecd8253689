"""Explaining one number of a closed round: only from what is published about it, so nothing hidden is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from domain.bands import DEFAULT_BANDS, agreement_band
from domain.change import ComponentChange, RoundChange
from domain.estimates import map_axes, map_position
from domain.instruments import Component, Instrument
from domain.readiness import Cell, ComponentResult, ItemResult, ScopeKind
from domain.text import Text
from reporting.explanations.measures import MEASURES, Level
from reporting.explanations.phrases import EMPTY, HOW, TITLES

Value = bool | int | float | str | tuple[float, ...] | None
Result = Cell | ComponentResult | ItemResult

_RELIABILITY = ("alpha", "alpha_standardised", "omega")
_BETWEEN = ("icc1", "icc2", "unit_mean")
_OF_ALL_ITEMS = ("rwg_j", "agreement_band", "spread", "positive_share", "negative_share")
_OF_INVITED = ("invited", "response_rate", "fpc_ci")


class UnknownNumberError(LookupError):
    """There is no such component, item or measure, or not there; `name` says which of the three."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Asked:
    """Which number: a measure of an item, of a component, or (neither given) of the cell itself."""

    measure: str
    component: str | None = None
    item: str | None = None

    @property
    def level(self) -> Level:
        return "item" if self.item is not None else "component" if self.component is not None else "cell"


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the number stands: a cell of a scope, `whole` unless it is a category of a cut. `change` if asked."""

    instrument: Instrument
    cell: Cell
    kind: ScopeKind
    whole: bool
    change: RoundChange | None = None


@dataclass(frozen=True, slots=True)
class ExplainedItem:
    """A statement behind the number. `n` and `score` as far as they are published."""

    key: str
    text: Text
    reverse: bool
    n: int | None
    score: float | None


@dataclass(frozen=True, slots=True)
class MissingRule:
    """A score exists for those who answered at least `least` of `items` statements."""

    min_answered_share: float
    items: int
    least: int


@dataclass(frozen=True, slots=True)
class Threshold:
    name: str
    value: float | int | str
    version: str


@dataclass(frozen=True, slots=True)
class WhyEmpty:
    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything there is to say about one number. `left_out` answered something, but too little for a score here."""

    measure: str
    level: Level
    value: Value
    why_empty: WhyEmpty | None
    title: Text
    how: Text
    formula: str
    source: str
    inputs: tuple[tuple[str, Value], ...]
    items: tuple[ExplainedItem, ...]
    missing_rule: MissingRule | None
    n: int | None
    left_out: int | None
    invited: int | None
    thresholds: tuple[Threshold, ...]


def explain(subject: Subject, asked: Asked) -> Explanation:
    """The number that `asked` names, explained. Raises `UnknownNumberError`."""
    measure = MEASURES.get(asked.measure)
    if measure is None or asked.level not in measure.levels:
        raise UnknownNumberError("measure")
    component, item = _find(subject, asked)
    result: Result = item or component or subject.cell
    value = _value(subject, asked, result)
    return Explanation(
        measure=asked.measure,
        level=asked.level,
        value=value,
        why_empty=_why_empty(subject, asked, result) if value is None else None,
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
    if asked.measure == "position":
        return map_position(subject.instrument, subject.cell)
    if asked.measure == "agreement_band" and isinstance(result, ComponentResult):
        return agreement_band(result.rwg_j)
    if asked.measure == "change":
        difference = _changed(subject, asked).difference
        return None if difference is None else difference.value
    found = tuple(getattr(result, name) for name in MEASURES[asked.measure].fields)
    if None in found:
        return None
    value: Value = found if len(found) > 1 else found[0]
    return value


def _changed(subject: Subject, asked: Asked) -> ComponentChange:
    if subject.change is None:
        raise UnknownNumberError("measure")
    return next(it for it in subject.change.components if it.key == asked.component)


def _how_key(instrument: Instrument, asked: Asked) -> str:
    if asked.measure == "readiness":
        return f"readiness_{instrument.rules.readiness}"
    by_level = f"{asked.measure}_{asked.level}"
    return by_level if by_level in HOW else asked.measure


def _inputs(subject: Subject, asked: Asked, result: Result) -> Iterator[tuple[str, Value]]:
    """The published numbers the value is made of."""
    for name in MEASURES[asked.measure].inputs:
        yield name, getattr(result, name, None)
    if asked.measure in ("readiness", "position"):
        primary = (it for it in subject.cell.components if it.kind == "primary")
        yield from ((it.key, it.score) for it in primary)
    if asked.measure == "fpc_ci":
        yield "invited", subject.cell.invited
    if asked.measure in ("score", "score_ci", "rwg_j") and not isinstance(result, Cell):
        scale = subject.instrument.component_scale(_component(subject.instrument, result.key))
        yield from (("min", scale.min), ("max", scale.max))
    if asked.measure == "change":
        yield from _change_inputs(_changed(subject, asked))


def _change_inputs(it: ComponentChange) -> Iterator[tuple[str, Value]]:
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
    limits: Mapping[str, tuple[float, ...]] = {
        "agreement_band": DEFAULT_BANDS.rwg, "icc1": DEFAULT_BANDS.icc1, "icc2": DEFAULT_BANDS.icc2,
    }  # fmt: skip
    for number, limit in enumerate(limits.get(asked.measure, ()), start=1):
        yield Threshold(f"band_{number}", limit, DEFAULT_BANDS.version)
    if asked.measure == "change" and subject.change is not None:
        rules = subject.change.rules
        yield Threshold("min_n", rules.min_n, rules.version)
        yield Threshold("max_rate_shift", rules.max_rate_shift, rules.version)


def _why_empty(subject: Subject, asked: Asked, result: Result) -> WhyEmpty:
    code, values = _reason(subject, asked, result)
    text = EMPTY[code]
    return WhyEmpty(code, Text(text.da.format(**values), text.en.format(**values)))


def _reason(subject: Subject, asked: Asked, result: Result) -> tuple[str, dict[str, Any]]:  # noqa: PLR0911
    """The first that holds of: hidden, not of this place, not of this measure, not to be computed."""
    rules = subject.instrument.rules
    if asked.measure == "change":
        return ("line-broken" if _changed(subject, asked).broken else "not-shown-both-times"), {}
    if result.suppressed is not None and asked.measure != "invited":
        return result.suppressed.reason, {"minimum": result.suppressed.minimum}
    if asked.measure in ("readiness", "position"):
        return _no_readiness(subject, asked)
    if asked.measure in _RELIABILITY and isinstance(result, ComponentResult):
        if subject.kind != "municipality" or not subject.whole:
            return "study-level-only", {}
        if (result.n or 0) < rules.min_n_reliability:
            return "too-few-for-reliability", {"minimum": rules.min_n_reliability}
        fewest = 3 if asked.measure == "omega" else 2
        return ("too-few-items" if len(result.items) < fewest else "not-computable"), {}
    if asked.measure in _BETWEEN:
        return ("between-units-only" if subject.kind == "unit" or not subject.whole else "too-few-units"), {}
    if asked.measure in _OF_INVITED and subject.cell.invited is None:
        return "invited-unknown", {}
    return ("items-hidden" if asked.measure in _OF_ALL_ITEMS else "not-computable"), {}


def _no_readiness(subject: Subject, asked: Asked) -> tuple[str, dict[str, Any]]:
    primary = [it for it in subject.cell.components if it.kind == "primary"]
    if not primary:
        return "no-primary-components", {}
    if asked.measure == "position" and map_axes(subject.instrument) is None:
        return "no-map", {}
    hidden = next((it.suppressed for it in primary if it.suppressed), None)
    return (hidden.reason, {"minimum": hidden.minimum}) if hidden else ("not-computable", {})
