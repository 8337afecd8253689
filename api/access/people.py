"""From a person of an issuer to a caller: places by their external ids, as the roster has them now."""

import time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.access.issuers import Issuers, Person
from api.access.principals import PLACES_OF_ROLE, SCOPES_OF_ROLE, Caller, Place, with_implied
from api.access.remembered import Remembered
from api.db import Database
from api.problems import Problem
from api.roster.tables import Area, Room, Unit

PLACES_SECONDS = 60.0
_TABLES: dict[str, Any] = {"area": Area, "unit": Unit, "room": Room}


class People:
    """Recognises tokens of people. Where they work is looked up anew each minute."""

    def __init__(self, database: Database, issuers: Issuers) -> None:
        self._database, self.issuers = database, issuers
        self._places: Remembered[Person, tuple[Place, ...]] = Remembered()

    async def caller(self, token: str) -> Caller:
        person = await self.issuers.person(token)
        places = await self._places_of(person)
        if not places:
            raise Problem("not-a-member")
        scopes = with_implied(frozenset(SCOPES_OF_ROLE[person.role]))
        return Caller(person.municipality_id, person.subject, person.name, person.role, places, scopes)

    async def _places_of(self, person: Person) -> tuple[Place, ...]:
        kind = PLACES_OF_ROLE[person.role][0]
        if kind == "municipality":
            return (Place("municipality", person.municipality_id),)
        if (known := self._places.get(person)) is not None:
            return known
        asked, table = time.monotonic(), _TABLES[kind]
        async with self._database.reading(person.municipality_id) as tx:
            named = table.external_id.in_(person.places), table.deleted_at.is_(None)
            found: list[UUID] = list(await tx.scalars(select(table.id).where(*named).order_by(table.id)))
        places = tuple(Place(kind, id_) for id_ in found)
        self._places.put(person, places, asked=asked, seconds=PLACES_SECONDS)
        return places
