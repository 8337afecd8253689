"""Who a tablet's token belongs to."""

import time

from sqlalchemy import select

from api.access.principals import SCOPES_OF_ROLE, Caller, Place, with_implied
from api.access.remembered import Remembered
from api.db import Database
from api.devices.secrets import token_hash
from api.devices.tables import Device

ACTIVE_SECONDS = 5.0  # how long the token of a revoked tablet may go on working


def caller_of(device: Device) -> Caller:
    """A tablet works in its room, whoever holds it."""
    return Caller(
        municipality_id=device.municipality_id,
        subject=f"device:{device.id}",
        name=device.name,
        role="device",
        places=(Place("room", device.room_id),),
        scopes=with_implied(frozenset(SCOPES_OF_ROLE["device"])),
    )


class Devices:
    """Recognises tokens. Asked with every request, so an answer is kept for a moment (`ACTIVE_SECONDS`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: Remembered[bytes, Caller] = Remembered()

    async def caller(self, token: str) -> Caller | None:
        """The tablet behind its token; None when it was revoked, enrolled anew, or never was."""
        hashed = token_hash(token)
        if (known := self._known.get(hashed)) is not None:
            return known
        asked = time.monotonic()
        async with self._database.presenting(hashed) as tx:
            device = await tx.scalar(select(Device).where(Device.token_hash == hashed))
        if device is None:
            return None  # what strangers make up is not remembered
        found = caller_of(device)
        self._known.put(hashed, found, asked=asked, seconds=ACTIVE_SECONDS)
        return found
