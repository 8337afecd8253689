"""Every operation x every role x a foreign municipality: nothing of the other's is shown, changed or even hinted at.

A new operation fails `test_every_operation_is_walked` until this file knows what to ask it.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from api.access.principals import ROLES
from tests.conftest import Api, World

MARK = "HEMMELIG"  # stands in every name and key of the foreign municipality
OPEN_TO_ALL = {"getToken", "enrolDevice", "listSignIns", "getLiveness", "getReadiness", "getMetrics"}
BY_TOKEN = {"getQuestionnaire", "putAnswers", "startAnswers"}  # whoever has the link; nobody else finds anything
DECIDED = ("Calendar", "Vocabulary", "Thresholds")
OWN_ONLY = {
    "getMe",
    "getMunicipality",
    "listAuditEvents",
    "listInstruments",
    "publishInstrument",
    "createDownloadLink",
    "publishPracticeForm",
    "getCalendarPreview",
    *(f"{verb}{document}" for verb in ("get", "publish") for document in DECIDED),
    *(f"get{document}Version" for document in DECIDED),
    "publishDevelopmentInstrument",
    "getMunicipalityChart",
}
OF_A_SCOPE = {"getResults", "getReadinessReport", "getReadinessChart", "getChange", "explainResult"}
REFUSALS = {
    (401, "not-authenticated"), (403, "not-allowed"), (403, "outside-your-place"), (404, "not-found"),
    (422, "unknown-reference"),
}  # fmt: skip
INSTRUMENT: dict[str, Any] = {
    "key": f"{MARK}-skema",
    "version": 1,
    "title": {"da": f"{MARK} skema", "en": ""},
    "scale": {"min": 1, "max": 5, "labels": []},
    "components": [{"key": "c", "kind": "primary", "title": {"da": f"{MARK} vilje", "en": ""}}],
    "items": [{"key": "i", "component": "c", "text": {"da": f"{MARK} spørgsmål", "en": ""}}],
}
PRACTICE_FORM: dict[str, Any] = {
    "key": f"{MARK}-praksis",
    "version": 1,
    "title": f"{MARK} praksis",
    "elements": [{"key": key, "title": f"{MARK} {key}"} for key in ("groups", "talk", "strategies", "plan")],
    "items": [
        {"key": f"{key}_{n}", "element": key, "text": f"{MARK} {key} {n}"}
        for key in ("groups", "talk", "strategies", "plan")
        for n in range(3)
    ],
}
DEVELOPMENT_INSTRUMENT: dict[str, Any] = {
    "key": f"{MARK}-udvikling",
    "version": 1,
    "title": f"{MARK} udvikling",
    "areas": [{"key": "language", "title": f"{MARK} sprog"}],
    "items": [{"key": "i", "area": "language", "text": f"{MARK} punkt"}],
    "norms": {
        "version": MARK,
        "rows": [{"area": "language", "from_months": 12, "to_months": 71, "focused_below": 2, "attention_below": 3}],
    },
}


CALENDAR: dict[str, Any] = {"themes": ["Tema 1"]}
VOCABULARY = {"learning_areas": [{"key": "language", "title": "Sprog"}], "strategies": []}
THRESHOLDS = {"lines": [{"kind": kind, "per_week": 1} for kind in ("immersion_activity", "focus_conversation")]}


def goal(room: str, title: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "room_id": room, "title": title, "measure": "mean_rate", "about": "focus_conversation",
        "target": 1, "first_week": "2026-W35", "last_week": "2026-W50",
    }  # fmt: skip


def meeting(room: str, said: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "room_id": room, "held_on": "2026-10-19", "participants": 3, "interpretation": said,
        "adjustments": [{"id": str(uuid4()), "kind": "strategies", "text": said}],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Foreign:
    """The ids of one of everything in a municipality the caller has nothing to do with."""

    world: World
    ids: dict[str, str]

    def path(self, template: str) -> str:
        kind = template.split("/{id}", maxsplit=1)[0].rsplit("/", maxsplit=1)[-1]
        filled = template.replace("{id}", self.ids.get(kind, self.ids["rooms"])).replace("{week}", "2026-W40")
        for name, value in {
            "key": INSTRUMENT["key"],
            "version": "1",
            "chart": "participation",
            "dataset": "roster",
            "unit_id": self.ids["units"],
            "token": f"{MARK}-token",
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
            "createDevice": {"room_id": ids["rooms"], "name": "Min tablet"},
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
            "eraseChild": {"external_id": f"{MARK}-child"},
            "publishInstrument": INSTRUMENT | {"key": "mit"},
            "createSurveyRound": {
                "instrument_key": INSTRUMENT["key"], "instrument_version": 1, "title": "Min",
                "opens_on": "2026-09-01", "closes_on": "2026-09-30",
            },
            "changeSurveyRound": {"title": "Kapret"},
            "setInvited": {"units": [{"unit_id": ids["units"], "invited": 3}]},
            "createInvitations": {"units": [{"unit_id": ids["units"], "links": 3}]},
            "putAnswers": {"answers": {"i": 1}, "submit": True},
            "createActivity": activity,
            "createActivities": {"items": [activity]},
            "correctActivity": {"kind": "immersion_activity"},
            "putRoomWeek": {"completed": True, "tallies": [{"child_id": ids["children"], "focus_conversation": 3}]},
            "publishPracticeForm": PRACTICE_FORM | {"key": "mit-praksisskema"},
            "createPracticeEvaluation": {
                "id": ids["practice-evaluations"], "room_id": ids["rooms"], "kind": "joint", "first_week": "2026-W27",
                "answers": {},
            },
            "correctPracticeEvaluation": {"answers": {"groups_0": 1}},
            "publishDevelopmentInstrument": DEVELOPMENT_INSTRUMENT | {"key": "mit-udviklingsskema"},
            "createDevelopmentAssessment": {
                "id": ids["development-assessments"], "room_id": ids["rooms"], "child_id": ids["children"],
                "kind": "joint", "assessed_on": "2026-10-01",
            },
            "correctDevelopmentAssessment": {"answers": {"i": 1}},
            "createGoal": goal(ids["rooms"], "Kapret") | {"id": ids["goals"]},
            "correctGoal": {"title": "Kapret"},
            "createMeeting": meeting(ids["rooms"], "Kapret") | {"id": ids["meetings"]},
            "correctMeeting": {"interpretation": "Kapret"},
            "createReportBatch": {"survey_round_id": ids["survey-rounds"], "scope": f"unit:{ids['units']}"},
            "publishCalendar": {"version": 1, "valid_from": "2026-12-01", "content": CALENDAR | {"units": []}},
            "publishVocabulary": {"version": 1, "valid_from": "2026-12-01", "content": VOCABULARY},
            "publishThresholds": {"version": 1, "valid_from": "2026-12-01", "content": THRESHOLDS},
            "previewCalendar": CALENDAR | {"units": [{"unit_id": ids["units"], "starts": "2026-W33"}]},
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
            "birth_month": "2023-04",
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
        await made("practice-forms", PRACTICE_FORM)
        evaluation = {
            "id": "0190b3a4-0000-7000-8000-000000000002", "room_id": ids["rooms"], "kind": "joint",
            "first_week": "2026-W35", "form_key": PRACTICE_FORM["key"], "form_version": 1,
            "answers": {"groups_0": 4}, "comments": {"general": MARK}, "agreements": [{"text": MARK}],
        }  # fmt: skip
        ids["practice-evaluations"] = await made("practice-evaluations", evaluation)
        await made("development-instruments", DEVELOPMENT_INSTRUMENT)
        assessment = {
            "id": "0190b3a4-0000-7000-8000-000000000003", "room_id": ids["rooms"], "child_id": ids["children"],
            "kind": "individual", "rater_id": ids["staff"], "assessed_on": "2026-10-01", "answers": {"i": 4},
            "instrument_key": DEVELOPMENT_INSTRUMENT["key"], "instrument_version": 1, "comment": MARK,
        }  # fmt: skip
        ids["development-assessments"] = await made("development-assessments", assessment)
        ids["meetings"] = await made("meetings", meeting(ids["rooms"], MARK))
        ids["goals"] = await made("goals", goal(ids["rooms"], MARK))
        ids["devices"] = await made("devices", {"room_id": ids["rooms"], "name": MARK})
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
        tablet = await enrolled(admin, "r0")
    places = {"area_leader": ["area:a"], "leader": ["unit:u0"], "educator": ["room:r0"]}
    clients = {role: await world.client(role, places=places.get(role)) for role in ROLES}
    return {"anonymous": Api(app), "device": tablet, **clients}


async def enrolled(admin: Api, room: str) -> Api:
    """A tablet of the room, as a client of the API."""
    device = (await admin.post("/v1/devices", json={"room_external_id": room, "name": "Tablet"})).json()["id"]
    code = (await admin.post(f"/v1/devices/{device}/enrolment")).json()["code"]
    answer = await Api(admin.app).post("/v1/devices/enrol", json={"code": code, "attempt": str(uuid4())})
    return Api(admin.app, token=answer.json()["device_token"])


def operations(app: Any) -> list[tuple[str, str, str, bool]]:
    """All of them, those that only read first: what the walk makes at home is not to be mistaken for the other's."""
    found = [
        (method.upper(), template, operation["operationId"], "requestBody" in operation)
        for template, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
    ]
    return sorted(found, key=lambda operation: operation[0] != "GET")


async def ask(client: Api, foreign: Foreign, method: str, template: str, operation: str, has_body: bool) -> Any:
    path = foreign.path(template)
    options: dict[str, Any] = {"headers": {"If-Match": "*"}}
    if operation == "createImport":
        options |= {"content": b"PK", "headers": {"Content-Type": "application/zip"}}
    elif has_body:
        options["json"] = foreign.body(operation)
    if operation == "getParticipation":
        options["params"] = {"from": "2026-W36", "to": "2026-W40"}
    if operation == "explainParticipation":
        options["params"] = {"child_id": foreign.ids["children"], "kind": "focus_conversation"}
    if operation == "listActivities":
        options["params"] = {"room_id": foreign.ids["rooms"]}
    if operation in OF_A_SCOPE:
        options["params"] = {"scope": f"unit:{foreign.ids['units']}"}
    return await client.request(method, path, **options)


def refused(answer: Any) -> bool:
    """Whether the place was what the answer failed on: a body that was not valid would prove nothing."""
    return (answer.status_code, answer.json().get("code")) in REFUSALS


def all_rejected(answer: Any) -> bool:
    """A batch is answered item by item."""
    return answer.status_code == 403 or {item["code"] for item in answer.json()["items"]} == {"unknown-reference"}


async def test_every_operation_is_walked_by_every_role(foreign: Foreign, strangers: dict[str, Api], app: Any) -> None:
    own = OWN_ONLY | {"createArea", "createImport"}
    for method, template, operation, has_body in operations(app):
        if operation in OPEN_TO_ALL:
            continue
        for role, client in strangers.items():
            answer = await ask(client, foreign, method, template, operation, has_body)
            what = f"{role}: {method} {template} -> {answer.status_code} {answer.text[:300]}"
            is_list = method == "GET" and "{" not in template
            if operation in BY_TOKEN:
                assert (answer.status_code, answer.json()["code"]) == (404, "unknown-link"), what
            elif role == "anonymous":
                assert answer.status_code == 401, what
            elif operation == "createActivities":
                assert all_rejected(answer), what
            elif not (operation in own or is_list):
                assert refused(answer), what
            if role == "administration":  # may do everything at home: only the place can be what it fails on
                assert answer.status_code != 403, what
            sent = json.dumps(foreign.body(operation)) if has_body and operation != "createImport" else ""
            if MARK not in sent:
                assert MARK not in answer.text, what


async def test_a_link_to_a_foreign_document_opens_nothing(
    foreign: Foreign, strangers: dict[str, Api], app: Any
) -> None:
    for path in (
        f"/v1/rooms/{foreign.ids['rooms']}/report",
        f"/v1/survey-rounds/{foreign.ids['survey-rounds']}/report",
    ):
        link = await strangers["administration"].post("/v1/download-links", json={"path": path})
        opened = await Api(app).get(link.json()["url"])
        assert (opened.status_code, opened.json()["code"]) == (404, "not-found")


async def test_nothing_of_the_foreign_municipality_was_changed(foreign: Foreign) -> None:
    async with await foreign.world.client() as admin:
        for kind in ("areas", "units", "rooms", "children", "staff"):
            row = (await admin.get(f"/v1/{kind}/{foreign.ids[kind]}")).json()
            assert row["external_id"].startswith(MARK)
            assert row["revision"] == 1
        activity = (await admin.get(f"/v1/activities/{foreign.ids['activities']}")).json()
        assert (activity["kind"], activity["revision"]) == ("focus_conversation", 1)
        evaluation = await admin.get(f"/v1/practice-evaluations/{foreign.ids['practice-evaluations']}")
        assert (evaluation.json()["answers"], evaluation.json()["revision"]) == ({"groups_0": 4}, 1)
        assessment = await admin.get(f"/v1/development-assessments/{foreign.ids['development-assessments']}")
        assert (assessment.json()["answers"], assessment.json()["revision"]) == ({"i": 4}, 1)
        kept = (await admin.get(f"/v1/goals/{foreign.ids['goals']}")).json()
        assert (kept["title"], kept["revision"]) == (MARK, 1)
        kept = (await admin.get(f"/v1/meetings/{foreign.ids['meetings']}")).json()
        assert (kept["interpretation"], kept["revision"]) == (MARK, 1)
        assert (await admin.get(f"/v1/rooms/{foreign.ids['rooms']}/weeks/2026-W40")).json()["completed"] is False


async def test_the_same_id_may_live_in_two_municipalities_and_says_nothing_of_the_other(
    foreign: Foreign, strangers: dict[str, Api]
) -> None:
    """A refusal would tell that the id exists next door."""
    body = {"id": foreign.ids["areas"], "external_id": "my-own", "name": "Min egen"}
    answer = await strangers["integration"].post("/v1/areas", json=body)
    assert answer.status_code == 201
    assert MARK not in answer.text
