"""The cells of an instrument's sheets: read one by one, issues in place, the origin of every value remembered."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

from domain.cells import CellError, Reader, read_text, shown_safely
from domain.instrument_problems import LONGEST_TEXT
from domain.instrument_sheets import NOTE, SPECS
from domain.issues import Params, RowIssue
from domain.tabular import Findings
from domain.text import Text

Place = tuple[str, int | None, str | None]  # sheet, row, column

_WHOLE = re.compile(r"([+-]?\d{1,9})(?:[.,]0{1,2})?", re.ASCII)  # 5,0 is Excel's 5; but 1.000 may be a thousand
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_FRACTION = re.compile(r"(\d{1,4}) ?/ ?([1-9]\d{0,3})", re.ASCII)
_text = read_text(LONGEST_TEXT)

Value = TypeVar("Value")


def read_whole(cell: str) -> int:
    """A whole number, also as a spreadsheet writes it.

    >>> read_whole("5"), read_whole("5,0")
    (5, 5)
    """
    found = _WHOLE.fullmatch(cell)
    if found is None:
        raise CellError("not-a-plain-whole-number")
    return int(found[1])


def read_number(cell: str) -> float:
    """A number with a point or a Danish comma, or a fraction.

    >>> read_number("0,5"), read_number("1/3") == 1 / 3
    (0.5, True)
    """
    if found := _FRACTION.fullmatch(cell):
        return int(found[1]) / int(found[2])
    if not _NUMBER.fullmatch(cell) or not isfinite(number := float(cell.replace(",", "."))):
        raise CellError("not-a-number")
    return number


class Book:
    """What was found, and from which cell everything came."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self._findings = {name: Findings(name) for name in SPECS}
        self._said: set[Place] = set()

    def add(self, place: Place, code: str, params: Params | None = None) -> None:
        sheet, row, column = place
        self._said.add(place)
        self._findings[sheet].add(code, row=row, at=column, **(params or {}))

    def add_at(self, pointer: str, code: str, params: Params) -> None:
        """A problem of the whole instrument, unless something was said about its cell already."""
        place = located(pointer, self.places)
        if place not in self._said:
            self.add(place, code, {name: _safe(value) for name, value in params.items()})

    def said_in(self, sheet: str) -> bool:
        return any(place[0] == sheet for place in self._said)

    def issues(self) -> tuple[RowIssue, ...]:
        return tuple(issue for findings in self._findings.values() for issue in findings.issues())


def located(pointer: str, places: dict[str, Place]) -> Place:
    """The cell of `pointer`, or of the nearest thing around it that has one."""
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer, ("instrument", None, None))


def _safe(value: Any) -> Any:
    return shown_safely(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; reads its cells and remembers where each value came from."""

    book: Book
    sheet: str
    number: int
    cells: dict[str, str]

    def place(self, column: str | None) -> Place:
        return self.sheet, self.number, column

    def cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def add(self, code: str, column: str, params: Params | None = None) -> None:
        self.book.add(self.place(column), code, params)

    def read(self, column: str, reader: Reader, default: Value, *, pointer: str = "", filled: bool = False) -> Any:
        """The value of a cell, else `default`: where it is empty, and where it is an issue now."""
        cell = self.cell(column)
        if pointer:
            self.book.places[pointer] = self.place(column)
        try:
            if cell:
                return reader(cell)
            if filled:
                self.add("missing-value", column, {"column": column})
        except CellError as error:
            self.add(error.code, column, {"value": shown_safely(cell), **error.params, "column": column})
        return default

    def text(self, name: str, *, pointer: str, reader: Reader = _text) -> Text:
        """The text in `name` and `name_en`-like columns; `title_da` for `title`."""
        prefix = f"{name}_" if name else ""
        self.book.places[pointer] = self.place(f"{prefix}da")
        da, en = (
            self.read(f"{prefix}{language}", reader, "", pointer=f"{pointer}/{language}") for language in ("da", "en")
        )
        return Text(da, en)

    def unused(self, *columns: str) -> None:
        for column in columns:
            if self.cell(column):
                self.add("cell-not-used", column, {"column": column})


class Table:
    """One sheet: its header checked, its rows as long as there are any."""

    def __init__(self, book: Book, name: str, rows: Sequence[Sequence[str]] | None) -> None:
        self.book, self.name, self.spec = book, name, SPECS[name]
        self._rows = rows or []
        book.places[f"/{name}"] = (name, None, None)
        self._header = [cell.strip().lower() for cell in self._rows[0]] if self._rows else []
        missing = [column for column in self.spec.columns if column not in self._header]
        self.readable = not missing or (rows is None and not self.spec.required)
        if rows is None and self.spec.required:
            book.add((name, None, None), "missing-sheet", {"name": name})
        elif rows is not None:
            self._check_header(missing)

    def _check_header(self, missing: list[str]) -> None:
        known = (*self.spec.columns, *self.spec.optional)
        for column in missing:
            self.book.add((self.name, 1, column), "missing-column", {"column": column})
        for place, column in enumerate(self._header, start=1):
            if not column:
                if any(len(row) >= place and row[place - 1].strip() for row in self._rows):
                    self.book.add((self.name, 1, None), "empty-column-name", {"place": place})
            elif column not in (*known, NOTE):
                close = ", ".join(difflib.get_close_matches(column[:100], known, n=3, cutoff=0))
                said = shown_safely(column)
                self.book.add((self.name, 1, said), "unknown-column", {"column": said, "close": close})
            elif self._header.index(column) < place - 1:
                self.book.add((self.name, 1, column), "duplicate-column", {"column": column})

    def rows(self) -> Iterator[Row]:
        for number, cells in enumerate(self._rows[1:] if self.readable else [], start=2):
            if any(cell.strip() for cell in cells):
                yield Row(self.book, self.name, number, dict(zip(self._header, cells, strict=False)))
