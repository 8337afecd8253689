"""Whatever is sent by mistake or in malice gets a problem with a code, never a 500."""

import json
from typing import Any

import pytest

from tests.conftest import Api

JSON = "application/json"


@pytest.mark.parametrize(
    ("method", "path", "body", "media_type", "status", "code"),
    [
        ("POST", "/v1/areas", b'{"external_id": "a\\u0000b", "name": "x"}', JSON, 422, "invalid-input"),
        ("POST", "/v1/areas", b'{"external_id": "a", "name": "x\\uffff"}', JSON, 422, "invalid-input"),
        ("POST", "/v1/areas", b"\xff\xfe{}", JSON, 400, "malformed-request"),
        ("POST", "/v1/areas", b"[" * 100_000, JSON, 400, "malformed-request"),
        ("POST", "/v1/areas", b'{"a": ' + b"9" * 9_000 + b"}", JSON, 400, "malformed-request"),
        ("POST", "/v1/areas", b'{"external_id": "x", "name": "x"}', "text/plain", 415, "unsupported-media-type"),
        ("POST", "/v1/areas", b'"' + b"x" * 10_000_000 + b'"', JSON, 413, "body-too-large"),
        ("POST", "/v1/imports/roster", b"{}", JSON, 415, "unsupported-media-type"),
        ("GET", "/v1/areas?limit=99999999999999999999", b"", "", 422, "invalid-input"),
        ("GET", "/v1/areas?external_id=%00", b"", "", 422, "invalid-input"),
        ("GET", "/v1/areas?external_id=%ff%fe", b"", "", 422, "invalid-input"),
        ("GET", "/v1/areas?cursor=%00%ff", b"", "", 422, "invalid-input"),
        ("GET", "/v1/areas?cursor=%ff%fe", b"", "", 422, "invalid-input"),
        ("GET", "/v1/audit-events?subject=%00", b"", "", 422, "invalid-input"),
        ("GET", "/v1/rooms/%00", b"", "", 422, "invalid-input"),
        ("GET", "/v1/rooms/019b0000-0000-7000-8000-000000000000/weeks/%00", b"", "", 422, "invalid-input"),
        ("GET", "/v1/nothing", b"", "", 404, "not-found"),
        ("DELETE", "/v1/areas", b"", "", 405, "method-not-allowed"),
    ],
)
async def test_bad_input_is_answered_with_its_problem(
    admin: Api, method: str, path: str, body: bytes, media_type: str, status: int, code: str
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    answer = await admin.request(method, path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_body_that_hides_its_size_is_cut_off(admin: Api) -> None:
    async def endless():  # type: ignore[no-untyped-def]
        for _ in range(100):
            yield b"x" * 100_000

    answer = await admin.post("/v1/areas", content=endless(), headers={"Content-Type": JSON})
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize("said", ["abc", "-1", "1e3", "\u00b2", "0x10", "9" * 5000])
async def test_a_content_length_that_is_no_number_is_refused(app: Any, admin: Api, said: str) -> None:
    """A server in front refuses it too; the application does not depend on that."""
    sent: list[dict[str, Any]] = []
    headers = [(b"content-length", said.encode("latin-1")), (b"content-type", JSON.encode())]
    scope = {
        "type": "http", "method": "POST", "path": "/v1/areas", "raw_path": b"/v1/areas", "query_string": b"",
        "headers": headers, "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("test", 1),
        "app": app,
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    body = json.loads(sent[1]["body"])
    wanted = (413, "body-too-large") if said.startswith("9") else (400, "malformed-request")
    assert (sent[0]["status"], body["code"]) == wanted


async def test_a_method_that_is_not_there_names_those_that_are(admin: Api) -> None:
    answer = await admin.put("/v1/areas")
    assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_nul_in_the_scope_of_results_is_refused_before_any_query(admin: Api) -> None:
    instrument = {
        "key": "k", "version": 1, "title": "t", "scale": {"min": 1, "max": 5},
        "components": [{"key": "c", "kind": "primary", "title": "c"}],
        "items": [{"key": "i", "component": "c", "text": "i"}],
    }  # fmt: skip
    assert (await admin.post("/v1/instruments", json=instrument)).status_code == 201
    round_ = {
        "instrument_key": "k",
        "instrument_version": 1,
        "title": "t",
        "opens_on": "2026-01-01",
        "closes_on": "2026-01-02",
    }
    path = f"/v1/survey-rounds/{(await admin.post('/v1/survey-rounds', json=round_)).json()['id']}"
    for step in ("open", "close"):
        assert (await admin.post(f"{path}/{step}")).status_code == 200
    assert (await admin.get(f"{path}/results?scope=unit:%00")).json()["code"] == "invalid-input"
    assert (await admin.get(f"{path}/results", params={"scope": "unit:' or 1=1"})).status_code == 404


@pytest.mark.parametrize("resource", ["areas", "units", "rooms", "staff"])
async def test_a_key_or_a_name_of_blanks_is_none(admin: Api, resource: str) -> None:
    answer = await admin.post(f"/v1/{resource}", json={"external_id": "  ", "name": "\t "})
    assert answer.status_code == 422
    assert {("/external_id", "string-too-short"), ("/name", "string-too-short")} <= {
        (error["pointer"], error["code"]) for error in answer.json()["errors"]
    }


async def test_whatever_can_be_got_answers_head_without_a_body(admin: Api) -> None:
    got, head = await admin.get("/v1/municipality"), await admin.request("HEAD", "/v1/municipality")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


async def test_the_address_alone_leads_to_the_documentation(anonymous: Api) -> None:
    answer = await anonymous.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/docs")
