"""A wide file of survey answers: one row a respondent, one column an item, as spreadsheets and survey tools write it.

Reading is a translation, cell by cell, through the finite list of what an answer may look like; whatever is not in the
list is looked at twice and then reported. Nothing is guessed and nothing is dropped in silence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from domain.cells import quoted
from domain.cpr import key_looks_like_cpr
from domain.instruments import Instrument, Scale
from domain.issues import RowIssue
from domain.scales import MISSING, item_scales
from domain.tabular import Findings

UNIT, KEY, ROLE = "unit_external_id", "respondent_key", "role"
NOT_ANSWERED = ("", "NA", "na", "N/A", "n/a", "NULL", "null")
MAX_TEXT = 64
_WHOLE = re.compile(r"[+-]?\d+(?:[.,]0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What a file says: `answers` is int8, (respondents, items) in instrument order, `MISSING` where not answered; the
    three sequences beside it are as long. With `issues` nothing of it may be used; `warnings` refuse nothing."""

    answers: NDArray[np.int8]
    unit_ids: tuple[str, ...]
    respondent_keys: tuple[str | None, ...]
    roles: tuple[str | None, ...]
    issues: tuple[RowIssue, ...]
    warnings: tuple[RowIssue, ...]


def read_answers(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, instrument: Instrument, known_units: Mapping[str, str]
) -> AnswersFile:
    """The respondents of a table whose first record is row 2.

    `known_units` maps external ids to ids. An empty cell or `NA` is missing, never zero; `4.0` and `4,0` are the 4 that
    a spreadsheet made of it. A row without any answer is a warning and left out; so is a respondent whose equal row
    came before. Columns that are missing, unknown or doubled make the rows unreadable, and only they are reported.

    >>> from domain.instruments import Component, Item
    >>> from domain.text import Text
    >>> scale, title = Scale(min=1, max=5), Text("Vilje", "Will")
    >>> component = Component(key="will", kind="primary", title=title)
    >>> items = (Item(key="w1", component="will", text=title), Item(key="w2", component="will", text=title))
    >>> one = Instrument(key="k", version=1, title=title, scale=scale, components=(component,), items=items)
    >>> file = read_answers(["unit_external_id", "w1", "w2"], [["sol", "4,0", "NA"]], instrument=one,
    ...                     known_units={"sol": "7"})
    >>> file.answers.tolist(), file.unit_ids, file.issues
    ([[4, -128]], ('7',), ())
    """
    findings, warnings = Findings(None), Findings(None)
    columns = _columns(header, instrument, findings)
    reader = _Reader(instrument, columns, known_units, findings, warnings)
    if not findings.issues():
        for number, row in enumerate(rows, start=2):
            reader.read(number, row)
        if not reader.answers and not findings.rows:
            findings.add("empty-file")
    return reader.file()


def _columns(header: Sequence[str], instrument: Instrument, findings: Findings) -> dict[str, int]:
    """From each column's name to its place. Case tells keys apart only where nothing else does."""
    expected = [UNIT, KEY, ROLE, *(item.key for item in instrument.items)]
    by_folded = {name.casefold(): name for name in expected}
    places: dict[str, int] = {}
    for place, written in enumerate(header):
        name = written if written in expected else by_folded.get(written.casefold(), written)
        if name in places:
            findings.add("duplicate-column", row=1, at=quoted(written), column=quoted(written))
        elif name not in expected:
            close = ", ".join(get_close_matches(written, expected, n=3)) or "–"
            findings.add("unknown-column", row=1, at=quoted(written), column=quoted(written), close=close)
        places[name] = place
    for name in expected:
        if name not in places and name not in (KEY, ROLE):
            findings.add("missing-column", row=1, at=name, column=name)
    return places


class _Reader:
    """Reads row after row; what it keeps is only what may be used."""

    def __init__(
        self,
        instrument: Instrument,
        columns: Mapping[str, int],
        known_units: Mapping[str, str],
        findings: Findings,
        warnings: Findings,
    ) -> None:
        self.columns, self.known_units, self.findings, self.warnings = columns, known_units, findings, warnings
        self.items = [
            (item.key, columns.get(item.key, -1), scale, vocabulary(scale))
            for item, scale in zip(instrument.items, item_scales(instrument), strict=True)
        ]
        self.width = len(columns)
        self.answers: list[list[int]] = []
        self.who: list[tuple[str, str | None, str | None]] = []
        self.seen: dict[str, tuple[int, object]] = {}

    def read(self, number: int, row: Sequence[str]) -> None:
        if not any(cell.strip() for cell in row):
            return
        if len(row) != self.width:
            code = "row-too-short" if len(row) < self.width else "row-too-long"
            self.findings.add(code, row=number, cells=len(row), columns=self.width)
            return
        unit, key, role = self._unit(number, row), self._text(number, row, KEY), self._text(number, row, ROLE)
        answers = [self._answer(number, row, *item) for item in self.items]
        if unit is None or self._repeated(number, key, (unit, role, answers)):
            return
        if all(answer == MISSING for answer in answers):
            self.warnings.add("no-answers", row=number)
            return
        self.answers.append(answers)
        self.who.append((unit, key, role))

    def _unit(self, number: int, row: Sequence[str]) -> str | None:
        written = row[self.columns[UNIT]].strip()
        if not written:
            self.findings.add("missing-value", row=number, at=UNIT, column=UNIT)
            return None
        known = self.known_units.get(written)
        if known is None:
            self.findings.add("unknown-unit", row=number, at=UNIT, value=quoted(written))
        return known

    def _text(self, number: int, row: Sequence[str], column: str) -> str | None:
        place = self.columns.get(column)
        written = "" if place is None else row[place].strip()
        if written in NOT_ANSWERED:
            return None
        if len(written) > MAX_TEXT:
            self.findings.add("too-long", row=number, at=column, column=column, length=len(written), limit=MAX_TEXT)
        elif not written.isprintable():
            self.findings.add("control-character", row=number, at=column, column=column)
        elif key_looks_like_cpr(written):
            self.findings.add("looks-like-cpr", row=number, at=column, column=column)
        return written

    def _answer(
        self, number: int, row: Sequence[str], key: str, place: int, scale: Scale, vocabulary: Mapping[str, int]
    ) -> int:
        written = row[place]
        value = vocabulary.get(written)
        if value is None:
            value = vocabulary.get(written.strip())
        if value is None:
            code = "not-on-scale" if is_whole(written) else "not-a-whole-number"
            self.findings.add(code, row=number, at=key, value=quoted(written.strip()), min=scale.min, max=scale.max)
            return MISSING
        return value

    def _repeated(self, number: int, key: str | None, content: object) -> bool:
        """Whether the respondent came before; other content under one key is an issue.

        Issues are kept, so they name rows and never the key.
        """
        if key is None:
            return False
        first_row, before = self.seen.setdefault(key, (number, content))
        if first_row == number:
            return False
        if before == content:
            self.warnings.add("repeated-respondent", row=number, at=KEY, first_row=first_row)
        else:
            self.findings.add("duplicate-respondent", row=number, at=KEY, first_row=first_row)
        return True

    def file(self) -> AnswersFile:
        units, keys, roles = zip(*self.who, strict=True) if self.who else ((), (), ())
        return AnswersFile(
            answers=np.array(self.answers, dtype=np.int8).reshape(len(self.answers), len(self.items)),
            unit_ids=units,
            respondent_keys=keys,
            roles=roles,
            issues=self.findings.issues(),
            warnings=self.warnings.issues(),
        )


def vocabulary(scale: Scale) -> dict[str, int]:
    """Everything an answer on `scale` may look like."""
    points = range(scale.min, scale.max + 1)
    written = {form.format(point): point for point in points for form in ("{}", "{}.0", "{},0", "{}.00", "{},00")}
    return written | dict.fromkeys(NOT_ANSWERED, MISSING)


def is_whole(written: str) -> bool:
    return _WHOLE.fullmatch(written.strip()) is not None
