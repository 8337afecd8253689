"""Several people and several tablets at the same thing, with and without a connection: nobody's work is undone."""

from typing import Any

import httpx
import pytest

from tests.pages.room import TabletRoom
from tests.pages.tablet import enrolled, everything_sent, room, tablet, this_week, url

__all__ = ["room", "url"]  # the fixtures


async def rate(page: Any, child: str, *, point: int) -> None:
    """Anna's rating of the child: every question the same."""
    await page.goto("/app/mobile/#/")
    await page.goto(f"/app/mobile/#/development/{child}")
    await page.get_by_label("Hvem vurderer?").select_option("Anna Holm")
    for question in await page.get_by_role("group").all():
        await question.get_by_role("radio").nth(point).check()


@pytest.mark.parametrize("connected", [True, False])
async def test_a_draft_that_was_sent_becomes_final_and_is_one_rating(
    room: TabletRoom, browser: Any, url: str, connected: bool
) -> None:
    child = room.children["Alma"]
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(not connected)
        await rate(page, child, point=3)
        await page.get_by_role("button", name="Gem kladde").click()
        await page.locator(".at-hand .banner").wait_for()
        await page.goto("/app/mobile/#/")
        await page.goto(f"/app/mobile/#/development/{child}")
        await page.get_by_label("Hvem vurderer?").select_option("Anna Holm")
        shown = page.get_by_role("group").first.get_by_role("radio").nth(3)
        await page.wait_for_function("it => it.checked", arg=await shown.element_handle())
        await rate(page, child, point=2)
        await page.get_by_role("button", name="Gør færdig").click()
        await page.locator(".at-hand .banner").wait_for()
        assert await page.get_by_role("button", name="Gem kladde").count() == 0
        await context.set_offline(False)
        await everything_sent(page)
    (found,) = (await room.admin.get("/v1/development-assessments", params={"room_id": room.id})).json()["items"]
    assert (found["state"], set(found["answers"].values())) == ("final", {3})


async def test_what_was_answered_after_a_draft_was_sent_stays(room: TabletRoom, browser: Any, url: str) -> None:
    """The server has the draft; what only the tablet has is not taken for it."""
    child = room.children["Alma"]
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await rate(page, child, point=3)
        await page.get_by_role("button", name="Gem kladde").click()
        await page.locator(".at-hand .banner").wait_for()
        await everything_sent(page)
        await rate(page, child, point=2)
        await page.get_by_text("gemt på tabletten, ikke sendt").wait_for()
        await page.goto("/app/mobile/#/development")
        await page.reload()
        await page.get_by_text("Anna Holm: kladde").wait_for()
        await page.goto(f"/app/mobile/#/development/{child}")
        await page.get_by_label("Hvem vurderer?").select_option("Anna Holm")
        shown = page.get_by_role("group").first.get_by_role("radio").nth(2)
        await page.wait_for_function("it => it.checked", arg=await shown.element_handle(), timeout=5_000)


async def test_two_tablets_count_the_same_child(room: TabletRoom, browser: Any, url: str) -> None:
    """One counts conversations without a connection; meanwhile the other has counted immersion."""
    week, child = this_week(), room.children["Alma"]
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Alma: flere samtale").wait_for()
        await context.set_offline(True)
        await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        other = {"tallies": [{"child_id": child, "immersion_activity": 4}]}
        async with httpx.AsyncClient(base_url=url, headers=room.admin.headers) as colleague:
            answer = await colleague.put(f"/v1/rooms/{room.id}/weeks/{week}", json=other)
            assert answer.status_code == 200, answer.text
        await context.set_offline(False)
        await everything_sent(page)
    (tally,) = (await room.week(week))["tallies"]
    assert (tally["focus_conversation"], tally["immersion_activity"]) == (1, 4)


async def test_a_week_is_sent_again_when_a_colleague_was_faster(room: TabletRoom, browser: Any, url: str) -> None:
    """Between what the tablet has read and what it says, somebody else says something: 412, and once more."""
    week, child = this_week(), room.children["Alma"]
    overtaken: list[int] = []
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)

        async def overtake(route: Any) -> None:
            if route.request.method == "PUT" and not overtaken:
                other = {"tallies": [{"child_id": child, "immersion_activity": 4}]}
                async with httpx.AsyncClient(base_url=url, headers=room.admin.headers) as colleague:
                    await colleague.put(f"/v1/rooms/{room.id}/weeks/{week}", json=other)
                answer = await route.fetch()
                overtaken.append(answer.status)
                await route.fulfill(response=answer)
            else:
                await route.continue_()

        await context.route("**/weeks/**", overtake)
        await page.goto(f"/app/mobile/#/week/{week}")
        await page.get_by_role("button", name="Alma: flere samtale").click()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.locator(".at-hand").get_by_text("Gemt på tabletten").wait_for()
        await everything_sent(page)
    assert overtaken == [412]
    (tally,) = (await room.week(week))["tallies"]
    assert (tally["focus_conversation"], tally["immersion_activity"]) == (1, 4)
