"""What a route asks for: a caller with a scope, and one transaction for the caller's municipality."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller, Scope
from api.access.tokens import SIGNATURE, Signer
from api.db import DatabaseDep
from api.problems import Problem

bearer = HTTPBearer(auto_error=False, description="A token from POST /v1/oauth/token")


def authenticated(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> Caller:
    """The caller of a bearer token; for a document also of the signature in its link."""
    signer: Signer = request.app.state.signer
    signature = request.query_params.get(SIGNATURE)
    if credentials is None and signature and request.method == "GET":
        return signer.link_caller(signature, path=request.url.path, query=request.url.query)
    if credentials is None:
        raise Problem("not-authenticated")
    return signer.caller(credentials.credentials)


Authenticated = Annotated[Caller, Depends(authenticated)]


class Allow:
    """A dependency that lets a caller with all of `scopes` through."""

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = scopes

    def __call__(self, caller: Authenticated) -> Caller:
        missing = [scope for scope in self.scopes if scope not in caller.scopes]
        if missing:
            raise Problem("not-allowed", needed=", ".join(missing))
        return caller


async def reading(database: DatabaseDep, caller: Authenticated) -> AsyncIterator[AsyncSession]:
    async with database.reading(caller.municipality_id) as session:
        yield session


async def writing(database: DatabaseDep, caller: Authenticated) -> AsyncIterator[AsyncSession]:
    async with database.writing(caller.municipality_id) as session:
        yield session


# scope="function": the transaction is committed before the answer is sent, so an answer of success is never a lie.
Reading = Annotated[AsyncSession, Depends(reading, scope="function")]
Writing = Annotated[AsyncSession, Depends(writing, scope="function")]
