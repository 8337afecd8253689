"""Activities by the batch: an answer for each, in order, and none that spoils another's."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

PATH = "/v1/activities/batch"


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def sent(client: Api, *items: Any, **options: Any) -> list[dict[str, Any]]:
    answer = await client.post(PATH, json={"items": items}, **options)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_each_item_gets_its_own_answer_in_order(world: World, admin: Api, rooms: Rooms) -> None:
    known = rooms.activity()
    await admin.post("/v1/activities", json=known)
    items = [
        rooms.activity(),
        known,
        known | {"kind": "focus_conversation"},
        rooms.activity(kind="play"),
        rooms.activity(observed_on="2026-10-20"),
        rooms.activity(observed_on="2026-10-21"),
        rooms.activity("H01"),
        rooms.activity(room_id=str(uuid4())),
        "not an activity",
        None,
        rooms.activity(colour="blue") | {"id": "x"},
        rooms.activity(),
    ]
    answers = await sent(admin, *items)
    assert [(answer["result"], answer["code"], answer["retry"]) for answer in answers] == [
        ("created", None, False),
        ("unchanged", None, False),
        ("conflict", "same-id-other-content", False),
        ("rejected", "invalid-input", False),
        ("rejected", "future-date", True),
        ("rejected", "future-date", False),
        ("rejected", "child-not-in-room", False),
        ("rejected", "unknown-reference", False),
        ("rejected", "invalid-input", False),
        ("rejected", "invalid-input", False),
        ("rejected", "invalid-input", False),
        ("created", None, False),
    ]
    assert [answer["id"] for answer in answers[:8]] == [item["id"] for item in items[:8]]
    assert [answer["id"] for answer in answers[8:11]] == [None] * 3
    assert "kind" in answers[2]["detail"]
    assert answers[3]["detail"].startswith("/kind: ")
    assert len((await admin.get("/v1/activities")).json()["items"]) == 3


async def test_the_same_batch_again_changes_nothing(admin: Api, rooms: Rooms) -> None:
    items = [rooms.activity() for _ in range(5)]
    await sent(admin, *items)
    assert [answer["result"] for answer in await sent(admin, *items)] == ["unchanged"] * 5


async def test_an_id_twice_in_a_batch_is_stored_once(admin: Api, rooms: Rooms) -> None:
    one = rooms.activity()
    other = one | {"learning_areas": ["mathematics"]}
    wrong_first = rooms.activity(kind="play")
    items = [one, one, other, wrong_first, wrong_first | {"kind": "focus_conversation"}]
    answers = await sent(admin, *items)
    assert [answer["result"] for answer in answers] == ["created", "unchanged", "conflict", "rejected", "created"]


async def test_two_equal_batches_at_once_store_every_activity_once(admin: Api, rooms: Rooms) -> None:
    items = [rooms.activity() for _ in range(40)]
    orders = [items, items[::-1], items]
    answers = await asyncio.gather(*(sent(admin, *order) for order in orders))
    results = [answer["result"] for batch in answers for answer in batch]
    assert (results.count("created"), results.count("unchanged")) == (40, 80)


async def test_a_sentence_is_in_the_language_asked_for(admin: Api, rooms: Rooms) -> None:
    late = rooms.activity(observed_on="2026-10-21")
    (danish,) = await sent(admin, late)
    (english,) = await sent(admin, late, headers={"Accept-Language": "en"})
    assert (danish["detail"], english["detail"]) == ("Datoen ligger i fremtiden.", "The date lies in the future.")


async def test_an_educator_cannot_record_in_another_room(world: World, admin: Api, rooms: Rooms) -> None:
    there = rooms.activity(room_id=rooms.humle, child_ids=[rooms.children["H01"]])
    await admin.post("/v1/activities", json=there)
    educator = await world.client("educator", places=["room:bi"])
    answers = await sent(educator, rooms.activity(), there | {"id": str(uuid4())}, rooms.activity(id=there["id"]))
    assert [(answer["result"], answer["code"]) for answer in answers] == [
        ("created", None),
        ("rejected", "unknown-reference"),
        ("conflict", "same-id-other-content"),
    ]
    assert "room_id" not in answers[2]["detail"]


@pytest.mark.parametrize("body", [{}, {"items": None}, {"items": {}}, {"items": [], "mode": "x"}, {"items": [1] * 501}])
async def test_what_is_not_a_batch_is_refused_as_a_whole(admin: Api, body: dict[str, Any]) -> None:
    assert (await admin.post(PATH, json=body)).status_code == 422


async def test_an_empty_batch_is_answered_with_nothing(admin: Api) -> None:
    assert await sent(admin) == []


async def test_a_batch_costs_as_many_statements_as_a_single_activity(app: Any, admin: Api, rooms: Rooms) -> None:
    counts = []
    for size in (1, 200):
        statements: list[str] = []
        engine = app.state.database.engine.sync_engine

        def note(*arguments: Any, into: list[str] = statements) -> None:
            into.append(arguments[2])

        event.listen(engine, "before_cursor_execute", note)
        await sent(admin, *(rooms.activity() for _ in range(size)))
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(statements))
    assert counts == [7, 7]  # the municipality, rooms, children, words, known ids, insert, log


async def test_a_batch_is_one_entry_in_the_log(admin: Api, rooms: Rooms) -> None:
    await sent(admin, rooms.activity(), rooms.activity(), rooms.activity(kind="play"))
    events = (await admin.get("/v1/audit-events", params={"subject": "activities"})).json()["items"]
    assert [(event["action"], event["detail"]) for event in events] == [("create", {"count": 2})]
