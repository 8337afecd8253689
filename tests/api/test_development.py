"""Development assessments over HTTP: two on their own and then together, bands that keep their meaning, and the log."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

AREAS = ("language", "mathematics")
INSTRUMENT: dict[str, Any] = {
    "key": "vores",
    "version": 1,
    "title": "Vores skema",
    "areas": [{"key": area, "title": area.capitalize(), "min_answered_share": 0.75} for area in AREAS],
    "items": [{"key": f"{area}_{n}", "area": area, "text": "Barnet kan det"} for area in AREAS for n in range(4)],
    "norms": {
        "version": "norm-1",
        "monolingual": True,
        "rows": [
            {"area": "language", "sex": sex, "from_months": first, "to_months": first + 11, "focused_below": low,
             "attention_below": low + 4}
            for sex, plus in (("girl", 1), ("boy", 0)) for first, low in ((24, 7 + plus), (36, 9 + plus))
        ] + [{"area": "mathematics", "from_months": 24, "to_months": 47, "focused_below": 8, "attention_below": 12}],
    },
}  # fmt: skip
CHILDREN = [
    {"birth_month": "2023-04", "sex": "girl"},  # 42 months in October 2026
    {"birth_month": "2023-04", "sex": "boy"},
    {"birth_month": "2023-04"},
    {"sex": "girl"},
    {"birth_month": "2022-01", "sex": "girl"},
]


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    furnished = await furnish(admin, children=CHILDREN)
    for key, unit in (("anna", "sol"), ("bo", "sol"), ("cilla", "mane")):
        staff = {"external_id": key, "name": key, "role": "educator", "unit_external_id": unit}
        room = {"room_external_id": "bi"} if unit == "sol" else {}
        assert (await admin.post("/v1/staff", json=staff | room)).status_code == 201
    assert (await admin.post("/v1/development-instruments", json=INSTRUMENT)).status_code == 201
    return furnished


def points(language: int, mathematics: int = 3) -> dict[str, int]:
    return {f"{area}_{n}": at for area, at in zip(AREAS, (language, mathematics), strict=True) for n in range(4)}


def assessment(rooms: Rooms, child: str = "B01", **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "room_id": rooms.bi,
        "child_external_id": child,
        "kind": "individual",
        "rater_external_id": "anna",
        "assessed_on": "2026-10-05",
        "state": "final",
        "answers": points(4),
    } | fields


def joint(rooms: Rooms, child: str = "B01", **fields: Any) -> dict[str, Any]:
    return assessment(rooms, child, kind="joint", rater_external_id=None, **fields)


async def created(client: Api, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/development-assessments", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def assessed(client: Api, rooms: Rooms, child: str = "B01", **fields: Any) -> dict[str, Any]:
    """Both colleagues on their own, then together; the joint assessment."""
    for rater in ("anna", "bo"):
        await created(client, assessment(rooms, child, rater_external_id=rater, **fields))
    return await created(client, joint(rooms, child, **fields))


def bands(made: dict[str, Any]) -> list[tuple[float | None, str | None, str | None]]:
    return [(it["raw"], it["band"], it["why"]) for it in made["results"]]


async def test_raw_score_age_and_norm_version_stand_beside_the_band(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, assessment(rooms, answers=points(3)))
    kept = {name: made[name] for name in ("age_months", "half_year", "norm_version", "instrument_key")}
    assert kept == {
        "age_months": 42, "half_year": "2026-H2", "norm_version": "norm-1", "instrument_key": "vores",
    }  # fmt: skip
    assert bands(made) == [(12, "attention", None), (12, "age_appropriate", None)]
    boy = await created(admin, assessment(rooms, "B02", answers=points(3) | {"language_0": 4}))
    assert bands(boy)[0] == (13, "age_appropriate", None)
    unknown = await created(admin, assessment(rooms, "B03", answers=points(3)))
    assert bands(unknown)[0] == (12, None, "sex_unknown")
    few = await created(admin, assessment(rooms, "B02", rater_external_id="bo", answers={"language_0": 4}))
    assert bands(few)[0] == (None, None, "too_few_answers")


async def test_the_demo_instrument_comes_along(world: World, admin: Api) -> None:
    listed = (await admin.get("/v1/development-instruments")).json()["items"]
    assert [(it["key"], it["published_at"]) for it in listed] == [("vls-demo-udvikling", None)]
    form = (await admin.get("/v1/development-instruments/vls-demo-udvikling/versions/1")).json()
    assert form["norms"]["monolingual"] is True
    again = await admin.post("/v1/development-instruments", json=form)
    assert again.status_code == 201
    rooms = await furnish(admin, children=CHILDREN)
    answers = {item["key"]: 5 for item in form["items"]}
    made = await created(
        admin, joint(rooms, answers=answers, state="draft") | {"room_id": None, "room_external_id": "bi"}
    )
    assert {it["band"] for it in made["results"]} == {"age_appropriate"}


async def test_two_on_their_own_and_then_together(admin: Api, rooms: Rooms) -> None:
    for there, rater in enumerate(("anna", "bo")):
        answer = await admin.post("/v1/development-assessments", json=joint(rooms))
        assert (answer.status_code, answer.json()["code"]) == (409, "ratings-first")
        assert answer.json()["params"] == {"needed": 2, "there": there}
        await created(admin, assessment(rooms, rater_external_id=rater))
    draft = await created(admin, joint(rooms, state="draft"))
    final = await admin.patch(
        f"/v1/development-assessments/{draft['id']}", json={"state": "final"}, headers={"If-Match": '"1"'}
    )
    assert (final.status_code, final.json()["state"]) == (200, "final")
    for body in (joint(rooms), assessment(rooms, rater_external_id="bo")):
        answer = await admin.post("/v1/development-assessments", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "already-rated")


async def test_where_somebody_works_alone_the_instrument_asks_for_one(admin: Api, rooms: Rooms) -> None:
    alone = INSTRUMENT | {"key": "alene", "ratings_before_joint": 1}
    assert (await admin.post("/v1/development-instruments", json=alone)).status_code == 201
    mine = {"instrument_key": "alene", "instrument_version": 1}
    await created(admin, assessment(rooms, **mine))
    await created(admin, joint(rooms, **mine))


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"child_external_id": "B04"}, 422, "birth-month-unknown"),
        ({"child_external_id": "B05"}, 422, "outside-age-range"),
        ({"child_external_id": "H01"}, 422, "child-not-in-room"),
        ({"child_external_id": "nobody"}, 422, "unknown-reference"),
        ({"child_external_id": "B02", "child_id": str(uuid4())}, 422, "invalid-input"),
        ({"child_external_id": None}, 422, "invalid-input"),
        ({"child_external_id": None, "child_id": str(uuid4())}, 422, "unknown-reference"),
        ({"assessed_on": "2026-10-20"}, 422, "future-date"),
        ({"assessed_on": "2026-07-31"}, 422, "child-not-in-room"),
        ({"rater_external_id": "cilla"}, 422, "unknown-reference"),
        ({"rater_external_id": None}, 422, "invalid-input"),
        ({"kind": "joint"}, 422, "invalid-input"),
        ({"answers": {}}, 422, "invalid-answers"),
        ({"answers": {"language_0": 6}}, 422, "invalid-answers"),
        ({"answers": {"nothing": 1}}, 422, "invalid-answers"),
        ({"answers": {"language_0": "4"}}, 422, "invalid-input"),
        ({"comment": "010120-1234"}, 422, "invalid-input"),
        ({"instrument_key": "vores", "instrument_version": 2}, 422, "unknown-reference"),
        ({"room_id": str(uuid4())}, 422, "unknown-reference"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_code(
    admin: Api, rooms: Rooms, fields: dict[str, Any], status: int, code: str
) -> None:
    answer = await admin.post("/v1/development-assessments", json=assessment(rooms) | fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_an_age_outside_the_norms_is_told_with_both_ends(admin: Api, rooms: Rooms) -> None:
    answer = await admin.post("/v1/development-assessments", json=assessment(rooms, "B05"))
    assert answer.json()["params"] == {"months": 57, "first": 24, "last": 47}


async def test_the_same_again_changes_nothing_also_after_a_correction(admin: Api, rooms: Rooms) -> None:
    body = assessment(rooms)
    made = await created(admin, body)
    again = await admin.post("/v1/development-assessments", json=body)
    assert (again.status_code, again.json()) == (200, made)
    other = await admin.post("/v1/development-assessments", json=body | {"answers": points(2)})
    assert (other.status_code, other.json()["params"]) == (409, {"fields": "answers"})
    path = f"/v1/development-assessments/{made['id']}"
    corrected = await admin.patch(path, json={"answers": {"language_0": 1}}, headers={"If-Match": '"1"'})
    assert (bands(corrected.json())[0], corrected.headers["etag"]) == ((13, "attention", None), '"2"')
    late = await admin.post("/v1/development-assessments", json=body)
    assert (late.status_code, late.json()["revision"]) == (200, 2)
    history = (await admin.get(f"{path}/history")).json()["items"]
    assert [(it["revision"], it["body"]["results"][0]["raw"]) for it in history] == [(1, 16.0), (2, 13.0)]
    assert (await admin.patch(path, json={"state": "draft"}, headers={"If-Match": "*"})).json()[
        "code"
    ] == "already-final"
    assert (await admin.patch(path, json={"answers": {}}, headers={"If-Match": '"1"'})).status_code == 412
    moved = await admin.patch(path, json={"assessed_on": "2026-09-01"}, headers={"If-Match": "*"})
    assert (moved.json()["age_months"], moved.json()["revision"]) == (41, 3)
    early = await admin.patch(path, json={"assessed_on": "2026-07-01"}, headers={"If-Match": "*"})
    assert early.json()["code"] == "child-not-in-room"


async def test_of_ten_at_once_one_is_annas(admin: Api, rooms: Rooms) -> None:
    bodies = [assessment(rooms) for _ in range(10)]
    answers = await asyncio.gather(*(admin.post("/v1/development-assessments", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_a_withdrawn_assessment_counts_no_longer_and_makes_room(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, assessment(rooms))
    assert (await admin.delete(f"/v1/development-assessments/{made['id']}")).status_code == 204
    assert (await admin.get(f"/v1/development-assessments/{made['id']}")).status_code == 404
    await created(admin, assessment(rooms))


async def test_what_was_published_keeps_its_meaning_when_the_child_is_corrected(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, assessment(rooms, answers=points(3)))
    child = f"/v1/children/{rooms.children['B01']}"
    await admin.patch(child, json={"birth_month": "2024-04"}, headers={"If-Match": "*"})
    path = f"/v1/development-assessments/{made['id']}"
    assert (await admin.get(path)).json()["results"] == made["results"]
    anew = await admin.patch(path, json={"comment": "Alderen er rettet"}, headers={"If-Match": "*"})
    assert (anew.json()["age_months"], bands(anew.json())[0][1]) == (30, "age_appropriate")


async def test_a_rooms_bands_and_their_change_with_counts_and_uncertainty(admin: Api, rooms: Rooms) -> None:
    for key in ("B06", "B07"):
        child = {"external_id": key, "room_external_id": "bi", "valid_from": "2026-01-01", "birth_month": "2023-06",
                 "sex": "boy"}  # fmt: skip
        assert (await admin.post("/v1/children", json=child)).status_code == 201
    await assessed(admin, rooms, "B06", assessed_on="2026-04-01", answers=points(2))
    await assessed(admin, rooms, "B07", assessed_on="2026-04-01", answers=points(4))
    for child, language in (("B01", 4), ("B02", 3), ("B06", 4)):
        await assessed(admin, rooms, child, answers=points(language))
    await created(admin, assessment(rooms, "B07"))
    found = (await admin.get(f"/v1/rooms/{rooms.bi}/development")).json()
    assert (found["half_year"], found["started"], found["final"]) == ("2026-H2", 4, 3)
    assert (found["window_opens"], found["window_closes"]) == ("2026-09-01", "2026-10-31")
    assert found["instrument"] == {
        "key": "vores", "version": 1, "norm_version": "norm-1", "norms_by_sex": True, "norms_monolingual": True,
    }  # fmt: skip
    language = found["areas"][0]
    assert language["counts"] == {"age_appropriate": 2, "attention": 1, "focused": 0}
    told = language["change"]
    assert (told["before"]["count"], told["before"]["n"], told["now"]["count"], told["now"]["n"]) == (1, 2, 2, 3)
    assert (told["matched"]["n"], told["matched"]["gained"], told["arrivals"]["n"], told["leavers"]["n"]) == (
        1,
        1,
        2,
        1,
    )
    assert told["verdict"] == "too_few"
    assert told["sentence"]["da"] == "De samme børn: 0 af 1 → 1 af 1: for få børn til at sige noget om ændringen."
    earlier = (await admin.get(f"/v1/rooms/{rooms.bi}/development", params={"half_year": "2026-H1"})).json()
    assert (earlier["final"], earlier["areas"][0]["change"]["before"]) == (2, None)
    wrong = await admin.get(f"/v1/rooms/{rooms.bi}/development", params={"half_year": "2026-H3"})
    assert wrong.status_code == 422


async def test_another_version_of_the_instrument_breaks_the_line(admin: Api, rooms: Rooms) -> None:
    child = {"external_id": "B06", "room_external_id": "bi", "valid_from": "2026-01-01", "birth_month": "2023-06"}
    assert (await admin.post("/v1/children", json=child)).status_code == 201
    await assessed(admin, rooms, "B06", assessed_on="2026-04-01")
    assert (await admin.post("/v1/development-instruments", json=INSTRUMENT | {"version": 2})).status_code == 201
    await assessed(admin, rooms, "B06")
    found = (await admin.get(f"/v1/rooms/{rooms.bi}/development")).json()
    assert (found["instrument"]["version"], [area["change"] for area in found["areas"]]) == (2, [None, None])


async def test_agreement_between_colleagues_and_its_drift_over_time(admin: Api, rooms: Rooms) -> None:
    for child in ("B01", "B02", "B03"):
        await created(admin, assessment(rooms, child, answers=points(4, 3)))
        await created(admin, assessment(rooms, child, rater_external_id="bo", answers=points(2, 3)))
        await created(admin, joint(rooms, child, answers=points(2, 3)))
    (told,) = (await admin.get(f"/v1/rooms/{rooms.bi}/development")).json()["agreement"]
    assert (told["children"], told["pairs"], told["exact"], told["within_one"]) == (3, 24, 0.5, 0.5)
    assert (told["drift"], told["talk"]) == (0.5, True)
    assert told["kappa"] is not None


async def test_an_educator_assesses_the_own_room_and_an_area_leader_reads_no_record(
    world: World, admin: Api, rooms: Rooms
) -> None:
    made = await created(admin, assessment(rooms))
    known = {"birth_month": "2023-04"}
    await admin.patch(f"/v1/children/{rooms.children['H01']}", json=known, headers={"If-Match": "*"})
    elsewhere = await created(
        admin, assessment(rooms, "H01", room_id=rooms.humle, rater_external_id="cilla", answers=points(3))
    )
    educator = await world.client("educator", places=["room:bi"])
    assert (await educator.get(f"/v1/development-assessments/{made['id']}")).status_code == 200
    assert (await educator.get(f"/v1/development-assessments/{elsewhere['id']}")).status_code == 404
    assert (await educator.get(f"/v1/rooms/{rooms.humle}/development")).status_code == 404
    listed = (await educator.get("/v1/development-assessments")).json()["items"]
    assert [it["id"] for it in listed] == [made["id"]]
    refused = await educator.post("/v1/development-instruments", json=INSTRUMENT | {"key": "mit"})
    assert refused.json()["code"] == "outside-your-place"
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    area = await world.client("area_leader", places=["area:ost"])
    assert (await area.get("/v1/development-assessments")).json()["params"] == {"needed": "development:read"}
    machine = await world.client("integration")
    assert (await machine.get("/v1/development-assessments")).status_code == 403


async def test_the_record_follows_the_child_to_its_next_room(world: World, admin: Api, rooms: Rooms) -> None:
    made = await created(admin, assessment(rooms))
    before, after = [await world.client("educator", places=[f"room:{key}"]) for key in ("bi", "humle")]
    move = {"room_external_id": "humle", "valid_from": "2026-10-10"}
    child = f"/v1/children/{rooms.children['B01']}"
    assert (await admin.patch(child, json=move, headers={"If-Match": "*"})).status_code == 200
    path = f"/v1/development-assessments/{made['id']}"
    assert [(await client.get(path)).status_code for client in (before, after)] == [404, 200]
    answer = await after.patch(path, json={"comment": "x"}, headers={"If-Match": "*"})
    assert answer.json()["code"] == "outside-your-place"


async def test_reading_a_childs_record_is_logged_with_the_child(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, assessment(rooms))
    child = rooms.children["B01"]
    await admin.get(f"/v1/development-assessments/{made['id']}")
    await admin.get("/v1/development-assessments", params={"child_id": child})
    await admin.get(f"/v1/rooms/{rooms.bi}/development")
    one = (await admin.get("/v1/audit-events", params={"subject": f"development-assessments/{made['id']}"})).json()
    assert [(it["action"], it["detail"]["child"]) for it in one["items"]] == [("create", child), ("read", child)]
    many = (await admin.get("/v1/audit-events", params={"subject": "development-assessments"})).json()["items"]
    assert [(it["action"], it["detail"]["children"]) for it in many] == [("list", [child])]
    room = (await admin.get("/v1/audit-events", params={"subject": f"rooms/{rooms.bi}/development"})).json()["items"]
    assert [it["action"] for it in room] == ["read"]


async def test_norms_with_holes_are_refused_in_words(admin: Api) -> None:
    rows = [row for row in INSTRUMENT["norms"]["rows"] if row.get("sex") != "boy"]
    broken = INSTRUMENT | {"norms": INSTRUMENT["norms"] | {"rows": rows}}
    answer = (await admin.post("/v1/development-instruments", json=broken)).json()
    assert [(error["code"], error["pointer"]) for error in answer["errors"]] == [("norms-of-sexes", "/norms/rows")]
    assert "piger og drenge" not in answer["errors"][0]["detail"]
    assert "det ene køn mangler" in answer["errors"][0]["detail"]
