"""CSV files as spreadsheets and people really make them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.issues import CODES, hint, sentence
from domain.tabular import MAX_ISSUES, TABULAR_CODES, CsvTable, read_csv

CATALOGUE = CODES | TABULAR_CODES


def codes(table: CsvTable) -> list[tuple[int | None, str]]:
    return [(issue.row, issue.code) for issue in table.issues]


def assumed(table: CsvTable) -> list[str]:
    return [note.code for note in table.assumptions]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_same_table_is_read_whatever_wrote_it(separator: str, encoding: str, ending: str) -> None:
    text = ending.join(separator.join(row) for row in [["id", "navn"], ["1", "Blåbærhøj"], ["2", "Ærø"]])
    table = read_csv(text.encode(encoding))
    assert (table.header, table.rows, table.issues) == (["id", "navn"], [["1", "Blåbærhøj"], ["2", "Ærø"]], ())
    assert ("assumed-windows-1252" in assumed(table)) == (encoding == "cp1252")
    assert ("assumed-separator" in assumed(table)) == (separator != ",")


def test_a_comma_inside_quotation_marks_does_not_decide_the_separator() -> None:
    table = read_csv(b'"navn, a, b, c";id\n"x, y";1\n')
    assert table.rows == [["x, y", "1"]]


def test_a_quoted_line_break_still_counts_as_one_row() -> None:
    table = read_csv(b'id,note\n1,"two\nlines"\n2\n')
    assert table.rows[0] == ["1", "two\nlines"]
    assert codes(table) == [(3, "row-too-short")]


def test_blank_rows_between_keep_the_count_and_blank_rows_at_the_end_are_left_out() -> None:
    table = read_csv(b"id,name\n1,a\n\n;\n2\n,,\n\n")
    assert table.rows[1] == ["", ""]
    assert codes(table) == [(4, "row-too-short"), (5, "row-too-short")]


def test_empty_cells_beyond_the_header_are_droppings_and_filled_ones_are_not() -> None:
    table = read_csv(b"id,name,,\n1,a,,\n2,b,,x\n")
    assert table.header == ["id", "name"]
    assert codes(table) == [(3, "row-too-long")]
    assert table.issues[0].params == {"cells": 4, "columns": 2}


def test_a_row_of_a_hundred_columns_is_one_issue() -> None:
    assert codes(read_csv(b"id,name\n" + b"x," * 99 + b"x\n")) == [(2, "row-too-long")]


def test_the_header_is_trimmed_and_found_in_any_case() -> None:
    assert read_csv(b" External_ID , Name\n1,a\n").columns() == {"external_id": 0, "name": 1}


def test_a_column_twice_and_a_column_without_a_name_are_said() -> None:
    assert [code for _, code in codes(read_csv(b"id,ID,,x\n1,2,3,4\n"))] == ["duplicate-column", "empty-column-name"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b" , ,\n", codecs.BOM_UTF8, b"id,name\n", b"id,name\n,\n"])
def test_a_file_without_rows_is_said_to_be_empty(data: bytes) -> None:
    assert codes(read_csv(data)) == [(None, "empty-file")]


def test_a_blank_first_row_is_not_taken_for_a_header() -> None:
    assert codes(read_csv(b"\nid,name\n1,a\n")) == [(None, "empty-header")]


def test_a_null_byte_is_refused_with_its_line() -> None:
    table = read_csv(b"id,name\n1,a\n2,b\0c\n", file="areas.csv")
    assert (table.rows, table.issues[0].code, table.issues[0].params) == ([], "not-a-text-file", {"line": 3})


def test_bytes_of_no_known_encoding_are_refused() -> None:
    assert read_csv(b"id,name\n1,\x81\x8d\n").issues[0].code == "not-a-text-file"


@pytest.mark.parametrize("row", ['2,"open', '2,"a"b', "2," + "x" * 200_000, "2," + "x," * 600_000])
def test_a_row_that_cannot_be_read_is_named(row: str) -> None:
    assert codes(read_csv(f"id,name\n1,a\n{row}\n".encode())) == [(3, "unreadable-row")]


def test_a_table_of_too_many_cells_is_refused_rather_than_held_in_memory() -> None:
    assert codes(read_csv((b"," * 999_000 + b"\n") * 11)) == [(None, "table-too-large")]


def test_a_file_full_of_errors_lists_the_first_and_counts_the_rest() -> None:
    table = read_csv(b"id,name\n" + b"1\n" * 5_000)
    assert len(table.issues) == MAX_ISSUES + 1
    assert (table.issues[-1].code, table.issues[-1].params) == ("further-issues", {"count": 4_000})


def test_25_megabytes_of_garbage_are_one_issue() -> None:
    assert codes(read_csv(bytes(range(1, 256)) * 100_000)) == [(None, "not-a-text-file")]


@given(st.binary(max_size=400) | st.text(alphabet=',;\t"\n\r aæ1\x00', max_size=200).map(str.encode))
def test_no_bytes_raise_and_every_finding_has_its_sentences(data: bytes) -> None:
    table = read_csv(data)
    for issue in (*table.issues, *table.assumptions):
        for language in ("da", "en"):
            assert "…" not in sentence(issue.code, issue.params, language, catalogue=CATALOGUE)
            assert hint(issue.code, language, params=issue.params, catalogue=CATALOGUE)
    ragged = {issue.row for issue in table.issues}
    assert all(len(row) == len(table.header) or number in ragged for number, row in enumerate(table.rows, start=2))
