"""The overview as data. An empty cell is not shown, never zero."""

from collections.abc import Iterator
from typing import Any

from domain.observations import KINDS
from domain.participation_overview import Part
from domain.weeks import format_week
from reporting.document import code_for, plain
from reporting.numbers import Language
from reporting.overview.build import OverviewReport
from reporting.room.text import comparable
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
    """A row for the place, one for each group of its children that is told of, then one for each of its parts."""
    rows = [list(_values(report.place)), *_groups(report), *(list(_values(part)) for part in report.parts)]
    return csv_text(COLUMNS, rows, language=language)


def _groups(report: OverviewReport) -> Iterator[list[Value]]:
    """A group of children: its trait, its name, how many are judged, and below each line."""
    for block in comparable(report):
        for row, group in enumerate(block[0].groups):
            told: dict[str, Value] = {"kind": block[0].trait, "external_id": group.key, "judged": group.n}
            told |= {f"below_{one.kind}": one.groups[row].below for one in block}
            yield [told.get(column) for column in COLUMNS]


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
