"""The administration's pages: surveys from beginning to close, tablets, the dashed line, files with their problems."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import zxingcpp
from PIL import Image

from api.clock import local_today
from tests.api.answering import INSTRUMENT
from tests.conftest import TODAY, Api
from tests.pages.apps import looked_at
from tests.pages.test_leader_app import desk, signed_in, url

__all__ = ["url"]  # the fixture
VERA = "Vera Tænkeby"


async def test_a_survey_from_beginning_to_close(browser: Any, url: str, admin: Api) -> None:
    await admin.post("/v1/instruments", json=INSTRUMENT)
    async with desk(browser, url) as context:
        page = await signed_in(context, VERA)
        await page.get_by_role("link", name="Målinger").click()
        await page.get_by_label("Hvad hedder den?").fill("Efterårets måling")
        await page.get_by_label("Spørgeskema").select_option("Kort skema (1)")
        await page.get_by_label("Åbner").fill("2026-10-01")
        await page.get_by_label("Lukker").fill("2026-10-30")
        await looked_at(page, "leader-9-new-survey")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_role("link", name="Efterårets måling").click()
        await page.get_by_role("button", name="Åbn målingen").click()
        await page.get_by_label("Antal links på papir").fill("7")
        await looked_at(page, "leader-10-invite")
        async with page.expect_download() as saved:
            await page.get_by_role("button", name="Invitér").click()
        assert (await (await saved.value).path()).read_bytes().startswith(b"%PDF-")
        await page.get_by_text("Invitationerne er lavet").wait_for()
        row = page.get_by_role("row", name="Børnehuset Ærtebælgen")
        await row.get_by_role("cell", name="7", exact=True).wait_for()
        await page.get_by_label("Eller ét fælles link").fill("12")
        await page.get_by_role("button", name="Invitér").click()
        assert "/svar#" in await page.locator("code.link").inner_text()
        await page.get_by_role("button", name="Send påmindelser").click()
        await page.get_by_text("hvem der får en, kan ingen se").wait_for()
        await page.get_by_role("button", name="Luk målingen").click()
        await page.get_by_role("dialog").get_by_role("button", name="Luk målingen").click()
        await page.get_by_role("heading", name="Parathedsrapport").wait_for()
    (made,) = (await admin.get("/v1/survey-rounds")).json()["items"]
    assert (made["title"], made["state"]) == ("Efterårets måling", "closed")


async def test_a_tablet_is_made_shown_its_code_and_taken_away(browser: Any, url: str, admin: Api) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)  # a leader keeps the tablets of the own unit
        await page.get_by_role("link", name="Tabletter").click()
        await page.get_by_label("Hvad kalder I den?").fill("Den blå")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_role("button", name="Vis kode: Den blå").click()
        code = await page.locator(".code").inner_text()
        await looked_at(page, "leader-11-code")
        picture = Image.open(io.BytesIO(await page.locator(".qr").screenshot()))
        (read,) = zxingcpp.read_barcodes(picture)
        assert read.text == f"{url}/app/mobile/#enrol={code}"
        await page.get_by_role("button", name="Luk").click()
        await page.get_by_role("button", name="Afmeld: Den blå").click()
        await page.get_by_role("dialog").get_by_role("button", name="Afmeld").click()
        await page.get_by_text("afmeldt").wait_for()
    (device,) = (await admin.get("/v1/devices")).json()["items"]
    assert (device["name"], device["state"]) == ("Den blå", "revoked")


async def test_the_dashed_line_is_moved_from_a_day_on(browser: Any, url: str, admin: Api) -> None:
    soon = str(local_today() + timedelta(days=7))  # the browser's day is this machine's
    async with desk(browser, url) as context:
        page = await signed_in(context, VERA)
        await page.get_by_role("link", name="Den stiplede linje").click()
        await page.get_by_label("Fokussamtaler, gange om ugen").fill("2,5")
        await page.get_by_label("Gælder fra").fill(soon)
        await looked_at(page, "leader-12-thresholds")
        await page.get_by_role("button", name="Lad den gælde").click()
        await page.get_by_text("Den nye linje er udgivet").wait_for()
    later = await admin.get("/v1/configuration/thresholds", params={"on": soon})
    lines = {line["kind"]: line["per_week"] for line in later.json()["content"]["lines"] if not line["setting_type"]}
    assert lines["focus_conversation"] == 2.5
    assert (await admin.get("/v1/configuration/thresholds", params={"on": str(TODAY)})).json()["version"] == 0


def packed(**files: str) -> dict[str, Any]:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return {"name": "roster.zip", "mimeType": "application/zip", "buffer": content.getvalue()}


async def test_a_file_is_checked_told_what_is_wrong_and_taken_in(browser: Any, url: str, admin: Api) -> None:
    areas = "external_id,name\nO3,Område Øst\nO9,Område Ny\n"
    async with desk(browser, url) as context:
        page = await signed_in(context, VERA)
        await page.get_by_role("link", name="Indlæs filer").click()
        wrong = packed(areas=areas, units="external_id,area_external_id,name,setting_type\nE9,FINDES-IKKE,Ny,nursery\n")
        await page.get_by_label("Fil", exact=True).set_input_files(wrong)
        await page.get_by_role("button", name="Kontrollér").click()
        await page.get_by_role("heading", name="Filen kan ikke læses ind").wait_for()
        cells = await page.get_by_role("row").nth(1).get_by_role("cell").all_inner_texts()
        assert cells[:3] == ["units.csv", "2", "area_external_id"]
        await looked_at(page, "leader-13-import")
        await page.get_by_label("Fil", exact=True).set_input_files(packed(areas=areas))
        await page.get_by_role("button", name="Kontrollér").click()
        await page.get_by_role("heading", name="Filen er i orden").wait_for()
        assert len((await admin.get("/v1/areas")).json()["items"]) == 1
        await page.get_by_role("button", name="Læs ind").click()
        await page.get_by_role("heading", name="Filen er læst ind").wait_for()
    assert len((await admin.get("/v1/areas")).json()["items"]) == 2


async def test_a_leader_is_offered_no_administration(browser: Any, url: str) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Tabletter").wait_for()
        for name in ("Den stiplede linje", "Indlæs filer"):
            assert await page.get_by_role("link", name=name).count() == 0
        await page.get_by_role("link", name="Målinger").click()
        await page.get_by_role("heading", level=1, name="Målinger").wait_for()
        assert await page.get_by_label("Hvad hedder den?").count() == 0
