"""An instrument from a file: read, checked as `POST /v1/instruments` checks it, published once."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from api.audit import record_as
from api.imports.outcome import Counts, Outcome
from api.imports.tables import Import
from api.surveys.instrument_files import InstrumentFile, read_instrument
from api.surveys.instruments import publish_once
from domain.issues import Params, RowIssue

DATASET = "instruments"


async def import_instruments(tx: AsyncSession, received: Import) -> Outcome:
    """The same published content again is `unchanged`; other content under a published version is refused."""
    media_type = str(received.params.get("media_type", ""))
    file = await asyncio.to_thread(read_instrument, received.body or b"", media_type=media_type)
    if file.instrument is None:
        return _refused(file, file.issues)
    key, version = file.instrument.key, file.instrument.version
    result, problems = await publish_once(tx, received.municipality_id, file.instrument)
    if problems:
        return _refused(file, tuple(file.issue(found.pointer, found.code, found.params) for found in problems))
    if result == "conflict":
        params: Params = {"key": key, "version": version}
        return _refused(file, (file.issue("/version", "version-published", params),))
    if result == "unchanged":
        return _taken(file, Counts(unchanged=1))
    subject = f"instruments/{key}/versions/{version}"
    await record_as(tx, received.municipality_id, actor=received.created_by, action="publish", subject=subject)
    return _taken(file, Counts(created=1))


def _taken(file: InstrumentFile, counts: Counts) -> Outcome:
    return Outcome(total=counts, tables={DATASET: counts}, notes=file.notes)


def _refused(file: InstrumentFile, issues: tuple[RowIssue, ...]) -> Outcome:
    return Outcome(total=Counts(rejected=1), issues=issues, notes=file.notes)
