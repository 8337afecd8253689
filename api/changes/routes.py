"""Following what changes, over HTTP."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from sqlalchemy import select

from api.access.dependencies import Allow
from api.access.principals import Caller, Scope
from api.audit import settled_before
from api.changes.tables import Change
from api.db import DatabaseDep
from api.paging import Limit, decode_cursor, encode_cursor, keyset
from api.problems import Problem, documented
from api.wire import Output

Kind = Literal[
    "area", "unit", "room", "child", "staff", "activity", "week", "practice_evaluation", "development_assessment",
    "survey_round", "goal", "meeting",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

# Where each can be read, and what that asks for.
_READ: Mapping[Kind, tuple[str, tuple[Scope, ...]]] = {
    "area": ("areas", ("roster:read",)),
    "unit": ("units", ("roster:read",)),
    "room": ("rooms", ("roster:read",)),
    "child": ("children", ("children:read",)),
    "staff": ("staff", ("roster:read",)),
    "activity": ("activities", ("observations:read", "children:read")),
    "week": ("rooms", ("observations:read", "children:read")),
    "practice_evaluation": ("practice-evaluations", ("observations:read",)),
    "development_assessment": ("development-assessments", ("development:read", "children:read")),
    "survey_round": ("survey-rounds", ("surveys:read",)),
    "goal": ("goals", ("observations:read",)),
    "meeting": ("meetings", ("observations:read",)),
}
_PERHAPS = tuple(sorted({scope for _, scopes in _READ.values() for scope in scopes}))

router = APIRouter(prefix="/v1", tags=["changes"])


class FollowedChangeOut(Output):
    """Something that is there or is `gone`: deleted, or withdrawn. `href` is where to read it as it is now."""

    kind: Kind
    key: Annotated[str, Field(description="Its id; of a week the room's id and the week, as `.../2026-W35`")]
    changed_at: datetime
    gone: bool
    href: str


class FollowedChangesOut(Output):
    """Changes in their order, each thing once: at its last change. Ask again `after` this `next`, at once while there
    is `more`."""

    items: list[FollowedChangeOut]
    next: Annotated[str | None, Field(description="Null where nothing has ever changed")]
    more: bool


@router.get("/changes", operation_id="listChanges", responses=documented("outside-your-place"))
async def list_changes(
    caller: Annotated[Caller, Depends(Allow(perhaps=_PERHAPS))],
    database: DatabaseDep,
    limit: Limit = 100,
    after: Annotated[str | None, Query(max_length=500, description="`next` of the answer before")] = None,
    kind: Annotated[list[Kind] | None, Query(description="Only these; all that you may read when left out")] = None,
) -> FollowedChangesOut:
    """What has changed in the municipality since you asked last, from the beginning when `after` is left out.

    For who may see all of it: of what moves between places only they can be told rightly.
    """
    if not caller.everywhere:
        raise Problem("outside-your-place")
    query = select(Change).where(Change.kind.in_(_allowed(caller, kind)))
    if after is not None:
        decode_cursor(after, datetime, str, str, field="after")
    # First what is settled, then a newer view: what is committed between the two is seen or comes later, never lost.
    async with database.reading(caller.municipality_id) as tx:
        query = query.where(Change.changed_at < await settled_before(tx))
    async with database.reading(caller.municipality_id) as tx:
        key = (Change.changed_at, Change.kind, Change.key)
        rows, following = await keyset(tx, query, key=key, limit=limit, cursor=after)
    last = encode_cursor(rows[-1].changed_at, rows[-1].kind, rows[-1].key) if rows else after
    return FollowedChangesOut(items=[_wire(row) for row in rows], next=last, more=following is not None)


def _allowed(caller: Caller, asked: list[Kind] | None) -> list[Kind]:
    missing = {kind: [scope for scope in _READ[kind][1] if scope not in caller.scopes] for kind in asked or KINDS}
    if asked:
        if needed := sorted({scope for scopes in missing.values() for scope in scopes}):
            raise Problem("not-allowed", needed=", ".join(needed))
        return asked
    found = [kind for kind, scopes in missing.items() if not scopes]
    if not found:
        raise Problem("not-allowed", needed=" | ".join(_PERHAPS))
    return found


def _wire(row: Change) -> FollowedChangeOut:
    kind: Kind = row.kind  # type: ignore[assignment]
    room, _, week = row.key.partition("/")
    path = f"{room}/weeks/{week}" if kind == "week" else row.key
    href = f"/v1/{_READ[kind][0]}/{path}"
    return FollowedChangeOut(kind=kind, key=row.key, changed_at=row.changed_at, gone=row.gone, href=href)
