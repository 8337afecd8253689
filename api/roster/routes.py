"""The roster over HTTP. The five resources share one set of operations, made from their descriptions."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from sqlalchemy import select

from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller
from api.access.tables import Municipality
from api.audit import record
from api.clock import Today
from api.concurrency import expect, tagged
from api.paging import Cursor, Limit, Page, keyset
from api.problems import documented
from api.roster import store
from api.roster.resources import CHILDREN, RESOURCES, ROOMS, Resource
from api.roster.schemas import ChildOut, MunicipalityOut, patch_of

router = APIRouter(prefix="/v1", tags=["roster"])


IfMatch = Annotated[str | None, Header(description="The ETag you have seen", max_length=100)]


@router.get("/municipality", operation_id="getMunicipality", responses=documented())
async def get_municipality(_: Annotated[Caller, Depends(Allow("roster:read"))], tx: Reading) -> MunicipalityOut:
    """The municipality the token belongs to."""
    return MunicipalityOut.model_validate((await tx.scalars(select(Municipality))).one())


def add_reads(resource: Resource) -> None:
    """List and get. Reading a child's record is logged, hence in a writing transaction."""
    wire_out: Any = resource.wire_out
    wire_filter: Any = resource.wire_filter
    transaction: Any = Writing if resource.logged else Reading
    caller_may_read: Any = Annotated[Caller, Depends(Allow(resource.read))]
    title = resource.name.capitalize()

    async def list_(
        caller: caller_may_read, tx: transaction, today: Today, filters: Annotated[wire_filter, Query()]
    ) -> Any:
        rows = store.filtered(resource, caller, filters, today=today)
        found, following = await keyset(tx, rows, key=resource.table.id, limit=filters.limit, cursor=filters.cursor)
        if resource.logged and found:
            await record(tx, caller, action="list", subject=resource.path, count=len(found))
        return Page(items=await store.to_wire(tx, resource, found, today=today), next=following)

    async def get(id: UUID, caller: caller_may_read, tx: transaction, today: Today, response: Response) -> Any:
        row = await store.find(tx, resource, caller, id, today=today)
        if resource.logged:
            await record(tx, caller, action="read", subject=f"{resource.path}/{id}")
        (answer,) = await store.to_wire(tx, resource, [row], today=today)
        return tagged(response, answer)

    router.get(
        f"/{resource.path}",
        operation_id=f"list{resource.path.capitalize()}",
        summary=f"List {resource.path}",
        response_model=Page[wire_out],
        responses=documented(),
    )(list_)
    router.get(
        f"/{resource.path}/{{id}}",
        operation_id=f"get{title}",
        summary=f"Get one of the {resource.path}",
        response_model=wire_out,
        responses=documented("not-found"),
    )(get)


def add_create(resource: Resource) -> None:
    """Create; the same again changes nothing."""
    wire_in: Any = resource.wire_in
    caller_may_write: Any = Annotated[Caller, Depends(Allow(resource.write))]

    async def create(body: wire_in, caller: caller_may_write, tx: Writing, today: Today, response: Response) -> Any:
        row, result = await store.create(tx, resource, caller, body, today=today)
        await record(
            tx, caller, action="create" if result == "created" else "read", subject=f"{resource.path}/{row.id}"
        )
        response.status_code = 201 if result == "created" else 200
        (answer,) = await store.to_wire(tx, resource, [row], today=today)
        return tagged(response, answer)

    router.post(
        f"/{resource.path}",
        operation_id=f"create{resource.name.capitalize()}",
        summary=f"Create one of the {resource.path}; the same again answers 200 and changes nothing",
        status_code=201,
        response_model=resource.wire_out,
        responses=documented("same-id-other-content", "external-id-taken", "unknown-reference", "outside-your-place")
        | {200: {"model": resource.wire_out, "description": "It was there already with this content"}},
    )(create)


def add_change(resource: Resource) -> None:
    """Change the fields that are sent, by one who has seen the latest version."""
    wire_patch: Any = patch_of(resource.wire_in)
    caller_may_write: Any = Annotated[Caller, Depends(Allow(resource.write))]

    async def change(
        id: UUID,
        body: wire_patch,
        caller: caller_may_write,
        tx: Writing,
        today: Today,
        response: Response,
        if_match: IfMatch = None,
    ) -> Any:
        row = await store.find_to_change(tx, resource, caller, id, today=today)
        await expect(tx, row, if_match)
        row = await store.change(tx, resource, caller, row, body, today=today)
        await record(tx, caller, action="change", subject=f"{resource.path}/{id}", fields=sorted(body.model_fields_set))
        (answer,) = await store.to_wire(tx, resource, [row], today=today)
        return tagged(response, answer)

    router.patch(
        f"/{resource.path}/{{id}}",
        operation_id=f"change{resource.name.capitalize()}",
        summary="Change the fields that are sent; needs If-Match",
        response_model=resource.wire_out,
        responses=documented(
            "not-found", "external-id-taken", "stale-version", "precondition-required", "outside-your-place"
        ),
    )(change)


def add_removal(resource: Resource) -> None:
    """Delete, and restore."""
    caller_may_write: Any = Annotated[Caller, Depends(Allow(resource.write))]
    one, title = f"/{resource.path}/{{id}}", resource.name.capitalize()

    async def delete(id: UUID, caller: caller_may_write, tx: Writing, today: Today, if_match: IfMatch = None) -> None:
        row = await store.find_to_change(tx, resource, caller, id, today=today)
        await expect(tx, row, if_match, required=False)
        await store.delete(tx, resource, row, today=today)
        await record(tx, caller, action="delete", subject=f"{resource.path}/{id}")

    async def restore(id: UUID, caller: caller_may_write, tx: Writing, today: Today, response: Response) -> Any:
        row = await store.restore(tx, resource, caller, id, today=today)
        await record(tx, caller, action="restore", subject=f"{resource.path}/{id}")
        (answer,) = await store.to_wire(tx, resource, [row], today=today)
        return tagged(response, answer)

    router.delete(
        one,
        operation_id=f"delete{title}",
        summary="Delete softly; it can be restored",
        status_code=204,
        responses=documented("not-found", "still-in-use", "stale-version", "outside-your-place"),
    )(delete)
    router.post(
        f"{one}/restore",
        operation_id=f"restore{title}",
        summary="Bring back what was deleted",
        response_model=resource.wire_out,
        responses=documented("not-found", "external-id-taken", "place-deleted"),
    )(restore)


for _resource in RESOURCES:
    add_reads(_resource)
    add_create(_resource)
    add_change(_resource)
    add_removal(_resource)


@router.get("/rooms/{id}/children", operation_id="listRoomChildren", responses=documented("not-found"))
async def list_room_children(
    id: UUID,
    caller: Annotated[Caller, Depends(Allow("children:read"))],
    tx: Writing,
    today: Today,
    on: Annotated[date | None, Query(description="The day; today when left out")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ChildOut]:
    """The children who belong to the room on a day. Who has left your place since is not shown."""
    await store.find(tx, ROOMS, caller, id, today=today)
    children = select(CHILDREN.table).where(
        store.in_room_on(id, on or today), CHILDREN.covers(caller, today), CHILDREN.table.deleted_at.is_(None)
    )
    rows, following = await keyset(tx, children, key=CHILDREN.table.external_id, limit=limit, cursor=cursor)
    await record(tx, caller, action="list", subject=f"rooms/{id}/children", count=len(rows))
    return Page(items=await store.to_wire(tx, CHILDREN, rows, today=on or today), next=following)
