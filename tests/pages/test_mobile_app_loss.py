"""What people have written stays, however slow the line is and whatever they tap next."""

import asyncio
from typing import Any

import httpx

from tests.pages.apps import looked_at
from tests.pages.room import TabletRoom
from tests.pages.tablet import enrolled, everything_sent, record, room, tablet, this_week, url

__all__ = ["room", "url"]  # the fixtures


async def test_a_slow_answer_about_a_week_does_not_come_over_what_was_saved_meanwhile(
    room: TabletRoom, browser: Any, url: str
) -> None:
    """The page asks for the week; before the answer is there, somebody has counted and saved."""
    week, child = this_week(), room.children["Alma"]
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        slow: list[int] = []

        async def late(route: Any) -> None:
            if route.request.method == "GET" and not slow:
                slow.append(1)
                answer = await route.fetch()
                await asyncio.sleep(1.5)
                await route.fulfill(response=answer)
            else:
                await route.continue_()

        await context.route("**/weeks/**", late)
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        await page.wait_for_timeout(2500)
        assert await page.get_by_label("Alma, Samtale").inner_text() == "1"
        await context.set_offline(True)
        await page.goto("/app/mobile/#/")
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        await context.set_offline(False)
        await everything_sent(page)
    (tally,) = (await room.week(week))["tallies"]
    assert tally["child_id"] == child
    assert tally["focus_conversation"] == 2


async def test_counts_that_were_not_saved_are_there_when_one_comes_back(
    room: TabletRoom, browser: Any, url: str
) -> None:
    week = this_week()
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.goto("/app/mobile/#/")
        await page.reload()
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Gem", exact=True).wait_for()
        await page.wait_for_timeout(500)
        assert await page.get_by_label("Alma, Samtale").inner_text() == "1"
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        await everything_sent(page)
    (tally,) = (await room.week(week))["tallies"]
    assert tally["focus_conversation"] == 1


async def test_two_quick_taps_on_save_are_one_rating(room: TabletRoom, browser: Any, url: str) -> None:
    child = room.children["Alma"]
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto(f"/app/mobile/#/development/{child}")
        await page.get_by_label("Hvem vurderer?").select_option("Anna Holm")
        await page.get_by_role("group").first.get_by_role("radio").first.check()
        save = page.get_by_role("button", name="Gem kladde")
        await save.evaluate("it => { it.click(); it.click(); }")
        await page.locator(".at-hand .banner").wait_for()
        await everything_sent(page)
        await page.goto("/app/mobile/#/ledger")
        await page.get_by_text("Modtaget", exact=True).wait_for()
        assert await page.get_by_text("Kunne ikke modtages").count() == 0
    found = (await room.admin.get("/v1/development-assessments", params={"room_id": room.id})).json()["items"]
    assert len(found) == 1


async def test_a_child_who_has_left_costs_the_others_nothing(room: TabletRoom, browser: Any, url: str) -> None:
    """The tablet has been without a connection and knows nothing of it: what is said of the others is kept."""
    week = this_week()
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await page.goto(f"/app/mobile/#/week/{week}")
        for child in ("Alma", "Carl", "Ella"):
            await page.get_by_role("button", name=f"{child}: flere samtale").click()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        child = room.children["Carl"]
        found = await room.admin.get(f"/v1/children/{child}")
        gone = await room.admin.delete(f"/v1/children/{child}", headers={"If-Match": found.headers["etag"]})
        assert gone.status_code == 204, gone.text
        await context.set_offline(False)
        await page.goto("/app/mobile/#/ledger")
        await page.get_by_text("Kunne ikke modtages", exact=True).wait_for()
        await page.get_by_text("Ikke på stuen på det tidspunkt: Carl").wait_for()
        await page.get_by_role("button", name="Kassér").click()
        await page.get_by_role("dialog").get_by_role("button", name="Kassér").click()
        await page.get_by_text("Alt er sendt").first.wait_for()
    week_now = await room.week(week)
    assert {tally["child_id"] for tally in week_now["tallies"]} == {room.children["Alma"], room.children["Ella"]}


async def test_an_activity_that_was_refused_is_corrected_and_arrives(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await record(page, "Alma", "Carl")
        await room.admin.delete(f"/v1/children/{room.children['Carl']}")
        await context.set_offline(False)
        await page.goto("/app/mobile/#/ledger")
        await page.get_by_text("Ikke på stuen på det tidspunkt: Carl").wait_for()
        await page.get_by_role("link", name="Ret", exact=True).click()
        await page.get_by_role("heading", level=1, name="Ret aktiviteten").wait_for()
        assert await page.get_by_label("Fokussamtale", exact=True).is_checked()
        assert await page.get_by_label("Alma", exact=True).is_checked()
        await page.get_by_label("Carl", exact=True).or_(page.get_by_label("Et barn, der ikke er på stuen")).uncheck()
        await looked_at(page, "mobile-12-correct")
        await page.get_by_role("button", name="Gem", exact=True).click()
        while not await room.activities():  # "all is sent" stood there before, beside what was refused
            await page.wait_for_timeout(100)
        await page.get_by_text("Kunne ikke modtages", exact=True).wait_for(state="detached")
    (activity,) = await room.activities()
    assert (activity["child_ids"], activity["kind"]) == ([room.children["Alma"]], "focus_conversation")


async def test_two_tablets_that_count_the_same_do_not_undo_each_other(room: TabletRoom, browser: Any, url: str) -> None:
    """Without a connection one sees no count yet; meanwhile the other has counted four."""
    week, child = this_week(), room.children["Alma"]
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        other = {"tallies": [{"child_id": child, "focus_conversation": 4}]}
        async with httpx.AsyncClient(base_url=url, headers=room.admin.headers) as colleague:
            answer = await colleague.put(f"/v1/rooms/{room.id}/weeks/{week}", json=other)
            assert answer.status_code == 200, answer.text
        await context.set_offline(False)
        await everything_sent(page)
    (tally,) = (await room.week(week))["tallies"]
    assert tally["focus_conversation"] == 4
