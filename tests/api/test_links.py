"""Links to documents: what they show of their maker, what they open, and when they stop."""

import base64
import time
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.operator import as_owner, revoke_client
from tests.conftest import Api, World

NOWHERE = "/v1/survey-rounds/00000000-0000-4000-8000-000000000000/report?format=pdf"


@pytest.fixture
async def room(admin: Api) -> str:
    await admin.post("/v1/units", json={"external_id": "u", "name": "Solsikken", "setting_type": "nursery"})
    made = await admin.post("/v1/rooms", json={"external_id": "r", "name": "Bierne", "unit_external_id": "u"})
    return str(made.json()["id"])


async def link_to(client: Api, path: str, **more: Any) -> str:
    answer = await client.post("/v1/download-links", json={"path": path} | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["url"])


async def test_a_link_is_made_for_documents_only(admin: Api) -> None:
    answer = await admin.post("/v1/download-links", json={"path": "/v1/children"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_link_opens_without_a_token_and_only_what_it_was_made_for(admin: Api, anonymous: Api) -> None:
    link = await link_to(admin, NOWHERE)
    opened = await anonymous.get(link)
    assert (opened.status_code, opened.json()["code"]) == (404, "not-found")  # let in; there is no such round
    for other in (
        httpx.URL(link).copy_set_param("format", "csv"),
        httpx.URL(link).copy_add_param("scope", "unit:u"),
        link.replace("00000000-0000", "00000000-0001"),
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        link + "AAAA",
    ):
        answer = await anonymous.get(other)
        assert (answer.status_code, answer.json()["code"]) == (401, "link-expired"), other


async def test_a_link_says_nothing_of_whoever_made_it_and_is_short(world: World, anonymous: Api) -> None:
    maker = await world.client()
    me = (await maker.get("/v1/me")).json()
    signature = (await link_to(maker, NOWHERE)).split("signature=")[1]
    assert len(signature) == 64
    read = base64.urlsafe_b64decode(signature)
    for secret in (me["subject"].removeprefix("client:"), me["municipality_id"]):
        assert secret not in signature
        assert bytes.fromhex(secret.replace("-", "")) not in read
    assert (await link_to(maker, NOWHERE)).split("signature=")[1] != signature


async def test_a_link_opens_with_no_more_than_the_document_needs(world: World, anonymous: Api, room: str) -> None:
    """Who may not read the document cannot share it, though the client behind the token may."""
    narrow = await world.client("administration", scopes=["reports:read"])
    refused = await narrow.post("/v1/download-links", json={"path": f"/v1/rooms/{room}/report"})
    assert (refused.status_code, refused.json()["params"]) == (403, {"needed": "children:read"})


async def test_a_signature_is_no_token(admin: Api, anonymous: Api, room: str) -> None:
    signature = (await link_to(admin, f"/v1/rooms/{room}/report")).split("signature=")[1]
    as_token = await anonymous.get("/v1/me", headers={"Authorization": f"Bearer {signature}"})
    elsewhere = await anonymous.get(f"/v1/children?signature={signature}")
    assert (as_token.status_code, elsewhere.status_code) == (401, 401)


async def test_an_expired_link_says_so(admin: Api, anonymous: Api, room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    link = await link_to(admin, f"/v1/rooms/{room}/report?format=json", minutes=1)
    assert (await anonymous.get(link)).status_code == 200
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)
    answer = await anonymous.get(link)
    assert (answer.status_code, answer.json()["code"]) == (401, "link-expired")
    page = await anonymous.get(link, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (401, "text/html; charset=utf-8")
    assert "Linket er udløbet" in page.text
    assert "ask for a new one" in page.text


async def test_the_links_of_a_revoked_client_are_dead_at_once(world: World, anonymous: Api, room: str) -> None:
    made = await world.credentials()
    form = {"grant_type": "client_credentials"}
    auth = (str(made["client_id"]), str(made["client_secret"]))
    token = (await anonymous.post("/v1/oauth/token", data=form, auth=auth)).json()["access_token"]
    link = await link_to(Api(world.app, token=token), f"/v1/rooms/{room}/report?format=json")
    assert (await anonymous.get(link)).status_code == 200
    await as_owner(world.settings, lambda tx: revoke_client(tx, client_id=str(made["client_id"])))
    answer = await anonymous.get(link)
    assert (answer.status_code, answer.json()["code"]) == (401, "link-expired")


async def test_making_and_using_a_link_is_logged(admin: Api, anonymous: Api, room: str) -> None:
    link = await link_to(admin, f"/v1/rooms/{room}/report?format=json")
    await anonymous.get(link)
    await admin.get(f"/v1/rooms/{room}/report?format=json")
    events = (await admin.get("/v1/audit-events", params={"subject": f"rooms/{room}/report"})).json()["items"]
    assert [(event["action"], event["detail"].get("via")) for event in events] == [
        ("share", None), ("read", "link"), ("read", None),
    ]  # fmt: skip
    assert events[0]["detail"] == {"query": "format=json", "minutes": 60}
    assert link.split("signature=")[1] not in str(events)


async def test_a_link_to_what_is_not_there_is_made_and_opens_nothing(admin: Api, anonymous: Api) -> None:
    opened = await anonymous.get(await link_to(admin, f"/v1/rooms/{uuid4()}/report"))
    assert (opened.status_code, opened.json()["code"]) == (404, "not-found")
