"""Ratings in bulk as a table: one row a rating, one column an item, beside the columns that say whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.answers import is_whole, vocabulary
from domain.cells import CellError, Reader, Words, read_date, read_text
from domain.forms import Form
from domain.instruments import Scale
from domain.issues import RowIssue
from domain.roster_sheets import Column, SheetSpec, read_sheet
from domain.scales import MISSING
from domain.tabular import CsvTable
from domain.weeks import WeekError, parse_week

KIND = Words.of(individual=("individuel", "egen"), joint=("fælles", "faelles"))
STATE = Words.of(draft=("kladde",), final=("afsluttet", "endelig"))
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A row that could be read: its number, the values of the fixed columns, and the answers by item key."""

    row: int
    values: dict[str, Any]
    answers: dict[str, int | None]

    @property
    def kind(self) -> str:
        """As written; without the column a rating with a rater is that colleague's own."""
        return str(self.values.get("kind") or ("individual" if self.values.get("rater_external_id") else "joint"))

    @property
    def state(self) -> str:
        return str(self.values.get("state") or "final")


@dataclass(frozen=True, slots=True)
class RatingFile:
    lines: tuple[RatingLine, ...]
    issues: tuple[RowIssue, ...]
    rejected: int


def _week(cell: str) -> date:
    try:
        return parse_week(cell)
    except WeekError:
        raise CellError("not-a-week") from None


def _point(scale: Scale) -> Reader:
    words = vocabulary(scale)

    def read(cell: str) -> int | None:
        value = words.get(cell)
        if value is None:
            raise CellError("not-on-scale" if is_whole(cell) else "not-a-whole-number", min=scale.min, max=scale.max)
        return None if value == MISSING else value

    return read


_KEY = read_text(64)
_COMMON = (
    Column("kind", KIND, optional=True),
    Column("rater_external_id", _KEY, optional=True),
    Column("state", STATE, optional=True),
    Column("comment", read_text(LONGEST_COMMENT), optional=True),
)
PRACTICE_COLUMNS = (
    Column("room_external_id", _KEY, filled=True),
    Column("first_week", _week, filled=True),
    Column("last_week", _week, optional=True),
    *_COMMON,
)
DEVELOPMENT_COLUMNS = (
    Column("child_external_id", _KEY, filled=True),
    Column("assessed_on", read_date, filled=True),
    Column("room_external_id", _KEY, optional=True),
    *_COMMON,
)


def read_ratings(table: CsvTable, columns: Iterable[Column], form: Form) -> RatingFile:
    """The ratings of a table; every cell that cannot be read is an issue. An empty cell or NA is not answered.

    A column of the form that is missing is not answered either; one that neither is known is an issue, so that a
    misspelt item is not lost.
    """
    keys = {item.key.lower(): item.key for item in form.items}
    points = (Column(name, _point(form.scale), optional=True) for name in keys)
    sheet = read_sheet(table, SheetSpec("ratings", (*columns, *points), personal=True))
    lines = tuple(
        RatingLine(
            row=line.row,
            values={name: value for name, value in line.values.items() if name not in keys},
            answers={keys[name]: value for name, value in line.values.items() if name in keys and value is not None},
        )
        for line in sheet.lines
    )
    issues = (*table.issues, *(replace(issue, file=None) for issue in sheet.findings.issues()))
    return RatingFile(lines, issues, rejected=len({issue.row for issue in issues if issue.row is not None}))
