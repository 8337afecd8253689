"""The tablet in a real browser against the real server: every flow, without a connection too."""

from typing import Any

import httpx
import pytest

from api.clock import local_today
from tests.pages.apps import looked_at
from tests.pages.room import TabletRoom
from tests.pages.tablet import enrolled, everything_sent, record, room, tablet, this_week, url

__all__ = ["room", "url"]  # the fixtures


SMALLER_THAN_A_FINGER = """() => [...document.querySelectorAll('main a, main button, main input, main select')]
    .map(it => it.closest('label') ?? it).filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 44)
    .map(it => it.outerHTML)"""


async def test_every_page_is_for_everybody(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await context.new_page()
        await page.goto("/app/mobile/")
        await looked_at(page, "mobile-1-enrol")
        page = await enrolled(context, room)
        assert "enrol" not in page.url
        await record(page, "Alma", "Carl")
        for name, address in {
            "mobile-2-home": "#/",
            "mobile-3-activity": "#/activity",
            "mobile-4-week": f"#/week/{this_week()}",
            "mobile-5-practice": "#/practice",
            "mobile-6-development": "#/development",
            "mobile-7-child": f"#/development/{room.children['Alma']}",
            "mobile-8-ledger": "#/ledger",
            "mobile-9-tablet": "#/settings",
        }.items():
            await page.goto(f"/app/mobile/{address}")
            if name == "mobile-3-activity":
                await page.get_by_label("Fokussamtale").check()
                await page.get_by_label("Sprog", exact=True).check()
                await page.get_by_label("Dagny").check()
            if name == "mobile-4-week":
                await (
                    page.get_by_role("button", name="Alma: flere fokussamtaler")
                    .or_(page.get_by_role("button", name="Alma: flere samtale"))
                    .first.click()
                )
            if name in ("mobile-5-practice", "mobile-7-child"):
                if name == "mobile-5-practice":
                    await page.get_by_label("Periode").select_option(index=1)
                await page.get_by_label("Hvem vurderer?").select_option("Anna Holm")
                await page.get_by_role("group").first.get_by_role("radio").nth(3).check()
            if name == "mobile-8-ledger":
                await page.get_by_role("button", name="Fortryd").wait_for()
            if name == "mobile-9-tablet":
                await page.get_by_role("button", name="Afmeld").click()
            await looked_at(page, name)
            assert await page.evaluate(SMALLER_THAN_A_FINGER) == [], name
        assert not any(name in page.url for name in room.children)


async def test_an_activity_recorded_without_a_connection_arrives(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await page.reload()  # the app itself is on the tablet
        await page.get_by_role("heading", level=1, name="Bierne").wait_for()
        await record(page, "Alma", "Ella")
        await record(page, "Alma", kind="Fordybelsesaktivitet")
        await page.goto("/app/mobile/#/")
        await page.get_by_text("2 venter på at blive sendt").wait_for()
        assert await room.activities() == []
        await page.reload()
        await page.get_by_text("2 venter på at blive sendt").wait_for()
        await context.set_offline(False)
        await everything_sent(page)
    found = await room.activities()
    assert sorted(activity["kind"] for activity in found) == ["focus_conversation", "immersion_activity"]
    assert {activity["observed_on"] for activity in found} == {local_today().isoformat()}
    (conversation,) = [each for each in found if each["kind"] == "focus_conversation"]
    assert set(conversation["child_ids"]) == {room.children["Alma"], room.children["Ella"]}


@pytest.mark.parametrize("status", [200, 401])
async def test_a_page_of_somebody_between_is_not_the_servers_answer(
    room: TabletRoom, browser: Any, url: str, status: int
) -> None:
    """A filter that first wants its terms accepted: nothing has arrived, and no tablet was revoked."""
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        told: list[str] = []

        async def between(route: Any) -> None:
            told.append(route.request.method)
            await route.fulfill(status=status, content_type="text/html", body="<h1>Accept the terms</h1>")

        await context.route("**/v1/activities", between, times=1)
        await record(page, "Alma")
        await everything_sent(page)
        assert told == ["POST"]
    assert len(await room.activities()) == 1


async def test_what_was_recorded_is_taken_back(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await record(page, "Alma")
        await everything_sent(page)
        await page.goto("/app/mobile/#/ledger")
        await page.get_by_role("button", name="Fortryd").click()
        await page.get_by_text("Fortrudt: Fokussamtale").wait_for()
        await everything_sent(page)
    assert await room.activities() == []


async def test_a_week_is_tallied_and_completed_beside_what_others_record(
    room: TabletRoom, browser: Any, url: str
) -> None:
    week = this_week()
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto(f"/app/mobile/#/week/{week}")
        for _ in range(2):
            await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.get_by_role("button", name="Alma: flere fordybelse").click()
        await page.get_by_label("Carl var fraværende").check()
        other = {"tallies": [{"child_id": room.children["Ella"], "focus_conversation": 4}]}
        async with httpx.AsyncClient(base_url=url, headers=room.admin.headers) as colleague:
            answer = await colleague.put(f"/v1/rooms/{room.id}/weeks/{week}", json=other)
            assert answer.status_code == 200, answer.text
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.get_by_role("button", name="Ugen er færdig").click()
        await page.get_by_text("Færdig. Du kan stadig rette.").wait_for()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        await everything_sent(page)
    found = await room.week(week)
    said = {tally["external_id"]: tally for tally in found["tallies"]}
    assert found["completed"] is True
    assert (said["B01"]["focus_conversation"], said["B01"]["immersion_activity"]) == (2, 1)
    assert said["B04"]["absent"] is True
    assert said["B06"]["focus_conversation"] == 4


async def test_what_is_done_is_no_longer_due_and_an_address_that_is_none_is_the_first_page(
    room: TabletRoom, browser: Any, url: str
) -> None:
    due = f"Gør uge {int(this_week()[6:])} færdig"
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.get_by_role("link", name=due).click()
        await page.get_by_role("button", name="Ugen er færdig").click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        await everything_sent(page)
        await page.get_by_role("link", name=due).wait_for(state="detached", timeout=5_000)
        await page.goto("/app/mobile/#/week/nonsense")
        await page.get_by_role("heading", level=1, name="Bierne").wait_for()


async def test_practice_is_evaluated_alone_then_together(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto("/app/mobile/#/practice")
        for who in ("Anna Holm", "Teamet sammen"):
            await page.get_by_label("Periode").select_option(index=1)
            await page.get_by_label("Hvem vurderer?").select_option(who)
            await page.get_by_role("group").first.get_by_role("radio").nth(3).check()
            if who == "Anna Holm":
                await page.get_by_text("gemt på tabletten, ikke sendt").wait_for()
                await page.reload()  # in the middle of it; what was answered is kept
                await page.get_by_label("Periode").select_option(index=1)
                await page.get_by_label("Hvem vurderer?").select_option(who)
                checked = page.get_by_role("group").first.get_by_role("radio").nth(3)
                await page.wait_for_function("it => it.checked", arg=await checked.element_handle())
            else:
                await page.get_by_role("button", name="Tilføj aftale").click()
                await page.get_by_label("Aftale 1").fill("To små grupper hver formiddag")
            await page.get_by_role("button", name="Gør færdig").click()
            await page.locator(".at-hand .banner").wait_for()
        await everything_sent(page)
    found = (await room.admin.get("/v1/practice-evaluations", params={"room_id": room.id})).json()["items"]
    assert sorted((each["kind"], each["state"]) for each in found) == [("individual", "final"), ("joint", "final")]
    (joint,) = [each for each in found if each["kind"] == "joint"]
    assert joint["agreements"][0]["text"] == "To små grupper hver formiddag"


async def test_a_child_is_assessed_by_two_and_then_together(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        for who in ("Anna Holm", "Bo Lind", "Teamet sammen"):
            await page.goto(f"/app/mobile/#/development/{room.children['Alma']}")
            await page.get_by_label("Hvem vurderer?").select_option(who)
            for question in await page.get_by_role("group").all():
                await question.get_by_role("radio").nth(3).check()
            await page.get_by_role("button", name="Gør færdig").click()
            await page.locator(".at-hand .banner").wait_for()
        await everything_sent(page)
    found = (await room.admin.get("/v1/development-assessments", params={"room_id": room.id})).json()["items"]
    assert sorted((each["kind"], each["state"]) for each in found) == [
        ("individual", "final"), ("individual", "final"), ("joint", "final"),
    ]  # fmt: skip


async def test_what_the_server_will_not_have_is_told_with_the_reason(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await record(page, "Alma")
        await record(page, "Ella")
        await room.admin.delete(f"/v1/children/{room.children['Alma']}")
        await context.set_offline(False)
        await page.goto("/app/mobile/#/ledger")
        await page.get_by_role("heading", name="Kunne ikke modtages").wait_for()
        await page.get_by_text("Alt er sendt").wait_for()
        assert len(await room.activities()) == 1  # the one behind it was let through
        await looked_at(page, "mobile-10-refused")
        await page.get_by_role("button", name="Kassér").click()
        await page.get_by_role("dialog").get_by_role("button", name="Kassér").click()
        await page.get_by_role("heading", name="Kunne ikke modtages").wait_for(state="detached")
        await everything_sent(page)


async def test_it_needs_no_mouse_and_speaks_english(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.get_by_role("button", name="English").focus()
        await page.keyboard.press("Enter")
        focused = (
            "(it => it?.innerText || it?.closest('label')?.innerText || it?.ariaLabel || '')(document.activeElement)"
        )

        async def tab_to(name: str, *, most: int = 80) -> None:
            for _ in range(most):
                await page.keyboard.press("Tab")
                if name in await page.evaluate(focused):
                    return
            raise AssertionError(f"{name} is not reached")

        await page.get_by_role("link", name="New activity").wait_for()
        await tab_to("New activity")
        await page.keyboard.press("Enter")
        await page.wait_for_function("() => document.activeElement.tagName == 'H1' && location.hash == '#/activity'")
        await tab_to("Immersion activity")
        await page.keyboard.press("Space")
        await tab_to("Language")
        await page.keyboard.press("Space")
        await tab_to("Alma")
        await page.keyboard.press("Space")
        await tab_to("Save")
        await page.keyboard.press("Enter")
        await page.get_by_text("Kept. Record another?").wait_for()
        await page.get_by_text("Everything is sent").wait_for()
    assert [activity["kind"] for activity in await room.activities()] == ["immersion_activity"]
