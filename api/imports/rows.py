"""A table out of whatever it was handed in as: CSV, a line of JSON a row, or the first sheet of a workbook."""

import json
from typing import Any

from api.surveys.workbooks import read_workbook
from domain.cells import quoted
from domain.issues import Entry, RowIssue, entry
from domain.tabular import MAX_CELLS, CsvTable, read_csv, table_of

MEDIA_TYPES = (
    "text/csv", "text/plain", "application/vnd.ms-excel", "application/x-ndjson",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream",
)  # fmt: skip
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NESTED = "answers"  # the one object a line may hold: its members are columns


def read_rows(body: bytes) -> CsvTable:
    """The content decides what it is. Row n of a CSV or sheet is its nth row; of JSON lines the first is row
    2, as if a header stood before them. Never raises for bad input."""
    if body.startswith(_OLE):
        return _refused("old-workbook")
    if body.startswith(_ZIP):
        return _of_workbook(body)
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _of_lines(body)
    return read_csv(body)


def _refused(code: str, *, row: int | None = None, at: str | None = None) -> CsvTable:
    return CsvTable(None, [], [], issues=(RowIssue(None, row, at, code),))


def _of_workbook(body: bytes) -> CsvTable:
    book = read_workbook(body, first_only=True)
    if book.issues:
        return CsvTable(None, [], [], issues=book.issues)
    rows = next(iter(book.sheets.values()), [])
    if not rows:
        return _refused("empty-file")
    width = len(rows[0])
    return table_of([row + [""] * (width - len(row)) for row in rows])  # a sheet's rows end with their last filled cell


def _of_lines(body: bytes) -> CsvTable:
    header: dict[str, int] = {}
    rows: list[dict[str, str]] = []
    cells = 0
    for number, line in enumerate(body.removeprefix(b"\xef\xbb\xbf").splitlines(), start=2):
        if not line.strip():
            continue
        try:
            row = _flat(json.loads(line))
        except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
            return _refused("not-a-json-line", row=number)
        header |= {name: len(header) for name in row if name not in header}
        rows.append(row)
        cells += len(header)
        if cells > MAX_CELLS:
            return CsvTable(None, [], [], issues=(RowIssue(None, None, None, "table-too-large", {"limit": MAX_CELLS}),))
    names = [quoted(name) if len(name) > 100 else name for name in header]
    return table_of([names, *([row.get(name, "") for name in header] for row in rows)])


def _flat(record: Any) -> dict[str, str]:
    if not isinstance(record, dict):
        raise ValueError("no object")
    nested = record.pop(_NESTED, None) or {}
    if not isinstance(nested, dict):
        raise ValueError("answers are an object")
    return {str(name): _written(value) for name, value in (record | nested).items()}


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            raise ValueError("a list or an object is no cell")


ROWS_CODES: dict[str, Entry] = {
    "not-a-json-line": entry(
        "Linjen er ikke et JSON-objekt med tekster og tal.",
        "The line is not a JSON object of texts and numbers.",
        "Skriv ét objekt pr. linje. Kun »answers« må selv være et objekt.",
        "Write one object a line. Only “answers” may itself be an object.",
    ),
}
