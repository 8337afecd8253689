"""The five files of a roster: their columns, and how their rows are read.

A sheet holds the rows that could be read; what could not is in its findings. Cells that look like a CPR number refuse
their row in the files about people, and are never repeated in an issue.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.cells import (
    SETTING_TYPE,
    SEX,
    STAFF_ROLE,
    CellError,
    Reader,
    quoted,
    read_bool,
    read_date,
    read_month,
    read_text,
)
from domain.cpr import key_looks_like_cpr, looks_like_cpr
from domain.tabular import CsvTable, Findings

YEARS_BACK = 20
STILL = date(9999, 12, 31)  # what many systems write for "no end"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `filled`: no cell may be empty; `optional`: it may be left out, which leaves what is known alone."""

    name: str
    read: Reader
    filled: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    table: str
    columns: tuple[Column, ...]
    personal: bool = False

    @property
    def file(self) -> str:
        return f"{self.table}.csv"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that could be read: its number, and its values by column; `None` for an empty cell."""

    row: int
    values: dict[str, Any]

    @property
    def external_id(self) -> str:
        return str(self.values["external_id"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """`claimed` are the external ids in the file, of refused rows too; `None` when the file as a whole is unreadable.

    So one error is said once: a room in a refused row of `rooms.csv` is not also unknown to all its children.
    """

    file: str
    findings: Findings
    lines: list[Line]
    claimed: set[str] | None


def _may_be_cpr(cell: str, *, personal: bool) -> bool:
    """Whether a cell must be refused as a CPR number. A place's ten bare digits may be its P-number."""
    return key_looks_like_cpr(cell) if personal else looks_like_cpr(cell) and not cell.strip().isdigit()


def sheet_specs(today: date) -> tuple[SheetSpec, ...]:
    """The files as the API promises them; `today` bounds the birth months."""
    key, name = read_text(64), read_text(200)
    external_id = Column("external_id", key, filled=True)
    return (
        SheetSpec("areas", (external_id, Column("name", name, filled=True))),
        SheetSpec(
            "units",
            (
                external_id,
                Column("area_external_id", key),
                Column("name", name, filled=True),
                Column("setting_type", SETTING_TYPE, filled=True),
                Column("institution_number", _pattern(r"[0-9A-Z]{6}", "not-an-institution-number"), optional=True),
                Column("p_number", _pattern(r"[0-9]{10}", "not-a-p-number"), optional=True),
            ),
        ),
        SheetSpec(
            "rooms",
            (external_id, Column("unit_external_id", key, filled=True), Column("name", name, filled=True)),
        ),
        SheetSpec(
            "children",
            (
                external_id,
                Column("room_external_id", key, filled=True),
                Column("birth_month", _birth_month(today)),
                Column("sex", SEX),
                Column("multilingual", read_bool),
                Column("support_need", read_bool),
                Column("valid_from", _day),
                Column("valid_to", _last_day),
                Column("first_name", name, optional=True),
            ),
            personal=True,
        ),
        SheetSpec(
            "staff",
            (
                external_id,
                Column("unit_external_id", key, filled=True),
                Column("room_external_id", key),
                Column("name", name, filled=True),
                Column("role", STAFF_ROLE, filled=True),
                Column("email", _email, optional=True),
            ),
            personal=True,
        ),
    )


def read_sheet(table: CsvTable | None, spec: SheetSpec) -> Sheet:
    """The rows of one file; an empty sheet when the file is not there."""
    findings = Findings(spec.file)
    if table is None:
        return Sheet(spec.file, findings, [], set())
    places = table.columns()
    _check_columns(table.header, spec, findings)
    if not all(column.name in places or column.optional for column in spec.columns):
        return Sheet(spec.file, findings, [], None)
    cells = [(column, places[column.name]) for column in spec.columns if column.name in places]
    claimed: set[str] = set()
    lines = list(_lines(table, cells, findings, claimed, personal=spec.personal))
    return Sheet(spec.file, findings, lines, claimed)


def _check_columns(header: list[str], spec: SheetSpec, findings: Findings) -> None:
    names = {name.lower() for name in header if name}
    known = [column.name for column in spec.columns]
    for column in spec.columns:
        if column.name not in names and not column.optional and header:
            findings.add("missing-column", at=column.name, column=column.name)
    for name in sorted(names.difference(known)):
        close = ", ".join(difflib.get_close_matches(name[:100], known, n=3, cutoff=0))
        findings.add("unknown-column", at=quoted(name), column=quoted(name), close=close)


def _lines(
    table: CsvTable, cells: list[tuple[Column, int]], findings: Findings, claimed: set[str], *, personal: bool
) -> Iterator[Line]:
    width, key = len(table.header), cells[0][1]
    for number, row in enumerate(table.rows, start=2):
        joined = "|".join(row)
        if not joined.strip(" |"):
            continue
        claimed.add(row[key].strip() if key < len(row) else "")
        if len(row) != width:
            findings.rows.add(number)  # already an issue of the table
        elif any(_may_be_cpr(cell, personal=personal) for cell in row):
            for name, cell in zip(table.header, row, strict=True):
                if _may_be_cpr(cell, personal=personal):
                    findings.add("looks-like-cpr", row=number, at=quoted(name), column=quoted(name))
        else:
            values = {column.name: _value(column, row[place], findings, number) for column, place in cells}
            if number not in findings.rows:
                yield Line(number, values)


def _value(column: Column, cell: str, findings: Findings, row: int) -> Any:
    cell = cell.strip()
    try:
        if cell:
            return column.read(cell)
        if column.filled:
            raise CellError("missing-value")
    except CellError as error:
        params = {"value": quoted(cell), **error.params, "column": column.name}
        findings.add(error.code, row=row, at=column.name, **params)
    return None


def _pattern(pattern: str, code: str) -> Reader:
    compiled = re.compile(pattern)

    def read(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise CellError(code)
        return cell

    return read


def _day(cell: str) -> date:
    day = read_date(cell)
    if not 1990 <= day.year <= 2100:
        raise CellError("date-out-of-range")
    return day


def _last_day(cell: str) -> date | None:
    return None if read_date(cell) == STILL else _day(cell)


def _birth_month(today: date) -> Reader:
    latest = today.replace(day=1)
    earliest = latest.replace(year=today.year - YEARS_BACK)

    def read(cell: str) -> date:
        month = read_month(cell)
        if month > latest:
            raise CellError("birth-month-in-future")
        if month < earliest:
            raise CellError("birth-month-too-early")
        return month

    return read


def _email(cell: str) -> str:
    if not _EMAIL.fullmatch(read_text(254)(cell)):
        raise CellError("not-an-email")
    return cell
