"""Instruments over HTTP: published, listed, and handed out as a file."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import select

from api.access.dependencies import Reading, Writing
from api.audit import record
from api.paging import Cursor, Limit, Page, keyset
from api.problems import documented
from api.surveys import instruments
from api.surveys.instrument_files import MEDIA_TYPES, Format, write_instrument
from api.surveys.instrument_schemas import InstrumentIO, InstrumentSummary
from api.surveys.routes import Administrator, SurveyReader
from api.surveys.tables import InstrumentRow

router = APIRouter(prefix="/v1", tags=["surveys"])

Version = Annotated[int, Path(ge=1, le=1_000_000)]
InstrumentKey = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            MEDIA_TYPES["yaml"]: {"schema": {"type": "string"}},
            MEDIA_TYPES["xlsx"]: {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}},
        }
    }
}


@router.post(
    "/instruments",
    operation_id="publishInstrument",
    status_code=201,
    responses=documented("version-published", "invalid-instrument", "outside-your-place")
    | {200: {"model": InstrumentIO, "description": "It was published already with this content"}},
)
async def publish_instrument(
    request: Request, body: InstrumentIO, caller: Administrator, tx: Writing, response: Response
) -> InstrumentIO:
    """Publish a version of an instrument. A published version never changes."""
    result = await instruments.publish(tx, caller, body)
    if result == "created":
        await record(tx, caller, action="publish", subject=f"instruments/{body.key}/versions/{body.version}")
    response.status_code = 201 if result == "created" else 200
    return body


@router.get("/instruments", operation_id="listInstruments", responses=documented())
async def list_instruments(
    _: SurveyReader, tx: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[InstrumentSummary]:
    """All published versions."""
    key = (InstrumentRow.key, InstrumentRow.version)
    rows, following = await keyset(tx, select(InstrumentRow), key=key, limit=limit, cursor=cursor)
    items = [
        InstrumentSummary(
            key=row.key,
            version=row.version,
            title=row.body["title"],
            components=len(row.body["components"]),
            items=len(row.body["items"]),
            published_at=row.created_at,
        )
        for row in rows
    ]
    return Page(items=items, next=following)


@router.get(
    "/instruments/{key}/versions/{version}",
    operation_id="getInstrument",
    response_model=InstrumentIO,
    responses=documented("not-found") | _FILES,
)
async def get_instrument(
    key: InstrumentKey,
    version: Version,
    _: SurveyReader,
    tx: Reading,
    format: Annotated[
        Format, Query(description="A file that can be imported again: JSON, YAML or a workbook")
    ] = "json",
) -> InstrumentIO | Response:
    """A published version, as it was published."""
    found = await instruments.find(tx, key, version)
    if format == "json":
        return found
    content = await asyncio.to_thread(write_instrument, found, format=format)
    headers = {"Content-Disposition": f'attachment; filename="{key}-{version}.{format}"'}
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)
