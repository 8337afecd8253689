"""Tablets in the database: made, enrolled, revoked, and recognised by their token."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_room
from api.access.principals import Caller
from api.access.tables import Municipality
from api.assessments.records import room_of
from api.codes import as_made
from api.db import act_for
from api.devices.recognised import caller_of
from api.devices.schemas import DeviceFilter, DeviceIn, DeviceOut, EnrolledOut, EnrolledRoom
from api.devices.secrets import DeviceKeys, code_hash, new_enrol_code, token_hash
from api.devices.tables import Device
from api.problems import Problem
from api.roster.tables import Room, Unit

CODE_MINUTES = 30


def state_of(device: Device) -> str:
    if device.revoked_at is not None:
        return "revoked"
    return "waiting" if device.token_hash is None else "enrolled"


def to_wire(device: Device) -> DeviceOut:
    shown = {name: getattr(device, name) for name in ("id", "room_id", "name", "enrolled_at", "revoked_at")}
    return DeviceOut.model_validate(shown | {"state": state_of(device)})


def _in_place(caller: Caller) -> Any:
    return Device.room_id.in_(select(Room.id).where(covers_room(caller)))


def filtered(caller: Caller, filters: DeviceFilter) -> Select[Any]:
    query = select(Device).where(_in_place(caller))
    if filters.room_id is not None:
        query = query.where(Device.room_id == filters.room_id)
    states = {
        "revoked": Device.revoked_at.is_not(None),
        "waiting": and_(Device.revoked_at.is_(None), Device.token_hash.is_(None)),
        "enrolled": and_(Device.revoked_at.is_(None), Device.token_hash.is_not(None)),
    }
    return query if filters.state is None else query.where(states[filters.state])


async def find(tx: AsyncSession, caller: Caller, id_: UUID, *, held: bool = True) -> Device:
    """The tablet, held for a change, where the caller covers its room."""
    query = select(Device).where(Device.id == id_, _in_place(caller))
    found = await tx.scalar(query.with_for_update() if held else query)
    if found is None:
        raise Problem("not-found")
    return found


async def create(tx: AsyncSession, caller: Caller, body: DeviceIn, keys: DeviceKeys) -> tuple[Device, bool]:
    """The tablet, and whether it was made now. A known id with the same content changes nothing."""
    room = await room_of(tx, caller, body)
    id_ = body.id or uuid4()
    known = await tx.scalar(select(Device).where(Device.id == id_))
    if known is None:
        values = {"municipality_id": caller.municipality_id, "id": id_, "room_id": room.id, "name": body.name}
        made = Device(**values, sealed_key=keys.new_key(id_))
        tx.add(made)
        await tx.flush()
        return made, True
    different = [name for name, value in (("room_id", room.id), ("name", body.name)) if getattr(known, name) != value]
    if different:
        raise Problem("same-id-other-content", fields=", ".join(different))
    return known, False


async def new_enrolment(tx: AsyncSession, device: Device) -> str:
    """A new code in place of any before; the tablet's present token goes on until the code is used."""
    code = new_enrol_code()
    device.enrol_hash, device.enrol_used_for = code_hash(as_made(code)), None
    device.enrol_expires_at = func.clock_timestamp() + timedelta(minutes=CODE_MINUTES)
    await tx.flush()
    await tx.refresh(device)
    return code


async def revoke(tx: AsyncSession, device: Device) -> bool:
    """End the tablet's token and any code; whether there was something to end."""
    if device.revoked_at is not None and device.enrol_hash is None:
        return False
    device.revoked_at = device.revoked_at or func.clock_timestamp()
    device.token_hash = device.enrol_hash = device.enrol_used_for = device.enrol_expires_at = None
    await tx.flush()
    return True


async def enrol(tx: AsyncSession, written: str, attempt: UUID, keys: DeviceKeys) -> tuple[Caller, EnrolledOut] | None:
    """Enrol the tablet the code was made for, in a transaction that presents the code's hash; None for a wrong code."""
    code = as_made(written)
    hashed = code_hash(code)
    municipality = await tx.scalar(select(Device.municipality_id).where(Device.enrol_hash == hashed))
    if municipality is None:
        return None
    await act_for(tx, municipality)
    valid = Device.enrol_hash == hashed, Device.enrol_expires_at > func.clock_timestamp()
    device = await tx.scalar(select(Device).where(*valid).with_for_update())
    token = keys.token(code, attempt)
    if device is None or not await _take(tx, device, token_hash(token)):
        return None
    sealed = device.sealed_key
    key = keys.key(device.id, sealed)
    if key is None:  # the server's secret is another one: what the tablet holds cannot be opened any more
        device.sealed_key = sealed = keys.new_key(device.id)
        key = str(keys.key(device.id, sealed))
    room = await _room(tx, device)
    return caller_of(device), EnrolledOut(device_id=device.id, device_token=token, data_key=key, room=room)


async def _take(tx: AsyncSession, device: Device, token: bytes) -> bool:
    """Use up the code for this token; a code that was used for another is worth nothing."""
    if device.enrol_used_for is not None:
        return device.enrol_used_for == token
    device.token_hash = device.enrol_used_for = token
    device.revoked_at, device.enrolled_at = None, func.clock_timestamp()
    await tx.flush()
    return True


async def _room(tx: AsyncSession, device: Device) -> EnrolledRoom:
    columns = Room.id, Room.external_id, Room.name, Unit.id, Unit.name, Municipality.name
    there = and_(Unit.municipality_id == Room.municipality_id, Unit.id == Room.unit_id)
    query = select(*columns).join(Unit, there).join(Municipality, Municipality.id == Room.municipality_id)
    values = (await tx.execute(query.where(Room.id == device.room_id))).one()
    return EnrolledRoom(**dict(zip(EnrolledRoom.model_fields, values, strict=True)))
