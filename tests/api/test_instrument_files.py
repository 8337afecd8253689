"""Files of instruments as people and attackers make them: what goes out comes in again, and nothing bad comes in."""

import io
import json
import string
import zipfile
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from api.imports.catalogue import CODES
from api.surveys import workbooks
from api.surveys.instrument_files import _validated, read_instrument, write_instrument
from api.surveys.instrument_schemas import InstrumentIO
from api.surveys.instruments import to_domain, wire_form
from domain.instrument_problems import MOST
from domain.instrument_reading import read_sheets
from domain.instrument_sheets import write_sheets
from domain.instruments import Equivalence, Instrument, Item, Task
from domain.issues import RowIssue
from domain.text import Text
from tests.instruments import TRICKY, example, instruments

FORMATS = ("json", "yaml", "xlsx")
DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)  # making an instrument smaller takes minutes


def wire(instrument: Instrument) -> InstrumentIO:
    return InstrumentIO.model_validate(wire_form(instrument))


WORKBOOK = write_instrument(wire(example()), format="xlsx")


def complete(issue: RowIssue) -> None:
    """The issue can be kept, and its sentence and hint leave nothing out in either language."""
    json.dumps(issue.params, ensure_ascii=False).encode()
    assert "\0" not in f"{issue.file}{issue.column}{issue.params}"
    known = CODES[issue.code]
    for text in (known.sentence.da, known.sentence.en, known.hint.da, known.hint.en):
        wanted = {field for _, field, _, _ in string.Formatter().parse(text) if field}
        assert wanted <= set(issue.params), issue


def issues(body: bytes, **options: str) -> list[tuple[str | None, int | None, str | None, str]]:
    """What is said about `body`."""
    file = read_instrument(body, **options)
    assert (file.instrument is None) == bool(file.issues)
    for issue in file.issues:
        complete(issue)
    return [(issue.file, issue.row, issue.column, issue.code) for issue in file.issues]


def codes(body: bytes, **options: str) -> list[str]:
    return [issue[3] for issue in issues(body, **options)]


@pytest.mark.parametrize("format", FORMATS)
@given(instrument=instruments())
@settings(max_examples=25, deadline=None, phases=DRAWN)
def test_what_is_exported_imports_as_an_equal_instrument(format: Any, instrument: Instrument) -> None:
    file = read_instrument(write_instrument(wire(instrument), format=format))
    assert file.issues == ()
    assert file.instrument == wire(instrument)
    assert to_domain(file.instrument) == instrument


@pytest.mark.parametrize("format", FORMATS)
def test_a_published_example_survives_every_format(format: Any) -> None:
    assert read_instrument(write_instrument(wire(example()), format=format)).instrument == wire(example())


def test_a_workbook_holds_no_formula_whatever_the_texts_begin_with() -> None:
    texts = [text for text in TRICKY if text.strip()]
    tasks = tuple(Task("over_over", Text(text, text)) for text in texts)
    book = openpyxl.load_workbook(io.BytesIO(write_instrument(wire(example(tasks=tasks)), format="xlsx")))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    written = [cell for cell in book["texts"]["D"] if cell.value in texts]
    assert len(written) >= len(texts) - 2  # two are escaped in the file
    assert all(cell.quotePrefix for cell in written)  # and stay text when somebody edits them


def test_numbers_are_numbers_to_a_spreadsheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    assert [book["components"][f"{column}3"].value for column in "EFG"] == [0.5, 0, 10]
    assert book["instrument"]["B3"].value == 2


def edited(*cells: tuple[str, str, Any]) -> bytes:
    """The workbook of the example, saved by a spreadsheet after some cells were changed."""
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    for sheet, address, value in cells:
        book[sheet][address] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_workbook_that_a_spreadsheet_has_saved_is_read() -> None:
    file = read_instrument(edited(("instrument", "B3", 2.0), ("items", "E2", False), ("items", "E3", True)))
    assert file.instrument == wire(example())


def test_a_formula_and_an_error_are_refused_in_their_cell() -> None:
    body = edited(("items", "C2", "=CONCATENATE(A1,B1)"), ("items", "C3", "#N/A"))
    assert issues(body) == [("items", 2, "C", "cell-is-formula"), ("items", 3, "C", "cell-is-error")]


def test_a_date_that_a_spreadsheet_made_of_a_number_is_said() -> None:
    import datetime

    body = edited(("components", "E2", datetime.date(2026, 3, 2)))
    assert issues(body) == [("components", 2, "min_answered_share", "not-a-number")]


def repacked(change: dict[str, bytes], *, body: bytes = WORKBOOK) -> bytes:
    """The workbook with some of its parts replaced, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *change}:
            new.writestr(name, change[name] if name in change else old.read(name))
    return made.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        return archive.read(name)


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [ENTITIES, EXTERNAL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037"])
def test_entities_are_refused_in_whatever_encoding(declaration: bytes, encoding: str) -> None:
    xml = declaration.decode() + part(SHEET).decode().replace("kort", "&a;")
    assert codes(repacked({SHEET: xml.encode(encoding)})) == ["unsafe-workbook"]


def test_a_part_with_another_name_is_never_reached() -> None:
    rels = part("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.bin")
    bodies = {"xl/_rels/workbook.xml.rels": rels, "xl/worksheets/sheet1.bin": ENTITIES + part(SHEET)}
    assert issues(repacked(bodies)) == [("instrument", None, None, "missing-sheet")]


def test_two_sheets_of_one_name_are_refused() -> None:
    book = part("xl/workbook.xml").replace(b'name="texts"', b'name="ITEMS"')
    assert codes(repacked({"xl/workbook.xml": book})) == ["unsafe-workbook"]


def test_more_sheets_than_anybody_has_are_refused() -> None:
    book = openpyxl.Workbook()
    for number in range(workbooks.MAX_SHEETS):
        book.create_sheet(f"s{number}")
    saved = io.BytesIO()
    book.save(saved)
    assert codes(saved.getvalue()) == ["too-many-sheets"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked({"xl/media/image1.xml": b"<a>" + b" " * 60_000_000})
    assert len(bomb) < 1_000_000
    assert codes(bomb) == ["workbook-too-large"]


def test_a_sheet_that_claims_to_be_endless_is_read_to_its_last_cell() -> None:
    xml = part(SHEET).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert codes(repacked({SHEET: xml})) == []


@pytest.mark.parametrize("address", ["A1048576", "XFD3"])
def test_a_stray_cell_far_away_is_said(address: str) -> None:
    assert [issue[::3] for issue in issues(edited(("items", address, "x")))] == [("items", "sheet-too-large")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"PK\x03\x04", "unreadable-workbook"),
        (WORKBOOK[:-100], "unreadable-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-workbook"),
        (b"{" + b" " * 5_000_000, "file-too-large"),
        (b"", "not-an-instrument"),
        (b"just a sentence", "not-an-instrument"),
        (b"[]", "not-an-instrument"),
        (b"- a\n- b", "not-an-instrument"),
        ('{"key": "kært"}'.encode("cp1252"), "file-not-utf-8"),
        ("key: kært".encode("utf-16"), "file-not-utf-8"),
        (b'{"key": "k",}', "unreadable-json"),
        (b'{"key": NaN}', "unreadable-json"),
        (b'{"version": ' + b"9" * 5000 + b"}", "unreadable-json"),
        (b"[" * 100_000, "nested-too-deep"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "nested-too-deep"),
        (b"a: " + b"[" * 100_000, "nested-too-deep"),
        (b"- " * 100_000, "nested-too-deep"),
        (b"key: [1, 2", "unreadable-yaml"),
        (b"key: a\x00b", "unreadable-yaml"),
        (b"key: \x01", "unreadable-yaml"),
        (b"? [a, b]\n: c", "unreadable-yaml"),
        (b"key: a: b", "unreadable-yaml"),
        (b"key: k\n---\nkey: k", "yaml-several-documents"),
        (b"key: !!python/object/apply:os.system ['true']", "yaml-tag"),
        (b"key: ! x", "yaml-tag"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "yaml-alias"),
        (b"key: &k x\n<<: *k", "yaml-alias"),
    ],
)
def test_what_cannot_be_read_is_said(body: bytes, code: str) -> None:
    assert codes(body) == [code]


def as_yaml(instrument: Instrument) -> str:
    return write_instrument(wire(instrument), format="yaml").decode()


def test_doubled_keys_are_said_where_the_format_would_drop_one() -> None:
    written = json.dumps(wire(example()).model_dump(mode="json"))
    doubled = written.replace('"w1": "vilje1"', '"w1": "vilje1", "w1": "vilje3"').replace(
        '"kort",', '"kort", "key": "k",', 1
    )
    assert issues(doubled.encode()) == [
        (None, None, "/key", "duplicate-field"),
        (None, None, "/equivalences/0/items/w1", "duplicate-field"),
    ]
    lines = as_yaml(example()).replace("    w1: vilje1\n", "    w1: vilje1\n    w1: vilje3\n")
    ((_, line, pointer, code),) = issues(lines.encode())
    assert (pointer, code) == ("/equivalences/0/items/w1", "duplicate-field")
    assert lines.splitlines()[line - 1] == "    w1: vilje3"


def test_words_of_yaml_stay_words() -> None:
    text = as_yaml(example()).replace("da: nej", "da: no").replace("en: 'no'", "en: No")
    file = read_instrument(text.encode())
    assert file.instrument is not None
    assert file.instrument.scale.labels[0].model_dump() == {"da": "no", "en": "No"}


def test_yaml_that_looks_like_json_needs_its_media_type() -> None:
    flow = b"{key: k}"
    assert codes(flow) == ["unreadable-json"]
    assert "missing-field" in codes(flow, media_type="application/yaml")


def with_(instrument: dict[str, Any], pointer: str, value: Any) -> bytes:
    *path, last = pointer.strip("/").split("/")
    inner: Any = instrument
    for step in path:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    inner[int(last) if isinstance(inner, list) else last] = value
    return json.dumps(instrument).encode()


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/key", 5, "field-not-text"),
        ("/key", "to ord", "key-characters"),
        ("/version", "to", "field-not-a-number"),
        ("/version", 0, "field-out-of-range"),
        ("/version", 1.5, "field-not-a-number"),
        ("/version", 10**30, "field-out-of-range"),
        ("/title/da", "x" * 1001, "text-too-long"),
        ("/title/da", "a\u0000b", "control-character"),
        ("/title/da", "a\uffffb", "control-character"),
        ("/title/da", "\ud800", "field-not-text"),
        ("/title", 7, "field-not-an-object"),
        ("/title/fr", "x", "unknown-field"),
        ("/titel", "x", "unknown-field"),
        ("/a\u0000b", "x", "unknown-field"),
        ("/a\ud800", "x", "field-not-text"),
        ("/scale", None, "field-not-an-object"),
        ("/items", {}, "field-not-a-list"),
        ("/items", [], "field-wrong-length"),
        ("/items/0/reverse", "måske", "field-not-true-or-false"),
        ("/components/0/kind", "vigtig", "unknown-word"),
        ("/components/0/min_answered_share", 1.5, "field-out-of-range"),
        ("/rules/driver_score", 1e999, "unreadable-json"),
        ("/rules/min_n_mean", 1, None),  # the domain's to judge
        ("/equivalences/0/items/to ord", "x", "key-characters"),
        ("/prompts/0/occasion", "altid", "unknown-word"),
    ],
)
def test_a_field_that_is_not_right_is_said(pointer: str, value: Any, code: str | None) -> None:
    body = with_(wire(example()).model_dump(mode="json"), pointer, value)
    found = issues(body)
    assert [each[3] for each in found] == ([code] if code else [])
    if code and code != "unreadable-json" and pointer.isprintable():
        assert found[0][2] == pointer


def test_a_missing_field_is_said_with_its_line_in_yaml() -> None:
    lines = [line for line in as_yaml(example()).splitlines() if "component: can" not in line]
    ((_, line, pointer, code), *_) = issues("\n".join(lines).encode())
    assert (pointer, code) == ("/items/2/component", "missing-field")
    assert lines[line - 1].strip() == "- key: c1"


@given(st.binary(max_size=60))
@settings(max_examples=100)
def test_no_bytes_raise(body: bytes) -> None:
    for start in (b"", b"{", b"key: "):
        codes(start + body)


_anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    max_leaves=4,
)


@given(st.data(), _anything)
@settings(max_examples=80, deadline=None, phases=DRAWN)
def test_whatever_stands_in_the_place_of_a_value_is_said_or_taken(data: st.DataObject, anything: Any) -> None:
    body = wire(example()).model_dump(mode="json")
    inner: Any = body
    while True:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        key = data.draw(st.sampled_from(keys))
        if not inner[key] or not isinstance(inner[key], dict | list) or data.draw(st.booleans()):
            break
        inner = inner[key]
    inner[key] = anything
    codes(json.dumps(body).encode())
    codes(yaml.safe_dump(body).encode())


_cells = st.one_of(st.sampled_from((*TRICKY, "", "1,5", "-1", "ja", "driver", "w1", "can")), st.text(max_size=5))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_cell_is_said_or_taken(data: st.DataObject) -> None:
    sheets = write_sheets(example())
    for _ in range(data.draw(st.integers(1, 4))):
        rows = sheets[data.draw(st.sampled_from(sorted(sheets)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(_cells)
    read = read_sheets(sheets)
    for issue in read.issues:
        complete(issue)
    if not read.issues:
        _validated(wire_form(read.instrument), lambda _: (None, None, None))


@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_never_raises(changes: list[tuple[int, int]]) -> None:
    body = bytearray(WORKBOOK)
    for at, byte in changes:
        body[at] = byte
    codes(bytes(body))


def test_the_largest_instrument_there_may_be_goes_through_a_workbook() -> None:
    items = tuple(Item(f"i{number}", "will", Text("æ" * 1000, "x" * 1000)) for number in range(MOST["items"] - 1))
    claims = tuple(Equivalence(version, (("i0", f"{'k' * 60}{version}"),)) for version in range(1, 51))
    largest = wire(example(version=51, items=(*items, example().items[2]), equivalences=claims))
    assert read_instrument(write_instrument(largest, format="xlsx")).instrument == largest
