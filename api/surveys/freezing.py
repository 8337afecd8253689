"""Freezing the results of a closed round: gathered, computed and kept, each by itself, so that nobody waits for it.

A transaction closes the round; what comes after that can be repeated. The answers are read in one view, the computing
holds no transaction, and what was computed is kept in another one, unless the round has been opened again meanwhile. A
large round is computed in processes of its own, for it keeps a processor busy for the better part of a minute. Whoever
closes the round waits for its results a while and gets them or not; a job freezes what a server that stopped left
behind.
"""

import asyncio
import json
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import numpy as np
import structlog
from numpy.typing import NDArray
from sqlalchemy import SmallInteger, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.tables import Municipality
from api.db import Database
from api.jobs import enqueue, tried_again
from api.roster.tables import Area, Unit
from api.surveys import instruments, results
from api.surveys.invited import invited_by_unit
from api.surveys.scope import asked_units
from api.surveys.tables import SurveyResponse, SurveyRound
from domain.cuts import Unit as UnitValue
from domain.instruments import Instrument
from domain.readiness import scope_results_to_dict
from domain.results import compute_results
from domain.scales import MISSING
from domain.sums import Mapped

JOB = "survey-results"
_PATIENCE_SECONDS = 45.0  # so long whoever closes a round waits for its results
_LEFT_BEHIND = timedelta(minutes=10)
_LARGE = 3_000  # people; the results of fewer take less than a process takes to start
_PROCESSES = 2
_AT_ONCE = 2_000  # responses read, or
_ROWS_AT_ONCE = 100  # places kept, before others get their turn

_under_way: dict[tuple[Database, UUID], asyncio.Task[None]] = {}
log = structlog.get_logger("vls.results")


async def enqueue_for(tx: AsyncSession, row: SurveyRound) -> None:
    await enqueue(tx, JOB, municipality_id=row.municipality_id, subject_id=row.id, after=_LEFT_BEHIND)


async def freeze_for_a_while(database: Database, municipality_id: UUID, round_id: UUID) -> None:
    """Freeze the results, and wait for it as long as somebody who closes a round does. The round is closed whether it
    succeeds or not: the job tries again."""
    await asyncio.wait({_begun(database, municipality_id, round_id)}, timeout=_PATIENCE_SECONDS)


async def _freeze_missing(database: Database, municipality_id: UUID, round_id: UUID) -> None:
    await asyncio.shield(_begun(database, municipality_id, round_id))


job = tried_again(JOB, _freeze_missing, after=_LEFT_BEHIND)


def _begun(database: Database, municipality_id: UUID, round_id: UUID) -> asyncio.Task[None]:
    """The one attempt of this process at the round's results: whoever comes meanwhile waits for it too."""
    key = database, round_id

    def over(task: asyncio.Task[None]) -> None:
        del _under_way[key]
        if not task.cancelled() and (error := task.exception()):
            log.error("results not frozen", round_id=str(round_id), exc_info=error)

    if key not in _under_way:
        _under_way[key] = asyncio.create_task(freeze(database, municipality_id, round_id))
        _under_way[key].add_done_callback(over)
    return _under_way[key]


async def freeze(database: Database, municipality_id: UUID, round_id: UUID) -> None:
    """Freeze the results of a closed round, if they are not there yet."""
    async with database.reading(municipality_id) as tx:
        row = (await tx.scalars(select(SurveyRound).where(SurveyRound.id == round_id))).one()
        if row.state != "closed" or await results.frozen(tx, round_id):
            return
        snapshot = await _gather(tx, row)
    values = await _computed(snapshot)
    async with database.writing(municipality_id) as tx:
        query = select(SurveyRound).where(SurveyRound.id == round_id).with_for_update(key_share=True)
        now = (await tx.scalars(query)).one()
        if (now.state, now.revision) == ("closed", row.revision) and not await results.frozen(tx, round_id):
            await _keep(tx, row, snapshot, values)
    if now.state == "closed" and now.revision != row.revision:
        await freeze(database, municipality_id, round_id)  # opened and closed again: of what there is by now


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    area_id: UUID | None = None
    setting_type: str | None = None


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Everything a round's results are computed from, as of its closing."""

    instrument: Instrument
    municipality_id: UUID
    places: dict[UUID, _Place]
    units: Sequence[UnitValue]
    invited: dict[str, int | None]
    unit_index: NDArray[np.intp]
    role_index: NDArray[np.intp]
    roles: Sequence[str]
    answers: NDArray[np.int8]


def _values_of_many(snapshot: _Snapshot) -> list[tuple[str, str, str]]:
    with ProcessPoolExecutor(_PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        return _values(snapshot, mapped=pool.map)


def _values(snapshot: _Snapshot, *, mapped: Mapped = map) -> list[tuple[str, str, str]]:
    """The kind and the id of each place, and its results as JSON."""
    found = compute_results(
        snapshot.instrument,
        answers=snapshot.answers,
        unit_index=snapshot.unit_index,
        role_index=snapshot.role_index,
        units=snapshot.units,
        roles=snapshot.roles,
        invited=snapshot.invited,
        municipality_id=str(snapshot.municipality_id),
        mapped=mapped,
    )
    return [
        (scope.kind, scope.id, json.dumps(scope_results_to_dict(value), separators=(",", ":")))
        for scope, value in found.items()
    ]


async def _computed(snapshot: _Snapshot) -> list[tuple[str, str, str]]:
    if len(snapshot.answers) < _LARGE:
        return await asyncio.to_thread(_values, snapshot)
    # `spawn`: a forked child would inherit our sockets and threads.
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, _values_of_many, snapshot)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


async def _gather(tx: AsyncSession, row: SurveyRound) -> _Snapshot:
    instrument = instruments.to_domain(await instruments.find(tx, row.instrument_key, row.instrument_version))
    unit_ids, held, answers = await _responses(tx, row.id, items=len(instrument.items))
    answered_in = set(unit_ids)
    asked = asked_units(row) | Unit.id.in_(select(SurveyResponse.unit_id).where(SurveyResponse.round_id == row.id))
    units = [
        unit
        for unit in await tx.scalars(select(Unit).where(asked).order_by(Unit.id))
        if unit.deleted_at is None or unit.id in answered_in
    ]
    municipality = (await tx.scalars(select(Municipality))).one()
    areas = (await tx.scalars(select(Area))).all()
    position = {unit.id: index for index, unit in enumerate(units)}
    roles = sorted({role for role in held if role is not None})
    known = {role: index for index, role in enumerate(roles)}
    return _Snapshot(
        instrument=instrument,
        municipality_id=municipality.id,
        places={municipality.id: _Place(municipality.name)}
        | {area.id: _Place(area.name) for area in areas}
        | {unit.id: _Place(unit.name, unit.area_id, unit.setting_type) for unit in units},
        units=[UnitValue(str(it.id), str(it.area_id) if it.area_id else None, it.setting_type) for it in units],
        invited={str(unit_id): count for unit_id, count in (await invited_by_unit(tx, row.id)).items()},
        unit_index=np.array([position[id_] for id_ in unit_ids], dtype=np.intp),
        role_index=np.array([known.get(role or "", -1) for role in held], dtype=np.intp),
        roles=roles,
        answers=answers,
    )


async def _responses(
    tx: AsyncSession, round_id: UUID, *, items: int
) -> tuple[list[UUID], list[str | None], NDArray[np.int8]]:
    """The unit, the role and the answers of each respondent."""
    known = func.array_replace(SurveyResponse.answers, null(), literal(MISSING, SmallInteger))  # 4.5 million answers
    query = select(SurveyResponse.unit_id, SurveyResponse.role, known).where(SurveyResponse.round_id == round_id)
    units: list[UUID] = []
    roles: list[str | None] = []
    answers = [np.empty((0, items), dtype=np.int8)]
    found = await tx.stream(query.order_by(SurveyResponse.id))
    async for some in found.partitions(_AT_ONCE):
        units += [unit for unit, _, _ in some]
        roles += [role for _, role, _ in some]
        answers.append(np.array([given for _, _, given in some], dtype=np.int8).reshape(len(some), items))
    return units, roles, np.concatenate(answers)


async def _keep(
    tx: AsyncSession, row: SurveyRound, snapshot: _Snapshot, values: Sequence[tuple[str, str, str]]
) -> None:
    connection = (await (await tx.connection()).get_raw_connection()).driver_connection
    assert isinstance(connection, asyncpg.Connection)  # noqa: S101 - an open session has one
    for at in range(0, len(values), _ROWS_AT_ONCE):
        columns = zip(*_rows(snapshot, values[at : at + _ROWS_AT_ONCE]), strict=True)
        await connection.execute(_INSERT, row.municipality_id, row.id, *map(list, columns))


def _rows(snapshot: _Snapshot, values: Sequence[tuple[str, str, str]]) -> Iterator[tuple[Any, ...]]:
    for kind, id_, value in values:
        place = snapshot.places[UUID(id_)]
        yield kind, UUID(id_), place.name, place.area_id, place.setting_type, value


_INSERT = """
INSERT INTO survey_results (municipality_id, round_id, scope_kind, scope_id, name, area_id, setting_type, value)
SELECT $1, $2, kind, id, name, area_id, setting_type, value::jsonb
FROM unnest($3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[])
    AS place (kind, id, name, area_id, setting_type, value)
"""
