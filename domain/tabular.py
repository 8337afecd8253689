"""Reading a table from the bytes of a CSV file, whatever spreadsheet wrote it, and saying what was assumed.

Rows are counted as a spreadsheet counts records: the header is row 1, so `rows[i]` is row `i + 2`, also where blank
rows lie between or a quoted cell holds line breaks.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.cells import quoted
from domain.issues import Entry, Param, RowIssue, entry

MAX_CELLS = 10_000_000
MAX_LINE = 1_000_000
MAX_ISSUES = 1_000
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATORS = {",": ",", ";": ";", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table of text. `header` is trimmed, `rows` are as written; a blank row between others is kept, to keep count.

    A row in `rows` has as many cells as `header`, unless `issues` says otherwise about it. `assumptions` are notes in
    the same form as issues; they refuse nothing.
    """

    file: str | None
    header: list[str]
    rows: list[list[str]]
    assumptions: tuple[RowIssue, ...] = ()
    issues: tuple[RowIssue, ...] = ()

    def columns(self) -> dict[str, int]:
        """From the name of each column, in lower case, to its place."""
        return {name.lower(): place for place, name in enumerate(self.header) if name}


class Findings:
    """What is wrong with one file, gathered row by row: the first `MAX_ISSUES`, and how many more there were."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.rows: set[int] = set()
        self._listed: list[RowIssue] = []
        self._unlisted = 0

    # `at` is the column of the issue; many sentences have a parameter `column` too.
    def add(self, code: str, *, row: int | None = None, at: str | None = None, **params: Param) -> None:
        if row is not None:
            self.rows.add(row)
        if len(self._listed) < MAX_ISSUES:
            self._listed.append(RowIssue(self.file, row, at, code, params))
        else:
            self._unlisted += 1

    def issues(self) -> tuple[RowIssue, ...]:
        """The issues in the order of their rows; one that says how many more there are comes last."""
        listed = sorted(self._listed, key=lambda issue: issue.row or 0)
        if self._unlisted:
            listed.append(RowIssue(self.file, None, None, "further-issues", {"count": self._unlisted}))
        return tuple(listed)


class _Unreadable(Exception):
    """The bytes are no table; carries what the one issue says."""

    def __init__(self, code: str, *, row: int | None = None, **params: Param) -> None:
        super().__init__(code)
        self.code, self.row, self.params = code, row, params


def read_csv(data: bytes, *, file: str | None = None) -> CsvTable:
    """The table in `data`: comma, semicolon or tab; UTF-8 (with or without BOM) or Windows-1252; quoted line breaks.

    Nothing raises: what cannot be read is an issue, and the table is then empty. Empty cells beyond the header and
    blank rows at the end are a spreadsheet's droppings and left out.

    >>> table = read_csv("Navn;Alder\\nÅse;4\\n".encode("cp1252"))
    >>> table.header, table.rows, [note.code for note in table.assumptions]
    (['Navn', 'Alder'], [['Åse', '4']], ['assumed-windows-1252', 'assumed-separator'])
    """
    try:
        text, notes = _decoded(data, file=file)
        separator = _separator(text)
        records = _records(text, separator=separator)
    except _Unreadable as error:
        return CsvTable(file, [], [], issues=(RowIssue(file, error.row, None, error.code, error.params),))
    if separator != ",":
        notes += (RowIssue(file, None, None, "assumed-separator", {"separator": _SEPARATORS[separator]}),)
    return table_of(records, file=file, notes=notes)


def _decoded(data: bytes, *, file: str | None) -> tuple[str, tuple[RowIssue, ...]]:
    if (at := data.find(b"\0")) >= 0:
        raise _Unreadable("not-a-text-file", line=data.count(b"\n", 0, at) + 1)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), (RowIssue(file, None, None, "assumed-windows-1252"),)
    except UnicodeDecodeError as error:
        raise _Unreadable("not-a-text-file", line=data.count(b"\n", 0, error.start) + 1) from None


def _separator(text: str) -> str:
    """The one that the first line holds most of, outside quotation marks; a comma when it holds none."""
    first = _QUOTED.sub("", text[:MAX_LINE].split("\n", 1)[0])
    return max(_SEPARATORS, key=first.count)


def _records(text: str, *, separator: str) -> list[list[str]]:
    records: list[list[str]] = []
    cells = 0
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    try:
        for record in reader:
            records.append(record)
            cells += len(record) + 1
            if cells > MAX_CELLS:
                raise _Unreadable("table-too-large", limit=MAX_CELLS)
    except csv.Error:
        raise _Unreadable("unreadable-row", row=len(records) + 1) from None
    while records and _is_blank(records[-1]):
        records.pop()
    if not records:
        raise _Unreadable("empty-file")
    return records


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_LINE:
            raise csv.Error("line too long")
        yield line


def table_of(records: list[list[str]], *, file: str | None = None, notes: tuple[RowIssue, ...] = ()) -> CsvTable:
    """The table of records that were read already, the header first; checked as one from a CSV file."""
    findings = Findings(file)
    header = _without_trailing_blanks([name.strip() for name in records[0]], at_least=0)
    rows = [_fitted(record, width=len(header)) for record in records[1:]] if header else []
    if not header:
        findings.add("empty-header")
    elif not rows:
        findings.add("empty-file")
    _check_header(header, findings)
    _check_widths(rows, findings, width=len(header))
    return CsvTable(file, header, rows, notes, findings.issues())


def _fitted(record: list[str], *, width: int) -> list[str]:
    if len(record) == width:
        return record
    if _is_blank(record):
        return [""] * width
    return _without_trailing_blanks(record, at_least=width)


def _without_trailing_blanks(cells: list[str], *, at_least: int) -> list[str]:
    end = len(cells)
    while end > at_least and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _is_blank(record: list[str]) -> bool:
    return not any(cell.strip() for cell in record)


def _check_header(header: list[str], findings: Findings) -> None:
    seen: set[str] = set()
    for place, name in enumerate(header, start=1):
        if not name:
            findings.add("empty-column-name", place=place)
        elif name.lower() in seen:
            findings.add("duplicate-column", column=quoted(name))
        seen.add(name.lower())


def _check_widths(rows: list[list[str]], findings: Findings, *, width: int) -> None:
    for number, row in enumerate(rows, start=2):
        if len(row) != width:
            code = "row-too-short" if len(row) < width else "row-too-long"
            findings.add(code, row=number, cells=len(row), columns=width)


TABULAR_CODES: dict[str, Entry] = {
    "assumed-windows-1252": entry(
        "Filen er læst som Windows-1252, fordi den ikke er UTF-8.",
        "The file was read as Windows-1252 since it is not UTF-8.",
        "Se efter, at æ, ø og å er rigtige. Gem helst som »CSV UTF-8«.",
        "See that æ, ø and å are right. Saving as “CSV UTF-8” is best.",
    ),
    "assumed-separator": entry(
        "Cellerne er læst som adskilt af »{separator}«.",
        "The cells were read as separated by “{separator}”.",
        "I behøver ikke gøre noget, hvis kolonnerne er rigtige.",
        "There is nothing you need to do if the columns are right.",
    ),
    "not-a-text-file": entry(
        "Filen er ikke en tekstfil: den har tegn, der ikke kan læses, fra linje {line} af.",
        "The file is not a text file: it holds bytes that cannot be read, from line {line} on.",
        "Gem tabellen som »CSV UTF-8«. Et Excel-ark skal gemmes som CSV først.",
        "Save the table as “CSV UTF-8”. A workbook must be saved as CSV first.",
    ),
    "unreadable-row": entry(
        "Rækken kan ikke læses: et anførselstegn er ikke lukket, eller en celle er alt for lang.",
        "The row cannot be read: a quotation mark is not closed, or a cell is far too long.",
        'Se efter et løst anførselstegn (") i rækken. Inde i en tekst skrives det dobbelt ("").',
        'Look for a stray quotation mark (") in the row. Inside a text it is written twice ("").',
    ),
    "table-too-large": entry(
        "Filen har mere end {limit} celler.",
        "The file has more than {limit} cells.",
        "Del filen i flere.",
        "Split the file into several.",
    ),
    "empty-header": entry(
        "Den første række er tom.",
        "The first row is empty.",
        "Den første række skal have kolonnernes navne.",
        "The first row must hold the names of the columns.",
    ),
    "empty-column-name": entry(
        "Kolonne nr. {place} har ikke noget navn.",
        "Column number {place} has no name.",
        "Giv kolonnen et navn i første række, eller slet den.",
        "Name the column in the first row or remove it.",
    ),
    "further-issues": entry(
        "Der er {count} fejl mere i filen.",
        "There are {count} more issues in the file.",
        "Ret dem, der er vist; de øvrige har tit samme årsag.",
        "Correct those shown; the others often have the same cause.",
    ),
}
