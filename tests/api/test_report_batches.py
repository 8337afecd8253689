"""The reports of all units as one ZIP: the same bytes as alone, each kept when it is made, also by a killed worker."""

import asyncio
import csv
import io
import itertools
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import text

from api import jobs
from api.reports import batch_job, register
from tests.api.test_surveys import SIZES
from tests.conftest import TODAY, Api, World


async def order(client: Api, round_id: str, **asked: Any) -> Any:
    return await client.post("/v1/report-batches", json={"survey_round_id": round_id} | asked)


async def finished(client: Api, location: str) -> dict[str, Any]:
    for _ in range(600):
        batch = (await client.get(location)).json()
        if batch["status"] in ("done", "failed"):
            return dict(batch)
        await asyncio.sleep(0.1)
    raise AssertionError(batch)


async def fetched(client: Api, location: str) -> dict[str, bytes]:
    answer = await client.get(f"{location}/file")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def contents(files: dict[str, bytes]) -> list[dict[str, str]]:
    """The list that comes first in the ZIP, taken out of it."""
    assert next(iter(files)) == "contents.csv"
    return list(csv.DictReader(io.StringIO(files.pop("contents.csv").decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(("format", "version"), [("pdf", "full"), ("html", "wall"), ("csv", "full")])
async def test_a_batch_is_the_single_reports_byte_for_byte(admin: Api, closed: str, format: str, version: str) -> None:
    answer = await order(admin, closed, format=format, version=version)
    assert (answer.status_code, answer.json()["total"]) == (202, len(SIZES))
    batch = await finished(admin, answer.headers["location"])
    assert (batch["status"], batch["done"], batch["issues"]) == ("done", len(SIZES), [])
    files = await fetched(admin, answer.headers["location"])
    rows = contents(files)
    assert [row["unit_external_id"] for row in rows] == sorted(SIZES)
    assert [row["file"] for row in rows] == list(files)
    for row in rows:
        asked = {"format": format, "version": version, "scope": f"unit:{row['unit_external_id']}"}
        alone = await admin.get(f"/v1/survey-rounds/{closed}/report", params=asked)
        assert files[row["file"]] == alone.content
        assert alone.headers["etag"] == f'"{row["code"]}"'
        assert (await admin.get(f"/v1/reports/{row['code']}/verification")).json()["same_today"] is True


async def test_the_zip_is_the_same_each_time_and_names_no_unit_by_its_name(admin: Api, closed: str) -> None:
    location = (await order(admin, closed)).headers["location"]
    await finished(admin, location)
    first, again = [(await admin.get(f"{location}/file")).content for _ in range(2)]
    assert first == again
    files = await fetched(admin, location)
    assert not any(unit.title() in name for unit in SIZES for name in files)
    second = (await order(admin, closed)).headers["location"]
    await finished(admin, second)
    assert (await admin.get(f"{second}/file")).content == first
    gone = await admin.get(f"{location}/file")  # replaced by the newer one of the same
    assert (gone.status_code, gone.json()["code"]) == (410, "files-removed")
    assert (await admin.get(location)).json()["done"] == len(SIZES)


async def test_the_same_id_orders_once_and_other_content_is_refused(admin: Api, closed: str) -> None:
    id_ = str(uuid4())
    first, again = await order(admin, closed, id=id_), await order(admin, closed, id=id_)
    assert (first.status_code, again.status_code) == (202, 200)
    other = await order(admin, closed, id=id_, format="html")
    assert (other.status_code, other.json()["params"]) == (409, {"fields": "format"})


async def test_an_open_round_an_unknown_one_and_a_wrong_wish_are_refused(admin: Api, round_id: str) -> None:
    assert (await order(admin, round_id)).json()["code"] == "results-not-frozen"
    assert (await order(admin, str(uuid4()))).status_code == 404
    await admin.post(f"/v1/survey-rounds/{round_id}/close")
    assert (await order(admin, round_id, scope="planet:mars")).status_code == 422
    assert (await order(admin, round_id, version="wall", format="json")).status_code == 422
    assert (await order(admin, round_id, format="docx")).status_code == 422


async def test_a_batch_that_is_not_done_has_no_file_yet(world: World, admin: Api, closed: str) -> None:
    location = (await order(admin, closed)).headers["location"]
    await finished(admin, location)
    async with world.app.state.database.writing(UUID(world.id)) as tx:
        await tx.execute(text("UPDATE report_batches SET status = 'running'"))
    answer = await admin.get(f"{location}/file")
    assert (answer.status_code, answer.json()["code"]) == (409, "batch-not-done")


async def test_the_scope_must_be_covered(world: World, admin: Api, closed: str) -> None:
    area = await world.client("area_leader", places=["area:ost"])
    unit = await world.client("leader", places=["unit:stor"])
    assert (await order(area, closed)).json()["code"] == "outside-your-place"
    assert (await order(unit, closed, scope="area:ost")).status_code == 404
    whole = (await order(admin, closed)).headers["location"]
    part = (await order(area, closed, scope="area:ost")).headers["location"]
    own = (await order(unit, closed, scope="unit:stor")).headers["location"]
    seen = {
        place: [(await client.get(place)).status_code for client in (admin, area, unit)] for place in (whole, part, own)
    }
    assert seen == {whole: [200, 404, 404], part: [200, 200, 404], own: [200, 200, 200]}
    assert (await unit.get(f"{part}/file")).status_code == 404
    assert [name[:9] for name in (await finished(unit, own)) and await fetched(unit, own)] == ["contents.", "0001-stor"]


async def test_a_signed_link_opens_the_zip(admin: Api, anonymous: Api, closed: str) -> None:
    location = (await order(admin, closed)).headers["location"]
    await finished(admin, location)
    link = (await admin.post("/v1/download-links", json={"path": f"{location}/file"})).json()["url"]
    assert (await anonymous.get(link)).content[:2] == b"PK"


async def test_one_report_that_cannot_be_made_does_not_lose_the_others(
    admin: Api, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = batch_job.content

    async def failing(renderer: Any, views: Any, report: Any, **options: Any) -> bytes:
        if report.place.name == "Mellem":
            raise RuntimeError("no ink")
        return await drawn(renderer, views, report, **options)

    monkeypatch.setattr(batch_job, "content", failing)
    location = (await order(admin, closed)).headers["location"]
    batch = await finished(admin, location)
    assert (batch["status"], batch["done"]) == ("done", len(SIZES))
    assert [(issue["unit_external_id"], issue["code"]) for issue in batch["issues"]] == [("mellem", "internal-error")]
    assert set(batch["issues"][0]["sentence"]) == {"da", "en"}
    files = await fetched(admin, location)
    assert len(files) == 1 + len(SIZES) - 1
    assert b"mellem;;;internal-error" in files["contents.csv"]


async def test_a_database_that_was_away_for_a_moment_only_delays_a_batch(
    world: World, admin: Api, closed: str, monkeypatch: pytest.MonkeyPatch, superuser_url: str
) -> None:
    drawn, calls = batch_job.content, itertools.count(1)

    async def cut_once(*asked: Any, **options: Any) -> bytes:
        if next(calls) == 2:
            async with world.app.state.database.engine.connect() as connection:
                pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar()
                superuser = await asyncpg.connect(superuser_url.replace("+asyncpg", ""))
                await superuser.execute("SELECT pg_terminate_backend($1)", pid)
                await superuser.close()
                await connection.execute(text("SELECT 1"))
        return await drawn(*asked, **options)

    monkeypatch.setattr(batch_job, "content", cut_once)
    monkeypatch.setattr(jobs, "RETRY", timedelta(seconds=0.2))
    batch = await finished(admin, (await order(admin, closed)).headers["location"])
    assert (batch["status"], batch["done"], batch["issues"]) == ("done", len(SIZES), [])
    assert next(calls) > len(SIZES) + 1


async def test_a_batch_that_fails_keeps_what_was_made_and_names_the_rest(
    admin: Api, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = register.enter

    async def breaks(tx: Any, *asked: Any) -> str:
        if await tx.scalar(text("SELECT count(content) FROM report_files")):
            raise RuntimeError("no register")
        return await enter(tx, *asked)

    monkeypatch.setattr(register, "enter", breaks)
    location = (await order(admin, closed)).headers["location"]
    batch = await finished(admin, location)
    made = len(await fetched(admin, location)) - 1
    assert (batch["status"], batch["done"]) == ("failed", len(SIZES))
    assert made >= 1
    assert [issue["code"] for issue in batch["issues"]] == ["internal-error"] * (len(SIZES) - made)
    assert made < len(SIZES)


async def test_a_long_batch_goes_on_in_further_jobs(admin: Api, closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_job, "PORTION_SECONDS", 0.0)
    batch = await finished(admin, (await order(admin, closed)).headers["location"])
    assert (batch["status"], batch["done"]) == ("done", len(SIZES))


async def test_a_second_delivery_of_the_job_changes_nothing(world: World, admin: Api, closed: str) -> None:
    location = (await order(admin, closed)).headers["location"]
    batch = await finished(admin, location)
    first = (await admin.get(f"{location}/file")).content
    run = batch_job.job(world.app.state.renderer, world.settings, today=lambda: TODAY)
    await run(world.app.state.database, UUID(world.id), UUID(batch["id"]))
    assert (await admin.get(location)).json() == batch
    assert (await admin.get(f"{location}/file")).content == first


async def test_files_are_removed_when_their_time_is_over_and_the_codes_stay_known(
    world: World, admin: Api, closed: str
) -> None:
    location = (await order(admin, closed)).headers["location"]
    batch = await finished(admin, location)
    files = await fetched(admin, location)
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        waits = await tx.scalar(
            text(
                "SELECT execute_after - now() FROM pgqueuer WHERE entrypoint = 'report-batch-expiry'"
                " AND convert_from(payload, 'UTF8') LIKE :id"
            ),
            {"id": f"%{batch['id']}%"},
        )
    assert timedelta(days=29) < waits <= timedelta(days=world.settings.report_file_days)
    await batch_job.expire(world.app.state.database, UUID(world.id), UUID(batch["id"]))
    assert (await admin.get(f"{location}/file")).json()["code"] == "files-removed"
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        assert await tx.scalar(text("SELECT count(content) FROM report_files")) == 0
    code = list(files)[1].rpartition("parathedsrapport-")[2].removesuffix(".pdf")
    assert (await admin.get(f"/v1/reports/{code}/verification")).status_code == 200


async def test_a_round_without_units_gives_an_empty_batch(admin: Api) -> None:
    from tests.api.test_surveys import INSTRUMENT, ROUND

    await admin.post("/v1/instruments", json=INSTRUMENT)
    round_ = (await admin.post("/v1/survey-rounds", json=ROUND)).json()["id"]
    for step in ("open", "close"):
        await admin.post(f"/v1/survey-rounds/{round_}/{step}")
    location = (await order(admin, round_)).headers["location"]
    batch = await finished(admin, location)
    assert (batch["status"], batch["total"]) == ("done", 0)
    assert list(await fetched(admin, location)) == ["contents.csv"]
