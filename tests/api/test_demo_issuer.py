"""The demo's issuer: an ordinary one, that only the demo has."""

import asyncio
import base64
import hashlib
import os
import subprocess
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from api.demo_issuer import DemoIssuer
from api.main import create_app
from api.settings import Settings
from tests.conftest import Api, World

BASE = "http://test"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
ASKED = {
    "response_type": "code", "client_id": "demo", "redirect_uri": f"{BASE}/app/leader/", "state": "s", "nonce": "n",
    "code_challenge": CHALLENGE, "code_challenge_method": "S256",
}  # fmt: skip


@pytest.fixture
def demo(world: World) -> Api:
    return Api(create_app(world.settings, demo=DemoIssuer(BASE, UUID(world.id))))


async def code_of(demo: Api, **changed: str) -> str:
    answer = await demo.get("/demo/issuer/choose", params=ASKED | {"person": "leder"} | changed)
    assert answer.status_code == 302, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


async def changed_into_a_token(demo: Api, code: str, **changed: str) -> Any:
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": ASKED["redirect_uri"], "client_id": "demo",
        "code_verifier": VERIFIER,
    }  # fmt: skip
    return await demo.post("/demo/issuer/token", data=form | changed)


async def test_a_code_becomes_a_token_once_and_for_its_verifier_only(demo: Api) -> None:
    wrong = await changed_into_a_token(demo, await code_of(demo), code_verifier="w" * 43)
    assert (wrong.status_code, wrong.json()) == (400, {"error": "invalid_grant"})
    code = await code_of(demo)
    assert (await changed_into_a_token(demo, code)).json()["token_type"] == "Bearer"
    assert (await changed_into_a_token(demo, code)).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://elsewhere.example/"},
        {"redirect_uri": f"{BASE}/app/leader/../mobile/"},
        {"code_challenge_method": "plain"},
        {"code_challenge": "short"},
        {"client_id": "another"},
        {"response_type": "token"},
    ],
)
async def test_it_sends_nobody_elsewhere_and_nobody_without_a_challenge(demo: Api, changed: dict[str, str]) -> None:
    for path in ("authorize", "choose"):
        answer = await demo.get(f"/demo/issuer/{path}", params=ASKED | {"person": "leder"} | changed)
        assert answer.status_code == 400


async def test_no_setting_switches_it_on(app: Any, settings: Settings) -> None:
    """Every name it could go by, as a setting; the served application has none of its routes."""
    names = ("DEMO", "DEMO_ISSUER", "DEMO_PERSONS", "PERSONS", "ISSUER")
    environment = os.environ | {f"VLS_{name}": "true" for name in names} | {
        "VLS_DATABASE_URL": str(settings.database_url), "VLS_SECRET_KEY": settings.secret,
    }  # fmt: skip
    program = (
        "from api.main import create_app; from api.settings import Settings;"
        "print(any('/demo' in getattr(route, 'path', '') for route in create_app(Settings()).routes))"
    )
    command = [sys.executable, "-c", program]
    done = await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert (await Api(app).get("/demo/issuer/authorize", params=ASKED)).status_code == 404
    assert not any("demo" in name for name in Settings.model_fields)
