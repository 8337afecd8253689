"""Tablets over HTTP."""

from typing import Annotated
from uuid import UUID

import segno
from fastapi import APIRouter, Depends, Query, Request, Response

from api.access.attempts import Failures
from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller
from api.audit import record
from api.codes import as_made
from api.db import DatabaseDep
from api.devices import devices
from api.devices.schemas import DeviceFilter, DeviceIn, DeviceOut, EnrolIn, EnrolledOut, EnrolmentOut
from api.devices.secrets import DeviceKeys, code_hash
from api.devices.tables import Device
from api.paging import Page, keyset
from api.problems import Problem, documented

router = APIRouter(prefix="/v1/devices", tags=["devices"])

Keeper = Annotated[Caller, Depends(Allow("devices:write"))]
NO_STORE = {"Cache-Control": "private, no-store"}
_CODES = UUID(int=0)  # wrong codes belong to no tablet: they count for the address they come from
_failures = Failures()


@router.post(
    "",
    operation_id="createDevice",
    status_code=201,
    responses=documented("same-id-other-content", "unknown-reference")
    | {200: {"model": DeviceOut, "description": "It was there already with this content"}},
)
async def create_device(request: Request, body: DeviceIn, caller: Keeper, tx: Writing, response: Response) -> DeviceOut:
    """A tablet of a room. It waits until it is enrolled with a code (`.../enrolment`)."""
    row, fresh = await devices.create(tx, caller, body, request.app.state.device_keys)
    if fresh:
        await record(tx, caller, action="create", subject=f"devices/{row.id}", room=str(row.room_id))
    response.status_code = 201 if fresh else 200
    return devices.to_wire(row)


@router.get("", operation_id="listDevices", responses=documented())
async def list_devices(caller: Keeper, tx: Reading, filters: Annotated[DeviceFilter, Query()]) -> Page[DeviceOut]:
    """The tablets of your rooms, revoked ones too."""
    query = devices.filtered(caller, filters)
    rows, following = await keyset(tx, query, key=Device.id, limit=filters.limit, cursor=filters.cursor)
    return Page(items=[devices.to_wire(row) for row in rows], next=following)


@router.post("/enrol", operation_id="enrolDevice", responses=documented("unknown-enrol-code", "too-many-attempts"))
async def enrol_device(request: Request, body: EnrolIn, database: DatabaseDep, response: Response) -> EnrolledOut:
    """Enrol the tablet that sends this; needs no token. A code works once, for half an hour."""
    response.headers.update(NO_STORE)
    keys: DeviceKeys = request.app.state.device_keys
    async with database.presenting(code_hash(as_made(body.code))) as tx:
        found = await devices.enrol(tx, body.code, body.attempt, keys)
        if found is not None:
            caller, answer = found
            await record(tx, caller, action="enrol", subject=f"devices/{answer.device_id}")
            return answer
    _failures.note(_CODES, request.client.host if request.client else "")
    raise Problem("unknown-enrol-code")


@router.get("/{id}", operation_id="getDevice", responses=documented("not-found"))
async def get_device(id: UUID, caller: Keeper, tx: Reading) -> DeviceOut:
    """One tablet."""
    return devices.to_wire(await devices.find(tx, caller, id, held=False))


@router.post("/{id}/enrolment", operation_id="createEnrolment", status_code=201, responses=documented("not-found"))
async def create_enrolment(request: Request, id: UUID, caller: Keeper, tx: Writing, response: Response) -> EnrolmentOut:
    """A new one-time code, also for a tablet that was revoked, or wiped: it gets the same key as before."""
    response.headers.update(NO_STORE)
    device = await devices.find(tx, caller, id)
    code = await devices.new_enrolment(tx, device)
    await record(tx, caller, action="invite", subject=f"devices/{id}")
    base = request.app.state.settings.public_url or str(request.base_url)
    link = f"{base.rstrip('/')}/app/mobile/#enrol={code}"
    qr = segno.make_qr(link, error="m").svg_inline(border=2, scale=6)
    return EnrolmentOut.model_validate({"code": code, "link": link, "qr": qr, "expires_at": device.enrol_expires_at})


@router.delete("/{id}", operation_id="revokeDevice", status_code=204, responses=documented("not-found"))
async def revoke_device(id: UUID, caller: Keeper, tx: Writing) -> None:
    """End the tablet's access: it forgets the key to what it holds, and stops within seconds."""
    if await devices.revoke(tx, await devices.find(tx, caller, id)):
        await record(tx, caller, action="revoke", subject=f"devices/{id}")
