"""Tablets: enrolled with a code that works once, bound to one room, revoked, enrolled anew without loss."""

import asyncio
import base64
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, text, update

import api.devices.recognised
from api.devices.tables import Device
from tests.conftest import Api, World

ROOM = {"external_id": "stue", "name": "Stuen", "unit_external_id": "sol"}


@pytest.fixture
async def tablet(admin: Api) -> dict[str, Any]:
    """A tablet that waits in a room with two children; another room is next door."""
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    unit = {"external_id": "sol", "name": "Solsikken", "setting_type": "kindergarten", "area_external_id": "ost"}
    await admin.post("/v1/units", json=unit)
    for key in ("stue", "nabo"):
        await admin.post("/v1/rooms", json=ROOM | {"external_id": key})
        child = {
            "external_id": f"{key}-barn",
            "room_external_id": key,
            "valid_from": "2026-01-01",
            "birth_month": "2023-04",
        }
        assert (await admin.post("/v1/children", json=child)).status_code == 201
    made = await admin.post("/v1/devices", json={"room_external_id": "stue", "name": "Den blå"})
    assert made.status_code == 201, made.text
    return made.json()  # type: ignore[no-any-return]


async def code_for(admin: Api, device: str) -> str:
    answer = await admin.post(f"/v1/devices/{device}/enrolment")
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "private, no-store")
    return str(answer.json()["code"])


async def enrol(app: Any, code: str, attempt: str | None = None) -> Any:
    return await Api(app).post("/v1/devices/enrol", json={"code": code, "attempt": attempt or str(uuid4())})


async def test_a_tablet_is_enrolled_and_works_in_its_room_and_nowhere_else(
    admin: Api, tablet: dict[str, Any], app: Any
) -> None:
    shown = (await admin.post(f"/v1/devices/{tablet['id']}/enrolment")).json()
    assert shown["link"] == f"http://test/app/mobile/#enrol={shown['code']}"
    assert shown["qr"].startswith("<svg")
    answer = await enrol(app, shown["code"].upper().replace("-", " "))
    assert answer.status_code == 200, answer.text
    enrolled = answer.json()
    assert len(base64.b64decode(enrolled["data_key"])) == 32
    assert (enrolled["room"]["name"], enrolled["room"]["unit"]) == ("Stuen", "Solsikken")
    device = Api(app, token=enrolled["device_token"])
    me = (await device.get("/v1/me")).json()
    assert (me["role"], me["places"]) == ("device", [{"kind": "room", "id": tablet["room_id"]}])
    children = (await device.get(f"/v1/rooms/{tablet['room_id']}/children")).json()["items"]
    assert [child["external_id"] for child in children] == ["stue-barn"]
    activity = {
        "id": str(uuid4()), "room_id": tablet["room_id"], "observed_on": "2026-10-19", "kind": "focus_conversation",
        "learning_areas": ["language"], "strategies": [], "child_ids": [children[0]["id"]],
    }  # fmt: skip
    assert (await device.post("/v1/activities", json=activity)).status_code == 201
    assert (await device.get(f"/v1/rooms/{tablet['room_id']}/due")).status_code == 200
    rooms = (await device.get("/v1/rooms")).json()["items"]
    assert [room["external_id"] for room in rooms] == ["stue"]
    for refused in (await device.get("/v1/devices"), await device.get(f"/v1/rooms/{tablet['room_id']}/report")):
        assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    assert (await admin.get(f"/v1/devices/{tablet['id']}")).json()["state"] == "enrolled"
    log = (await admin.get("/v1/audit-events", params={"actor": f"device:{tablet['id']}"})).json()["items"]
    assert {"enrol", "create"} <= {event["action"] for event in log}


async def test_a_code_works_once_but_a_lost_answer_can_be_asked_for_again(
    admin: Api, tablet: dict[str, Any], app: Any
) -> None:
    code, attempt = await code_for(admin, tablet["id"]), str(uuid4())
    first, again = await enrol(app, code, attempt), await enrol(app, code, attempt)
    assert first.json() == again.json()
    other = await enrol(app, code)
    assert (other.status_code, other.json()["code"]) == (404, "unknown-enrol-code")
    assert (await Api(app, token=first.json()["device_token"]).get("/v1/me")).status_code == 200


async def test_of_two_tablets_that_enrol_at_once_one_does(admin: Api, tablet: dict[str, Any], app: Any) -> None:
    code = await code_for(admin, tablet["id"])
    answers = await asyncio.gather(*(enrol(app, code) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]


async def test_a_revoked_tablet_is_told_so_and_gets_its_key_back_when_enrolled_anew(
    admin: Api, tablet: dict[str, Any], app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.devices.recognised, "ACTIVE_SECONDS", 0.0)
    before = (await enrol(app, await code_for(admin, tablet["id"]))).json()
    waiting = await code_for(admin, tablet["id"])
    for _ in range(2):
        assert (await admin.delete(f"/v1/devices/{tablet['id']}")).status_code == 204
    ended = await Api(app, token=before["device_token"]).get("/v1/me")
    assert (ended.status_code, ended.json()["code"]) == (401, "device-revoked")
    assert (await enrol(app, waiting)).status_code == 404
    assert [d["state"] for d in (await admin.get("/v1/devices", params={"state": "revoked"})).json()["items"]] == [
        "revoked"
    ]
    after = (await enrol(app, await code_for(admin, tablet["id"]))).json()
    assert after["data_key"] == before["data_key"]
    assert after["device_token"] != before["device_token"]
    assert (await Api(app, token=after["device_token"]).get("/v1/me")).status_code == 200
    assert (await Api(app, token=before["device_token"]).get("/v1/me")).status_code == 401


async def test_a_code_expires(admin: Api, tablet: dict[str, Any], app: Any, world: World) -> None:
    code = await code_for(admin, tablet["id"])
    async with world.app.state.database.writing(UUID(world.id)) as tx:
        await tx.execute(update(Device).values(enrol_expires_at=func.clock_timestamp() - timedelta(seconds=1)))
    assert (await enrol(app, code)).status_code == 404


async def test_wrong_codes_are_slowed_down_and_the_right_one_is_not(
    admin: Api, tablet: dict[str, Any], app: Any
) -> None:
    code = await code_for(admin, tablet["id"])
    answers = [await enrol(app, f"wrong-{n}") for n in range(30)]
    assert {answer.status_code for answer in answers} == {404, 429}
    assert answers[-1].headers["retry-after"]
    assert (await enrol(app, code)).status_code == 200


async def test_the_database_knows_neither_code_nor_token_nor_key(
    admin: Api, tablet: dict[str, Any], app: Any, world: World
) -> None:
    code = await code_for(admin, tablet["id"])
    enrolled = (await enrol(app, code)).json()
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        row = (await tx.execute(text("SELECT devices::text FROM devices"))).scalar_one()
    key = base64.b64decode(enrolled["data_key"])
    for secret in (code.encode(), enrolled["device_token"].encode(), key):
        assert secret.hex() not in row
        assert secret.decode("latin-1") not in row


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"room_external_id": "findes ikke", "name": "x"}, 422),
        ({"name": "x"}, 422),
        ({"room_external_id": "stue", "name": ""}, 422),
        ({"room_external_id": "stue", "name": "Tablet 010203-1234"}, 422),
    ],
)
async def test_a_tablet_needs_a_room_and_a_name(admin: Api, tablet: dict[str, Any], body: Any, status: int) -> None:
    assert tablet["state"] == "waiting"
    assert (await admin.post("/v1/devices", json=body)).status_code == status


async def test_the_same_tablet_again_changes_nothing(admin: Api, tablet: dict[str, Any]) -> None:
    body = {"id": tablet["id"], "room_external_id": "stue", "name": "Den blå"}
    assert (await admin.post("/v1/devices", json=body)).status_code == 200
    other = await admin.post("/v1/devices", json=body | {"name": "Den røde"})
    assert (other.status_code, other.json()["code"]) == (409, "same-id-other-content")


async def test_a_leader_keeps_the_tablets_of_the_unit(world: World, admin: Api, tablet: dict[str, Any]) -> None:
    await admin.post(
        "/v1/units", json={"external_id": "u2", "name": "U", "setting_type": "nursery", "area_external_id": "ost"}
    )
    leader, stranger = [await world.client("leader", places=[f"unit:{unit}"]) for unit in ("sol", "u2")]
    assert [d["id"] for d in (await leader.get("/v1/devices")).json()["items"]] == [tablet["id"]]
    assert (await stranger.get("/v1/devices")).json()["items"] == []
    assert (await stranger.delete(f"/v1/devices/{tablet['id']}")).status_code == 404
    assert (await leader.delete(f"/v1/devices/{tablet['id']}")).status_code == 204
