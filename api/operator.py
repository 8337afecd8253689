"""What the operator does outside the API: found a municipality, hand out, list and revoke clients' credentials."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from api.access.clients import new_secret, parsed_id
from api.access.principals import PLACES_OF_ROLE, ROLES, SCOPES, SCOPES_OF_ROLE, with_implied
from api.access.tables import ApiClient, Municipality
from api.audit import record_as
from api.children import erasure
from api.clock import local_today
from api.migrate import owner_url
from api.roster.tables import Area, Room, Unit
from api.settings import Settings, sqlalchemy_url
from domain.retention import kept_from

LONGEST_NAME = 200
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
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise OperatorError(f"a municipality's name has 1 to {LONGEST_NAME} characters, all of them printable")
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
    if role != "integration" and (beyond := set(scopes) - with_implied(frozenset(SCOPES_OF_ROLE[role]))):
        raise OperatorError(f"{role} has no {', '.join(sorted(beyond))}; scopes narrow a role, they do not widen it")
    found = await _enter(tx, municipality)
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
    granted = {"role": role, "places": resolved, "scopes": values["scopes"]}
    await _note(tx, found.id, "create", values["id"], **granted)
    return {
        "client_id": str(values["id"]),
        "client_secret": secret,
        "municipality_id": str(found.id),
        **granted,
    }


async def list_clients(tx: AsyncSession, *, municipality: str) -> dict[str, list[dict[str, object]]]:
    """The clients of a municipality, the oldest first, revoked ones too. Secrets are not known any more."""
    await _enter(tx, municipality)
    rows = await tx.scalars(select(ApiClient).order_by(ApiClient.created_at, ApiClient.id))
    return {"items": [_shown(row) for row in rows]}


async def revoke_client(tx: AsyncSession, *, client_id: str) -> dict[str, object]:
    """End a client: no new tokens, its links are dead, its tokens within seconds. Again changes nothing."""
    known = parsed_id(client_id)
    await tx.execute(text("SELECT set_config('vls.client_id', :id, true)"), {"id": str(known or "")})
    row = await tx.scalar(select(ApiClient).where(ApiClient.id == known)) if known else None
    if row is None:
        raise OperatorError(f"there is no client {client_id}")
    await _act_for(tx, row.municipality_id)
    mine = ApiClient.id == row.id, ApiClient.revoked_at.is_(None)
    ended = await tx.execute(update(ApiClient).where(*mine).values(revoked_at=func.clock_timestamp()))
    if ended.rowcount:  # type: ignore[attr-defined]
        await _note(tx, row.municipality_id, "revoke", row.id)
    await tx.refresh(row)
    return _shown(row)


async def expired_children(tx: AsyncSession, *, municipality: str, years: int, erase: bool) -> dict[str, object]:
    """The children who left more than `years` years ago; with `erase` they and all that is recorded of them go."""
    found = await _enter(tx, municipality)
    try:
        first_kept = kept_from(local_today(), years=years)
    except ValueError as error:
        raise OperatorError(str(error)) from error
    children = await erasure.expired(tx, kept_from=first_kept)
    if erase and children:
        await erasure.erase(tx, found.id, children)
        for child in children:
            await record_as(tx, found.id, actor="operator", action="erase", subject=f"children/{child.id}", years=years)
    return {
        "kept_from": first_kept.isoformat(),
        "children": [child.external_id for child in children],
        "erased": len(children) if erase else 0,
    }


def _shown(row: ApiClient) -> dict[str, object]:
    return {
        "client_id": str(row.id),
        "name": row.name,
        "role": row.role,
        "places": row.places,
        "scopes": row.scopes,
        "created_at": row.created_at.isoformat(),
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
    }


async def _enter(tx: AsyncSession, code: str) -> Municipality:
    """The municipality; from here on its rows are there."""
    found = await tx.scalar(select(Municipality).where(Municipality.code == code))
    if found is None:
        raise OperatorError(f"there is no municipality {code}; create it first")
    await _act_for(tx, found.id)
    return found


async def _act_for(tx: AsyncSession, municipality_id: UUID) -> None:
    await tx.execute(text("SELECT set_config('vls.municipality_id', :id, true)"), {"id": str(municipality_id)})


async def _note(tx: AsyncSession, municipality_id: UUID, action: str, client_id: object, **detail: object) -> None:
    await record_as(tx, municipality_id, actor="operator", action=action, subject=f"clients/{client_id}", **detail)


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
