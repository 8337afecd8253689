"""From files and what is known to a plan: decide everything, touch nothing.

- All or nothing: a plan with issues may not be applied.
- Idempotent: planned again after it was applied, the same files change nothing.
- Rows that a file leaves out, and optional columns it leaves out, are left alone; nothing is ever removed.
- A unit, room or member of staff that is new belongs to its place `SINCE_ALWAYS`; one with another place than before
  moves today. Children have dates of their own (`domain.roster_children`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.cells import quoted
from domain.issues import RowIssue
from domain.memberships import History, Period, with_period
from domain.roster import Area, ExistingRoster, Known, Place, Record, Room, RosterPlan, Staff, TablePlan, Unit
from domain.roster_children import plan_children
from domain.roster_sheets import Line, Sheet, read_sheet, sheet_specs
from domain.tabular import CsvTable

SINCE_ALWAYS = date(2000, 1, 1)  # before anything that is measured here; where nobody said since when


def plan_roster(files: Mapping[str, CsvTable], existing: ExistingRoster, *, today: date) -> RosterPlan:
    """What `files` (by name: `areas.csv`, `units.csv`, `rooms.csv`, `children.csv`, `staff.csv`) would change.

    Any of the files may be left out; references resolve among the files and what exists.

    >>> from domain.tabular import read_csv
    >>> areas = read_csv(b"external_id,name\\nA1,North\\n", file="areas.csv")
    >>> plan_roster({"areas.csv": areas}, ExistingRoster(), today=date(2026, 8, 1)).areas.creates
    (Area(external_id='A1', name='North'),)
    """
    specs = sheet_specs(today)
    areas, units, rooms, children, staff = sheets = [read_sheet(files.get(spec.file), spec) for spec in specs]
    areas, units, rooms, staff = (_each_once(sheet) for sheet in (areas, units, rooms, staff))
    units = _resolved(units, "area", among=areas, known=existing.areas)
    rooms = _resolved(rooms, "unit", among=units, known=existing.units)
    children = _resolved(children, "room", among=rooms, known=existing.rooms)
    staff = _resolved(staff, "unit", among=units, known=existing.units)
    staff = _resolved(staff, "room", among=rooms, known=existing.rooms)
    staff = _in_their_unit(staff, unit_of=_unit_of_rooms(rooms, existing.rooms))
    plans: dict[str, TablePlan[Any]] = {
        "areas": _plan(areas, existing.areas, Area, today=today),
        "units": _plan(units, existing.units, Unit, today=today, place=lambda unit: unit.place),
        "rooms": _plan(rooms, existing.rooms, Room, today=today, place=lambda room: room.place),
        "children": plan_children(children, existing.children, today=today),
        "staff": _plan(staff, existing.staff, Staff, today=today, place=lambda person: person.place),
    }
    plans = {
        name: replace(plan, rejected=len(sheet.findings.rows))
        for (name, plan), sheet in zip(plans.items(), sheets, strict=True)
    }
    issues: list[RowIssue] = []
    notes: list[RowIssue] = []
    for spec, sheet in zip(specs, sheets, strict=True):
        if table := files.get(spec.file):
            issues += (*table.issues, *sheet.findings.issues())
            notes += (*table.assumptions, *_absent(sheet, getattr(existing, spec.table)))
    return RosterPlan(**plans, issues=tuple(issues), notes=tuple(notes))


def _each_once(sheet: Sheet) -> Sheet:
    """The sheet without the rows whose external id was there before."""
    first: dict[str, Line] = {}
    for line in sheet.lines:
        before = first.setdefault(line.external_id, line)
        if before is not line:
            value = quoted(line.external_id)
            sheet.findings.add(
                "duplicate-external-id", row=line.row, at="external_id", value=value, first_row=before.row
            )
    return replace(sheet, lines=list(first.values()))


def _resolved(sheet: Sheet, kind: str, *, among: Sheet, known: Known[Any]) -> Sheet:
    """The sheet without the rows that name an area, unit or room which is neither in its file nor known."""
    column = f"{kind}_external_id"

    def resolves(line: Line) -> bool:
        value = line.values[column]
        if value is None or among.claimed is None or value in among.claimed or value in known.records:
            return True
        sheet.findings.add(f"unknown-{kind}", row=line.row, at=column, value=quoted(value))
        return False

    return replace(sheet, lines=[line for line in sheet.lines if resolves(line)])


def _unit_of_rooms(rooms: Sheet, known: Known[Room]) -> dict[str, str]:
    before = {room.external_id: room.unit_external_id for room in known.records.values()}
    return before | {line.external_id: line.values["unit_external_id"] for line in rooms.lines}


def _in_their_unit(staff: Sheet, *, unit_of: Mapping[str, str]) -> Sheet:
    """The sheet without the rows that put somebody into a room of another unit."""

    def fits(line: Line) -> bool:
        unit, room = line.values["unit_external_id"], line.values["room_external_id"]
        if room is None or unit_of.get(room, unit) == unit:
            return True
        staff.findings.add(
            "room-in-other-unit", row=line.row, at="room_external_id", room=quoted(room), unit=quoted(unit)
        )
        return False

    return replace(staff, lines=[line for line in staff.lines if fits(line)])


def _plan(
    sheet: Sheet,
    known: Known[Record],
    kind: type[Record],
    *,
    today: date,
    place: Callable[[Record], Place] | None = None,
) -> TablePlan[Record]:
    """Which records are new, which differ, and whose place changes."""
    creates: list[Record] = []
    updates: list[Record] = []
    histories: dict[str, History[Place]] = {}
    for line in sheet.lines:
        before = known.records.get(line.external_id)
        record = kind(**line.values) if before is None else replace(before, **line.values)
        if record == before:
            continue
        (creates if before is None else updates).append(record)
        if place is None or (before is not None and place(before) == place(record)):
            continue
        since = Period(place(record), SINCE_ALWAYS if before is None else today)
        histories[record.external_id] = with_period(known.histories.get(record.external_id, ()), since)
    unchanged = len(sheet.lines) - len(creates) - len(updates)
    return TablePlan(tuple(creates), tuple(updates), unchanged, histories=histories)


def _absent(sheet: Sheet, known: Known[Any]) -> Iterable[RowIssue]:
    left = len(known.records.keys() - sheet.claimed) if sheet.claimed is not None else 0
    if left:
        yield RowIssue(sheet.file, None, None, "absent-left-alone", {"count": left, "file": sheet.file})
