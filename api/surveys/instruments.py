"""Publishing instruments: checked by the domain, written once, read as they were published."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.problems import FieldError, Problem
from api.surveys.schemas import InstrumentIO, ScaleIO, TextIO
from api.surveys.tables import InstrumentRow
from domain.instruments import (
    Component,
    Equivalence,
    Instrument,
    Item,
    Prompt,
    Rules,
    Scale,
    Task,
    instrument_problems,
)
from domain.issues import sentence
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
    )


def _text(wire: TextIO) -> Text:
    return Text(da=wire.da, en=wire.en)


def _scale(wire: ScaleIO) -> Scale:
    return Scale(min=wire.min, max=wire.max, labels=tuple(_text(label) for label in wire.labels))


async def publish(
    tx: AsyncSession, caller: Caller, wire: InstrumentIO, *, language: str
) -> Literal["created", "unchanged"]:
    """Write the version once. The same again is fine; the same version with other content is refused."""
    problems = instrument_problems(to_domain(wire))
    if problems:
        errors = [
            FieldError(pointer=found.pointer, code=found.code, detail=sentence(found.code, found.params, language))
            for found in problems
        ]
        raise Problem("invalid-instrument", errors=errors)
    body = wire.model_dump(mode="json")
    statement = (
        insert(InstrumentRow)
        .values(municipality_id=caller.municipality_id, key=wire.key, version=wire.version, body=body)
        .on_conflict_do_nothing()
        .returning(InstrumentRow.version)
    )
    if await tx.scalar(statement) is not None:
        return "created"
    if (await find(tx, wire.key, wire.version)) != wire:
        raise Problem("version-published")
    return "unchanged"


async def find(tx: AsyncSession, key: str, version: int) -> InstrumentIO:
    row = await tx.scalar(select(InstrumentRow).where(InstrumentRow.key == key, InstrumentRow.version == version))
    if row is None:
        raise Problem("not-found")
    return InstrumentIO.model_validate(row.body)
