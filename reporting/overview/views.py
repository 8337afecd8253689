"""The overview as data. An empty cell is not shown, never zero."""

from collections.abc import Iterator
from typing import Any

from domain.observations import KINDS
from domain.participation_overview import Part
from domain.weeks import format_week
from reporting.document import code_for, plain
from reporting.numbers import Language
from reporting.overview.build import OverviewReport
from reporting.spreadsheet import Value, csv_text

COLUMNS = (
    "kind", "external_id", "name", "setting_type", "rooms", "weeks_completed", "weeks_closed", "weeks_not_recorded",
    "judged", *(f"below_{kind}" for kind in KINDS), "below_both", "reach_both", *(f"{kind}_per_week" for kind in KINDS),
    "suppressed",
)  # fmt: skip


def report_json(report: OverviewReport) -> dict[str, Any]:
    """The whole report value with its document code; weeks as `2026-W35`."""
    weeks = {"first": format_week(report.first), "last": format_week(report.last)}
    return {"code": code_for(report), **plain(report), **weeks}


def report_csv(report: OverviewReport, *, language: Language = "da") -> str:
    """A row for the place, then one for each of its parts."""
    return csv_text(COLUMNS, (list(_values(part)) for part in (report.place, *report.parts)), language=language)


def _values(part: Part) -> Iterator[Value]:
    yield from (part.kind, part.external_id, part.name, part.setting_type, part.rooms)
    yield from (part.completed, part.closed, part.not_recorded)
    cell = part.cell
    if cell is None:
        yield from [None] * (len(KINDS) * 2 + 3)
    else:
        yield cell.judged
        yield from (cell.below[kind] for kind in KINDS)
        yield from (cell.below_both, cell.reach_both)
        yield from (cell.per_week[kind] for kind in KINDS)
    yield part.hidden
