"""People who sign in elsewhere: whose tokens are believed, and what they may do with them."""

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

import api.access.issuers
import api.access.people
from api.access.issuers import Issuer
from api.main import create_app
from tests.conftest import TODAY, Api, World
from tests.oidc.conftest import RealIssuer

AUDIENCE = "vls-leder"


@pytest.fixture
async def signing_in(world: World, admin: Api, issuer: RealIssuer) -> AsyncIterator[Any]:
    """The application as a municipality with one issuer has it, and two units in it."""
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    for key in ("sol", "maane"):
        unit = {"external_id": key, "name": key.title(), "setting_type": "nursery", "area_external_id": "ost"}
        assert (await admin.post("/v1/units", json=unit)).status_code == 201
    configured = Issuer.model_validate(
        {
            "issuer": issuer.address, "name": "Prøve Kommune", "client_id": AUDIENCE, "municipality_id": world.id,
            "role_claim": "realm_access.roles", "place_claim": "enheder",
            "roles": {"vls-forvaltning": "administration", "vls-leder": "leader", "vls-omraade": "area_leader"},
        }
    )  # fmt: skip
    app = create_app(world.settings.model_copy(update={"oidc_issuers": (configured,)}), today=lambda: TODAY)
    app.openapi_schema = world.app.openapi()  # the same, and it takes a while to write
    yield app  # nobody draws or works here, so what would is not started
    await app.state.database.close()


def leader(**more: Any) -> dict[str, Any]:
    claims = {"sub": "anna", "aud": AUDIENCE, "name": "Anna Holm", "realm_access": {"roles": ["vls-leder", "andet"]}}
    return claims | {"enheder": ["sol"]} | more


async def me(app: Any, token: str) -> Any:
    return await Api(app, token=token).get("/v1/me")


async def test_claims_become_a_role_at_a_place(signing_in: Any, issuer: RealIssuer) -> None:
    app = signing_in
    found = (await me(app, await issuer.token(**leader()))).json()
    assert (found["role"], found["name"], [place["kind"] for place in found["places"]]) == (
        "leader",
        "Anna Holm",
        ["unit"],
    )
    assert found["subject"].startswith("person:")
    assert "anna" not in found["subject"]
    client = Api(app, token=await issuer.token(**leader()))
    assert [unit["external_id"] for unit in (await client.get("/v1/units")).json()["items"]] == ["sol"]
    again = (await me(app, await issuer.token(**leader()))).json()
    assert again["subject"] == found["subject"]
    roles = {"roles": ["vls-forvaltning"]}
    head = (await me(app, await issuer.token(**leader(sub="bo", realm_access=roles, enheder=[])))).json()
    assert (head["role"], head["places"][0]["kind"]) == ("administration", "municipality")
    area = await me(app, await issuer.token(**leader(realm_access={"roles": ["vls-omraade"]}, enheder="ost vest")))
    assert [place["kind"] for place in area.json()["places"]] == ["area"]


@pytest.mark.parametrize(
    "claims",
    [
        leader(realm_access={"roles": ["noget andet"]}),
        leader(realm_access="vls"),
        leader(enheder=["findes-ikke"]),
        leader(enheder=None),
        leader(enheder=[]),
        leader(enheder={"sol": True}),
    ],
)
async def test_who_has_no_role_or_place_is_told_so(signing_in: Any, issuer: RealIssuer, claims: dict[str, Any]) -> None:
    answer = await me(signing_in, await issuer.token(**claims))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-a-member")


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "nogen-anden"}, "not-authenticated"),
        ({"aud": None}, "not-authenticated"),
        ({"aud": [AUDIENCE, "nogen-anden"]}, "not-authenticated"),
        ({"iss": "http://127.0.0.1:1"}, "not-authenticated"),
        ({"iss": 7}, "not-authenticated"),
        ({"sub": None}, "not-authenticated"),
        ({"exp": int(time.time()) - 3600}, "token-expired"),
        ({"exp": None}, "not-authenticated"),
        ({"nbf": int(time.time()) + 3600}, "not-authenticated"),
    ],
)
async def test_a_token_that_is_not_for_us_now_is_refused(
    signing_in: Any, issuer: RealIssuer, claims: dict[str, Any], code: str
) -> None:
    answer = await me(signing_in, await issuer.token(**leader(**claims)))
    assert (answer.status_code, answer.json()["code"]) == (401, code)


async def test_only_the_issuers_own_signatures_count(signing_in: Any, issuer: RealIssuer) -> None:
    """A key of somebody else's, the public key as a shared secret, no signature, and something changed on the way."""
    app = signing_in
    good = await issuer.token(**leader())
    claims = leader(iss=issuer.address, exp=int(time.time()) + 600)
    kid = json.loads(base64.urlsafe_b64decode(good.split(".")[0] + "=="))["kid"]
    stranger = RSAKey.generate_key(2048)
    forged = jwt.encode({"alg": "RS256", "kid": kid}, claims, stranger)
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    shared = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": kid}).encode()).decode().rstrip("=")
    mac = hmac.digest(stranger.as_pem(private=False), f"{shared}.{body}".encode(), "sha256")
    confused = f"{shared}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=") + f".{body}."
    header, _, signature = good.split(".")
    for token in (forged, confused, unsigned, f"{header}.{body}.{signature}", good[:-4], "x.y.z", "x", ".."):
        answer = await me(app, token)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated"), token
    assert (await me(app, good)).status_code == 200


async def test_a_rotated_key_is_fetched_and_not_more_often_than_it_may(
    signing_in: Any, issuer: RealIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signing_in
    assert (await me(app, await issuer.token(**leader()))).status_code == 200
    await issuer.ask(rotate=True)
    rotated = await issuer.token(**leader())
    assert (await me(app, rotated)).status_code == 401  # it was asked a moment ago
    monkeypatch.setattr(api.access.issuers, "AGAIN_SECONDS", 0.0)
    assert (await me(app, rotated)).status_code == 200


async def test_an_issuer_that_is_away_turns_nobody_away_whose_key_is_known(
    signing_in: Any, issuer: RealIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signing_in
    token = await issuer.token(**leader())
    await issuer.ask(stop=True)
    away = await me(app, token)
    assert (away.status_code, away.json()["code"], away.headers["retry-after"]) == (503, "issuer-unavailable", "30")
    assert (await Api(app).get("/v1/sign-in")).json() == {"items": []}
    await issuer.ask(start=issuer.port)
    monkeypatch.setattr(api.access.issuers, "AGAIN_SECONDS", 0.0)
    time.sleep(1.1)  # noqa: ASYNC251 - asked again after a second at the earliest
    assert (await me(app, token)).status_code == 200
    await issuer.ask(stop=True)
    monkeypatch.setattr(api.access.issuers, "KEYS_SECONDS", 0.0)
    assert (await me(app, token)).status_code == 200
    monkeypatch.setattr(api.access.issuers, "STALE_SECONDS", 0.0)
    assert (await me(app, token)).status_code == 503


async def test_who_signs_in_finds_the_way_without_a_token(signing_in: Any, issuer: RealIssuer) -> None:
    (found,) = (await Api(signing_in).get("/v1/sign-in")).json()["items"]
    assert (found["client_id"], found["issuer"]) == (AUDIENCE, issuer.address)
    assert found["authorization_endpoint"] == f"{issuer.address}/authorize"
    assert found["token_endpoint"] == f"{issuer.address}/token"
    pages = {app: await Api(signing_in).get(f"/app/{app}/") for app in ("leader", "survey")}
    allowed = {app: page.headers["content-security-policy"] for app, page in pages.items()}
    assert f"connect-src 'self' {issuer.address};" in allowed["leader"]
    assert "connect-src 'self';" in allowed["survey"]


async def test_a_place_taken_away_ends_within_a_minute(
    signing_in: Any, issuer: RealIssuer, admin: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, token = signing_in, await issuer.token(**leader())
    assert (await me(app, token)).status_code == 200
    (unit,) = (await admin.get("/v1/units", params={"external_id": "sol"})).json()["items"]
    assert (await admin.delete(f"/v1/units/{unit['id']}")).status_code == 204
    monkeypatch.setattr(api.access.people.time, "monotonic", lambda before=time.monotonic: before() + 61)
    assert (await me(app, token)).json()["code"] == "not-a-member"


async def test_what_somebody_does_stands_in_the_log_under_a_name_that_leads_nowhere_else(
    signing_in: Any, issuer: RealIssuer, admin: Api
) -> None:
    """What an issuer calls somebody may be a CPR number."""
    client = Api(signing_in, token=await issuer.token(**leader(sub="010190-1234")))
    (unit,) = (await client.get("/v1/units")).json()["items"]
    room = await admin.post("/v1/rooms", json={"external_id": "bi", "name": "Bi", "unit_id": unit["id"]})
    assert (await client.get(f"/v1/rooms/{room.json()['id']}/weeks/2026-W40")).status_code == 200
    (event,) = (await admin.get("/v1/audit-events", params={"action": "read"})).json()["items"]
    assert event["actor"].startswith("person:")
    assert "010190" not in json.dumps(event)
    assert "Anna" not in json.dumps(event)
