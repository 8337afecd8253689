"""Publishing the configuration, and what was in force on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.configuration.contents import CALENDAR, DOCUMENTS, THRESHOLDS, VOCABULARY, Document
from api.configuration.schemas import CalendarIO, Name, PublishedOut, PublishIn, UnitStartIO
from api.configuration.tables import Configuration
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.tables import Unit
from api.wire import Input
from domain.calendar import Calendar, closed_because
from domain.text import Text
from domain.thresholds import Thresholds
from domain.versions import Version, in_force, objection
from domain.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class InForce:
    """Every published version of what was asked for, and what held on which day."""

    versions: dict[Name, tuple[Version[Any], ...]]

    def _on(self, document: Document[Any], day: date) -> Any:
        found = in_force(self.versions[document.name], day)
        return document.default if found is None else found.content

    def calendar(self, day: date) -> Calendar:
        found: Calendar = self._on(CALENDAR, day)
        return found

    def vocabulary(self, day: date) -> Vocabulary:
        found: Vocabulary = self._on(VOCABULARY, day)
        return found

    def thresholds(self, day: date) -> Thresholds:
        found: Thresholds = self._on(THRESHOLDS, day)
        return found

    def closed(self, week: date) -> Text | None:
        """Why a week is closed, by the calendar that held then."""
        return closed_because(self.calendar(week), week)


async def load(tx: AsyncSession, *names: Name) -> InForce:
    """One statement. A municipality has a handful of versions of each."""
    query = select(Configuration.name, Configuration.version, Configuration.valid_from, Configuration.content)
    found: dict[Name, list[Version[Any]]] = {name: [] for name in names}
    for name, number, valid_from, body in await tx.execute(query.where(Configuration.name.in_(names))):
        document = DOCUMENTS[name]
        value = document.to_domain(document.wire.model_validate(body), f"v{number}")
        found[name].append(Version(number, valid_from, value))
    return InForce({name: tuple(versions) for name, versions in found.items()})


async def published(tx: AsyncSession, document: Document[Any]) -> Sequence[Configuration]:
    query = select(Configuration).where(Configuration.name == document.name).order_by(Configuration.version)
    return (await tx.scalars(query)).all()


async def held_on(tx: AsyncSession, document: Document[Any], day: date) -> PublishedOut[Any]:
    rows = {row.version: row for row in await published(tx, document)}
    found = in_force([Version(row.version, row.valid_from, None) for row in rows.values()], day)
    return to_wire(document, None if found is None else rows[found.number])


async def find(tx: AsyncSession, document: Document[Any], version: int) -> PublishedOut[Any]:
    """A version by its number; 0 is the default."""
    if version == 0:
        return to_wire(document, None)
    query = select(Configuration).where(Configuration.name == document.name, Configuration.version == version)
    row = await tx.scalar(query)
    if row is None:
        raise Problem("not-found")
    return to_wire(document, row)


def to_wire(document: Document[Any], row: Configuration | None) -> PublishedOut[Any]:
    if row is None:
        return PublishedOut(version=0, valid_from=None, published_at=None, content=document.default_content)
    content = document.wire.model_validate(row.content)
    return PublishedOut(version=row.version, valid_from=row.valid_from, published_at=row.published_at, content=content)


async def publish(
    tx: AsyncSession, document: Document[Any], caller: Caller, body: PublishIn[Any], *, today: date
) -> tuple[PublishedOut[Any], Literal["created", "unchanged"]]:
    """Write the version once; the same again changes nothing. It holds for the municipality as a whole."""
    if not caller.everywhere:
        raise Problem("outside-your-place")
    content = await resolved(tx, body.content)
    await _one_at_a_time(tx, caller.municipality_id, document.name)
    rows = {row.version: row for row in await published(tx, document)}
    known = rows.get(body.version)
    if known is not None and (known.valid_from, document.wire.model_validate(known.content)) == (
        body.valid_from,
        content,
    ):
        return to_wire(document, known), "unchanged"
    before = [Version(row.version, row.valid_from, None) for row in rows.values()]
    fault = objection(Version(body.version, body.valid_from, None), before, today=today)
    if fault is not None:
        raise Problem(fault)
    values = {
        "municipality_id": caller.municipality_id,
        "name": document.name,
        "version": body.version,
        "valid_from": body.valid_from,
        "content": content.model_dump(mode="json"),
        "published_by": caller.subject,
    }
    row = (await tx.scalars(insert(Configuration).values(values).returning(Configuration))).one()
    return to_wire(document, row), "created"


async def _one_at_a_time(tx: AsyncSession, municipality_id: UUID, name: str) -> None:
    """Two who publish at once: the second sees what the first has published."""
    key = f"{municipality_id}/configuration/{name}"
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


async def resolved(tx: AsyncSession, content: Input) -> Input:
    """The content with its units by their ids."""
    if not isinstance(content, CalendarIO) or not content.units:
        return content
    query = select(Unit.external_id, Unit.id).where(Unit.deleted_at.is_(None))
    ids: dict[str, UUID] = dict(list(await tx.execute(query)))
    units = [_unit(unit, ids, position) for position, unit in enumerate(content.units)]
    if len({unit.unit_id for unit in units}) < len(units):
        raise Problem("invalid-input", errors=[field_fault("/content/units", "repeated")])
    return content.model_copy(update={"units": tuple(units)})


def _unit(unit: UnitStartIO, ids: dict[str, UUID], position: int) -> UnitStartIO:
    pointer = f"/content/units/{position}/unit_id"
    if (unit.unit_id is None) == (unit.unit_external_id is None):
        wrong = field_fault(pointer, "one-reference", fields="unit_id, unit_external_id")
        raise Problem("invalid-input", errors=[wrong])
    id_ = unit.unit_id if unit.unit_external_id is None else ids.get(unit.unit_external_id)
    if id_ is None or id_ not in ids.values():
        raise Problem("unknown-reference", field="unit_id" if unit.unit_id else "unit_external_id")
    return UnitStartIO(unit_id=id_, starts=unit.starts)
