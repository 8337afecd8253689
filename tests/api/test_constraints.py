"""When PostgreSQL has the last word: what the caller is told, and what is never told or logged."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
import structlog
from fastapi import APIRouter
from sqlalchemy import text

from api import handlers
from api.logs import formatted
from tests.conftest import World

SECRET = "HEMMELIGT-NAVN"


@pytest.fixture
async def broken(world: World) -> AsyncIterator[Any]:
    """The application with one more operation: it lets a statement of ours fail."""
    router = APIRouter()
    owner = f"'{world.id}', gen_random_uuid()"
    columns = "municipality_id, id, instrument_key, instrument_version, title, opens_on, closes_on, state"
    statements = {
        "reference": "rooms (municipality_id, id, unit_id, external_id, name)"
        f" VALUES ({owner}, gen_random_uuid(), '{SECRET}', '{SECRET}')",
        "pair": f"survey_rounds ({columns}) VALUES ({owner}, 'x', 1, '{SECRET}', now(), now(), 'draft')",
        "period": f"survey_rounds ({columns}) VALUES ({owner}, 'x', 1, '{SECRET}', now(), '2000-01-01', 'draft')",
        "check": f"children (municipality_id, id, external_id, sex) VALUES ({owner}, '{SECRET}', 'x')",
        "null": f"areas (municipality_id, id, external_id) VALUES ({owner}, '{SECRET}')",
    }

    @router.post("/v1/areas/{name}/restore", operation_id="restoreArea")
    async def fail(name: str) -> None:
        async with world.app.state.database.writing(UUID(world.id)) as tx:
            await tx.execute(text("INSERT INTO " + statements[name]))

    routes = world.app.router.routes
    before = list(routes)
    world.app.include_router(router)
    routes.insert(0, routes.pop())
    yield world.app
    routes[:] = before


@pytest.mark.parametrize(
    ("name", "status", "code", "field"),
    [
        ("reference", 422, "unknown-reference", "unit_id"),
        ("pair", 422, "unknown-reference", "instrument_key, instrument_version"),
        ("period", 422, "invalid-input", "/closes_on"),
        ("check", 422, "invalid-input", None),
        ("null", 500, "internal-error", None),
    ],
)
async def test_a_refusal_of_the_database_is_told_in_fields_and_without_the_row(
    broken: Any, capfd: pytest.CaptureFixture[str], name: str, status: int, code: str, field: str | None
) -> None:
    log = io.StringIO()
    configured = structlog.get_config()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
    transport = httpx.ASGITransport(app=broken, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post(f"/v1/areas/{name}/restore")
    structlog.configure(**configured)
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    told = body["params"].get("field") or next((error["pointer"] for error in body["errors"]), None)
    assert told == field
    written = log.getvalue() + capfd.readouterr().err
    assert SECRET not in answer.text + written
    assert "fkey" not in answer.text
    if name in ("check", "null"):
        (line,) = [line for line in map(json.loads, log.getvalue().splitlines()) if "exception" in line]
        assert ("23514 children children_sex_check" if name == "check" else "23502 areas") in line["exception"]


def test_every_reference_is_told_by_its_fields() -> None:
    assert handlers.REFERENCES["children_municipality_id_fkey"] == ""
    assert {"room_id", "unit_id", "child_id"} <= set(handlers.REFERENCES.values())
    assert not [field for field in handlers.REFERENCES.values() if "fkey" in field]


async def test_the_names_are_those_the_database_has(world: World) -> None:
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        query = "SELECT conname FROM pg_constraint WHERE contype = :kind AND connamespace = 'public'::regnamespace"
        keys = set(await tx.scalars(text(query), {"kind": b"f"}))
        checks = set(await tx.scalars(text(query), {"kind": b"c"}))
    assert set(handlers.REFERENCES) == {name for name in keys if not name.startswith("pgqueuer")}
    assert set(handlers.CHECKS) <= checks


def test_a_failure_of_ours_keeps_its_words() -> None:
    error = KeyError("chart")
    assert "KeyError: 'chart'" in formatted((KeyError, error, None))
