"""Publishing instruments: checked by the domain, written once, read as they were published."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.field_faults import found_by_domain
from api.problems import Problem
from api.surveys.instrument_schemas import InstrumentIO, ScaleIO, SourceIO, TextIO
from api.surveys.tables import InstrumentRow
from domain.equivalences import published_problems
from domain.instrument_codes import INSTRUMENT_CATALOGUE
from domain.instrument_problems import instrument_problems
from domain.instruments import Component, Equivalence, Instrument, Item, Prompt, Rules, Scale, Task
from domain.issues import Problem as Wrong
from domain.text import Text


def to_domain(wire: InstrumentIO) -> Instrument:
    """The published wire form as the value the domain computes with."""
    return Instrument(
        key=wire.key,
        version=wire.version,
        title=_text(wire.title),
        scale=_scale(wire.scale),
        components=tuple(
            Component(
                key=component.key,
                kind=component.kind,
                title=_text(component.title),
                min_answered_share=component.min_answered_share,
                scale=_scale(component.scale) if component.scale else None,
            )
            for component in wire.components
        ),
        items=tuple(
            Item(key=item.key, component=item.component, text=_text(item.text), reverse=item.reverse)
            for item in wire.items
        ),
        rules=Rules(**wire.rules.model_dump()),
        tasks=tuple(Task(position=task.position, text=_text(task.text)) for task in wire.tasks),
        prompts=tuple(
            Prompt(occasion=prompt.occasion, component=prompt.component, text=_text(prompt.text))
            for prompt in wire.prompts
        ),
        equivalences=tuple(Equivalence(known.version, tuple(known.items.items())) for known in wire.equivalences),
        source=_text(wire.source),
        licence=wire.licence,
    )


def wire_form(instrument: Instrument) -> dict[str, Any]:
    """The data of the wire form, for it to check: what `to_domain` undoes."""
    claims = [{"version": claim.version, "items": dict(claim.items)} for claim in instrument.equivalences]
    return {**asdict(instrument), "equivalences": claims}


def _text(wire: TextIO | SourceIO) -> Text:
    return Text(da=wire.da, en=wire.en)


def _scale(wire: ScaleIO) -> Scale:
    return Scale(min=wire.min, max=wire.max, labels=tuple(_text(label) for label in wire.labels))


Result = Literal["created", "unchanged", "conflict"]


async def publish(tx: AsyncSession, caller: Caller, wire: InstrumentIO) -> Literal["created", "unchanged"]:
    """Write the version once. The same again is fine; the same version with other content is refused."""
    result, problems = await publish_once(tx, caller.municipality_id, wire)
    if problems:
        raise Problem("invalid-instrument", errors=found_by_domain(problems, INSTRUMENT_CATALOGUE))
    if result == "conflict":
        raise Problem("version-published")
    return result


async def publish_once(tx: AsyncSession, municipality_id: UUID, wire: InstrumentIO) -> tuple[Result, tuple[Wrong, ...]]:
    """What became of it. With problems nothing was written; what is published already is not judged anew."""
    known = await _known(tx, wire.key, wire.version)
    if known == wire:
        return "unchanged", ()
    problems = await _problems(tx, wire)
    if known is not None or problems:
        return "conflict", problems
    body = wire.model_dump(mode="json")
    statement = (
        insert(InstrumentRow)
        .values(municipality_id=municipality_id, key=wire.key, version=wire.version, body=body)
        .on_conflict_do_nothing()
        .returning(InstrumentRow.version)
    )
    if await tx.scalar(statement) is not None:
        return "created", ()
    raced = await _known(tx, wire.key, wire.version)
    return ("unchanged" if raced == wire else "conflict"), ()


async def _problems(tx: AsyncSession, wire: InstrumentIO) -> tuple[Wrong, ...]:
    """What is wrong in itself; else what contradicts the published versions it says something about."""
    instrument = to_domain(wire)
    problems = instrument_problems(instrument)
    if problems or not instrument.equivalences:
        return problems
    named = [claim.version for claim in instrument.equivalences]
    rows = await tx.scalars(
        select(InstrumentRow).where(InstrumentRow.key == wire.key, InstrumentRow.version.in_(named))
    )
    published = {row.version: to_domain(InstrumentIO.model_validate(row.body)) for row in rows}
    return tuple(published_problems(instrument, published))


async def find(tx: AsyncSession, key: str, version: int) -> InstrumentIO:
    known = await _known(tx, key, version)
    if known is None:
        raise Problem("not-found")
    return known


async def _known(tx: AsyncSession, key: str, version: int) -> InstrumentIO | None:
    row = await tx.scalar(select(InstrumentRow).where(InstrumentRow.key == key, InstrumentRow.version == version))
    return None if row is None else InstrumentIO.model_validate(row.body)
