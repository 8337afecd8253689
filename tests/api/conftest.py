"""A closed round and a room with observations, for all that is about reports; and somebody who sees every table."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from api.settings import Settings
from tests.api.test_room_report import rooms
from tests.api.test_surveys import closed, round_id

__all__ = ["closed", "rooms", "round_id"]


@pytest.fixture
async def operator(superuser_url: str, settings: Settings) -> AsyncIterator[Any]:
    """A connection that no policy stops."""
    name = str(settings.database_url).rpartition("/")[2].partition("?")[0]
    connection = await asyncpg.connect(superuser_url.replace("/postgres?", f"/{name}?"))
    assert await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    yield connection
    await connection.close()
