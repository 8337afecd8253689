"""Goals over HTTP: a baseline that is kept, a follow-up that is computed, four steps, and never a cause."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

NAMES = [f"B{n:02}" for n in range(1, 7)]


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    """Six children over W27-W42. In the first eight weeks two reach the line of focus conversations, then four."""
    furnished = await furnish(admin, children=[{"valid_from": "2026-01-01"} for _ in NAMES])
    for week in range(27, 43):
        reaching = NAMES[:2] if week < 35 else NAMES[:4]
        await complete(admin, furnished, week, reaching)
    return furnished


async def complete(admin: Api, rooms: Rooms, week: int, reaching: list[str]) -> None:
    tallies = [{"child_id": rooms.children[child], "focus_conversation": 1} for child in reaching]
    body = {"completed": True, "tallies": tallies}
    answer = await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W{week}", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def goal(rooms: Rooms, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "room_id": rooms.bi, "title": "Flere børn med i fokussamtaler",
        "measure": "children_at_line", "about": "focus_conversation", "target": 0.8,
        "first_week": "2026-W35", "last_week": "2026-W50",
    } | fields  # fmt: skip


async def created(client: Api, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/goals", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def patched(client: Api, made: dict[str, Any], **body: Any) -> Any:
    return await client.patch(f"/v1/goals/{made['id']}", json=body, headers={"If-Match": "*"})


async def test_the_baseline_is_kept_and_the_follow_up_computed(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, goal(rooms))
    baseline, now = made["baseline"], made["follow_up"]["reading"]
    assert (baseline["first_week"], baseline["last_week"]) == ("2026-W27", "2026-W34")
    assert (baseline["count"], baseline["n"], baseline["value"]) == (2, 6, 2 / 6)
    assert baseline["versions"].keys() == {"thresholds", "rules"}
    assert (now["first_week"], now["last_week"], now["count"], now["n"]) == ("2026-W35", "2026-W42", 4, 6)
    told = made["follow_up"]
    assert (told["status"], told["ongoing"], told["comparable"]) == ("on_the_way", True, True)
    assert told["sentence"]["en"] == (
        "Baseline: 2 of 6 (33%; 10–70%). Now: 4 of 6 (67%; 30–90%). Target: 80%. On the way to the target. "
        "The same children: 2 of 6 → 4 of 6: within what chance alone would give."
    )
    for week in range(27, 35):
        await complete(admin, rooms, week, NAMES[:3])
    later = (await admin.get(f"/v1/goals/{made['id']}")).json()
    assert later["baseline"] == baseline
    assert later["follow_up"]["baseline_today"] == 3 / 6
    assert later["revision"] == 1


async def test_four_steps_each_with_its_words(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, goal(rooms))
    assert (made["step"], made["next_steps"], made["evaluated"]) == ("chosen", ["started"], None)
    early = await patched(admin, made, step="evaluated", evaluation="…")
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "step-not-next")
    bare = await patched(admin, made, step="started")
    assert bare.json()["errors"][0]["code"] == "initiative-missing"
    started = (await patched(admin, made, step="started", initiative="Samtaler ved puslebordet")).json()
    assert started["next_steps"] == ["chosen", "evaluated"]
    evaluated = (await patched(admin, made, step="evaluated", evaluation="Vi når flere")).json()
    assert (evaluated["evaluated"]["count"], evaluated["evaluated"]["n"]) == (4, 6)
    undecided = await patched(admin, made, step="decided")
    assert undecided.json()["errors"][0]["code"] == "decision-belongs-to-step-four"
    decided = (await patched(admin, made, step="decided", decision="go_on")).json()
    assert (decided["decision"], decided["next_steps"]) == ("go_on", ["started"])
    again = (await patched(admin, made, step="started")).json()
    assert (again["step"], again["decision"]) == ("started", None)
    history = (await admin.get(f"/v1/goals/{made['id']}/history")).json()["items"]
    assert [it["body"]["step"] for it in history] == ["chosen", "started", "evaluated", "decided", "started"]
    assert history[3]["body"]["decision"] == "go_on"


async def test_too_early_before_the_first_week_is_over(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, goal(rooms, first_week="2026-W43", last_week="2027-W10"))
    assert (made["baseline"]["last_week"], made["baseline"]["count"]) == ("2026-W42", 4)
    told = made["follow_up"]
    assert (told["status"], told["reading"]) == ("too_early", None)
    assert "for tidligt" in told["sentence"]["da"]


async def test_each_measure_reads_what_it_names(admin: Api, rooms: Rooms) -> None:
    for day in ("2026-09-07", "2026-09-14"):
        answer = await admin.post("/v1/activities", json=rooms.activity("B01", observed_on=day))
        assert answer.status_code == 201
    read = {}
    for measure, about, target in (
        ("children_below_both", None, 0.0),
        ("mean_rate", "focus_conversation", 1.0),
        ("activities_a_week", "language", 3.0),
        ("element_score", "planning", 4.0),
        ("age_appropriate", "language", 0.9),
    ):
        made = await created(admin, goal(rooms, measure=measure, about=about, target=target))
        read[measure] = made["follow_up"]
    assert (read["children_below_both"]["reading"]["count"], read["children_below_both"]["status"]) == (2, "on_the_way")
    assert read["mean_rate"]["reading"]["value"] == pytest.approx(4 / 6)
    assert read["activities_a_week"]["reading"] | {"versions": 0, "computed_on": 0} == {
        "first_week": "2026-W35", "last_week": "2026-W42", "value": 1.0, "count": None, "n": 2, "versions": 0,
        "computed_on": 0,
    }  # fmt: skip
    assert (read["element_score"]["status"], read["age_appropriate"]["status"]) == ("too_early", "too_early")


async def test_practice_is_that_of_the_goals_own_time(admin: Api, rooms: Rooms) -> None:
    async def evaluate(first_week: str, points: int) -> None:
        body = {
            "id": str(uuid4()), "room_id": rooms.bi, "kind": "joint", "state": "final", "first_week": first_week,
            "answers": {f"planning_{n}": points for n in (1, 2, 3)},
        }  # fmt: skip
        assert (await admin.post("/v1/practice-evaluations", json=body)).status_code == 201

    await evaluate("2026-W27", 3)
    made = await created(admin, goal(rooms, measure="element_score", about="planning", target=4.0))
    assert (made["baseline"]["value"], made["follow_up"]["status"]) == (3.0, "too_early")
    await evaluate("2026-W35", 5)
    told = (await admin.get(f"/v1/goals/{made['id']}")).json()["follow_up"]
    assert (told["reading"]["value"], told["status"]) == (5.0, "reached")


@pytest.mark.parametrize(
    ("moved_on", "last", "at_line"),
    [("2026-08-10", "2026-W36", 2), ("2026-07-27", "2026-W36", 1), ("2026-07-27", "2026-W34", 1)],
)
async def test_a_child_judged_in_two_rooms_counts_once_where_it_was_most_or_last(
    admin: Api, rooms: Rooms, moved_on: str, last: str, at_line: int
) -> None:
    """B01 reaches the line in the room it leaves, not where it comes: six and four weeks, four and six, four each."""
    made = await admin.post("/v1/rooms", json={"external_id": "ny", "name": "Ny", "unit_external_id": "sol"})
    for week in range(27, 37):
        assert (
            await admin.put(f"/v1/rooms/{made.json()['id']}/weeks/2026-W{week}", json={"completed": True})
        ).is_success
    move = {"room_external_id": "ny", "valid_from": moved_on}
    moved = await admin.patch(f"/v1/children/{rooms.children['B01']}", json=move, headers={"If-Match": "*"})
    assert moved.status_code == 200, moved.text
    body = goal(
        rooms, unit_external_id="sol", baseline_first_week="2026-W27", baseline_last_week=last, first_week="2026-W37"
    )
    del body["room_id"]
    baseline = (await created(admin, body))["baseline"]
    assert (baseline["count"], baseline["n"]) == (at_line, 6)
    body |= {"id": str(uuid4()), "measure": "mean_rate", "target": 1.0}
    assert (await created(admin, body))["baseline"]["n"] == 6


async def test_a_unit_is_the_sum_of_its_rooms(admin: Api, rooms: Rooms) -> None:
    body = goal(rooms, unit_external_id="sol")
    del body["room_id"]
    made = await created(admin, body)
    assert (made["unit_id"] is not None, made["baseline"]["count"], made["baseline"]["n"]) == (True, 2, 6)


async def test_a_replay_is_harmless_and_other_content_refused(admin: Api, rooms: Rooms) -> None:
    body = goal(rooms)
    made = await created(admin, body)
    await patched(admin, made, step="started", initiative="Samtaler")
    again = await admin.post("/v1/goals", json=body)
    assert (again.status_code, again.json()["step"]) == (200, "started")
    other = await admin.post("/v1/goals", json=body | {"target": 0.9})
    assert (other.status_code, other.json()["code"]) == (409, "same-id-other-content")
    assert "target" in other.json()["params"]["fields"]


async def test_bad_goals_are_told_what_is_wrong(admin: Api, rooms: Rooms) -> None:
    for fields, status, code in (
        ({"target": 80}, 422, "target-out-of-range"),
        ({"about": None}, 422, "about-missing"),
        ({"about": "leg"}, 422, "unknown-word"),
        ({"unit_external_id": "sol"}, 422, "one-reference"),
        ({"baseline_first_week": "2026-W30"}, 422, "half-a-reference"),
        ({"baseline_first_week": "2026-W30", "baseline_last_week": "2026-W36"}, 422, "baseline-not-before"),
        ({"last_week": "2026-W30"}, 422, "after-the-end"),
        ({"last_week": "2036-W30"}, 422, "period-too-long"),
        ({"title": "Ring til 010190-1234"}, 422, "looks-like-cpr"),
        ({"first_week": "2026-W54"}, 422, "invalid-week"),
    ):
        answer = await admin.post("/v1/goals", json=goal(rooms, **fields))
        said = {answer.json()["code"], *(error["code"] for error in answer.json().get("errors") or [])}
        assert (answer.status_code, code in said) == (status, True), (fields, answer.text)


async def test_a_withdrawn_goal_is_gone_and_lists_are_filtered(admin: Api, rooms: Rooms) -> None:
    kept, gone = await created(admin, goal(rooms)), await created(admin, goal(rooms, title="Et andet"))
    assert (await admin.delete(f"/v1/goals/{gone['id']}")).status_code == 204
    assert (await admin.get(f"/v1/goals/{gone['id']}")).status_code == 404
    for params, expected in (
        ({"room_id": rooms.bi}, [kept["id"]]),
        ({"room_id": rooms.humle}, []),
        ({"step": "chosen", "on": "2026-W40"}, [kept["id"]]),
        ({"on": "2026-W10"}, []),
        ({"step": "decided"}, []),
    ):
        listed = (await admin.get("/v1/goals", params=params)).json()["items"]
        assert [it["id"] for it in listed] == expected


async def test_a_goal_about_development_is_there_for_who_may_read_it(admin: Api, world: World, rooms: Rooms) -> None:
    made = await created(admin, goal(rooms, measure="age_appropriate", about="language", target=0.8))
    area = await world.client("integration", scopes=["observations:write"])
    assert (await area.get(f"/v1/goals/{made['id']}")).status_code == 404
    assert (await area.get("/v1/goals")).json()["items"] == []
    refused = await area.post("/v1/goals", json=goal(rooms, measure="age_appropriate", about="language"))
    assert (refused.status_code, refused.json()["params"]) == (403, {"needed": "development:read"})
    educator = await world.client("educator", places=["room:bi"])
    assert (await educator.get(f"/v1/goals/{made['id']}")).status_code == 200


async def test_a_goal_of_a_deleted_room_is_gone_with_it(admin: Api, rooms: Rooms) -> None:
    empty = {"external_id": "tom", "name": "Tom", "unit_external_id": "sol"}
    room = (await admin.post("/v1/rooms", json=empty)).json()["id"]
    made = await created(admin, goal(rooms, room_id=room))
    assert (await admin.get(f"/v1/goals/{made['id']}")).json()["follow_up"]["status"] == "too_early"
    deleted = await admin.delete(f"/v1/rooms/{room}", headers={"If-Match": "*"})
    assert deleted.status_code == 204, deleted.text
    assert (await admin.get(f"/v1/goals/{made['id']}")).status_code == 404
    assert (await admin.get("/v1/goals")).json()["items"] == []


async def test_who_may_not_read_children_counts_none_of_them_by_a_goal(world: World, admin: Api, rooms: Rooms) -> None:
    """An administration without a task about children could ask how one of the room's few does, week by week."""
    about_children, about_room = await created(admin, goal(rooms)), goal(rooms, measure="activities_a_week")
    made = await created(admin, about_room | {"about": "language"})
    narrow = await world.client("administration", scopes=["observations:write", "reports:read"])
    answer = await narrow.post("/v1/goals", json=goal(rooms))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert (await narrow.get(f"/v1/goals/{about_children['id']}")).status_code == 404
    assert (await narrow.get(f"/v1/goals/{about_children['id']}/history")).status_code == 404
    assert [it["id"] for it in (await narrow.get("/v1/goals")).json()["items"]] == [made["id"]]
