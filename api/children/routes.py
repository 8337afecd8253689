"""A child's record and its erasure over HTTP: for the administration of the municipality."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from api.access.dependencies import Allow, Writing
from api.access.principals import Caller
from api.audit import record
from api.children import erasure
from api.children import record as records
from api.children.schemas import ErasureIn, ErasureOut, RecordOut
from api.clock import Today
from api.field_faults import field_fault
from api.problems import Problem, documented

router = APIRouter(prefix="/v1/children/{id}", tags=["children"])

Reader = Annotated[Caller, Depends(Allow("children:read", "observations:read", "development:read"))]
Eraser = Annotated[Caller, Depends(Allow("children:write", "observations:write", "development:write"))]


@router.get("/record", operation_id="getChildRecord", responses=documented("not-found", "outside-your-place"))
async def get_record(id: UUID, caller: Reader, tx: Writing, today: Today, response: Response) -> RecordOut:
    """Everything that is recorded about the child, as a file; also of a child that was deleted."""
    child = await records.find(tx, caller, id)
    await record(tx, caller, action="read", subject=f"children/{id}/record")
    response.headers["Content-Disposition"] = f'attachment; filename="child-{id}.json"'
    return await records.of_child(tx, child, today=today)


@router.post(
    "/erasure",
    operation_id="eraseChild",
    responses=documented("not-found", "outside-your-place", "malformed-request", "body-too-large"),
)
async def erase_child(id: UUID, body: ErasureIn, caller: Eraser, tx: Writing) -> ErasureOut:
    """Erase the child and everything recorded about it, from history too. It cannot be brought back."""
    child = await records.find(tx, caller, id)
    if body.external_id != child.external_id:
        raise Problem("invalid-input", errors=[field_fault("/external_id", "another-child")])
    told = await erasure.erase(tx, caller.municipality_id, [child])
    await record(tx, caller, action="erase", subject=f"children/{id}")
    return told
