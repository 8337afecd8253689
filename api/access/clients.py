"""API clients: made by the operator, verified at the token endpoint."""

import asyncio
import secrets
import time
from collections import defaultdict, deque
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from api.access.principals import Caller, Place, Scope, with_implied
from api.access.tables import ApiClient
from api.db import Database
from api.problems import Problem

# The secrets are 256 random bits, not passwords: the hash has to be one-way, not slow.
_hasher = PasswordHasher(time_cost=2, memory_cost=16 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe(32))

FAILURES = 10
FAILURE_SECONDS = 60.0


def new_secret() -> tuple[str, str]:
    """A secret to hand out once, and the hash to keep."""
    secret = secrets.token_urlsafe(32)
    return secret, _hasher.hash(secret)


class Verifier:
    """Checks client credentials; an unknown client costs the same time as a wrong secret."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._at_once = asyncio.Semaphore(2)
        self._failures: dict[str, deque[float]] = defaultdict(deque)

    async def caller(self, client_id: str, secret: str) -> Caller | None:
        """The caller behind correct credentials, else None. Too many failures in a minute raise `too-many-attempts`."""
        self._refuse_guessing(client_id)
        client = await self._find(client_id)
        hashed = client.secret_hash if client and client.revoked_at is None else _NOBODY
        async with self._at_once:
            correct = await asyncio.to_thread(_matches, hashed, secret)
        if client is None or not correct or hashed is _NOBODY:
            self._failures[client_id].append(time.monotonic())
            return None
        scopes: frozenset[Scope] = frozenset(client.scopes)  # type: ignore[arg-type]
        return Caller(
            municipality_id=client.municipality_id,
            subject=f"client:{client.id}",
            name=client.name,
            role=client.role,  # type: ignore[arg-type]
            places=tuple(Place(place["kind"], UUID(place["id"])) for place in client.places),  # type: ignore[arg-type]
            scopes=with_implied(scopes),
        )

    async def _find(self, client_id: str) -> ApiClient | None:
        try:
            known = UUID(client_id)
        except ValueError:
            return None
        async with self._database.authenticating(known) as session:
            return await session.scalar(select(ApiClient).where(ApiClient.id == known))

    def _refuse_guessing(self, client_id: str) -> None:
        now = time.monotonic()
        for known in [key for key, times in self._failures.items() if times[-1] < now - FAILURE_SECONDS]:
            del self._failures[known]
        recent = self._failures.get(client_id)
        while recent and recent[0] < now - FAILURE_SECONDS:
            recent.popleft()
        if recent and len(recent) >= FAILURES:
            raise Problem("too-many-attempts", headers={"Retry-After": "60"})


def _matches(hashed: str, secret: str) -> bool:
    try:
        return _hasher.verify(hashed, secret)
    except (VerifyMismatchError, InvalidHashError):
        return False
