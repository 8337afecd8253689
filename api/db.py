"""The database as the API sees it: one transaction a request, opened for one municipality.

The first statement of every transaction names the municipality; row-level security lets nothing else through. The API's
connections take the role `vls_app`, which owns no table.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import Depends, Request
from sqlalchemy import MetaData, text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from api.settings import Settings, sqlalchemy_url

APP_ROLE = "vls_app"
STATEMENT_TIMEOUT_MS = "30000"
AFTERWARDS = "afterwards"

Note = Callable[[AsyncSession], Awaitable[None]]

_OVERLOADED = (
    asyncpg.PostgresConnectionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
)
PASSING = (PoolTimeout, ConnectionError, InterfaceError)


def is_passing(error: BaseException) -> bool:
    """Whether the database is away or has too much to do: the same may succeed a little later.

    Of several errors at once, one that passes is enough: the others may have come of it.
    """
    if isinstance(error, BaseExceptionGroup):
        return any(is_passing(each) for each in error.exceptions)
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.connection_invalidated or isinstance(error.orig.__cause__, _OVERLOADED)
    return isinstance(error, PASSING)


class Row(DeclarativeBase):
    """The base of every table; constraint names are stable since they are error codes."""

    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "ck": "%(table_name)s_%(constraint_name)s_check",
        }
    )


class Database:
    """The connection pool, and the two kinds of transaction there are: reading and writing for one municipality."""

    def __init__(self, settings: Settings) -> None:
        if settings.database_url is None:
            raise ValueError("no database address: set VLS_DATABASE_URL or use the embedded PostgreSQL")
        self.engine = create_async_engine(
            sqlalchemy_url(settings.database_url),
            pool_size=settings.database_pool,
            max_overflow=0,
            hide_parameters=True,  # an error that is logged must not carry what somebody sent
            pool_timeout=settings.database_wait_seconds,
            connect_args={
                "server_settings": {
                    "role": APP_ROLE,
                    "statement_timeout": STATEMENT_TIMEOUT_MS,
                    "timezone": "UTC",
                }
            },
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def writing(self, municipality_id: UUID) -> AsyncIterator[AsyncSession]:
        async with self._sessions.begin() as session:
            await act_for(session, municipality_id)
            yield session

    @asynccontextmanager
    async def presenting(self, token_hash: bytes) -> AsyncIterator[AsyncSession]:
        """A transaction that can see whom a survey token belongs to and nothing else, until `act_for` says where."""
        async with self._sessions.begin() as session:
            await session.execute(text("SELECT set_config('vls.token_hash', :hash, true)"), {"hash": token_hash.hex()})
            yield session

    @asynccontextmanager
    async def reading(self, municipality_id: UUID) -> AsyncIterator[AsyncSession]:
        """A consistent, read-only view: everything in it is of one moment.

        What must be noted because it was read (see `afterwards`) is written when the view is closed.
        """
        async with self._sessions.begin() as session:
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            await session.execute(
                text(
                    "SELECT set_config('vls.municipality_id', :id, true),"
                    " set_config('transaction_read_only', 'on', true)"
                ),
                {"id": str(municipality_id)},
            )
            yield session
        for note in session.info.get(AFTERWARDS, {}).values():
            async with self.writing(municipality_id) as noting:
                await note(noting)

    @asynccontextmanager
    async def authenticating(self, client_id: UUID) -> AsyncIterator[AsyncSession]:
        """A transaction that can see one API client and nothing else: used before the municipality is known."""
        async with self._sessions.begin() as session:
            await session.execute(text("SELECT set_config('vls.client_id', :id, true)"), {"id": str(client_id)})
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


async def act_for(session: AsyncSession, municipality_id: UUID) -> None:
    """From here on the rows of this municipality, and no others, are there."""
    await session.execute(text("SELECT set_config('vls.municipality_id', :id, true)"), {"id": str(municipality_id)})


def afterwards(session: AsyncSession, key: Hashable, note: Note) -> None:
    """Write `note` when the reading transaction is over and before anybody is answered; once for each `key`."""
    session.info.setdefault(AFTERWARDS, {})[key] = note


def database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


DatabaseDep = Annotated[Database, Depends(database)]
