"""XLSX files from anybody, as sheets of text, and sheets of text as XLSX files for anybody.

A workbook is a ZIP of XML, so it can be a bomb twice over: it is unpacked under a limit first, and whatever declares
entities is refused before an XML parser sees it. Pictures, macros and whatever else is no XML never come that far.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from api.imports.files import BROKEN_ZIP
from domain.instrument_sheets import NUMERIC, SPECS
from domain.issues import RowIssue

MAX_UNPACKED = 20_000_000
MAX_PARTS = 500
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 30_000, 50, 30  # 50 equivalences of 500 items are the longest sheet
MAX_CELLS = 5_000_000  # blank ones too: a sheet may have a million rows of formatting
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how XLSX writes characters that XML has none for
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
LONGEST_AS_TEXT = 255  # Excel shows ##### where a longer text has the format of text
_PLAIN, _BOLD, _WRAPPED = Font(), Font(bold=True), Alignment(wrap_text=True, vertical="top")
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,17})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets by name in lower case; empty when there are `issues`."""

    sheets: dict[str, list[list[str]]] = field(default_factory=dict)
    issues: tuple[RowIssue, ...] = ()


class _Refused(Exception):
    def __init__(self, code: str, *, sheet: str | None = None, limit: int = 0) -> None:
        super().__init__(code)
        self.issue = RowIssue(sheet, None, None, code, {"limit": limit} if limit else {})


def read_workbook(body: bytes, *, first_only: bool = False) -> Sheets:
    """The cells as text: numbers without a needless fraction, dates in ISO form. Never raises for bad input.

    Of the sheets an instrument has, or of the first one whatever it is called.

    A formula is an issue: what it would say is decided by whoever opens the file next.
    """
    try:
        parts = _safe_parts(body)
        issues: list[RowIssue] = []
        sheets = dict(_sheets(parts, issues, first_only=first_only))
        return Sheets(issues=tuple(issues)) if issues else Sheets(sheets)
    except _Refused as refused:
        return Sheets(issues=(refused.issue,))


def _safe_parts(body: bytes) -> io.BytesIO:
    """The workbook with nothing in it but harmless XML; unpacked no further than allowed, whatever sizes it claims."""
    left, safe = MAX_UNPACKED, io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive, zipfile.ZipFile(safe, "w") as kept:
            if len(archive.infolist()) > MAX_PARTS:
                raise _Refused("unsafe-workbook")
            for part in {part.filename: part for part in archive.infolist()}.values():
                with archive.open(part) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _Refused("workbook-too-large", limit=MAX_UNPACKED // 1_000_000)
                if part.filename.lower().endswith((".xml", ".rels")):
                    if not _is_plain_xml(content):
                        raise _Refused("unsafe-workbook")
                    kept.writestr(part.filename, content)
    except (*BROKEN_ZIP, RuntimeError):  # RuntimeError: a part locked with a password
        raise _Refused("unreadable-workbook") from None
    return safe


def _is_plain_xml(content: bytes) -> bool:
    """UTF-8, as every spreadsheet writes it, and without a DOCTYPE: nothing can be hidden in another encoding."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (start.startswith(b"<") or not start) and b"<!DOCTYPE" not in content and b"\0" not in content


def _sheets(parts: io.BytesIO, issues: list[RowIssue], *, first_only: bool) -> Iterator[tuple[str, list[list[str]]]]:
    try:
        book = load_workbook(parts, read_only=True, data_only=False, keep_links=False)
        names = [str(sheet.title).lower() for sheet in book.worksheets]
        if len(names) > MAX_SHEETS:
            raise _Refused("too-many-sheets", limit=MAX_SHEETS)
        if len(set(names)) < len(names):
            raise _Refused("unsafe-workbook")
        for name, sheet in zip(names, book.worksheets, strict=True):
            wanted = name == names[0] if first_only else name in SPECS
            yield name, list(_rows(sheet, name, issues)) if wanted else []
    except _Refused:
        raise
    except Exception:  # openpyxl raises whatever its code stumbles over; none of it is ours to tell apart
        raise _Refused("unreadable-workbook") from None


def _rows(sheet: Any, name: str, issues: list[RowIssue]) -> Iterator[list[str]]:
    """The rows down to the last filled one; the size the sheet claims to have is not believed."""
    sheet.reset_dimensions()
    blank = seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        seen += 1 + len(row)
        written = [_text(cell.value) for cell in row]
        while written and not written[-1].strip():
            written.pop()
        if seen > MAX_CELLS or (written and (number > MAX_ROWS or len(written) > MAX_COLUMNS)):
            raise _Refused("sheet-too-large", sheet=name, limit=MAX_ROWS)
        if not written:
            blank += 1
            continue
        for place, cell in enumerate(row[: len(written)], start=1):
            if cell.data_type in ("f", "e"):
                code = "cell-is-formula" if cell.data_type == "f" else "cell-is-error"
                issues.append(RowIssue(name, number, get_column_letter(place), code))
        yield from ([] for _ in range(blank))
        blank = 0
        yield written


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), str(value))


def write_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The sheets as a workbook. Text is text for good: no cell is ever a formula, whatever it begins with."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(rows[0], start=1):
            wide = column.endswith(("da", "en")) or column == "note"
            sheet.column_dimensions[get_column_letter(place)].width = 60 if wide else 22
        for number, row in enumerate(rows):
            sheet.append(
                [_cell(sheet, text, column, bold=not number) for text, column in zip(row, rows[0], strict=True)]
            )
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Any, text: str, column: str, *, bold: bool) -> Any:
    if not text:
        return None
    if column in NUMERIC and (number := _number(text)) is not None:
        return WriteOnlyCell(sheet, number)
    cell = WriteOnlyCell(sheet, _LIKE_ESCAPE.sub("_x005F_", text))
    cell.data_type = "s"  # also where it begins with = or looks like #N/A
    cell.quotePrefix = True  # and still so after somebody has edited it
    if len(text) <= LONGEST_AS_TEXT:
        cell.number_format = "@"
    cell.font = _BOLD if bold else _PLAIN
    cell.alignment = _WRAPPED
    return cell


def _number(text: str) -> int | float | None:
    """The number that a spreadsheet would show and keep as `text`; they have 15 digits and no more."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return None
    number = float(text)
    kept = float(f"{number:.15g}") == number and _text(number) == text
    return (int(number) if number.is_integer() else number) if kept else None
