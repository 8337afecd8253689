"""The migration that adds invitations finds rounds that were closed before, and leaves them closed for good."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
from alembic import command
from sqlalchemy import Connection

from api.migrate import alembic_config, prepare_embedded, with_owner
from api.settings import Settings
from api.tables import metadata

MUNICIPALITY, CLOSED, OPEN = uuid4(), uuid4(), uuid4()
ROUND = """INSERT INTO survey_rounds
    (municipality_id, id, instrument_key, instrument_version, title, opens_on, closes_on, state, answer_salt, closed_at)
    VALUES ($1, $2, 'k', 1, 't', '2026-01-01', '2026-01-02', $3, $4, CASE WHEN $3 = 'closed' THEN now() END)"""


async def _two_rounds(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("INSERT INTO municipalities (id, code, name) VALUES ($1, '101', 'A')", MUNICIPALITY)
    await connection.execute("INSERT INTO instruments VALUES ($1, 'k', 1, '{}')", MUNICIPALITY)
    await connection.execute(ROUND, MUNICIPALITY, CLOSED, "closed", None)
    await connection.execute(ROUND, MUNICIPALITY, OPEN, "open", b"salt")
    await connection.close()


async def _read(url: str) -> dict[UUID, bool]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT id, read_at IS NOT NULL AS read FROM survey_rounds")
    await connection.close()
    return {row["id"]: row["read"] for row in rows}


def test_rounds_that_were_closed_before_count_as_read(superuser_url: str) -> None:
    name = f"vls_migrations_{uuid4().hex[:8]}"
    settings = asyncio.run(prepare_embedded(Settings(), superuser_url, name=name))
    url = superuser_url.replace("/postgres?", f"/{name}?")

    def to(revision: str, *, up: bool) -> None:
        def migrate(connection: Connection) -> None:
            config = alembic_config(connection)
            config.attributes["metadata"] = metadata
            (command.upgrade if up else command.downgrade)(config, revision)

        asyncio.run(with_owner(settings, migrate))

    to("0002", up=False)
    asyncio.run(_two_rounds(url))
    to("0003", up=True)
    assert asyncio.run(_read(url)) == {CLOSED: True, OPEN: False}
    to("0002", up=False)
