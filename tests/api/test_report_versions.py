"""The readiness report as a web page and as a page for the wall, over HTTP."""

from typing import Any

import pytest

from tests.conftest import Api

STARTS = {"pdf": b"%PDF", "png": b"\x89PNG", "html": b"<!doctype html>"}


async def report(client: Api, id_: str, **asked: str) -> Any:
    return await client.get(f"/v1/survey-rounds/{id_}/report", params=asked)


async def test_the_web_page_comes_with_a_policy_that_lets_nothing_run(admin: Api, closed: str) -> None:
    answer = await report(admin, closed, format="html", scope="unit:stor", language="en")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "private, no-store"
    assert '<html lang="en">' in answer.text
    assert answer.content == (await report(admin, closed, format="html", scope="unit:stor", language="en")).content


@pytest.mark.parametrize("format", STARTS)
@pytest.mark.parametrize("scope", ["unit:stor", "unit:lille"])
async def test_the_wall_version_has_the_code_of_the_report(
    admin: Api,
    closed: str,
    format: str,
    scope: str,
) -> None:
    wall = await report(admin, closed, version="wall", format=format, scope=scope)
    full = await report(admin, closed, format=format, scope=scope)
    assert wall.content.startswith(STARTS[format])
    assert wall.headers["etag"] == full.headers["etag"]
    assert wall.content != full.content


@pytest.mark.parametrize("format", ["svg", "json", "csv"])
async def test_the_wall_version_is_a_page_and_nothing_else(admin: Api, closed: str, format: str) -> None:
    answer = await report(admin, closed, version="wall", format=format)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "format-not-offered")


async def test_a_round_without_answers_has_every_report_and_each_says_so(admin: Api, round_id: str) -> None:
    await admin.post(f"/v1/survey-rounds/{round_id}/close")
    for scope in ("municipality", "area:ost", "unit:stor"):
        for version in ("full", "wall"):
            page = await report(admin, round_id, format="html", version=version, scope=scope)
            assert page.status_code == 200, page.text
            assert "Der er for få svar" in page.text
            assert (await report(admin, round_id, version=version, scope=scope)).content.startswith(b"%PDF")
        for format in ("json", "csv", "png", "svg"):
            assert (await report(admin, round_id, format=format, scope=scope)).status_code == 200


async def test_a_unit_shown_with_others_is_told_so_with_the_numbers_of_the_results(admin: Api, closed: str) -> None:
    results = await admin.get(f"/v1/survey-rounds/{closed}/results", params={"scope": "unit:lille"})
    merged = results.json()["merged"]
    told = (await report(admin, closed, format="json", scope="unit:lille")).json()["together"]
    assert (told["units"], told["setting_type"], told["cell"]["n"]) == (2, "kindergarten", merged["results"]["n"])
    for shown, published in zip(told["cell"]["components"], merged["results"]["components"], strict=True):
        assert (shown["key"], shown["score"], shown["n"]) == (published["key"], published["score"], published["n"])
    where = told["area"] or (await admin.get("/v1/municipality")).json()["name"]
    for version in ("full", "wall"):
        page = await report(admin, closed, format="html", scope="unit:lille", version=version)
        assert f"Jeres svar tæller med i det fælles tal for 2 børnehaver i {where}" in page.text
    chart = await admin.get(f"/v1/survey-rounds/{closed}/charts/together", params={"scope": "unit:lille"})
    assert chart.content.startswith(b"\x89PNG")
    assert (await report(admin, closed, format="json", scope="unit:stor")).json()["together"] is None
