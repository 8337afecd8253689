"""The readiness report as data: JSON for machines, CSV for a spreadsheet. Both show the value and add
nothing.

The CSV opens as it is in a Danish spreadsheet: semicolons, decimal comma, UTF-8 with a byte order mark; with
`language="en"` it is comma and point. Column names and keys are the same in both. Numbers have 12 significant
digits in CSV and are not rounded in JSON. An empty cell is missing or suppressed, and `suppressed` says which; it is
never zero.
"""

from collections.abc import Iterator
from typing import Any

from domain.agreement import rwg_of_counts
from domain.readiness import Cell, ComponentResult, ItemResult, Suppression
from reporting.document import code_for, plain
from reporting.numbers import Language
from reporting.readiness.build import ReadinessReport
from reporting.spreadsheet import Value, csv_text

_PLACE = ("scope", "place", "cut", "group", "component", "item")
_MEASURES = (
    "n", "invited", "response_rate", "readiness", "mean", "sd", "score", "ci_low", "ci_high", "score_ci_low",
    "score_ci_high", "fpc_ci_low", "fpc_ci_high", "unit_mean", "positive_share", "negative_share", "rwg", "rwg_j",
    "icc1", "icc2", "alpha", "alpha_standardised", "omega", "classification", "spread",
)  # fmt: skip
_CHANGE = ("score_before", "n_before", "difference", "difference_low", "difference_high", "change")


def report_json(report: ReadinessReport) -> dict[str, Any]:
    """The whole report value with its document code: dates as ISO strings, missing and suppressed numbers as
    null."""
    return {"code": code_for(report), **plain(report)}


def report_csv(report: ReadinessReport, *, language: Language = "da") -> str:
    """One row for each cell, component and item; one column for each measure and each answer of the scale."""
    widest = max(_answers(report), default=0)
    answers = (f"answers_{number}" for number in range(1, widest + 1))
    columns = (*_PLACE, *_MEASURES, *answers, *_CHANGE, "suppressed", "minimum")
    rows = ([row.get(column) for column in columns] for row in _rows(report))
    return csv_text(columns, rows, language=language)


def _answers(report: ReadinessReport) -> Iterator[int]:
    scales = (report.instrument.component_scale(component) for component in report.instrument.components)
    return (scale.max - scale.min + 1 for scale in scales)


def _rows(report: ReadinessReport) -> Iterator[dict[str, Value]]:
    yield from _cell_rows(report, report.total, cut="")
    if report.together is not None:
        yield from _cell_rows(report, report.together.cell, cut="together")
    for cut, cells in report.cuts.items():
        for cell in cells:
            yield from _cell_rows(report, cell, cut=cut)


def _cell_rows(report: ReadinessReport, cell: Cell, *, cut: str) -> Iterator[dict[str, Value]]:
    group: dict[str, Value] = {
        "scope": report.place.kind, "place": report.place.name, "cut": cut, "group": cell.key,
    }  # fmt: skip
    yield group | _measures(cell) | _reason(cell.suppressed)
    for component in cell.components:
        named = group | {"component": component.key}
        changed = _changed(report, component.key) if not cut else {}
        yield named | _measures(component) | changed | _reason(component.suppressed)
        for item in component.items:
            counts = {f"answers_{at}": count for at, count in enumerate(item.distribution or (), start=1)}
            agreed = {"rwg": None if item.distribution is None else rwg_of_counts(item.distribution)}
            yield named | {"item": item.key} | _measures(item) | agreed | counts | _reason(item.suppressed)


def _measures(result: Cell | ComponentResult | ItemResult) -> dict[str, Value]:
    return {name: getattr(result, name, None) for name in _MEASURES}


def _changed(report: ReadinessReport, key: str) -> dict[str, Value]:
    """Since the earlier round, on 0-100; empty without one."""
    components = () if report.since is None else report.since.change.components
    row: dict[str, Value] = {}
    for it in components:
        if it.key == key:
            row = {"score_before": it.before, "n_before": it.n_before, "change": it.verdict}
        if it.key == key and it.difference is not None:
            named = {"difference": it.difference.value, "difference_low": it.difference.low}
            row |= named | {"difference_high": it.difference.high}
    return row


def _reason(suppressed: Suppression | None) -> dict[str, Value]:
    return {} if suppressed is None else {"suppressed": suppressed.reason, "minimum": suppressed.minimum}
