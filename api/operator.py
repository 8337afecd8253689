"""What the operator does outside the API: found a municipality, hand out a client's credentials."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from api.access.clients import new_secret
from api.access.principals import PLACES_OF_ROLE, ROLES, SCOPES, SCOPES_OF_ROLE
from api.access.tables import ApiClient, Municipality
from api.migrate import owner_url
from api.roster.tables import Area, Room, Unit
from api.settings import Settings, sqlalchemy_url

Answer = TypeVar("Answer")
_TABLES: dict[str, Any] = {"area": Area, "unit": Unit, "room": Room}


class OperatorError(ValueError):
    """The command cannot be carried out; the text says why."""


async def as_owner(settings: Settings, work: Callable[[AsyncSession], Awaitable[Answer]]) -> Answer:
    """Run `work` in one transaction of the login that owns the tables."""
    engine = create_async_engine(sqlalchemy_url(owner_url(settings)), poolclass=NullPool)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            return await work(session)
    finally:
        await engine.dispose()


async def create_municipality(tx: AsyncSession, *, code: str, name: str) -> dict[str, str]:
    """Found a municipality; the same code and name again answers the one there is."""
    if not (len(code) == 3 and code.isascii() and code.isdigit() and code[0] != "0"):
        raise OperatorError("a municipality's code has three digits, such as 851")
    known = await tx.scalar(select(Municipality).where(Municipality.code == code))
    if known is not None and known.name != name:
        raise OperatorError(f"{code} is already {known.name}")
    if known is None:
        values = {"id": uuid4(), "code": code, "name": name}
        known = (await tx.scalars(insert(Municipality).returning(Municipality), values)).one()
    return {"id": str(known.id), "code": code, "name": name}


async def create_client(
    tx: AsyncSession, *, municipality: str, name: str, role: str, places: list[str], scopes: list[str]
) -> dict[str, object]:
    """Hand out credentials. The secret is shown this once; only its hash is kept."""
    if role not in ROLES:
        raise OperatorError(f"the role is one of {', '.join(ROLES)}")
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise OperatorError(f"unknown scope {', '.join(unknown)}; there are {', '.join(SCOPES)}")
    found = await tx.scalar(select(Municipality).where(Municipality.code == municipality))
    if found is None:
        raise OperatorError(f"there is no municipality {municipality}; create it first")
    await tx.execute(text("SELECT set_config('vls.municipality_id', :id, true)"), {"id": str(found.id)})
    resolved = [await _place(tx, role, found.id, place) for place in places or ["municipality"]]
    secret, hashed = new_secret()
    values = {
        "municipality_id": found.id,
        "id": uuid4(),
        "name": name,
        "role": role,
        "places": resolved,
        "scopes": scopes or list(SCOPES_OF_ROLE[role]),
        "secret_hash": hashed,
    }
    await tx.execute(insert(ApiClient).values(values))
    return {
        "client_id": str(values["id"]),
        "client_secret": secret,
        "municipality_id": str(found.id),
        "role": role,
        "places": resolved,
        "scopes": values["scopes"],
    }


async def _place(tx: AsyncSession, role: str, municipality_id: UUID, written: str) -> dict[str, str]:
    kind, _, external_id = written.partition(":")
    allowed = PLACES_OF_ROLE[role]
    if kind not in allowed:
        raise OperatorError(f"the place of {role} is one of {', '.join(f'{place}:EXTERNAL_ID' for place in allowed)}")
    if kind == "municipality":
        return {"kind": kind, "id": str(municipality_id)}
    table = _TABLES[kind]
    alive = table.external_id == external_id, table.deleted_at.is_(None)
    id_ = await tx.scalar(select(table.id).where(*alive))
    if id_ is None:
        raise OperatorError(f"there is no {kind} with external id {external_id!r}")
    return {"kind": kind, "id": str(id_)}
