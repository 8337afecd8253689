"""Who a tablet's token belongs to."""

import time
from dataclasses import dataclass

from sqlalchemy import select

from api.access.principals import SCOPES_OF_ROLE, Caller, Place, with_implied
from api.db import Database
from api.devices.secrets import token_hash
from api.devices.tables import Device

ACTIVE_SECONDS = 5.0  # how long the token of a revoked tablet may go on working
REMEMBERED = 10_000


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


@dataclass(frozen=True, slots=True)
class _Known:
    caller: Caller | None
    until: float


class Devices:
    """Recognises tokens. Asked with every request, so an answer is kept for a moment (`ACTIVE_SECONDS`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[bytes, _Known] = {}

    async def caller(self, token: str) -> Caller | None:
        """The tablet behind its token; None when it was revoked, enrolled anew, or never was."""
        hashed, now = token_hash(token), time.monotonic()
        known = self._known.get(hashed)
        if known is not None and now < known.until:
            return known.caller
        async with self._database.presenting(hashed) as tx:
            device = await tx.scalar(select(Device).where(Device.token_hash == hashed))
        found = None if device is None else caller_of(device)
        if found is not None:  # what strangers make up is not remembered
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[hashed] = _Known(found, now + ACTIVE_SECONDS)
        else:
            self._known.pop(hashed, None)
        return found
