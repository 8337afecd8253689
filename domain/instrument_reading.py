"""Reading an instrument from the sheets of a workbook, and saying of every problem in which cell it is.

A cell that cannot be read is one issue; in its place stands something harmless, so that the rest of the workbook is
checked in the same go. Nothing is dropped in silence, since what is published can never be taken back.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.cells import CellError, Reader, read_bool, read_text, shown_safely
from domain.instrument_cells import Book, Place, Row, Table, Value, read_number, read_whole
from domain.instrument_problems import LONGEST_LICENCE, LONGEST_SOURCE, LONGEST_TEXT, instrument_problems
from domain.instrument_sheets import (
    BILINGUAL,
    COMPONENT_KIND,
    COUNTS,
    FIELDS,
    NEEDED,
    OCCASION,
    POSITION,
    READINESS,
    RULES,
    SPECS,
    TEXT_KIND,
    Sheets,
)
from domain.instruments import Component, Equivalence, Instrument, Item, Prompt, Rules, Scale, Task
from domain.issues import RowIssue
from domain.text import Text

_NO_SCALE = Scale(0, 1)  # stands where none could be read, so that nothing more is said about it
_NO_VERSION = 1_000_000
_key, _text, _source, _licence = map(read_text, (64, LONGEST_TEXT, LONGEST_SOURCE, LONGEST_LICENCE))

Label = tuple[int, str, Text, Row]  # point, component or empty, text, and the row it stands in


@dataclass(frozen=True, slots=True)
class SheetsRead:
    """With `issues` nothing may be used. `places` leads from a pointer into the wire form to the cell it came from."""

    instrument: Instrument
    issues: tuple[RowIssue, ...]
    notes: tuple[RowIssue, ...]
    places: dict[str, Place]


def read_sheets(sheets: Sheets) -> SheetsRead:
    """The instrument in `sheets` (see `domain.instrument_sheets.SPECS`), checked as a whole."""
    book = Book()
    tables = {name: Table(book, name, sheets.get(name)) for name in SPECS}
    head = _Head(book, tables["instrument"])
    labels = list(_label_rows(tables["texts"]))
    components = tuple(_components(book, tables["components"], labels))
    instrument = Instrument(
        key=head.read("key", _key, ""),
        version=head.read("version", read_whole, _NO_VERSION),
        title=head.text("title"),
        scale=_scale(book, head.scale(), labels, component="", at="/scale"),
        components=components,
        items=tuple(_items(book, tables["items"])),
        rules=head.rules(),
        tasks=tuple(_tasks(book, tables["texts"])),
        prompts=tuple(_prompts(book, tables["texts"])),
        equivalences=_equivalences(book, tables["equivalences"]),
        source=head.text("source"),
        licence=head.read("licence", _licence, ""),
    )
    if all(table.readable for table in tables.values()):
        for problem in instrument_problems(instrument):
            if problem.code != "scale-labels-mismatch" or not book.said_in("texts"):  # else it only follows from that
                book.add_at(problem.pointer, problem.code, problem.params)
    return SheetsRead(instrument, book.issues(), tuple(_ignored(sheets)), book.places)


@dataclass(slots=True)
class _Head:
    """The sheet `instrument`: one row a field."""

    book: Book
    table: Table
    fields: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.table.rows():
            name = row.cell("field").lower()
            if name in self.fields:
                row.add("duplicate-field", "field", {"field": name})
            elif name not in FIELDS:
                close = ", ".join(difflib.get_close_matches(name[:100], FIELDS, n=3, cutoff=0))
                row.add("unknown-field", "field", {"field": shown_safely(name), "close": close})
            else:
                self.fields[name] = row
                row.unused(*(("value",) if name in BILINGUAL else ("da", "en")))
        for name in NEEDED:
            if name not in self.fields and self.table.readable:
                self.book.add((self.table.name, None, name), "missing-field", {"field": name})

    def read(self, name: str, reader: Reader, default: Value, *, pointer: str = "") -> Any:
        pointer = pointer or f"/{name}"
        if name not in self.fields:
            self.book.places[pointer] = (self.table.name, None, name)
            return default
        return self.fields[name].read("value", reader, default, pointer=pointer, filled=name in NEEDED)

    def text(self, name: str) -> Text:
        if name not in self.fields:
            self.book.places[f"/{name}/da"] = (self.table.name, None, name)
            return Text("", "")
        return self.fields[name].text("", pointer=f"/{name}", reader=_source if name == "source" else _text)

    def scale(self) -> Scale:
        ends = [self.read(name, read_whole, None) for name in ("scale_max", "scale_min")]
        self.book.places["/scale"] = self.book.places["/scale_min"]
        return _NO_SCALE if None in ends else Scale(ends[1], ends[0])

    def rules(self) -> Rules:
        """What is left out or empty has its default."""
        whole: dict[str, Reader] = dict.fromkeys(COUNTS, read_whole)
        readers = whole | {"readiness": READINESS}
        given = {
            rule: self.read(rule, readers.get(rule, read_number), None, pointer=f"/rules/{rule}") for rule in RULES
        }
        return Rules(**{rule: value for rule, value in given.items() if value is not None})


def _label_rows(table: Table) -> Iterator[Label]:
    """The labels of all scales."""
    for row in table.rows():
        if _kind(row, said=True) != "label":
            continue
        point = row.read("at", read_whole, None, filled=True)
        text = row.text("text", pointer=f"/labels/{row.number}")
        if point is not None:
            yield point, row.cell("component"), text, row


def _scale(book: Book, scale: Scale, labels: list[Label], *, component: str, at: str) -> Scale:
    """`scale` with its labels, from the lowest point to the highest."""
    book.places[f"{at}/labels"] = ("texts", None, None)
    found: dict[int, tuple[Text, Row]] = {}
    for point, owner, text, row in labels:
        if owner != component or scale is _NO_SCALE:
            continue
        if not scale.min <= point <= scale.max:
            row.add("label-off-scale", "at", {"point": point, "min": scale.min, "max": scale.max})
        elif point in found:
            row.add("duplicate-label", "at", {"point": point, "first_row": found[point][1].number})
        else:
            found[point] = text, row
    for index, point in enumerate(sorted(found)):
        row = found[point][1]
        for language in ("da", "en"):
            book.places[f"{at}/labels/{index}/{language}"] = row.place(f"text_{language}")
    return Scale(scale.min, scale.max, tuple(found[point][0] for point in sorted(found)))


def _components(book: Book, table: Table, labels: list[Label]) -> Iterator[Component]:
    scaled: set[str] = set()
    for index, row in enumerate(table.rows()):
        at = f"/components/{index}"
        key = row.read("key", _key, "", pointer=f"{at}/key", filled=True)
        book.places[at] = row.place("key")
        scale = _own_scale(book, row, labels, key=key, at=f"{at}/scale")
        scaled |= {key} if scale else set()
        yield Component(
            key=key,
            kind=row.read("kind", COMPONENT_KIND, "contextual", pointer=f"{at}/kind", filled=True),
            title=row.text("title", pointer=f"{at}/title"),
            min_answered_share=row.read("min_answered_share", read_number, 0.5, pointer=f"{at}/min_answered_share"),
            scale=scale,
        )
    for _, owner, _, row in labels:
        if owner and owner not in scaled and table.readable:
            row.add("label-without-scale", "component", {"component": shown_safely(owner)})


def _own_scale(book: Book, row: Row, labels: list[Label], *, key: str, at: str) -> Scale | None:
    """Both ends, or neither."""
    columns = ("scale_min", "scale_max")
    book.places[at] = row.place("scale_min")
    if not any(row.cell(column) for column in columns):
        return None
    low, high = (row.read(column, read_whole, None, filled=True) for column in columns)
    ends = _NO_SCALE if low is None or high is None else Scale(low, high)
    return _scale(book, ends, labels, component=key, at=at)


def _items(book: Book, table: Table) -> Iterator[Item]:
    for index, row in enumerate(table.rows()):
        at = f"/items/{index}"
        book.places[at] = row.place("key")
        yield Item(
            key=row.read("key", _key, "", pointer=f"{at}/key", filled=True),
            component=row.read("component", _key, "", pointer=f"{at}/component", filled=True),
            text=row.text("text", pointer=f"{at}/text"),
            reverse=row.read("reverse", read_bool, False, pointer=f"{at}/reverse"),
        )


def _kind(row: Row, *, said: bool = False) -> str:
    """The kind of a row of texts; what is wrong with it is said once, although the sheet is gone through thrice."""
    if said:
        return str(row.read("kind", TEXT_KIND, "", filled=True))
    try:
        return TEXT_KIND(row.cell("kind"))
    except CellError:
        return ""


def _tasks(book: Book, table: Table) -> Iterator[Task]:
    rows = (row for row in table.rows() if _kind(row) == "task")
    for index, row in enumerate(rows):
        at = f"/tasks/{index}"
        book.places[at] = row.place(None)
        row.unused("component")
        position = row.read("at", POSITION, "over_over", pointer=f"{at}/position", filled=True)
        yield Task(position, row.text("text", pointer=f"{at}/text"))


def _prompts(book: Book, table: Table) -> Iterator[Prompt]:
    rows = (row for row in table.rows() if _kind(row) == "prompt")
    for index, row in enumerate(rows):
        at = f"/prompts/{index}"
        book.places[at] = row.place(None)
        occasion = row.read("at", OCCASION, "always", pointer=f"{at}/occasion", filled=True)
        component = row.read("component", _key, None, pointer=f"{at}/component")
        yield Prompt(occasion, component, row.text("text", pointer=f"{at}/text"))


def _equivalences(book: Book, table: Table) -> tuple[Equivalence, ...]:
    """The rows gathered by version, in the order the versions are first named."""
    pairs: dict[int, list[tuple[str, str]]] = {}
    for row in table.rows():
        version = row.read("version", read_whole, None, filled=True)
        here, earlier = (row.read(column, _key, "", filled=True) for column in ("item", "earlier_item"))
        if version is None:
            continue
        at = f"/equivalences/{list(pairs).index(version) if version in pairs else len(pairs)}"
        book.places.setdefault(at, row.place("version"))
        book.places.setdefault(f"{at}/version", row.place("version"))
        book.places[f"{at}/items/{here}"] = row.place("item")
        pairs.setdefault(version, []).append((here, earlier))
    return tuple(Equivalence(version, tuple(items)) for version, items in pairs.items())


def _ignored(sheets: Sheets) -> Iterator[RowIssue]:
    for name in sheets:
        if name not in SPECS:
            params = {"name": shown_safely(name), "names": ", ".join(SPECS)}
            yield RowIssue(shown_safely(name), None, None, "sheet-not-read", params)
