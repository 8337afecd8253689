"""Reading a wide answers file: every form an answer may have, and every way a file may be wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import NOT_ANSWERED, AnswersFile, read_answers
from domain.instruments import Component, Instrument, Item, Scale
from domain.issues import hint, sentence
from domain.roster_codes import ROSTER_CATALOGUE
from domain.scales import MISSING
from domain.text import Text

WORD = Text("Ord", "Word")
INSTRUMENT = Instrument(
    key="k",
    version=1,
    title=WORD,
    scale=Scale(min=1, max=5),
    components=(Component("c", "primary", WORD), Component("d", "contextual", WORD, scale=Scale(min=0, max=10))),
    items=(Item("c1", "c", WORD), Item("c2", "c", WORD, reverse=True), Item("d1", "d", WORD)),
)
HEADER = ["unit_external_id", "respondent_key", "role", "c1", "c2", "d1"]
UNITS = {"sol": "1", "mane": "2"}


def read(*rows: list[str], header: list[str] = HEADER) -> AnswersFile:
    return read_answers(header, rows, instrument=INSTRUMENT, known_units=UNITS)


def codes(file: AnswersFile) -> list[tuple[int | None, str | None, str]]:
    return [(issue.row, issue.column, issue.code) for issue in file.issues]


def test_answers_come_in_instrument_order_whatever_the_order_of_columns() -> None:
    file = read(["10", "2", "sol", "1"], header=["d1", "c2", "unit_external_id", "C1"])
    assert file.answers.tolist() == [[1, 2, 10]]
    assert (file.unit_ids, file.respondent_keys, file.roles, file.issues) == (("1",), (None,), (None,), ())


@pytest.mark.parametrize("missing", NOT_ANSWERED)
def test_what_stands_for_no_answer_is_missing(missing: str) -> None:
    assert read(["sol", "", "", missing, "3", f" {missing} "]).answers.tolist() == [[MISSING, 3, MISSING]]


@pytest.mark.parametrize("four", ["4", "4.0", "4,0", " 4 ", "4.00"])
def test_a_spreadsheets_four_is_four(four: str) -> None:
    assert read(["sol", "", "", four, "3", "0"]).answers.tolist() == [[4, 3, 0]]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["sol", "", "", "6", "3", "0"], (2, "c1", "not-on-scale")),
        (["sol", "", "", "1", "0", "0"], (2, "c2", "not-on-scale")),
        (["sol", "", "", "1", "3", "11"], (2, "d1", "not-on-scale")),
        (["sol", "", "", "3.5", "3", "0"], (2, "c1", "not-a-whole-number")),
        (["sol", "", "", "enig", "3", "0"], (2, "c1", "not-a-whole-number")),
        (["sol", "", "", "nan", "3", "0"], (2, "c1", "not-a-whole-number")),
        (["sol", "", "", "9" * 400, "3", "0"], (2, "c1", "not-on-scale")),
        (["stjerne", "", "", "1", "3", "0"], (2, "unit_external_id", "unknown-unit")),
        (["", "", "", "1", "3", "0"], (2, "unit_external_id", "missing-value")),
        (["sol", "010119-1234", "", "1", "3", "0"], (2, "respondent_key", "looks-like-cpr")),
        (["sol", "10119 – 1234", "", "1", "3", "0"], (2, "respondent_key", "looks-like-cpr")),
        (["010119-1234", "", "", "1", "3", "0"], (2, "unit_external_id", "unknown-unit")),
        (["sol", "", "", "0101191234", "3", "0"], (2, "c1", "not-on-scale")),
        (["sol", "x" * 65, "", "1", "3", "0"], (2, "respondent_key", "too-long")),
        (["sol", "", "a\x00b", "1", "3", "0"], (2, "role", "control-character")),
        (["sol", "", "", "1", "3"], (2, None, "row-too-short")),
        (["sol", "", "", "1", "3", "0", "1"], (2, None, "row-too-long")),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_row_column_and_code(row: list[str], found: tuple[int, str, str]) -> None:
    file = read(row)
    assert codes(file) == [found]
    for language in ("da", "en"):
        (issue,) = file.issues
        said = sentence(issue.code, issue.params, language, catalogue=ROSTER_CATALOGUE)
        told = hint(issue.code, language, params=issue.params, catalogue=ROSTER_CATALOGUE)
        assert "…" not in told
        assert said
        assert "10119" not in said + told


def test_columns_that_are_missing_unknown_or_doubled_are_all_named() -> None:
    file = read(["1"], header=["c1", "c1", "c3"])
    assert sorted(codes(file)) == sorted(
        [
            (1, "c1", "duplicate-column"),
            (1, "c3", "unknown-column"),
            (1, "c2", "missing-column"),
            (1, "d1", "missing-column"),
            (1, "unit_external_id", "missing-column"),
        ]
    )


def test_a_respondent_is_counted_once_and_never_with_two_contents() -> None:
    same = ["sol", "r1", "", "1", "2", "3"]
    assert read(same, same).answers.shape == (1, 3)
    assert [warning.code for warning in read(same, same).warnings] == ["repeated-respondent"]
    other = read(same, ["mane", "r1", "", "1", "2", "3"])
    assert codes(other) == [(3, "respondent_key", "duplicate-respondent")]
    assert "r1" not in str(other.issues)  # issues are kept; the key leads to a person


def test_a_row_without_answers_is_left_out_with_a_warning() -> None:
    file = read(["sol", "", "", "", "NA", ""], ["sol", "", "", "1", "", ""])
    assert file.answers.shape == (1, 3)
    assert [(warning.row, warning.code) for warning in file.warnings] == [(2, "no-answers")]


def test_a_file_without_rows_says_so() -> None:
    assert codes(read()) == [(None, None, "empty-file")]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=2, max_size=2), max_size=20))
def test_what_was_written_is_what_is_read(people: list[list[int | None]]) -> None:
    rows = [
        ["sol", f"r{n}", "", *("" if a is None else str(a) for a in answers), "7"] for n, answers in enumerate(people)
    ]
    wanted = [[MISSING if a is None else a for a in answers] + [7] for answers in people]
    assert np.array_equal(read(*rows).answers, np.array(wanted, dtype=np.int8).reshape(-1, 3))
