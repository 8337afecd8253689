"""A roster in bulk: gather what is known, let `domain.roster_plan` decide, write the difference.

A handful of queries whatever the size. Records speak of each other by external id and rows by id; `Keys` translates.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Insert, Table, Update, Uuid, any_, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from api.imports.files import Archive, open_archive
from api.imports.outcome import Counts, Outcome
from api.roster.resources import AREAS, CHILDREN, ROOMS, STAFF, UNITS, Resource
from domain import roster
from domain.memberships import Period
from domain.roster import ExistingRoster, Histories, Known, Place, RosterPlan, TablePlan
from domain.roster_plan import plan_roster
from domain.tabular import CsvTable, read_csv

TABLES: Mapping[str, tuple[Resource, type[Any]]] = {  # each after those it refers to
    "areas": (AREAS, roster.Area),
    "units": (UNITS, roster.Unit),
    "rooms": (ROOMS, roster.Room),
    "children": (CHILDREN, roster.Child),
    "staff": (STAFF, roster.Staff),
}
PLACES = ("areas", "units", "rooms")
FILES = {f"{name}.csv": name for name in TABLES}


@dataclass(frozen=True, slots=True)
class Keys:
    """External id to id and back, for one table. A deleted place has a key no external id can be: histories name it."""

    ids: dict[str, UUID] = field(default_factory=dict)
    external: dict[UUID, str] = field(default_factory=dict)

    def add(self, external_id: str, id_: UUID) -> None:
        self.ids[external_id], self.external[id_] = id_, external_id


AllKeys = Mapping[str, Keys]  # by the name of a reference: `unit_id`


async def import_roster(tx: AsyncSession, *, municipality_id: UUID, body: bytes, today: date) -> Outcome:
    """Bring the roster into line with the ZIP in `body`, all of it or, when there are issues, nothing."""
    archive, files = await asyncio.to_thread(_read, body)
    if archive.issues:
        return Outcome(total=Counts(), issues=archive.issues)
    keys = {f"{resource.name}_id": Keys() for resource, _ in TABLES.values()}
    existing = await _gather(tx, keys, tables={FILES[name] for name in files})
    plan = await asyncio.to_thread(plan_roster, files, existing, today=today)
    if not plan.issues:
        for name, (resource, kind) in TABLES.items():
            rows = _Rows(municipality_id, resource, _columns(kind), keys)
            await _write(tx, getattr(plan, name), rows)
    return _outcome(plan, tables=[FILES[name] for name in files])


def _read(body: bytes) -> tuple[Archive, dict[str, CsvTable]]:
    archive = open_archive(body, names=FILES)
    return archive, {name: read_csv(data, file=name) for name, data in archive.files.items()}


def _outcome(plan: RosterPlan, *, tables: list[str]) -> Outcome:
    counts = {name: _counts(getattr(plan, name), refused=bool(plan.issues)) for name in TABLES if name in tables}
    total = Counts(*(sum(column) for column in zip(*map(_figures, counts.values()), strict=True)))
    return Outcome(total=total, tables=counts, issues=plan.issues, notes=plan.notes)


def _counts(plan: TablePlan[Any], *, refused: bool) -> Counts:
    if refused:
        return Counts(rejected=plan.rejected)
    return Counts(created=len(plan.creates), updated=len(plan.updates), unchanged=plan.unchanged)


def _figures(counts: Counts) -> tuple[int, ...]:
    return tuple(getattr(counts, column.name) for column in fields(counts))


async def _gather(tx: AsyncSession, keys: AllKeys, *, tables: set[str]) -> ExistingRoster:
    """What is known: every place, since anything may refer to it, and else the tables that have a file."""
    known: dict[str, Known[Any]] = {}
    for name, (resource, kind) in TABLES.items():
        if name in tables or name in PLACES:
            records = await _records(tx, resource, kind, keys)
            histories = await _histories(tx, resource, keys) if name in tables and resource.history else {}
            known[name] = Known(records, histories)
    return ExistingRoster(**known)


async def _records(tx: AsyncSession, resource: Resource, kind: type[Any], keys: AllKeys) -> dict[str, Any]:
    table, names, mine = resource.table, _columns(kind), keys[f"{resource.name}_id"]
    found: dict[str, Any] = {}
    for id_, deleted_at, *values in await tx.execute(
        select(table.id, table.deleted_at, *(getattr(table, name) for name in names)).with_for_update(key_share=True)
    ):
        if deleted_at is not None:
            mine.add(f"\0{id_}", id_)
            continue
        record = kind(*(_external(keys, name, value) for name, value in zip(names, values, strict=True)))
        mine.add(record.external_id, id_)
        found[record.external_id] = record
    return found


async def _histories(tx: AsyncSession, resource: Resource, keys: AllKeys) -> Histories:
    table, names = resource.history, [parent.field for parent in resource.parents]
    members = keys[resource.member.key].external
    found: dict[str, list[Period[Place]]] = defaultdict(list)
    columns = (resource.member, table.valid_from, table.valid_to, *(getattr(table, name) for name in names))
    for member, valid_from, valid_to, *ids in await tx.execute(select(*columns).order_by(table.valid_from)):
        parts = [_external(keys, name, id_) for name, id_ in zip(names, ids, strict=True)]
        place: Any = parts[0] if len(parts) == 1 else tuple(parts)
        found[members[member]].append(Period(place, valid_from, valid_to))
    return {external_id: tuple(periods) for external_id, periods in found.items()}


def _columns(kind: type[Any]) -> dict[str, str]:
    """From the columns of a row to the fields of its record, in their order: `area_id` is `area_external_id` there."""
    return {column.name.replace("_external_id", "_id"): column.name for column in fields(kind)}


def _external(keys: AllKeys, name: str, value: Any) -> Any:
    return keys[name].external[value] if value is not None and name in keys else value


def _id(keys: AllKeys, name: str, value: Any) -> Any:
    return keys[name].ids[value] if value is not None and name in keys else value


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of one table, and of the histories beside it, out of records."""

    municipality_id: UUID
    resource: Resource
    columns: Mapping[str, str]
    keys: AllKeys

    @property
    def mine(self) -> Keys:
        return self.keys[f"{self.resource.name}_id"]

    def row(self, record: Any) -> dict[str, Any]:
        return {"municipality_id": self.municipality_id, "id": self.mine.ids[record.external_id]} | {
            column: _id(self.keys, column, getattr(record, name)) for column, name in self.columns.items()
        }

    def periods(self, histories: Histories) -> Iterator[dict[str, Any]]:
        columns = [parent.field for parent in self.resource.parents]
        for external_id, history in histories.items():
            for period in history:
                places = period.place if isinstance(period.place, tuple) else (period.place,)
                yield {
                    "municipality_id": self.municipality_id,
                    "id": uuid4(),
                    self.resource.member.key: self.mine.ids[external_id],
                    "valid_from": period.valid_from,
                    "valid_to": period.valid_to,
                    **{column: _id(self.keys, column, place) for column, place in zip(columns, places, strict=True)},
                }


async def _write(tx: AsyncSession, plan: TablePlan[Any], rows: _Rows) -> None:
    """Set by set: new rows, changed rows, then the whole history of each member whose history changed."""
    table, history = rows.resource.table.__table__, rows.resource.history
    moved = [rows.mine.ids[member] for member in plan.histories if member in rows.mine.ids]
    for record in plan.creates:
        rows.mine.add(record.external_id, uuid4())
    if plan.creates:
        await tx.execute(_insert(table, [rows.row(record) for record in plan.creates]))
    if plan.updates:
        await tx.execute(_update(table, rows.columns), [_bound(rows.row(record)) for record in plan.updates])
    if moved:
        ids = literal(moved, ARRAY(Uuid()))  # one parameter, however many
        await tx.execute(delete(history).where(rows.resource.member == any_(ids)))
    if plan.histories:
        await tx.execute(_insert(history.__table__, list(rows.periods(plan.histories))))


def _insert(table: Table, rows: list[dict[str, Any]]) -> Insert:
    """One statement whose parameters are whole columns: nothing is sent or bound row by row."""
    names = list(rows[0])
    arrays = [literal([row[name] for row in rows], ARRAY(table.c[name].type)) for name in names]
    return insert(table).from_select(names, select(func.unnest(*arrays).table_valued(*names).render_derived()))


def _update(table: Table, columns: Mapping[str, str]) -> Update:
    key = table.c.municipality_id == bindparam("new_municipality_id"), table.c.id == bindparam("new_id")
    values: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
    return update(table).where(*key).values(values | {"revision": table.c.revision + 1})


def _bound(row: dict[str, Any]) -> dict[str, Any]:
    """The row as parameters of `_update`: SQLAlchemy keeps the names of columns for itself there."""
    return {f"new_{column}": value for column, value in row.items()}
