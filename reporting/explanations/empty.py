"""Why there is no number: hidden, not of this place, not of this measure, or not to be computed."""

from typing import Any

from domain.estimates import map_axes
from domain.readiness import ComponentResult
from domain.text import Text
from reporting.explanations.phrases import EMPTY
from reporting.explanations.values import Asked, Result, Subject, WhyEmpty

_RELIABILITY = ("alpha", "alpha_standardised", "omega")
_BETWEEN = ("icc1", "icc2", "icc1_band", "icc2_band", "unit_mean")
_OF_ALL_ITEMS = ("rwg_j", "agreement_band", "spread", "positive_share", "negative_share")
_OF_INVITED = ("invited", "response_rate", "fpc_ci", "response_shift")


def why_empty(subject: Subject, asked: Asked, result: Result) -> WhyEmpty:
    code, values = _reason(subject, asked, result)
    text = EMPTY[code]
    return WhyEmpty(code, Text(text.da.format(**values), text.en.format(**values)))


def _reason(subject: Subject, asked: Asked, result: Result) -> tuple[str, dict[str, Any]]:  # noqa: PLR0911
    """The first that holds of: hidden, not of this place, not of this measure, not to be computed."""
    rules = subject.instrument.rules
    if asked.measure == "change":
        compared = subject.since if asked.component is None else subject.changed(asked.component)
        return ("line-broken" if compared.broken else "not-shown-both-times"), {}
    if result.suppressed is not None and asked.measure != "invited":
        return result.suppressed.reason, {"minimum": result.suppressed.minimum}
    if asked.measure.startswith("readiness") or asked.measure == "position":
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
    if asked.measure == "response_shift" or (asked.measure in _OF_INVITED and subject.cell.invited is None):
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
