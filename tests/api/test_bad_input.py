"""Whatever is sent by mistake or in malice gets a problem with a code, never a 500."""

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


async def test_a_method_that_is_not_there_names_those_that_are(admin: Api) -> None:
    answer = await admin.put("/v1/areas")
    assert answer.headers["allow"] == "GET, POST"


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
