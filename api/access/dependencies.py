"""What a route asks for: a caller with a scope, and one transaction for the caller's municipality."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.clients import Clients, caller_of
from api.access.links import SIGNATURE, LinkSigner
from api.access.people import People
from api.access.principals import Caller, Scope
from api.access.tokens import Signer
from api.db import DatabaseDep
from api.devices.recognised import Devices
from api.devices.secrets import PREFIX
from api.problems import Problem

bearer = HTTPBearer(auto_error=False, description="From POST /v1/oauth/token, of a tablet, or of an issuer")


async def authenticated(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> Caller:
    """The caller of a bearer token; for a document also of the signature in its link."""
    signature = request.query_params.get(SIGNATURE)
    if credentials is None and signature and request.method == "GET":
        return await _opener_of_link(request, signature)
    if credentials is None:
        raise Problem("not-authenticated")
    if credentials.credentials.startswith(PREFIX):
        return await _device(request, credentials.credentials)
    signer: Signer = request.app.state.signer
    if not signer.made(credentials.credentials):
        people: People = request.app.state.people
        return await people.caller(credentials.credentials)
    caller = signer.caller(credentials.credentials)
    clients: Clients = request.app.state.clients
    if caller.client_id is not None and not await clients.is_active(caller.client_id):
        raise Problem("not-authenticated")
    return caller


async def _device(request: Request, token: str) -> Caller:
    devices: Devices = request.app.state.devices
    found = await devices.caller(token)
    if found is None:
        raise Problem("device-revoked")
    return found


async def _opener_of_link(request: Request, signature: str) -> Caller:
    """Whoever made the link, as they are known now, with no more scopes than the document needs."""
    links: LinkSigner = request.app.state.links
    clients: Clients = request.app.state.clients
    client = await clients.find(links.client_of(signature, path=request.url.path, query=request.url.query))
    if client is None:
        raise Problem("link-expired")
    maker = caller_of(client)
    return replace(maker, scopes=maker.scopes & scopes_of(request.scope["route"], perhaps=True), via="link")


Authenticated = Annotated[Caller, Depends(authenticated)]


class Allow:
    """A dependency that lets a caller with all of `scopes` through; which of `perhaps` are needed turns out later."""

    def __init__(self, *scopes: Scope, perhaps: tuple[Scope, ...] = ()) -> None:
        self.scopes, self.perhaps = scopes, perhaps

    async def __call__(self, caller: Authenticated) -> Caller:
        missing = [scope for scope in self.scopes if scope not in caller.scopes]
        if missing:
            raise Problem("not-allowed", needed=", ".join(missing))
        return caller


def scopes_of(route: APIRoute, *, perhaps: bool = False) -> frozenset[Scope]:
    """The scopes an operation asks for, or `perhaps` will, by the `Allow` among what it depends on."""

    def asked(dependant: Any) -> set[Scope]:
        allow = dependant.call if isinstance(dependant.call, Allow) else Allow()
        own = {*allow.scopes, *(allow.perhaps if perhaps else ())}
        return own.union(*(asked(inner) for inner in dependant.dependencies))

    return frozenset(asked(route.dependant))


async def reading(database: DatabaseDep, caller: Authenticated) -> AsyncIterator[AsyncSession]:
    async with database.reading(caller.municipality_id) as session:
        yield session


async def writing(database: DatabaseDep, caller: Authenticated) -> AsyncIterator[AsyncSession]:
    async with database.writing(caller.municipality_id) as session:
        yield session


# scope="function": the transaction is committed before the answer is sent, so an answer of success is never a lie.
Reading = Annotated[AsyncSession, Depends(reading, scope="function")]
Writing = Annotated[AsyncSession, Depends(writing, scope="function")]
