"""The second lock: what PostgreSQL itself refuses, whatever a query asks for."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import Api, World

TENANT_TABLES = "SELECT table_name FROM information_schema.columns WHERE column_name = 'municipality_id'"


async def test_every_tenant_table_is_forced_under_a_policy_and_not_owned_by_the_application(world: World) -> None:
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        rows = await tx.execute(
            text(
                "SELECT relname, relrowsecurity, relforcerowsecurity, pg_has_role('vls_app', relowner, 'USAGE')"
                f" FROM pg_class WHERE relname IN ({TENANT_TABLES}) AND relkind = 'r'"
            )
        )
        tables = rows.all()
    assert len(tables) > 20
    assert [row for row in tables if not (row[1] and row[2]) or row[3]] == []


async def test_the_application_acts_as_a_role_that_cannot_bypass_policies(world: World) -> None:
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        query = "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert (await tx.execute(text(query))).one() == ("vls_app", False, False)


async def test_without_a_municipality_nothing_is_there(admin: Api, world: World) -> None:
    await admin.post("/v1/areas", json={"external_id": "a", "name": "A"})
    async with world.app.state.database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM areas"))).scalar() == 0
        assert (await connection.execute(text("SELECT count(*) FROM municipalities"))).scalar() == 0


async def test_another_municipality_is_neither_read_nor_written(admin: Api, world: World) -> None:
    area = (await admin.post("/v1/areas", json={"external_id": "a", "name": "A"})).json()["id"]
    database = world.app.state.database
    async with database.writing(uuid4()) as tx:
        assert (await tx.execute(text("SELECT count(*) FROM areas"))).scalar() == 0
        changed = await tx.execute(text("UPDATE areas SET name = 'x' WHERE id = :id"), {"id": area})
        assert changed.rowcount == 0
    with pytest.raises(DBAPIError, match="row-level security"):  # noqa: PT012 - the transaction is what fails
        async with database.writing(uuid4()) as tx:
            insert = "INSERT INTO areas (municipality_id, id, external_id, name) VALUES (:m, :id, 'x', 'x')"
            await tx.execute(text(insert), {"m": world.id, "id": uuid4()})


@pytest.mark.parametrize("statement", ["UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events"])
async def test_the_log_is_only_added_to(world: World, statement: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        async with world.app.state.database.writing(UUID(world.id)) as tx:
            await tx.execute(text(statement))
