"""Tokens, scopes and revocation: the anonymous case first."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import structlog

from api.access import attempts, clients
from api.access.clients import Clients, Verifier
from api.operator import as_owner, list_clients, revoke_client
from tests.conftest import Api, World


async def ask_for_token(app: Any, client_id: object, secret: object, *, peer: str = "192.0.2.1") -> httpx.Response:
    transport = httpx.ASGITransport(app=app, client=(peer, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        form = {"grant_type": "client_credentials"}
        return await client.post("/v1/oauth/token", data=form, auth=(str(client_id), str(secret)))


async def test_anonymous_is_asked_to_authenticate(anonymous: Api) -> None:
    answer = await anonymous.get("/v1/me")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["code"] == "not-authenticated"
    assert set(answer.json()["sentences"]) == {"da", "en"}


async def test_a_token_is_given_for_basic_credentials(world: World, anonymous: Api) -> None:
    made = await world.credentials()
    answer = await anonymous.post(
        "/v1/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(str(made["client_id"]), str(made["client_secret"])),
    )
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    me = await anonymous.get("/v1/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"})
    assert me.json()["role"] == "administration"
    assert me.json()["municipality_id"] == world.id


async def test_a_token_is_given_for_credentials_in_the_body(world: World, anonymous: Api) -> None:
    made = await world.credentials("integration", scopes=["roster:write"])
    form = {"grant_type": "client_credentials", "client_id": made["client_id"], "client_secret": made["client_secret"]}
    answer = await anonymous.post("/v1/oauth/token", data=form)
    assert answer.json()["scope"] == "children:read children:write roster:read roster:write"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": "no uuid", "client_secret": "x"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": "\x00", "client_secret": "\x00"}, 401, "invalid_client"),
    ],
)
async def test_token_errors_are_those_of_rfc_6749(
    anonymous: Api, form: dict[str, str], status: int, error: str
) -> None:
    answer = await anonymous.post(
        "/v1/oauth/token", data=form, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_credentials_in_two_ways_at_once_are_refused(world: World, anonymous: Api) -> None:
    """RFC 6749, 2.3: a client uses one method a request."""
    made = await world.credentials()
    form = {"grant_type": "client_credentials", "client_id": made["client_id"], "client_secret": made["client_secret"]}
    both = await anonymous.post("/v1/oauth/token", data=form, auth=(form["client_id"], form["client_secret"]))
    assert (both.status_code, both.json()["error"]) == (400, "invalid_request")


async def test_a_wrong_secret_gets_no_token_and_guessing_is_slowed_down(world: World, app: Any) -> None:
    made = await world.credentials()
    for _ in range(10):
        answer = await ask_for_token(app, made["client_id"], "wrong")
        assert answer.json()["error"] == "invalid_client"
    answer = await ask_for_token(app, made["client_id"], "wrong")
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-attempts")
    assert 0 < int(answer.headers["retry-after"]) <= 60


async def test_an_id_written_otherwise_is_the_same_id(world: World, app: Any) -> None:
    known = str((await world.credentials())["client_id"])
    spellings = (known, known.upper(), known.replace("-", ""), f"{{{known}}}")
    answers = [await ask_for_token(app, spellings[n % 4], "wrong") for n in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]


async def test_a_strangers_failures_lock_nobody_out(world: World, app: Any) -> None:
    made = await world.credentials()
    for _ in range(11):
        refused = await ask_for_token(app, made["client_id"], "wrong")
    assert refused.status_code == 429
    for peer in ("192.0.2.1", "198.51.100.7"):  # not even whoever shares the stranger's address
        right = await ask_for_token(app, made["client_id"], made["client_secret"], peer=peer)
        assert right.status_code == 200
    assert (await ask_for_token(app, made["client_id"], "wrong", peer="198.51.100.7")).status_code == 401


async def test_an_unknown_client_is_answered_as_a_known_one(app: Any) -> None:
    unknown = uuid4()
    answers = [await ask_for_token(app, unknown, "wrong") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]


async def test_what_strangers_send_is_not_kept(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "REMEMBERED", 20)
    verifier = Verifier(Clients(app.state.database))
    for sent, secret in (("x" * 100_000, "s"), ("no uuid", "s"), (str(uuid4()), "s" * 100_000), ("\x00", "\x00")):
        assert await verifier.caller(sent, secret, peer="192.0.2.1") is None
    assert len(verifier.failures) == 0
    for _ in range(30):
        await verifier.caller(str(uuid4()), "wrong", peer="192.0.2.1")
    assert len(verifier.failures) == 20


async def test_a_rush_of_one_peer_leaves_room_for_others(world: World, app: Any) -> None:
    made = await world.credentials()
    rush = [ask_for_token(app, uuid4(), "wrong", peer="192.0.2.66") for _ in range(100)]
    *rushed, right = await asyncio.gather(
        *rush, ask_for_token(app, made["client_id"], made["client_secret"], peer="198.51.100.7")
    )
    assert right.status_code == 200
    assert [answer.status_code for answer in rushed].count(429) >= 100 - 2 * attempts.WAITING_OF_PEER
    assert await app.state.verifier.caller(made["client_id"], made["client_secret"], peer="192.0.2.66") is not None


async def test_handing_out_tokens_is_a_line_in_the_operators_log(world: World, app: Any) -> None:
    made = await world.credentials()
    with structlog.testing.capture_logs() as lines:
        await ask_for_token(app, made["client_id"], made["client_secret"])
        await ask_for_token(app, made["client_secret"], made["client_id"])  # the wrong way round
    said = [(line["outcome"], line["client"]) for line in lines if line["event"] == "token"]
    assert said == [("given", made["client_id"]), ("refused", None)]
    assert made["client_secret"] not in str(lines)


async def test_a_narrower_token_can_be_asked_for_but_not_a_wider(world: World, anonymous: Api) -> None:
    made = await world.credentials("researcher")
    answer = await anonymous.post(
        "/v1/oauth/token",
        data={"grant_type": "client_credentials", "scope": "roster:write"},
        auth=(str(made["client_id"]), str(made["client_secret"])),
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


async def test_a_tampered_token_is_refused(admin: Api) -> None:
    token = admin.headers["authorization"]
    answer = await admin.get("/v1/me", headers={"Authorization": token[:-4] + "AAAA"})
    assert answer.status_code == 401


async def test_a_missing_scope_is_named(world: World) -> None:
    client = await world.client("integration", scopes=["roster:read"])
    answer = await client.post("/v1/areas", json={"external_id": "a", "name": "A"})
    assert (answer.status_code, answer.json()["params"]) == (403, {"needed": "roster:write"})


async def test_a_revoked_client_gets_no_token_and_its_tokens_end(
    world: World, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "ACTIVE_SECONDS", 0.05)
    made = await world.credentials()
    token = (await ask_for_token(app, made["client_id"], made["client_secret"])).json()["access_token"]
    holder = Api(app, token=token)
    assert (await holder.get("/v1/me")).status_code == 200
    ended = await as_owner(world.settings, lambda tx: revoke_client(tx, client_id=str(made["client_id"])))
    again = await as_owner(world.settings, lambda tx: revoke_client(tx, client_id=str(made["client_id"]).upper()))
    assert ended["revoked_at"] == again["revoked_at"] is not None
    refused = await ask_for_token(app, made["client_id"], made["client_secret"])
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    await asyncio.sleep(0.06)
    answer = await holder.get("/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")


async def test_asking_again_within_seconds_does_not_ask_the_database(
    world: World, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Clients(app.state.database)
    made = UUID(str((await world.credentials())["client_id"]))
    assert [await known.is_active(made), await known.is_active(uuid4())] == [True, False]
    monkeypatch.setattr(known, "find", None)  # a call would fail
    assert await known.is_active(made)


async def test_credentials_made_and_ended_stand_in_the_log_of_the_municipality(world: World, admin: Api) -> None:
    made = await world.credentials()
    await as_owner(world.settings, lambda tx: revoke_client(tx, client_id=str(made["client_id"])))
    asked = {"subject": f"clients/{made['client_id']}", "actor": "operator"}
    events = (await admin.get("/v1/audit-events", params=asked)).json()["items"]
    assert [event["action"] for event in events] == ["create", "revoke"]
    assert made["client_secret"] not in str(events)
    listed = (await as_owner(world.settings, lambda tx: list_clients(tx, municipality=world.code)))["items"]
    assert {row["client_id"]: row["revoked_at"] is None for row in listed}[made["client_id"]] is False
    assert "secret" not in str(listed)


async def test_an_integration_does_the_main_job_without_being_given_scopes(world: World) -> None:
    """Roster, instrument, round, answers, results: what a municipality's machine is for."""
    machine = await world.client("integration")
    unit = {"external_id": "u", "name": "U", "setting_type": "nursery"}
    assert (await machine.post("/v1/units", json=unit)).status_code == 201
    instrument = {
        "key": "k", "version": 1, "title": "t", "scale": {"min": 1, "max": 5},
        "components": [{"key": "c", "kind": "primary", "title": "c"}],
        "items": [{"key": "i", "component": "c", "text": "i"}],
    }  # fmt: skip
    assert (await machine.post("/v1/instruments", json=instrument)).status_code == 201
    round_ = {
        "instrument_key": "k", "instrument_version": 1, "title": "t",
        "opens_on": "2026-01-01", "closes_on": "2026-01-02",
    }  # fmt: skip
    path = f"/v1/survey-rounds/{(await machine.post('/v1/survey-rounds', json=round_)).json()['id']}"
    assert (await machine.post(f"{path}/open")).status_code == 200
    rows = "\n".join(["unit_external_id,i", *(f"u,{n % 5 + 1}" for n in range(12))])
    verdict = await machine.upload("survey-answers", rows.encode(), round_id=path.rsplit("/", 1)[1])
    assert verdict["status"] == "done"
    assert (await machine.post(f"{path}/close")).status_code == 200
    assert (await machine.get(f"{path}/results")).json()["n"] == 12
    assert (await machine.get(f"{path}/report", params={"format": "json"})).status_code == 200


async def test_results_and_report_ask_for_the_same_scopes(world: World) -> None:
    narrow = await world.client("integration", scopes=["reports:read"])
    for path in ("results", "report", "charts/map"):
        answer = await narrow.get(f"/v1/survey-rounds/{uuid4()}/{path}")
        assert (answer.status_code, answer.json()["params"]) == (403, {"needed": "surveys:read"}), path
