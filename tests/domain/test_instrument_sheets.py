"""A workbook's sheets as people fill them in, and what is said about which cell."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from domain.instrument_codes import INSTRUMENT_CATALOGUE
from domain.instrument_reading import SheetsRead, read_sheets
from domain.instrument_sheets import write_sheets
from domain.instruments import Instrument, Rules, Scale
from domain.issues import sentence
from domain.text import Text
from tests.instruments import example, instruments

Sheets = dict[str, list[list[str]]]


def cell(sheets: Sheets, sheet: str, row: int, column: str, value: str) -> None:
    """Write one cell, as a person would: row 1 is the header."""
    line, place = sheets[sheet][row - 1], sheets[sheet][0].index(column)
    line[place] = value


def issues(read: SheetsRead) -> list[tuple[str | None, int | None, str | None, str]]:
    for issue in read.issues:
        for language in ("da", "en"):
            assert "…" not in sentence(issue.code, issue.params, language, catalogue=INSTRUMENT_CATALOGUE)
    return [(issue.file, issue.row, issue.column, issue.code) for issue in read.issues]


def changed(*cells: tuple[str, int, str, str]) -> SheetsRead:
    sheets = write_sheets(example())
    for each in cells:
        cell(sheets, *each)
    return read_sheets(sheets)


@given(instruments())
@settings(max_examples=60)
def test_what_is_written_reads_as_an_equal_instrument(instrument: Instrument) -> None:
    read = read_sheets(write_sheets(instrument))
    assert issues(read) == []
    assert read.instrument == instrument


def test_the_head_of_a_workbook_is_readable() -> None:
    head = {row[0]: row[1:4] for row in write_sheets(example())["instrument"]}
    assert head["title"] == ["", "Kort skema", "Short form"]
    assert head["driver_positive_share"] == ["2/3", "", ""]
    assert (head["driver_score"][0], head["spread_rwg"][0]) == ("75", "0.5")


def test_numbers_and_words_are_read_as_danish_spreadsheets_write_them() -> None:
    read = changed(
        ("instrument", 3, "value", "2,0"),
        ("components", 2, "min_answered_share", "0,75"),
        ("components", 2, "kind", "Primær"),
        ("components", 3, "scale_max", "10,0"),
        ("items", 2, "reverse", "FALSK"),
        ("items", 3, "reverse", "Ja"),
        ("items", 4, "reverse", ""),
        ("texts", 2, "kind", "Skalatekst"),
        ("texts", 2, "at", "1,0"),
    )
    assert issues(read) == []
    assert read.instrument.version == 2
    assert read.instrument.components[0].min_answered_share == 0.75
    assert [item.reverse for item in read.instrument.items] == [False, True, False]
    assert read.instrument.scale == example().scale


def test_a_dot_that_may_be_a_thousand_is_asked_about() -> None:
    row = [line[0] for line in write_sheets(example())["instrument"]].index("min_n_reliability") + 1
    assert issues(changed(("instrument", row, "value", "1.000"))) == [
        ("instrument", row, "value", "not-a-plain-whole-number")
    ]


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        (("items", 3, "key", "w1"), ("items", 3, "key", "duplicate-item-key")),
        (("items", 2, "key", ""), ("items", 2, "key", "missing-value")),
        (("items", 2, "key", "unit_external_id"), ("items", 2, "key", "reserved-key")),
        (("items", 3, "component", "cna"), ("items", 3, "component", "unknown-component")),
        (("items", 4, "text_da", ""), None),  # the English text is enough
        (("items", 4, "reverse", "måske"), ("items", 4, "reverse", "not-yes-or-no")),
        (("items", 4, "text_en", "to\nlinjer"), ("items", 4, "text_en", "control-character")),
        (("items", 4, "text_da", "x" * 1001), ("items", 4, "text_da", "too-long")),
        (("components", 3, "kind", "vigtig"), ("components", 3, "kind", "unknown-word")),
        (("components", 3, "min_answered_share", "halvdelen"), ("components", 3, "min_answered_share", "not-a-number")),
        (("components", 3, "min_answered_share", "2"), (
            "components", 3, "min_answered_share", "answered-share-out-of-range",
        )),
        (("components", 3, "scale_max", ""), ("components", 3, "scale_max", "missing-value")),
        (("components", 3, "scale_max", "0"), ("components", 3, "scale_min", "scale-not-increasing")),
        (("instrument", 2, "value", "æøå"), ("instrument", 2, "value", "key-characters")),
        (("instrument", 3, "value", "to"), ("instrument", 3, "value", "not-a-plain-whole-number")),
        (("instrument", 3, "value", "1"), ("equivalences", 2, "version", "equivalence-not-earlier")),
        (("instrument", 4, "value", "Titel"), ("instrument", 4, "value", "cell-not-used")),
        (("instrument", 7, "value", ""), ("instrument", 7, "value", "missing-value")),
        (("instrument", 9, "value", "gns."), ("instrument", 9, "value", "unknown-word")),
        (("instrument", 10, "value", "1e999"), ("instrument", 10, "value", "not-a-number")),
        (("instrument", 10, "value", "101"), ("instrument", 10, "value", "rule-out-of-range")),
        (("instrument", 10, "field", "driver"), ("instrument", 10, "field", "unknown-field")),
        (("texts", 2, "at", "4"), ("texts", 2, "at", "label-off-scale")),
        (("texts", 2, "at", "2"), ("texts", 3, "at", "duplicate-label")),
        (("texts", 2, "kind", "label "), None),
        (("texts", 2, "kind", "titel"), ("texts", 2, "kind", "unknown-word")),
        (("texts", 2, "component", "will"), ("texts", 2, "component", "label-without-scale")),
        (("texts", 5, "at", "oppe"), ("texts", 5, "at", "unknown-word")),
        (("texts", 5, "component", "will"), ("texts", 5, "component", "cell-not-used")),
        (("texts", 7, "component", "cna"), ("texts", 7, "component", "prompt-unknown-component")),
        (("equivalences", 3, "version", "v1"), ("equivalences", 3, "version", "not-a-plain-whole-number")),
        (("equivalences", 3, "item", "w9"), ("equivalences", 3, "item", "equivalence-unknown-item")),
        (("equivalences", 3, "item", "w1"), ("equivalences", 3, "item", "equivalence-item-twice")),
        (("equivalences", 3, "earlier_item", ""), ("equivalences", 3, "earlier_item", "missing-value")),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(change: tuple[str, int, str, str], issue: tuple[str, int, str, str] | None) -> None:
    found = issues(changed(change))
    assert (found[0] if found else None) == issue


def test_everything_wrong_is_said_in_one_go() -> None:
    read = changed(
        ("components", 2, "kind", "?"),
        ("items", 2, "component", "ingen"),
        ("items", 3, "reverse", "?"),
        ("texts", 5, "text_da", ""),
        ("texts", 5, "text_en", ""),
    )
    assert issues(read) == [
        ("components", 2, "kind", "unknown-word"),
        ("items", 2, "component", "unknown-component"),
        ("items", 3, "reverse", "not-yes-or-no"),
        ("texts", 5, "text_da", "empty-text"),
    ]


def test_a_component_without_items_is_named_in_its_row() -> None:
    sheets = write_sheets(example(equivalences=(), items=example().items[:2]))
    assert issues(read_sheets(sheets)) == [("components", 3, "key", "component-without-items")]


def broken(change: Callable[[Sheets], object]) -> list[tuple[str | None, int | None, str | None, str]]:
    sheets = write_sheets(example())
    change(sheets)
    return issues(read_sheets(sheets))


def test_columns_and_sheets_that_are_missing_unknown_or_doubled_are_said_once() -> None:
    assert broken(lambda sheets: sheets.pop("items")) == [("items", None, None, "missing-sheet")]
    assert broken(lambda sheets: cell(sheets, "items", 1, "component", "komponent")) == [
        ("items", 1, "component", "missing-column"),
        ("items", 1, "komponent", "unknown-column"),
    ]
    assert broken(lambda sheets: cell(sheets, "items", 1, "text_en", "text_da")) == [
        ("items", 1, "text_da", "duplicate-column")
    ]
    assert broken(lambda sheets: sheets["items"][2].append("løs")) == []  # beside the table, in no column
    assert broken(lambda sheets: [sheets["items"][0].append(""), sheets["items"][2].append("løs")]) == [
        ("items", 1, None, "empty-column-name")
    ]
    assert broken(lambda sheets: sheets["instrument"].pop(1)) == [("instrument", None, "key", "missing-field")]
    assert broken(lambda sheets: sheets["instrument"].append(sheets["instrument"][1])) == [
        ("instrument", 18, "field", "duplicate-field")
    ]


def test_sheets_and_columns_that_may_be_left_out_take_the_defaults() -> None:
    sheets = {
        "instrument": [
            ["field", "value", "da"],
            ["key", "k", ""], ["version", "1", ""], ["title", "", "T"], ["scale_min", "1", ""], ["scale_max", "5", ""],
        ],
        "components": [["KEY", " Kind", "title_da"], ["c", "primary", "C"]],
        "items": [["key", "component", "text_da", "note"], [], ["i", "c", "I", "vores egen"]],
        "noter": [["hvad som helst"]],
    }  # fmt: skip
    read = read_sheets(sheets)
    assert issues(read) == []
    assert (read.instrument.rules, read.instrument.scale, read.instrument.tasks) == (Rules(), Scale(1, 5), ())
    assert read.instrument.items[0].text == Text("I", "")
    assert [(note.file, note.code) for note in read.notes] == [("noter", "sheet-not-read")]


def test_nothing_at_all_is_said_kindly() -> None:
    assert [issue[3] for issue in issues(read_sheets({}))] == ["missing-sheet"] * 3
    assert {
        issue[3] for issue in issues(read_sheets({name: [] for name in ("instrument", "components", "items")}))
    } == {"missing-column"}
