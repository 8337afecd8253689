"""Every operation x every role x a foreign municipality: nothing of the other's is shown, changed or even hinted at.

A new operation fails `test_every_operation_is_walked` until this file knows what to ask it.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from api.access.principals import ROLES
from tests.conftest import Api, World

MARK = "HEMMELIG"  # stands in every name and key of the foreign municipality
OPEN_TO_ALL = {"getToken", "getLiveness", "getReadiness", "getMetrics"}
OWN_ONLY = {"getMe", "getMunicipality", "listAuditEvents", "listInstruments", "publishInstrument", "createDownloadLink"}
INSTRUMENT: dict[str, Any] = {
    "key": f"{MARK}-skema",
    "version": 1,
    "title": {"da": f"{MARK} skema", "en": ""},
    "scale": {"min": 1, "max": 5, "labels": []},
    "components": [{"key": "c", "kind": "primary", "title": {"da": f"{MARK} vilje", "en": ""}}],
    "items": [{"key": "i", "component": "c", "text": {"da": f"{MARK} spørgsmål", "en": ""}}],
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """The ids of one of everything in a municipality the caller has nothing to do with."""

    world: World
    ids: dict[str, str]

    def path(self, template: str) -> str:
        kind = template.split("/")[2]
        filled = template.replace("{id}", self.ids.get(kind, self.ids["rooms"])).replace("{week}", "2026-W40")
        for name, value in {
            "key": INSTRUMENT["key"],
            "version": "1",
            "chart": "participation",
            "dataset": "roster",
            "code": self.ids["reports"],
        }.items():
            filled = filled.replace(f"{{{name}}}", value)
        return filled

    def body(self, operation: str) -> dict[str, Any]:
        ids = self.ids
        activity = {
            "id": ids["activities"], "room_id": ids["rooms"], "observed_on": "2026-10-01", "kind": "focus_conversation",
            "learning_areas": ["language"], "strategies": [], "child_ids": [ids["children"]],
        }  # fmt: skip
        return {
            "createArea": {"external_id": f"{MARK}-area", "name": "Min egen"},
            "createUnit": {"external_id": "u", "name": "u", "setting_type": "nursery", "area_id": ids["areas"]},
            "createRoom": {"external_id": "r", "name": "r", "unit_id": ids["units"]},
            "createChild": {"external_id": "c", "room_id": ids["rooms"]},
            "createStaff": {"external_id": "s", "name": "s", "role": "educator", "unit_id": ids["units"]},
            "changeArea": {"name": "Kapret"},
            "changeUnit": {"name": "Kapret"},
            "changeRoom": {"name": "Kapret"},
            "changeChild": {"sex": "boy"},
            "changeStaff": {"name": "Kapret"},
            "publishInstrument": INSTRUMENT | {"key": "mit"},
            "createSurveyRound": {
                "instrument_key": INSTRUMENT["key"], "instrument_version": 1, "title": "Min",
                "opens_on": "2026-09-01", "closes_on": "2026-09-30",
            },
            "changeSurveyRound": {"title": "Kapret"},
            "setInvited": {"units": [{"unit_id": ids["units"], "invited": 3}]},
            "createActivity": activity,
            "createActivities": {"items": [activity]},
            "correctActivity": {"kind": "immersion_activity"},
            "putRoomWeek": {"completed": True, "tallies": [{"child_id": ids["children"], "focus_conversation": 3}]},
            "createReportBatch": {"survey_round_id": ids["survey-rounds"], "scope": f"unit:{ids['units']}"},
            "createDownloadLink": {"path": f"/v1/rooms/{ids['rooms']}/report?format=pdf"},
        }[operation]  # fmt: skip


@pytest.fixture(scope="module")
async def foreign(new_world: Callable[[], Awaitable[World]]) -> Foreign:
    world = await new_world()
    async with await world.client() as admin:

        async def made(path: str, body: dict[str, Any]) -> str:
            answer = await admin.post(f"/v1/{path}", json=body)
            assert answer.status_code == 201, answer.text
            return str(answer.json().get("id"))

        ids = {"areas": await made("areas", {"external_id": f"{MARK}-area", "name": f"{MARK} Øst"})}
        unit = {
            "external_id": f"{MARK}-unit",
            "name": f"{MARK} hus",
            "setting_type": "nursery",
            "area_id": ids["areas"],
        }
        ids["units"] = await made("units", unit)
        room = {"external_id": f"{MARK}-room", "name": f"{MARK} stue", "unit_id": ids["units"]}
        ids["rooms"] = await made("rooms", room)
        child = {
            "external_id": f"{MARK}-child",
            "room_id": ids["rooms"],
            "first_name": MARK,
            "valid_from": "2026-01-01",
        }
        ids["children"] = await made("children", child)
        staff = {"external_id": f"{MARK}-staff", "name": MARK, "role": "leader", "unit_id": ids["units"]}
        ids["staff"] = await made("staff", staff)
        await made("instruments", INSTRUMENT)
        round_ = {
            "instrument_key": INSTRUMENT["key"], "instrument_version": 1, "title": f"{MARK} runde",
            "opens_on": "2026-09-01", "closes_on": "2026-09-30",
        }  # fmt: skip
        ids["survey-rounds"] = await made("survey-rounds", round_)
        await admin.post(f"/v1/survey-rounds/{ids['survey-rounds']}/open")
        activity = {
            "id": "0190b3a4-0000-7000-8000-000000000001", "room_id": ids["rooms"], "observed_on": "2026-10-01",
            "kind": "focus_conversation", "learning_areas": ["language"], "strategies": [],
            "child_ids": [ids["children"]],
        }  # fmt: skip
        ids["activities"] = await made("activities", activity)
        answers = f"unit_external_id,i\n{MARK}-unit,4\n".encode()
        verdict = await admin.upload("survey-answers", answers, round_id=ids["survey-rounds"])
        ids["imports"] = verdict["id"]
        assert (await admin.post(f"/v1/survey-rounds/{ids['survey-rounds']}/close")).status_code == 200
        report = await admin.get(f"/v1/survey-rounds/{ids['survey-rounds']}/report", params={"format": "json"})
        ids["reports"] = report.json()["code"]
        batch = await admin.post("/v1/report-batches", json={"survey_round_id": ids["survey-rounds"]})
        ids["report-batches"] = batch.json()["id"]
    return Foreign(world=world, ids=ids)


@pytest.fixture(scope="module")
async def strangers(new_world: Callable[[], Awaitable[World]], app: Any) -> dict[str, Api]:
    """One client of each role in another municipality, with every right the role may be given there."""
    world = await new_world()
    async with await world.client() as admin:
        await admin.post("/v1/areas", json={"external_id": "a", "name": "A"})
        unit = {"external_id": "u0", "name": "U", "setting_type": "nursery", "area_external_id": "a"}
        await admin.post("/v1/units", json=unit)
        await admin.post("/v1/rooms", json={"external_id": "r0", "name": "R", "unit_external_id": "u0"})
    places = {"area_leader": ["area:a"], "leader": ["unit:u0"], "educator": ["room:r0"]}
    clients = {role: await world.client(role, places=places.get(role)) for role in ROLES}
    return {"anonymous": Api(app), **clients}


def operations(app: Any) -> list[tuple[str, str, str, bool]]:
    return [
        (method.upper(), template, operation["operationId"], "requestBody" in operation)
        for template, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
    ]


async def ask(client: Api, foreign: Foreign, method: str, template: str, operation: str, has_body: bool) -> Any:
    path = foreign.path(template)
    options: dict[str, Any] = {"headers": {"If-Match": "*"}}
    if operation == "createImport":
        options |= {"content": b"PK", "headers": {"Content-Type": "application/zip"}}
    elif has_body:
        options["json"] = foreign.body(operation)
    if operation == "getParticipation":
        options["params"] = {"from": "2026-W36", "to": "2026-W40"}
    if operation == "listActivities":
        options["params"] = {"room_id": foreign.ids["rooms"]}
    return await client.request(method, path, **options)


async def test_every_operation_is_walked_by_every_role(foreign: Foreign, strangers: dict[str, Api], app: Any) -> None:
    own = OWN_ONLY | {"createArea", "createImport", "createActivities"}
    for method, template, operation, has_body in operations(app):
        if operation in OPEN_TO_ALL:
            continue
        for role, client in strangers.items():
            answer = await ask(client, foreign, method, template, operation, has_body)
            what = f"{role}: {method} {template} -> {answer.status_code} {answer.text[:300]}"
            if role == "anonymous":
                assert answer.status_code == 401, what
            is_list = method == "GET" and "{" not in template
            if not (operation in own or is_list):
                refused = (401, 403, 404) if "{id}" in template or method == "GET" else (401, 403, 404, 422)
                assert answer.status_code in refused, what
            sent = json.dumps(foreign.body(operation)) if has_body and operation != "createImport" else ""
            if MARK not in sent:
                assert MARK not in answer.text, what


async def test_nothing_of_the_foreign_municipality_was_changed(foreign: Foreign) -> None:
    async with await foreign.world.client() as admin:
        for kind in ("areas", "units", "rooms", "children", "staff"):
            row = (await admin.get(f"/v1/{kind}/{foreign.ids[kind]}")).json()
            assert row["external_id"].startswith(MARK)
            assert row["revision"] == 1
        activity = (await admin.get(f"/v1/activities/{foreign.ids['activities']}")).json()
        assert (activity["kind"], activity["revision"]) == ("focus_conversation", 1)
        assert (await admin.get(f"/v1/rooms/{foreign.ids['rooms']}/weeks/2026-W40")).json()["completed"] is False


async def test_the_same_id_may_live_in_two_municipalities_and_says_nothing_of_the_other(
    foreign: Foreign, strangers: dict[str, Api]
) -> None:
    """A refusal would tell that the id exists next door."""
    body = {"id": foreign.ids["areas"], "external_id": "my-own", "name": "Min egen"}
    answer = await strangers["integration"].post("/v1/areas", json=body)
    assert answer.status_code == 201
    assert MARK not in answer.text
