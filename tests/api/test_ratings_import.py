"""Ratings in bulk: three formats that say the same, the rules of one by one, and every problem in its cell."""

import io
import json
from typing import Any

import pytest
from openpyxl import Workbook

from tests.api.observing import Rooms
from tests.api.test_development import INSTRUMENT, points
from tests.api.test_development import rooms as rooms  # noqa: PLC0414 - the fixture: children with ages, two colleagues
from tests.conftest import Api, World

PRACTICE = ["room_external_id", "first_week", "rater_external_id", "small_groups_1", "small_groups_2", "planning_1"]
EVALUATIONS: list[list[Any]] = [
    ["bi", "2026-W34", "anna", 4, 3, 2],
    ["bi", "2026-W34", "bo", 2, None, 5],
    ["bi", "2026-W34", None, 3, 3, 4],
    ["humle", "2026-W34", None, 5, 5, None],
]


def csv(header: list[str], rows: list[list[Any]]) -> bytes:
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in [header, *rows]]
    return "\r\n".join(lines).encode("cp1252")


def ndjson(header: list[str], rows: list[list[Any]]) -> bytes:
    fixed = header.index("rater_external_id") + 1
    return "\n".join(
        json.dumps(
            dict(zip(header[:fixed], row[:fixed], strict=True))
            | {"answers": dict(zip(header[fixed:], row[fixed:], strict=True))}
        )
        for row in rows
    ).encode()


def xlsx(header: list[str], rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in [header, *rows]:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(verdict: dict[str, Any]) -> tuple[int, int, int]:
    report = verdict["report"]
    return report["created"], report["updated"], report["unchanged"]


async def told(client: Api) -> list[tuple[Any, ...]]:
    items = (await client.get("/v1/practice-evaluations")).json()["items"]
    return sorted((it["room_id"], it["kind"], sorted(it["answers"].items()), it["state"]) for it in items)


@pytest.mark.parametrize("write", [csv, ndjson, xlsx])
async def test_every_format_says_the_same_and_the_same_file_again_changes_nothing(
    admin: Api, rooms: Rooms, write: Any
) -> None:
    content = write(PRACTICE, EVALUATIONS)
    check = await admin.upload("practice-evaluations", content, mode="check")
    assert (check["status"], counts(check)) == ("done", (4, 0, 0)), check["found"]
    assert await told(admin) == []
    for expected in ((4, 0, 0), (0, 0, 4)):
        verdict = await admin.upload("practice-evaluations", content)
        assert (verdict["status"], counts(verdict)) == ("done", expected), verdict["found"]
    answers = [dict(it[2]) for it in await told(admin) if it[0] == rooms.bi and it[1] == "joint"]
    assert answers == [{"small_groups_1": 3, "small_groups_2": 3, "planning_1": 4}]
    assert {it[3] for it in await told(admin)} == {"final"}
    room = (await admin.get(f"/v1/rooms/{rooms.bi}/practice")).json()
    assert room["periods"][0]["individual"] == 2


async def test_a_row_with_other_answers_corrects_with_history_and_leaves_agreements(admin: Api, rooms: Rooms) -> None:
    await admin.upload("practice-evaluations", csv(PRACTICE, EVALUATIONS[:3]))
    (joint,) = (await admin.get("/v1/practice-evaluations", params={"room_id": rooms.bi, "kind": "joint"})).json()[
        "items"
    ]
    path = f"/v1/practice-evaluations/{joint['id']}"
    agreed = {"agreements": [{"text": "Flere små grupper"}]}
    assert (await admin.patch(path, json=agreed, headers={"If-Match": "*"})).status_code == 200
    changed = [*EVALUATIONS[:2], ["bi", "2026-W34", None, 3, 3, 1]]
    verdict = await admin.upload("practice-evaluations", csv(PRACTICE, changed))
    assert counts(verdict) == (0, 1, 2)
    now = (await admin.get(path)).json()
    assert (now["answers"]["planning_1"], now["revision"], now["agreements"][0]["text"]) == (1, 3, "Flere små grupper")
    history = (await admin.get(f"{path}/history")).json()["items"]
    assert [it["body"]["answers"]["planning_1"] for it in history] == [4, 4, 1]


async def test_every_problem_is_told_in_its_cell_and_nothing_is_written(admin: Api, rooms: Rooms) -> None:
    header = ["room_external_id", "first_week", "kind", "rater_external_id", "planning_1", "state"]
    rows = [
        ["bi", "2026-W34", "joint", None, 4, None],
        ["nowhere", "2026-W34", "joint", None, 4, None],
        ["bi", "2026-W54", "joint", None, 4, None],
        ["bi", "2026-W50", "joint", None, 4, None],
        ["bi", "2026-W34", "joint", "anna", 4, None],
        ["bi", "2026-W34", "individual", "cilla", 4, None],
        ["bi", "2026-W34", "individual", None, 4, None],
        ["bi", "2026-W34", "individual", "anna", 6, None],
        ["bi", "2026-W34", "individual", "anna", "mange", None],
        ["bi", "2026-W34", "individual", "bo", None, None],
        ["bi", "2026-W34", "måske", None, 4, None],
        ["bi", "2026-W34", "joint", None, 4, "kladde"],
        ["bi", "2026-W36", "joint", None, 4, None],
        ["010120-1234", "2026-W34", "joint", None, 4, None],
    ]
    verdict = await admin.upload("practice-evaluations", "\n".join(
        ",".join("" if cell is None else str(cell) for cell in row) for row in [header, *rows]
    ).encode())  # fmt: skip
    assert verdict["status"] == "refused"
    found = [(issue["row"], issue["column"], issue["code"]) for issue in verdict["found"]]
    assert sorted(found, key=str) == sorted(
        [
            (3, "room_external_id", "unknown-room"),
            (4, "first_week", "not-a-week"),
            (5, "first_week", "week-in-future"),
            (6, "rater_external_id", "joint-has-no-rater"),
            (7, "rater_external_id", "unknown-rater"),
            (8, "rater_external_id", "missing-value"),
            (9, "planning_1", "not-on-scale"),
            (10, "planning_1", "not-a-whole-number"),
            (11, None, "nothing-answered"),
            (12, "kind", "unknown-word"),
            (13, None, "rated-twice"),
            (14, "first_week", "periods-overlap"),
            (15, "room_external_id", "looks-like-cpr"),
        ],
        key=str,
    )
    for issue in verdict["found"]:
        assert "{" not in issue["sentence"]["da"] + issue["sentence"]["en"] + issue["hint"]["da"], issue
        assert "010120" not in json.dumps(issue)
    assert await told(admin) == []


DEVELOPMENT = ["child_external_id", "assessed_on", "rater_external_id", *points(1)]


def assessments(*rows: tuple[str, str, str | None, int]) -> bytes:
    return csv(DEVELOPMENT, [[child, day, rater, *points(at).values()] for child, day, rater, at in rows])


THREE = [("B01", "2026-10-05", None, 3), ("B01", "05-10-2026", "anna", 4), ("B01", "2026-10-06", "bo", 2)]


async def test_a_file_of_assessments_keeps_the_rules_whatever_the_order_of_its_rows(admin: Api, rooms: Rooms) -> None:
    verdict = await admin.upload("development-assessments", assessments(*THREE))
    assert (verdict["status"], counts(verdict)) == ("done", (3, 0, 0)), verdict["found"]
    listed = (await admin.get("/v1/development-assessments", params={"kind": "joint"})).json()["items"]
    assert [(it["age_months"], it["norm_version"], it["results"][0]["band"], it["room_id"]) for it in listed] == [
        (42, "norm-1", "attention", rooms.bi)
    ]
    again = await admin.upload("development-assessments", assessments(*THREE))
    assert counts(again) == (0, 0, 3)
    other = await admin.upload("development-assessments", assessments(("B01", "2026-10-05", None, 4)))
    assert counts(other) == (0, 1, 0)
    now = (await admin.get(f"/v1/development-assessments/{listed[0]['id']}")).json()
    assert (now["results"][0]["band"], now["revision"]) == ("age_appropriate", 2)


async def test_what_is_wrong_with_an_assessment_is_told_in_its_cell(admin: Api, rooms: Rooms) -> None:
    verdict = await admin.upload(
        "development-assessments",
        assessments(
            ("nobody", "2026-10-05", "anna", 3),
            ("B01", "2026-10-20", "anna", 3),
            ("B01", "2026-07-05", "anna", 3),
            ("B04", "2026-10-05", "anna", 3),
            ("B05", "2026-10-05", "anna", 3),
            ("B01", "2026-10-05", "cilla", 3),
            ("B01", "2026-10-05", None, 3),
            ("B02", "2026-10-05", "anna", 9),
            ("B02", "i går", "anna", 3),
        ),
    )
    found = {(issue["row"], issue["column"], issue["code"]) for issue in verdict["found"]}
    items = {(9, name, "not-on-scale") for name in points(1) if name.startswith("language")}
    assert found == items | {
        (2, "child_external_id", "unknown-child"),
        (3, "assessed_on", "date-in-future"),
        (4, "child_external_id", "child-not-in-room"),
        (5, "child_external_id", "birth-month-unknown"),
        (6, "assessed_on", "outside-age-range"),
        (7, "rater_external_id", "unknown-rater"),
        (8, None, "ratings-first"),
        (10, "assessed_on", "not-a-date"),
    }
    assert (verdict["status"], verdict["report"]["rejected"]) == ("refused", 9)
    assert (await admin.get("/v1/development-assessments")).json()["items"] == []


async def test_the_instrument_can_be_named_and_an_unknown_one_is_told(admin: Api, rooms: Rooms) -> None:
    assert (await admin.post("/v1/development-instruments", json=INSTRUMENT | {"version": 2})).status_code == 201
    verdict = await admin.upload("development-assessments", assessments(THREE[1]), key="vores", version="1")
    (made,) = (await admin.get("/v1/development-assessments")).json()["items"]
    assert (verdict["status"], made["instrument_version"]) == ("done", 1)
    unknown = await admin.upload("development-assessments", assessments(THREE[1]), key="vores", version="9")
    assert [issue["code"] for issue in unknown["found"]] == ["unknown-form"]
    half = await admin.post(
        "/v1/imports/development-assessments",
        params={"key": "vores"},
        content=b"a",
        headers={"Content-Type": "text/csv"},
    )
    assert half.status_code == 422


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"room_external_id": "bi"}\n{"room_external_id": ', "not-a-json-line"),
        (b'{"room_external_id": ["bi"]}', "not-a-json-line"),
        (b'{"answers": 3}', "not-a-json-line"),
        (b"{" * 100_000, "not-a-json-line"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-workbook"),
        (b"PK\x03\x04 nothing", "unreadable-workbook"),
        (b"", "empty-file"),
        (b"room_external_id,first_week,planning_1\n", "empty-file"),
        (b"room_external_id,planning_1\nbi,4\n", "missing-column"),
        (b"room_external_id,first_week,planing_1\nbi,2026-W34,4\n", "unknown-column"),
        (b"\0\0\0", "not-a-text-file"),
    ],
)
async def test_what_is_no_table_is_said_in_words(admin: Api, rooms: Rooms, content: bytes, code: str) -> None:
    verdict = await admin.upload("practice-evaluations", content)
    assert verdict["status"] == "refused"
    assert code in {issue["code"] for issue in verdict["found"]}


async def test_a_file_gives_no_more_rights_than_one_by_one(world: World, rooms: Rooms) -> None:
    client = await world.client("integration", scopes=["imports:write"])
    for dataset, needed in (
        ("practice-evaluations", "observations:write"),
        ("development-assessments", "development:write"),
    ):
        answer = await client.post(f"/v1/imports/{dataset}", content=b"a", headers={"Content-Type": "text/csv"})
        assert (answer.status_code, answer.json()["params"]) == (403, {"needed": needed})


async def test_the_period_ends_where_the_calendar_says(admin: Api, rooms: Rooms) -> None:
    closed = [{"title": "Efterårsferie", "weeks": [42]}]
    content = {"themes": ["Tema 1"], "starts": "2026-W35", "report_from_theme": 1, "closed_every_year": closed}
    body = {"version": 1, "valid_from": "2026-08-01", "content": content}
    assert (await admin.post("/v1/configuration/calendar", json=body)).status_code == 201
    rows = [["bi", "2026-W35", None, 4, 4, 4], ["humle", "2026-W34", None, 4, 4, 4]]
    verdict = await admin.upload("practice-evaluations", csv(PRACTICE, rows))
    assert verdict["status"] == "done", verdict["found"]
    listed = (await admin.get("/v1/practice-evaluations")).json()["items"]
    assert {(it["first_week"], it["last_week"]) for it in listed} == {
        ("2026-W35", "2026-W43"),
        ("2026-W34", "2026-W41"),
    }
