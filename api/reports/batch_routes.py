"""Report batches over HTTP: order the reports of all units or rooms of a place, follow them, fetch them as one ZIP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse

from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller
from api.audit import record
from api.db import DatabaseDep
from api.problems import Problem, documented
from api.reports import batches
from api.reports.archive import archive, archive_name
from api.reports.batch_schemas import ReportBatchIn, ReportBatchOut
from api.reports.documents import SignatureQuery
from api.reports.register import NEEDED

router = APIRouter(prefix="/v1/report-batches", tags=["reports"])

ReportReader = Annotated[Caller, Depends(Allow("reports:read", perhaps=tuple(NEEDED.values())))]
_ZIP = {"application/zip": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}


@router.post(
    "",
    operation_id="createReportBatch",
    status_code=202,
    responses=documented(
        "not-found", "results-not-frozen", "outside-your-place", "same-id-other-content", "period-too-long"
    )
    | {200: {"description": "The batch was ordered before", "model": ReportBatchOut}},
)
async def create_report_batch(
    body: ReportBatchIn, caller: ReportReader, tx: Writing, response: Response
) -> ReportBatchOut:
    """Order the reports of all units or all rooms of a place; follow `Location` until they are done.

    Each is the same, byte for byte, as when it is asked for alone.
    """
    row, result = await batches.order(tx, caller, body)
    if result == "unchanged":
        response.status_code = 200
    else:
        await record(tx, caller, action="create", subject=f"report-batches/{row.id}")
    response.headers["Location"] = f"/v1/report-batches/{row.id}"
    return await batches.to_wire(tx, row)


@router.get("/{id}", operation_id="getReportBatch", responses=documented("not-found"))
async def get_report_batch(id: UUID, caller: ReportReader, tx: Reading) -> ReportBatchOut:
    """How many of the documents are made, and which could not be."""
    return await batches.to_wire(tx, await batches.find(tx, caller, id))


@router.get(
    "/{id}/file",
    operation_id="getReportBatchFile",
    tags=["document"],
    response_class=Response,
    responses=documented("not-found", "batch-not-done", "files-removed", "link-expired")
    | {200: {"description": "The documents", "content": _ZIP}},
)
async def get_report_batch_file(
    id: UUID, caller: ReportReader, database: DatabaseDep, signature: SignatureQuery = None
) -> Response:
    """The documents of a batch that is over, as a ZIP: named by their places' external ids, in their order."""
    async with database.writing(caller.municipality_id) as tx:
        row = await batches.find(tx, caller, id)
        if row.status in ("queued", "running"):
            raise Problem("batch-not-done", state=row.status)
        if row.removed_at is not None:
            raise Problem("files-removed")
        await record(tx, caller, action="read", subject=f"report-batches/{id}/file")
    headers = {
        "Content-Disposition": f'attachment; filename="{archive_name(row)}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(archive(database, row), media_type="application/zip", headers=headers)
