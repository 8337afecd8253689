"""API clients: made and revoked by the operator, verified at the token endpoint, known by id afterwards."""

import asyncio
import secrets
import time
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from api.access.attempts import Failures, Queue
from api.access.principals import Caller, Place, Scope, with_implied
from api.access.remembered import Remembered
from api.access.tables import ApiClient
from api.db import Database

# The secrets are 256 random bits, not passwords: the hash has to be one-way, not slow.
_hasher = PasswordHasher(time_cost=2, memory_cost=16 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe(32))

MAX_CLIENT_ID, MAX_SECRET = 64, 128
ACTIVE_SECONDS = 5.0  # how long a revoked client's bearer tokens may go on working


def new_secret() -> tuple[str, str]:
    """A secret to hand out once, and the hash to keep."""
    secret = secrets.token_urlsafe(32)
    return secret, _hasher.hash(secret)


def parsed_id(client_id: str) -> UUID | None:
    """The id as one value however it is written; None when it cannot be one."""
    try:
        return UUID(client_id) if len(client_id) <= MAX_CLIENT_ID else None
    except ValueError:
        return None


class Clients:
    """The clients as they are in the database now."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._active: Remembered[UUID, bool] = Remembered()

    async def find(self, client_id: UUID) -> ApiClient | None:
        """The client, unless it is unknown or revoked."""
        async with self._database.authenticating(client_id) as session:
            return await session.scalar(
                select(ApiClient).where(ApiClient.id == client_id, ApiClient.revoked_at.is_(None))
            )

    async def is_active(self, client_id: UUID) -> bool:
        """Whether the client is not revoked, as of at most `ACTIVE_SECONDS` ago.

        Asked with every request, so the answer is kept for a moment. Only ids in tokens of ours get here.
        """
        known = self._active.get(client_id)
        if known is not None:
            return known
        asked = time.monotonic()
        answer = await self.find(client_id) is not None
        self._active.put(client_id, answer, asked=asked, seconds=ACTIVE_SECONDS)
        return answer


class Verifier:
    """Checks client credentials; an unknown client costs the same time as a wrong secret."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._at_once = asyncio.Semaphore(2)
        self._queue = Queue()
        self.failures = Failures()

    async def caller(self, client_id: str, secret: str, *, peer: str) -> Caller | None:
        """The caller behind correct credentials, else None. They are verified first: others' failures change nothing.

        Too many failures of one peer raise `too-many-attempts`, too many who wait `busy`.
        """
        known = parsed_id(client_id)
        if known is None or len(secret) > MAX_SECRET:
            return None
        with self._queue.place(peer):
            client = await self._clients.find(known)
            async with self._at_once:
                correct = await asyncio.to_thread(_matches, client.secret_hash if client else _NOBODY, secret)
        if client is not None and correct:
            return caller_of(client)
        self.failures.note(known, peer)
        return None


def caller_of(client: ApiClient) -> Caller:
    """Everything the client was granted."""
    scopes: frozenset[Scope] = frozenset(client.scopes)  # type: ignore[arg-type]
    return Caller(
        municipality_id=client.municipality_id,
        subject=f"client:{client.id}",
        name=client.name,
        role=client.role,  # type: ignore[arg-type]
        places=tuple(Place(place["kind"], UUID(place["id"])) for place in client.places),  # type: ignore[arg-type]
        scopes=with_implied(scopes),
    )


def _matches(hashed: str, secret: str) -> bool:
    try:
        return _hasher.verify(hashed, secret)
    except (VerifyMismatchError, InvalidHashError):
        return False
