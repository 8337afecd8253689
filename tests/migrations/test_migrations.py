"""Each migration goes up from the one before and comes down again; together they make the tables of the code."""

import asyncio
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import Engine

from api.migrate import alembic_config, prepare_embedded, with_owner
from api.settings import Settings
from api.tables import metadata

REVISIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]


@pytest.fixture
def database(superuser_url: str) -> Settings:
    """A migrated database of its own."""
    return asyncio.run(prepare_embedded(Settings(), superuser_url, name=f"vls_migrations_{uuid4().hex[:8]}"))


def run(database: Settings, work: Callable[[Any], None]) -> None:
    def configured(connection: Connection) -> None:
        config = alembic_config(connection)
        config.attributes["metadata"] = metadata
        work(config)

    asyncio.run(with_owner(database, configured))


def test_there_is_one_line_of_migrations() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [REVISIONS[0]]


def test_together_they_make_the_tables_of_the_code(database: Settings) -> None:
    run(database, command.check)


@pytest.mark.parametrize("revision", REVISIONS)
def test_it_comes_down_and_goes_up_again(database: Settings, revision: str) -> None:
    run(database, lambda config: command.downgrade(config, _before(revision)))
    run(database, lambda config: command.upgrade(config, revision))
    run(database, lambda config: command.upgrade(config, "head"))
    run(database, command.check)


def _before(revision: str) -> str:
    down = ScriptDirectory.from_config(alembic_config()).get_revision(revision).down_revision
    return str(down) if down else "base"


# What squawk would have otherwise, and why not here.
NOT_ASKED = {
    "ban-drop-not-null": "what every row had may become optional: code of before still writes it",
    "ban-drop-constraint": "a rule that no longer holds goes in the migration that changes it",
    "prefer-robust-stmts": "a migration is one transaction: half of it never stands",
    "prefer-text-field": "Alembic's own table of versions",
    "prefer-bigint-over-int": "counts and revisions, never keys",
    "prefer-bigint-over-smallint": "a point on a scale, a count of days",
    "prefer-identity": "the tables of the job queue are its library's",
}


def test_no_migration_blocks_a_busy_table(superuser_url: str) -> None:
    """squawk reads what is sent to PostgreSQL: locks that stop traffic, columns that rewrite a table, and the like."""
    sent: list[str] = []

    def keep(*event_arguments: Any) -> None:
        sent.append(event_arguments[2])

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        name = f"vls_squawk_{uuid4().hex[:8]}"
        asyncio.run(prepare_embedded(Settings(), superuser_url, name=name))
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    changes = [
        f"{statement.strip().rstrip(';')};" for statement in sent if not statement.startswith(("SELECT", "INSERT"))
    ]
    assert any("CREATE TABLE" in statement for statement in changes)
    squawk = Path(sysconfig.get_path("scripts")) / "squawk"
    command_line = [squawk, "--assume-in-transaction", "--exclude", ",".join(NOT_ASKED), "--reporter", "gcc"]
    found = subprocess.run(command_line, check=False, input="\n".join(changes), capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_migrating_twice_changes_nothing(database: Settings) -> None:
    def version(connection: Connection) -> None:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISIONS[0]

    run(database, lambda config: command.upgrade(config, "head"))
    asyncio.run(with_owner(database, version))
