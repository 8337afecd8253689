"""Instruments through the promised interfaces: published, refused with a reason, handed out and taken in as files."""

import io
import json
from typing import Any

import openpyxl
import pytest

from api.surveys.instrument_files import MEDIA_TYPES, write_instrument
from api.surveys.instrument_schemas import InstrumentIO
from api.surveys.instruments import wire_form
from domain.instruments import Component, Equivalence, Item, Scale
from domain.text import Text
from tests.conftest import Api, World
from tests.instruments import example

NAME = Text("Noget", "Something")
FIRST = example(
    version=1,
    equivalences=(),
    items=(Item("vilje1", "will", NAME), Item("vilje2", "will", NAME, reverse=True), Item("c1", "can", NAME)),
)


def body(**changes: Any) -> dict[str, Any]:
    return InstrumentIO.model_validate(wire_form(example(**changes))).model_dump(mode="json")


FIRST_BODY = InstrumentIO.model_validate(wire_form(FIRST)).model_dump(mode="json")


def file(format: Any, **changes: Any) -> bytes:
    return write_instrument(InstrumentIO.model_validate(body(**changes)), format=format)


@pytest.fixture
async def published(admin: Api) -> Api:
    """An administration that has published version 1, which version 2 refers to."""
    assert (await admin.post("/v1/instruments", json=FIRST_BODY)).status_code == 201
    return admin


def where(verdict: dict[str, Any]) -> list[tuple[str | None, int | None, str | None, str]]:
    for issue in verdict["found"]:
        assert all(issue[kind][language] for kind in ("sentence", "hint") for language in ("da", "en"))
    return [(issue["file"], issue["row"], issue["column"], issue["code"]) for issue in verdict["found"]]


async def test_a_version_is_handed_out_as_it_was_published_with_its_source_and_licence(published: Api) -> None:
    assert (await published.post("/v1/instruments", json=body())).status_code == 201
    read = (await published.get("/v1/instruments/kort/versions/2")).json()
    assert read == body()
    assert (read["source"], read["licence"]) == ({"da": "Egne ord", "en": "Our own words"}, "CC0-1.0")
    assert read["equivalences"] == [{"version": 1, "items": {"w1": "vilje1", "w2": "vilje2"}}]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"items": (*example().items, Item("w1", "will", NAME))}, "/items/3/key", "duplicate-item-key"),
        ({"items": example().items[:2]}, "/components/1", "component-without-items"),
        ({"items": (*example().items, Item("x", "cna", NAME))}, "/items/3/component", "unknown-component"),
        ({"equivalences": (Equivalence(1, (("w1", "x"),)),)}, "/equivalences/0/items/w1",
         "equivalence-unknown-earlier-item"),
        ({"equivalences": (Equivalence(1, (("c1", "vilje1"),)),)}, "/equivalences/0/items/c1",
         "equivalence-other-scale"),
        ({"version": 3, "equivalences": (Equivalence(2, (("w1", "w1"),)),)}, "/equivalences/0/version",
         "equivalence-not-published"),
        ({"equivalences": (Equivalence(2, (("w1", "w1"),)),)}, "/equivalences/0/version", "equivalence-not-earlier"),
    ],
)  # fmt: skip
async def test_what_keeps_a_version_from_being_published_is_said_where_it_is(
    published: Api, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = await published.post("/v1/instruments", json=body(**changes), headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-instrument")
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    verdict = await published.upload("instruments", json.dumps(body(**changes)).encode())
    assert (verdict["status"], where(verdict)) == ("refused", [(None, None, pointer, code)])
    assert verdict["found"][0]["sentence"]["en"] == answer.json()["errors"][0]["detail"]


async def test_a_scale_for_items_that_lie_outside_it_has_no_answers(admin: Api) -> None:
    """An item cannot ask for answers that its scale does not have; neither can an answer lie outside it."""
    outside = body(equivalences=(), components=(example().components[0], Component("can", "contextual", NAME)))
    outside["components"][1]["scale"] = {"min": 5, "max": 5, "labels": []}
    answer = await admin.post("/v1/instruments", json=outside)
    assert [error["code"] for error in answer.json()["errors"]] == ["scale-not-increasing"]
    assert (await admin.post("/v1/instruments", json=body(equivalences=()))).status_code == 201
    await admin.post("/v1/units", json={"external_id": "u", "name": "U", "setting_type": "nursery"})
    round_ = {
        "instrument_key": "kort", "instrument_version": 2, "title": "R",
        "opens_on": "2026-09-01", "closes_on": "2026-09-30",
    }  # fmt: skip
    id_ = (await admin.post("/v1/survey-rounds", json=round_)).json()["id"]
    await admin.post(f"/v1/survey-rounds/{id_}/open")
    verdict = await admin.upload("survey-answers", b"unit_external_id,w1,w2,c1\nu,4,3,10\nu,1,0,11\n", round_id=id_)
    assert where(verdict) == [
        (None, 2, "w1", "not-on-scale"),
        (None, 3, "w2", "not-on-scale"),
        (None, 3, "c1", "not-on-scale"),
    ]


@pytest.mark.parametrize("format", ["json", "yaml", "xlsx"])
async def test_an_export_is_an_import_in_another_municipality(published: Api, new_world: Any, format: Any) -> None:
    assert (await published.post("/v1/instruments", json=body())).status_code == 201
    path = "/v1/instruments/kort/versions/{}"
    async with await (await new_world()).client() as other:
        for version in (1, 2):
            exported = await published.get(path.format(version), params={"format": format})
            assert exported.headers["content-type"].startswith(MEDIA_TYPES[format])
            for mode in ("check", "commit"):
                verdict = await other.upload("instruments", exported.content, mode=mode)
                assert (verdict["status"], verdict["report"]["created"]) == ("done", 1), verdict
        assert (await other.get(path.format(2))).json() == body()
        again = await other.upload("instruments", exported.content)
        assert (again["report"]["created"], again["report"]["unchanged"]) == (0, 1)


async def test_a_file_for_people_is_named_after_what_it_holds(published: Api) -> None:
    answer = await published.get("/v1/instruments/kort/versions/1", params={"format": "xlsx"})
    assert answer.headers["content-disposition"] == 'attachment; filename="kort-1.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["instrument", "components", "items", "texts", "equivalences"]
    missing = await published.get("/v1/instruments/kort/versions/9", params={"format": "xlsx"})
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")
    unknown = await published.get("/v1/instruments/kort/versions/1", params={"format": "docx"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid-input")


async def test_a_check_publishes_nothing_and_a_commit_is_logged(published: Api) -> None:
    verdict = await published.upload("instruments", file("yaml"), mode="check")
    assert (verdict["status"], verdict["report"]["created"]) == ("done", 1)
    assert (await published.get("/v1/instruments/kort/versions/2")).status_code == 404
    await published.upload("instruments", file("yaml"))
    assert (await published.get("/v1/instruments/kort/versions/2")).status_code == 200
    events = (await published.get("/v1/audit-events", params={"subject": "instruments/kort/versions/2"})).json()
    assert [event["action"] for event in events["items"]] == ["publish"]


@pytest.mark.parametrize(
    ("format", "place"),
    [("json", (None, None, "/version")), ("yaml", (None, 2, "/version")), ("xlsx", ("instrument", 3, "value"))],
)
async def test_other_content_under_a_published_version_is_refused_at_its_number(
    admin: Api, format: Any, place: tuple[str | None, int | None, str]
) -> None:
    assert (await admin.upload("instruments", file(format, equivalences=())))["status"] == "done"
    verdict = await admin.upload("instruments", file(format, equivalences=(), title=Text("Andet", "")))
    assert (verdict["status"], where(verdict)) == ("refused", [(*place, "version-published")])
    assert (await admin.get("/v1/instruments/kort/versions/2")).json()["title"]["da"] == "Kort skema"


async def test_a_workbook_is_refused_whole_and_every_wrong_cell_is_named(published: Api) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx")))
    book["items"]["A3"] = "w1"
    book["items"]["B4"] = "cna"
    book["components"]["E2"] = "halvdelen"
    book["texts"]["B2"] = 9
    book["equivalences"]["C2"] = "vilje7"
    saved = io.BytesIO()
    book.save(saved)
    verdict = await published.upload("instruments", saved.getvalue())
    assert (verdict["status"], verdict["report"]["rejected"]) == ("refused", 1)
    assert where(verdict) == [
        ("components", 2, "min_answered_share", "not-a-number"),
        ("components", 3, "key", "component-without-items"),
        ("items", 3, "key", "duplicate-item-key"),
        ("items", 4, "component", "unknown-component"),
        ("texts", 2, "at", "label-off-scale"),
        ("equivalences", 3, "item", "equivalence-unknown-item"),
    ]
    book["items"]["A3"], book["items"]["B4"], book["components"]["E2"], book["texts"]["B2"] = "w2", "can", "0,5", 1
    saved = io.BytesIO()
    book.save(saved)
    verdict = await published.upload("instruments", saved.getvalue())
    assert where(verdict) == [("equivalences", 2, "item", "equivalence-unknown-earlier-item")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-an-instrument"),
        (b"\xff\xfe{}", "file-not-utf-8"),
        (b"PK\x03\x04", "unreadable-workbook"),
        (b'{"key": "a\\u0000b", "version": 1}', "key-characters"),
        (b'{"a\\u0000\\ud800": 1}', "field-not-text"),
        (b"a: &a [1]\nb: *a", "yaml-alias"),
        (b"[" * 100_000, "nested-too-deep"),
        (b'{"key": "k", "key": "l"}', "duplicate-field"),
    ],
)
async def test_a_file_that_is_no_instrument_is_refused_not_failed(admin: Api, content: bytes, code: str) -> None:
    verdict = await admin.upload("instruments", content)
    assert verdict["status"] == "refused"
    assert code in [issue["code"] for issue in verdict["found"]]


async def test_the_media_type_is_believed_where_the_content_may_be_either(admin: Api) -> None:
    flow = b"{key: k, version: 1}"
    for media_type, expected in (("application/yaml", "missing-field"), ("application/json", "unreadable-json")):
        sent = await admin.post(
            "/v1/imports/instruments", content=flow, headers={"Content-Type": f"{media_type}; charset=utf-8"}
        )
        verdict = sent.json()
        while verdict["status"] in ("queued", "running"):
            verdict = (await admin.get(f"/v1/imports/{verdict['id']}")).json()
        issues = (await admin.get(f"/v1/imports/{verdict['id']}/issues")).json()["items"]
        assert expected in [issue["code"] for issue in issues]
    wrong = await admin.post("/v1/imports/instruments", content=flow, headers={"Content-Type": "text/csv"})
    assert (wrong.status_code, wrong.json()["code"]) == (415, "unsupported-media-type")


async def test_a_file_gives_no_more_rights_than_the_call(world: World, published: Api) -> None:
    integration = await world.client("integration", scopes=["imports:write"])
    sent = await integration.post(
        "/v1/imports/instruments", content=file("json"), headers={"Content-Type": "application/json"}
    )
    assert (sent.status_code, sent.json()["code"]) == (403, "not-allowed")
    narrow = await world.client(scopes=["surveys:write"])
    sent = await narrow.post("/v1/imports/instruments", content=b"{}", headers={"Content-Type": "application/json"})
    assert (sent.status_code, sent.json()["params"]) == (403, {"needed": "imports:write"})


async def test_a_published_version_stays_good_when_it_is_sent_again(published: Api) -> None:
    """Republishing is harmless in every way in: by call, and by file of any format."""
    assert (await published.post("/v1/instruments", json=FIRST_BODY)).status_code == 200
    for format in ("json", "yaml", "xlsx"):
        content = (await published.get("/v1/instruments/kort/versions/1", params={"format": format})).content
        verdict = await published.upload("instruments", content)
        assert (verdict["status"], verdict["report"]["unchanged"]) == ("done", 1)


async def test_a_scale_of_its_own_reaches_every_format(admin: Api) -> None:
    scale = Scale(0, 2, (Text("slet ikke", ""), Text("lidt", ""), Text("meget", "")))
    components = (example().components[0], Component("can", "contextual", NAME, scale=scale))
    for format in ("xlsx", "yaml"):
        verdict = await admin.upload("instruments", file(format, components=components, equivalences=()))
        assert verdict["status"] == "done", verdict["found"]
    read = (await admin.get("/v1/instruments/kort/versions/2")).json()
    assert [label["da"] for label in read["components"][1]["scale"]["labels"]] == ["slet ikke", "lidt", "meget"]
