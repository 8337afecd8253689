"""Children of a roster: one row for each period in a room, and what a row means that gives no dates."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from functools import reduce
from itertools import pairwise

from domain.cells import quoted
from domain.memberships import History, Period, with_period
from domain.roster import Child, Known, Place, TablePlan
from domain.roster_sheets import Line, Sheet

_ATTRIBUTES = frozenset(field.name for field in fields(Child))


def plan_children(sheet: Sheet, known: Known[Child], *, today: date) -> TablePlan[Child]:
    """Which children are new, which differ, and who moves, arrives or leaves.

    The rows of one child must agree on everything but room and dates, and their periods must not overlap. A row says
    nothing about days outside its period, except that an open membership ends when another begins.
    """
    by_child: dict[str, list[Line]] = {}
    for line in sheet.lines:
        by_child.setdefault(line.external_id, []).append(line)
    creates: list[Child] = []
    updates: list[Child] = []
    histories: dict[str, History[Place]] = {}
    unchanged = 0
    for external_id, lines in by_child.items():
        before, history = known.records.get(external_id), known.histories.get(external_id, ())
        child = _child(lines, before, sheet)
        start = today if before else child.birth_month or today
        after = reduce(with_period, _periods(lines, history, sheet, start=start, today=today), history)
        if after != history:
            histories[external_id] = after
        if before is None:
            creates.append(child)
        elif child != before or after != history:
            updates.append(child)
        else:
            unchanged += 1
    return TablePlan(tuple(creates), tuple(updates), unchanged, histories=histories)


def _child(lines: Sequence[Line], before: Child | None, sheet: Sheet) -> Child:
    """The child as its first row has it; rows that disagree are findings."""
    first, *others = lines
    for line in others:
        differing = [name for name, value in line.values.items() if name in _ATTRIBUTES and first.values[name] != value]
        if differing:
            value, columns = quoted(line.external_id), ", ".join(differing)
            sheet.findings.add(
                "conflicting-rows", row=line.row, at=differing[0], value=value, first_row=first.row, columns=columns
            )
    values = {name: value for name, value in first.values.items() if name in _ATTRIBUTES}
    return Child(**values) if before is None else replace(before, **values)


def _periods(
    lines: Sequence[Line], history: History[Place], sheet: Sheet, *, start: date, today: date
) -> list[Period[Place]]:
    """The period of each row, in the order of days; `start` stands in where nothing else says when it begins."""
    dated: list[tuple[Period[Place], Line]] = []
    for line in lines:
        begins, ends = _dates(line, history, start=start, today=today)
        if ends is not None and ends < begins:
            params = {"valid_from": begins.isoformat(), "valid_to": ends.isoformat()}
            sheet.findings.add("ends-before-start", row=line.row, at="valid_to", **params)
        else:
            dated.append((Period(line.values["room_external_id"], begins, ends), line))
    dated.sort(key=lambda pair: pair[0].valid_from)
    for (period, first), (following, line) in pairwise(dated):
        if period.last_day >= following.valid_from:
            value = quoted(line.external_id)
            sheet.findings.add("overlapping-periods", row=line.row, at="valid_from", value=value, first_row=first.row)
    return [period for period, _ in dated]


def _dates(line: Line, history: History[Place], *, start: date, today: date) -> tuple[date, date | None]:
    """When the row's period begins and ends; without `valid_from` a child who is or will be in the room stays there."""
    room, begins, ends = (line.values[name] for name in ("room_external_id", "valid_from", "valid_to"))
    if begins is not None:
        return begins, ends
    here = [period for period in history if period.place == room and period.valid_from <= (ends or date.max)]
    same = next((period for period in here if period.valid_to == ends), None)
    if stay := same or next((period for period in here if period.last_day >= today), None):
        return stay.valid_from, ends or stay.valid_to
    return start, ends
