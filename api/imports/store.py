"""Receiving an import, running it as a job, and telling what came of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.db import Database
from api.imports.catalogue import CODES
from api.imports.outcome import Outcome
from api.imports.schemas import ImportOut, IssueOut, ReportOut
from api.imports.tables import Import, ImportIssue
from api.jobs import enqueue
from api.wire import Sentences
from domain.issues import RowIssue, hint, sentence

log = structlog.get_logger("vls.imports")
JOB = "import"
MAX_ISSUES = 5_000  # a file with more is wrong as a whole; nobody reads on

Importer = Callable[[AsyncSession, Import], Awaitable[Outcome]]


async def receive(
    tx: AsyncSession, caller: Caller, *, dataset: str, mode: str, params: dict[str, Any], body: bytes
) -> Import:
    values = {
        "municipality_id": caller.municipality_id,
        "id": uuid4(),
        "dataset": dataset,
        "mode": mode,
        "params": params,
        "created_by": caller.subject,
        "status": "queued",
        "body": body,
        "report": {},
    }
    row = (await tx.scalars(insert(Import).returning(Import), values)).one()
    await enqueue(tx, JOB, municipality_id=caller.municipality_id, subject_id=row.id)
    return row


def job(importers: Mapping[str, Importer]) -> Callable[[Database, UUID, UUID], Awaitable[None]]:
    """The work of a queued import: data and verdict are committed together, or neither is."""

    async def run(database: Database, municipality_id: UUID, import_id: UUID) -> None:
        mine = Import.id == import_id
        async with database.writing(municipality_id) as tx:
            waiting = mine, Import.status.in_(("queued", "running"))
            started = await tx.execute(update(Import).where(*waiting).values(status="running"))
        if not started.rowcount:  # type: ignore[attr-defined]
            return  # a second delivery of the same job
        try:
            async with database.writing(municipality_id) as tx:
                await _one_at_a_time(tx, municipality_id)
                row = (await tx.scalars(select(Import).where(mine).with_for_update())).one()
                if row.status != "running":
                    return  # the job was delivered twice, and the other delivery has finished while we waited
                attempt = await tx.begin_nested()
                outcome = await importers[row.dataset](tx, row)
                rehearsal = row.mode == "check" or outcome.refused
                await (attempt.rollback() if rehearsal else attempt.commit())
                await _finish(tx, municipality_id, import_id, outcome)
        except Exception:
            log.exception("import failed", import_id=str(import_id))
            async with database.writing(municipality_id) as tx:
                values = {"status": "failed", "body": None, "finished_at": func.clock_timestamp()}
                await tx.execute(update(Import).where(mine).values(values))

    return run


async def _one_at_a_time(tx: AsyncSession, municipality_id: UUID) -> None:
    """Imports of one municipality wait for each other: each plans against what the one before left."""
    await tx.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"import:{municipality_id}"}
    )


async def _finish(tx: AsyncSession, municipality_id: UUID, import_id: UUID, outcome: Outcome) -> None:
    report = {
        **asdict(outcome.total),
        "tables": {name: asdict(counts) for name, counts in outcome.tables.items()},
        "issues": len(outcome.issues),
        "notes": [asdict(note) for note in outcome.notes],
    }
    values = {
        "status": "refused" if outcome.refused else "done",
        "report": report,
        "body": None,
        "finished_at": func.clock_timestamp(),
    }
    await tx.execute(update(Import).where(Import.id == import_id).values(values))
    if outcome.issues:
        rows = [
            {"municipality_id": municipality_id, "import_id": import_id, "position": position, **asdict(issue)}
            for position, issue in enumerate(outcome.issues[:MAX_ISSUES])
        ]
        await tx.execute(insert(ImportIssue), rows)


def to_wire(row: Import) -> ImportOut:
    report = None
    if row.report:
        notes = [issue_out(RowIssue(**note)) for note in row.report["notes"]]
        report = ReportOut.model_validate({**row.report, "notes": notes})
    return ImportOut(
        id=row.id,
        dataset=row.dataset,
        mode=row.mode,
        status=row.status,
        created_at=row.created_at,
        finished_at=row.finished_at,
        report=report,
    )


def issue_out(issue: RowIssue | ImportIssue) -> IssueOut:
    """The issue with its sentence and hint in both languages."""

    def said(language: str) -> tuple[str, str]:
        return (
            sentence(issue.code, issue.params, language, catalogue=CODES),
            hint(issue.code, language, params=issue.params, catalogue=CODES),
        )

    (da, da_hint), (en, en_hint) = said("da"), said("en")
    return IssueOut(
        file=issue.file,
        row=issue.row,
        column=issue.column,
        code=issue.code,
        params=dict(issue.params),
        sentence=Sentences(da=da, en=en),
        hint=Sentences(da=da_hint, en=en_hint),
    )
