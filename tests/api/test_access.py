"""Tokens, scopes and links: the anonymous case first."""

import httpx
import pytest

from tests.conftest import Api, World


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


async def test_a_wrong_secret_gets_no_token_and_guessing_is_slowed_down(world: World, anonymous: Api) -> None:
    made = await world.credentials()
    for _ in range(10):
        answer = await anonymous.post(
            "/v1/oauth/token", data={"grant_type": "client_credentials"}, auth=(str(made["client_id"]), "wrong")
        )
        assert answer.json()["error"] == "invalid_client"
    answer = await anonymous.post(
        "/v1/oauth/token", data={"grant_type": "client_credentials"}, auth=(str(made["client_id"]), "wrong")
    )
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-attempts")
    assert int(answer.headers["retry-after"]) > 0


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


async def test_a_link_is_made_for_documents_only(admin: Api) -> None:
    answer = await admin.post("/v1/download-links", json={"path": "/v1/children"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_link_opens_without_a_token_and_only_what_it_was_made_for(admin: Api, anonymous: Api) -> None:
    path = "/v1/survey-rounds/00000000-0000-4000-8000-000000000000/report?format=pdf"
    link = (await admin.post("/v1/download-links", json={"path": path})).json()["url"]
    opened = await anonymous.get(link)
    assert (opened.status_code, opened.json()["code"]) == (404, "not-found")  # let in; there is no such round
    other = await anonymous.get(httpx.URL(link).copy_set_param("format", "csv"))
    assert (other.status_code, other.json()["code"]) == (401, "link-expired")
