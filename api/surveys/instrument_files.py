"""An instrument as a file: JSON, YAML or XLSX in and out, with every problem in the place where it can be corrected."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.surveys.findings import in_our_words, pointer_of
from api.surveys.instrument_schemas import InstrumentIO
from api.surveys.instruments import to_domain, wire_form
from api.surveys.structured import Document, read_json, read_yaml, write_yaml
from api.surveys.workbooks import read_workbook, write_workbook
from domain.cells import shown_safely
from domain.instrument_cells import located
from domain.instrument_reading import read_sheets
from domain.instrument_sheets import write_sheets
from domain.issues import Param, RowIssue

Format = Literal["json", "yaml", "xlsx"]
MEDIA_TYPES: Mapping[Format, str] = {
    "json": "application/json",
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml")
MAX_BYTES = 5_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Place = tuple[str | None, int | None, str | None]  # sheet, row or line, column or pointer


@dataclass(frozen=True, slots=True)
class InstrumentFile:
    """`instrument` is there when there are no `issues`; `place` leads from a pointer to where it stands in the file."""

    instrument: InstrumentIO | None
    place: Callable[[str], Place]
    issues: tuple[RowIssue, ...] = ()
    notes: tuple[RowIssue, ...] = ()

    def issue(self, pointer: str, code: str, params: Mapping[str, Param]) -> RowIssue:
        return RowIssue(*self.place(pointer), code, params)


def read_instrument(body: bytes, *, media_type: str = "") -> InstrumentFile:
    """The instrument in `body`. The content decides what it is; only YAML that looks like JSON needs its media type.

    Never raises for bad input.
    """
    if len(body) > MAX_BYTES:
        return _refused([RowIssue(None, None, None, "file-too-large", {"limit": MAX_BYTES // 1_000_000})])
    if body.startswith(_OLE):
        return _refused([RowIssue(None, None, None, "old-workbook")])
    if body.startswith(_ZIP):
        return _of_workbook(body)
    looks_like_json = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    as_json = media_type not in YAML_TYPES and (looks_like_json or media_type == MEDIA_TYPES["json"])
    return _of_document(read_json(body) if as_json else read_yaml(body))


def write_instrument(instrument: InstrumentIO, *, format: Format) -> bytes:
    """A file that reads as an equal instrument."""
    if format == "xlsx":
        return write_workbook(write_sheets(to_domain(instrument)))
    data = instrument.model_dump(mode="json")
    return write_yaml(data) if format == "yaml" else json.dumps(data, ensure_ascii=False, indent=2).encode()


def _refused(issues: Iterable[RowIssue]) -> InstrumentFile:
    return InstrumentFile(None, lambda _: (None, None, None), tuple(issues))


def _of_workbook(body: bytes) -> InstrumentFile:
    book = read_workbook(body)
    if book.issues:
        return _refused(book.issues)
    read = read_sheets(book.sheets)

    def place(pointer: str) -> Place:
        return located(pointer, read.places)

    if read.issues:
        return InstrumentFile(None, place, read.issues, read.notes)
    return _validated(wire_form(read.instrument), place, notes=read.notes)


def _of_document(document: Document) -> InstrumentFile:
    if document.issues:
        return _refused(document.issues)
    if not isinstance(document.data, dict):
        return _refused([RowIssue(None, None, None, "not-an-instrument")])

    def place(pointer: str) -> Place:
        around = pointer
        while around and around not in document.lines:
            around = around.rpartition("/")[0]
        return None, document.lines.get(around), shown_safely(pointer) or None

    return _validated(document.data, place)


def _validated(
    data: Mapping[str, Any], place: Callable[[str], Place], *, notes: tuple[RowIssue, ...] = ()
) -> InstrumentFile:
    try:
        return InstrumentFile(InstrumentIO.model_validate(data), place, notes=notes)
    except ValidationError as error:
        found = error.errors(include_url=False)
        return InstrumentFile(None, place, tuple(_issue(each, place) for each in found), notes)


def _issue(error: ErrorDetails, place: Callable[[str], Place]) -> RowIssue:
    code, params = in_our_words(error)
    return RowIssue(*place(pointer_of(error)), code, params)
