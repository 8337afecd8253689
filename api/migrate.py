"""Bringing a database up to date, and preparing the embedded one for its two logins."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import migrations
from api.db import APP_ROLE
from api.settings import Settings, sqlalchemy_url

EMBEDDED_DATABASE = "vls"
EMBEDDED_OWNER = "vls_owner"
EMBEDDED_LOGIN = "vls_api"


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


async def with_owner(settings: Settings, work: Callable[[Connection], None]) -> None:
    """Run `work` on a connection of the login that owns the tables."""
    engine = create_async_engine(sqlalchemy_url(owner_url(settings)), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(work)
    finally:
        await engine.dispose()


def owner_url(settings: Settings) -> str:
    url = settings.migrate_database_url or settings.database_url
    if url is None:
        raise ValueError("no database address: set VLS_DATABASE_URL or use the embedded PostgreSQL")
    return url


async def migrate(settings: Settings) -> None:
    """Upgrade to the newest version, then let the API's login take the role the tables are granted to."""

    def upgrade(connection: Connection) -> None:
        command.upgrade(alembic_config(connection), "head")
        login = make_url(sqlalchemy_url(settings.database_url or owner_url(settings))).username
        if login and not _may_act_as_app(connection, login):
            quoted = connection.dialect.identifier_preparer.quote(login)
            connection.exec_driver_sql(f"GRANT {APP_ROLE} TO {quoted}")

    await with_owner(settings, upgrade)


def _may_act_as_app(connection: Connection, login: str) -> bool:
    """Whether `login` may take the API's role. From PostgreSQL 16 on, having made a role is not enough for that."""
    version = connection.dialect.server_version_info or (0,)
    query = "SELECT pg_has_role($1::name, $2::name, $3)"
    return bool(connection.exec_driver_sql(query, (login, APP_ROLE, "SET" if version >= (16,) else "MEMBER")).scalar())


async def prepare_embedded(settings: Settings, superuser_url: str, *, name: str = EMBEDDED_DATABASE) -> Settings:
    """Create the database and its two logins where they are missing, migrate, and return settings that use them."""
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("SELECT pg_advisory_lock(hashtext('vls/prepare'))")  # two who start at once
        for role, rights in ((EMBEDDED_OWNER, "CREATEROLE"), (EMBEDDED_LOGIN, "")):
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await connection.execute(f"CREATE ROLE {role} LOGIN {rights}")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await connection.execute(f'CREATE DATABASE "{name}" OWNER {EMBEDDED_OWNER}')
    finally:
        await connection.close()

    def address(login: str) -> str:
        return make_url(superuser_url).set(username=login, database=name).render_as_string(hide_password=False)

    ready = settings.model_copy(
        update={"database_url": address(EMBEDDED_LOGIN), "migrate_database_url": address(EMBEDDED_OWNER)}
    )
    await migrate(ready)
    return ready


def main() -> None:
    """Fail when the tables of the code and those of the migrations differ; uses a throw-away database."""
    from api.embedded import embedded_postgres  # noqa: PLC0415
    from api.tables import metadata  # noqa: PLC0415

    def compare(connection: Connection) -> None:
        config = alembic_config(connection)
        config.attributes["metadata"] = metadata
        command.check(config)

    async def check(superuser_url: str) -> None:
        await with_owner(await prepare_embedded(Settings(), superuser_url), compare)

    with tempfile.TemporaryDirectory() as folder, embedded_postgres(Path(folder)) as superuser_url:
        asyncio.run(check(superuser_url))


if __name__ == "__main__":
    main()
