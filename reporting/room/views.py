"""The room data report as data: JSON for machines, CSV for a spreadsheet. Both show the value and add nothing.

The CSV opens as it is in a Danish spreadsheet: semicolons, decimal comma, UTF-8 with a byte order mark; with
`language="en"` it is comma and point. Column names and state words are the same in both. Numbers have 12 significant
digits in CSV and are not rounded in JSON; an empty cell is missing or too early to say, never zero.
"""

from typing import Any

from domain.observations import KINDS
from domain.weeks import format_week
from reporting.document import code_for, plain
from reporting.numbers import Language
from reporting.room.build import ChildRow, RoomReport
from reporting.spreadsheet import Value, csv_text

_NOT_SHOWN = ("kept_code", "with_names")  # how a report is printed, not what it says


def report_json(report: RoomReport) -> dict[str, Any]:
    """The whole report value with its document code; weeks as `2026-W35`, missing numbers as null."""
    weeks = [{"week": format_week(room_week.week), "state": room_week.state} for room_week in report.weeks]
    value = {key: part for key, part in plain(report).items() if key not in _NOT_SHOWN}
    return {"code": code_for(report), **value, "weeks": weeks}


def report_csv(report: RoomReport, *, language: Language = "da") -> str:
    """One row a child, in the order of the report: code, counted weeks, both measures, then a column for each week."""
    measures = [f"{kind}_{part}" for kind in KINDS for part in ("count", "rate", "below")]
    weeks = [format_week(room_week.week) for room_week in report.weeks]
    columns = ["code", "counted_weeks", "too_early", *measures, *weeks]
    return csv_text(columns, map(_values, report.children), language=language)


def _values(row: ChildRow) -> list[Value]:
    measures = [row.measures[kind] for kind in KINDS]
    numbers = [value for measure in measures for value in (measure.count, measure.rate, measure.below)]
    return [row.code, row.counted_weeks, row.section == "too_early", *numbers, *row.states]
