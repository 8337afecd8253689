"""Survey answers in bulk: a wide CSV into the open round, recognising what was imported before."""

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.imports.outcome import Counts, Outcome
from api.imports.tables import Import
from api.roster.tables import Unit
from api.surveys import instruments
from api.surveys.scope import asked_units
from api.surveys.tables import SurveyResponse, SurveyRound
from domain.answers import AnswersFile, read_answers
from domain.instruments import Instrument
from domain.issues import RowIssue
from domain.scales import MISSING
from domain.tabular import read_csv

Values = tuple[UUID, str | None, list[int | None]]  # unit, role, answers


async def import_answers(tx: AsyncSession, received: Import) -> Outcome:
    """Read, recognise, write. A row is known by its `respondent_key`, without one by its content."""
    wanted = select(SurveyRound).where(SurveyRound.id == UUID(received.params["round_id"]))
    round_ = await tx.scalar(wanted.with_for_update(read=True))  # nobody closes it meanwhile
    if round_ is None or round_.state != "open" or round_.answer_salt is None:
        state = round_.state if round_ else "unknown"
        return _refused([RowIssue(file=None, row=None, column=None, code="round-not-open", params={"state": state})])
    instrument = instruments.to_domain(await instruments.find(tx, round_.instrument_key, round_.instrument_version))
    known = select(Unit.external_id, Unit.id).where(Unit.deleted_at.is_(None), asked_units(round_))
    rows = (await tx.execute(known)).all()
    units = {external_id: str(id_) for external_id, id_ in rows}
    read = await asyncio.to_thread(_read, received.body or b"", instrument, units, salt=round_.answer_salt)
    if isinstance(read, Outcome):
        return read
    respondents, notes = read
    return await _write(tx, round_, respondents, notes=notes)


def _read(
    body: bytes, instrument: Instrument, units: dict[str, str], *, salt: bytes
) -> tuple[dict[UUID, Values], tuple[RowIssue, ...]] | Outcome:
    """The respondents of the file and the notes about it, or the refusal: work for a thread, it may take seconds."""
    table = read_csv(body, file=None)
    if table.issues:
        return _refused(list(table.issues))
    file = read_answers(table.header, table.rows, instrument=instrument, known_units=units)
    if file.issues:
        return _refused(list(file.issues), rows=len(table.rows))
    return dict(_identified(file, salt=salt)), (*table.assumptions, *file.warnings)


def _refused(issues: list[RowIssue], *, rows: int = 0) -> Outcome:
    rejected = len({issue.row for issue in issues if issue.row is not None}) or rows
    return Outcome(total=Counts(rejected=rejected), issues=tuple(issues))


def _identified(file: AnswersFile, *, salt: bytes) -> Iterator[tuple[UUID, Values]]:
    """Each respondent under an id that only the round's salt can lead to: nobody can test a key after closing.

    Without a key the content is the key, counted: two people of one unit who answer alike are two people.
    """
    seen: Counter[str] = Counter()
    for key, unit_id, role, row in zip(
        file.respondent_keys, file.unit_ids, file.roles, file.answers.tolist(), strict=True
    ):
        basis = f"key|{key}" if key is not None else f"content|{unit_id}|{role}|{row}"
        seen[basis] += 1
        if key is not None and seen[basis] > 1:
            continue  # the same line twice; different content under one key was refused
        digest = hmac.digest(salt, f"{basis}|{seen[basis]}".encode(), hashlib.sha256)
        yield UUID(bytes=digest[:16], version=4), (UUID(unit_id), role, [None if v == MISSING else v for v in row])


async def _write(
    tx: AsyncSession, round_: SurveyRound, incoming: dict[UUID, Values], *, notes: tuple[RowIssue, ...]
) -> Outcome:
    columns = SurveyResponse.id, SurveyResponse.unit_id, SurveyResponse.role, SurveyResponse.answers
    rows = await tx.execute(select(*columns).where(SurveyResponse.round_id == round_.id))
    known: dict[UUID, Values] = {id_: (unit_id, role, answers) for id_, unit_id, role, answers in rows}
    new = {id_: values for id_, values in incoming.items() if id_ not in known}
    changed = {id_: values for id_, values in incoming.items() if id_ in known and known[id_] != values}
    where: dict[str, Any] = {"municipality_id": round_.municipality_id, "round_id": round_.id}
    if new:
        # In the order of their ids, which are as good as random: not the order of the file.
        await tx.execute(
            insert(SurveyResponse),
            [where | {"id": id_, "unit_id": u, "role": r, "answers": a} for id_, (u, r, a) in sorted(new.items())],
        )
    for id_, (unit_id, role, answers) in changed.items():
        mine = SurveyResponse.round_id == round_.id, SurveyResponse.id == id_
        await tx.execute(update(SurveyResponse).where(*mine).values(unit_id=unit_id, role=role, answers=answers))
    counts = Counts(created=len(new), updated=len(changed), unchanged=len(incoming) - len(new) - len(changed))
    kept = len(known.keys() - incoming.keys())
    if kept:
        notes += (RowIssue(file=None, row=None, column=None, code="others-answered", params={"count": kept}),)
    return Outcome(total=counts, tables={"survey-answers": counts}, notes=notes)
