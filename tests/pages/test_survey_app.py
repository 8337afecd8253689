"""The questionnaire in a real browser against the real server: from a link to thanks, on a bad connection too."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest

from tests.api.answering import INSTRUMENT, ITEMS, Round, made_round
from tests.conftest import TODAY, Api, World
from tests.pages.apps import DESK, device, looked_at

FILL = """for (let size = 2 ** 22; size >= 1; size /= 2)
  try { for (;;) localStorage.setItem(`other-${size}-${localStorage.length}`, "x".repeat(size)); } catch {}"""
DEMO = json.loads(files("vls_client").joinpath("sandbox/instrument.json").read_text())


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api) -> Round:
    return await made_round(world, admin, anonymous)


async def opened(context: Any, token: str) -> Any:
    page = await context.new_page()
    await page.goto(f"/svar#{token}")
    return page


async def answer_all(page: Any, label: str = "Svar 4", number: str = "7") -> None:
    """From the welcome to the page that sends."""
    await page.get_by_role("button", name="Begynd").click()
    for option in (label, number):
        for question in await page.get_by_role("group").all():
            await question.get_by_label(option, exact=True).check()
        await page.get_by_role("button", name="Næste").click()


async def saved(page: Any) -> None:
    await page.get_by_role("status").filter(has_text=re.compile("^Gemt$")).wait_for()


async def test_every_page_is_for_everybody(
    world: World, admin: Api, anonymous: Api, browser: Any, live_url: str
) -> None:
    """The demonstration's own instrument, on a telephone and a desk."""
    await admin.post("/v1/instruments", json=DEMO)
    round_ = await made_round(world, admin, anonymous, instrument_key=DEMO["key"], instrument_version=DEMO["version"])
    for number, size in enumerate((None, DESK)):
        (token,) = await round_.links("sol", 1)
        suffix = "-desk" if size else ""
        async with device(browser, live_url, **({"size": size} if size else {})) as context:
            page = await opened(context, token)
            await page.get_by_role("button", name="Begynd").wait_for()
            await looked_at(page, f"survey-1-welcome{suffix}")
            await page.get_by_role("button", name="Begynd").click()
            for step, component in enumerate(DEMO["components"]):
                await page.get_by_role("heading", level=1, name=component["title"]["da"]).wait_for()
                for question in (await page.get_by_role("group").all())[step > 2 :]:
                    await question.get_by_role("radio").nth(3).check()
                if step == 0:
                    await saved(page)
                    await looked_at(page, f"survey-2-questions{suffix}")
                await page.get_by_role("button", name="Næste").click()
            await page.get_by_label("Pædagog", exact=True).check()
            await saved(page)
            await looked_at(page, f"survey-3-send{suffix}")
            await page.get_by_role("button", name="Send svar").click()
            await page.get_by_role("heading", name="Tak").wait_for()
            await looked_at(page, f"survey-4-thanks{suffix}")
        assert (await round_.answered())["sol"] == number + 1


async def test_one_goes_on_elsewhere_and_sends_once(round_: Round, browser: Any, live_url: str) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await page.get_by_role("button", name="Begynd").click()
        await page.get_by_role("group").first.get_by_label("Svar 2").check()
        await saved(page)
    async with device(browser, live_url, size=DESK) as desk:
        page = await opened(desk, token)
        await page.get_by_role("button", name="Fortsæt").click()
        assert await page.get_by_role("group").first.get_by_label("Svar 2").is_checked()
        await page.get_by_role("button", name="English").click()
        assert await page.get_by_label("Answer 2").first.is_checked()
        assert await page.title() == "Questionnaire – Vi lærer sammen"
        for _ in INSTRUMENT["components"]:
            await page.get_by_role("button", name="Next").click()
        await page.get_by_role("button", name="Send answers").click()
        await page.get_by_role("heading", name="Thank you").wait_for()
        await page.reload()
        await page.get_by_role("heading", name="This link has been used").wait_for()
        assert await page.evaluate("Object.keys(localStorage).filter(it => it.startsWith('vls-svar'))") == []
    assert (await round_.answered())["sol"] == 1


async def test_a_connection_that_comes_and_goes_loses_nothing(round_: Round, browser: Any, live_url: str) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await page.get_by_role("button", name="Begynd").click()
        await telephone.set_offline(True)
        await page.get_by_role("group").first.get_by_label("Svar 5").check()
        await page.get_by_text("gemt på denne enhed").wait_for()
        kept = await page.evaluate("Object.values(localStorage).join()")
        assert "will1" not in kept  # sealed: whoever takes the telephone reads nothing
        await page.close()  # the browser was closed; later there is a connection again
        await telephone.set_offline(False)
        page = await opened(telephone, token)
        await page.get_by_role("button", name="Fortsæt").click()
        await page.get_by_role("button", name="Tilbage").click()
        await page.get_by_role("button", name="Fortsæt").click()
        await saved(page)
    assert (await round_.people.get(f"/v1/answers/{token}")).json()["answers"] == {"will1": 5}


async def test_a_lost_answer_to_send_is_found_again(round_: Round, browser: Any, live_url: str) -> None:
    """The server has counted, and the connection breaks before it has said so."""
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await answer_all(page)
        await saved(page)
        lost: list[int] = []

        async def lose(route: Any) -> None:
            if route.request.method != "PUT" or lost:
                return await route.fallback()
            lost.append((await route.fetch()).status)
            await route.abort()

        await page.route("**/v1/answers/*", lose)
        await page.get_by_role("button", name="Send svar").click()
        await page.get_by_role("heading", name="Tak").wait_for()
        assert lost == [200]
    assert (await round_.answered())["sol"] == 1


async def test_sending_that_the_browser_repeats_by_itself_is_thanked_for(
    round_: Round, browser: Any, live_url: str
) -> None:
    """What breaks off on a connection that was kept open, browsers and proxies send once more without saying so."""
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await answer_all(page)
        await saved(page)

        async def repeat(route: Any) -> None:
            if route.request.method == "PUT":
                await route.fetch()
            await route.fallback()

        await page.route("**/v1/answers/*", repeat)
        await page.get_by_role("button", name="Send svar").click()
        await page.get_by_role("heading", name="Tak").wait_for()
        assert not [key for key in await page.evaluate("Object.keys(localStorage)") if key.startswith("vls-svar")]
    assert (await round_.answered())["sol"] == 1


async def test_sending_what_was_sent_on_another_device_is_not_thanked_for(
    round_: Round, browser: Any, live_url: str
) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await answer_all(page)
        await saved(page)
        await round_.submit(token)
        await page.get_by_role("button", name="Send svar").click()
        await page.get_by_role("heading", name="Der er svaret med dette link").wait_for()


async def test_it_is_sent_when_the_connection_is_back_and_only_once_from_two_pages(
    round_: Round, browser: Any, live_url: str
) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page, other = await opened(telephone, token), await opened(telephone, token)
        await answer_all(page)
        await answer_all(other, "Svar 1", "1")
        await saved(other)
        await telephone.set_offline(True)
        for each in (page, other):
            await each.get_by_role("button", name="Send svar").click()
            await each.get_by_text("svarene sendes, så snart der er net").wait_for()
        await telephone.set_offline(False)
        for each in (page, other):
            await each.get_by_role("heading", level=1, name=re.compile("Tak|Der er svaret")).wait_for()
    assert (await round_.answered())["sol"] == 1


async def test_a_page_left_open_on_another_device_takes_nothing_back(
    round_: Round, browser: Any, live_url: str
) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone, device(browser, live_url, size=DESK) as desk:
        page, other = await opened(telephone, token), await opened(desk, token)
        await page.get_by_role("button", name="Begynd").click()
        await page.get_by_role("group").first.get_by_label("Svar 2").check()
        await saved(page)
        await other.reload()
        await other.get_by_role("button", name="Fortsæt").click()
        for question in (await other.get_by_role("group").all())[1:]:
            await question.get_by_label("Svar 4").check()
        await saved(other)
        await telephone.clock.set_system_time(f"{TODAY}T10:05:00+02:00")
        await page.get_by_role("group").first.get_by_label("Svar 3").check()
        await saved(page)
        assert await page.get_by_role("group").nth(1).get_by_label("Svar 4").is_checked()
        answers = (await round_.people.get(f"/v1/answers/{token}")).json()["answers"]
        assert list(answers.values()) == [3] + [4] * (len(answers) - 1)
        assert len(answers) > 1
        await round_.submit(token)
        await telephone.clock.set_system_time(f"{TODAY}T10:10:00+02:00")
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # somebody looks at it again
        await page.get_by_role("heading", name="Der er svaret med dette link").wait_for()


async def test_the_browsers_back_button_turns_a_page_and_a_reload_stays(
    round_: Round, browser: Any, live_url: str
) -> None:
    (token,) = await round_.links("sol", 1)
    first, second = (component["title"]["da"] for component in INSTRUMENT["components"])
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await page.get_by_role("button", name="Begynd").click()
        await page.get_by_role("group").first.get_by_label("Svar 5").check()
        await saved(page)
        await page.get_by_role("button", name="Næste").click()
        await page.reload()
        await page.get_by_role("heading", level=1, name=second).wait_for()
        await page.go_back()
        await page.get_by_role("heading", level=1, name=first).wait_for()
        assert await page.get_by_role("group").first.get_by_label("Svar 5").is_checked()
        await page.go_back()
        await page.get_by_role("button", name="Fortsæt").wait_for()


async def test_pressing_send_in_vain_is_told_when_one_comes_back(round_: Round, browser: Any, live_url: str) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await answer_all(page)
        await saved(page)
        await telephone.set_offline(True)
        await page.get_by_role("button", name="Send svar").click()
        await page.get_by_text("svarene sendes, så snart der er net").wait_for()
        await page.wait_for_timeout(
            500
        )  # Chromium hands over what was stored a moment later, and kills the page at once
        await page.close()
        await telephone.set_offline(False)
        page = await opened(telephone, token)
        await page.get_by_text("svarene nåede ikke frem").wait_for()
        await looked_at(page, "survey-9-interrupted")
        assert (await round_.answered())["sol"] == 0
        await page.get_by_role("button", name="Fortsæt").click()
        await page.get_by_role("button", name="Send svar").click()
        await page.get_by_role("heading", name="Tak").wait_for()
    assert (await round_.answered())["sol"] == 1


async def test_a_full_device_and_a_refusal_that_is_not_ours_are_told_as_they_are(
    round_: Round, browser: Any, live_url: str
) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await page.get_by_role("button", name="Begynd").click()
        await page.evaluate(FILL)
        await page.route("**/v1/answers/*", lambda route: route.fulfill(status=403, body="<h1>Log in</h1>"), times=1)
        await page.get_by_role("group").first.get_by_label("Svar 5").check()
        await page.get_by_text("Lad siden være åben").wait_for()  # not: kept on this device
        await saved(page)
    assert (await round_.people.get(f"/v1/answers/{token}")).json()["answers"] == {"will1": 5}


async def test_a_page_that_breaks_says_so_and_is_opened_anew(round_: Round, browser: Any, live_url: str) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        await telephone.route("**/v1/answers/*", lambda route: route.fulfill(json={"answers": {}}), times=1)
        page = await opened(telephone, token)
        await page.get_by_text("Siden kunne ikke vises").wait_for()
        await page.get_by_role("button", name="Åbn siden igen").click()
        await page.get_by_role("button", name="Begynd").wait_for()


async def test_a_shared_link_becomes_ones_own(round_: Round, browser: Any, live_url: str) -> None:
    made = await round_.invite({"unit_external_id": "sol", "shared_cap": 2})
    token = made["units"][0]["shared"]["link"].rpartition("#")[2]
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await looked_at(page, "survey-5-shared")
        await page.get_by_role("button", name="Begynd").click()
        await page.wait_for_url(lambda url: token not in url)
        await page.get_by_role("button", name="Kopiér link").wait_for()
        await answer_all(page)
        await page.get_by_role("button", name="Send svar").click()
        await page.get_by_role("heading", name="Tak").wait_for()
    assert (await round_.answered())["sol"] == 1


async def test_what_cannot_be_answered_is_said_kindly(round_: Round, browser: Any, live_url: str) -> None:
    used, open_ = await round_.links("sol", 2)
    await round_.submit(used)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, "")
        await looked_at(page, "survey-6-code")
        await page.get_by_label("Kode").fill("not-a-code")
        await page.get_by_role("button", name="Gå til spørgeskemaet").click()
        await page.get_by_role("heading", name="Linket kendes ikke").wait_for()
        await (cut := await opened(telephone, "abc%E0")).get_by_role("heading", name="Linket kendes ikke").wait_for()
        await cut.close()
        await looked_at(page, "survey-7-unknown")
        await page.get_by_label("Kode").fill(f"http://somewhere/svar#{used[:4]}-{used[4:]}".upper())
        await page.get_by_role("button", name="Gå til spørgeskemaet").click()
        await page.get_by_role("heading", name="Der er svaret med dette link").wait_for()
        await looked_at(page, "survey-8-used")
        page = await opened(telephone, open_)
        await page.get_by_role("button", name="Begynd").click()
        await round_.admin.post(f"{round_.path}/close")
        await page.get_by_role("group").first.get_by_label("Svar 5").check()
        await page.get_by_role("heading", name="Undersøgelsen er lukket").wait_for()


async def test_words_that_are_there_in_one_language_only_are_shown_and_marked(
    world: World, admin: Api, anonymous: Api, browser: Any, live_url: str
) -> None:
    component = INSTRUMENT["components"][0] | {"title": {"da": "Vilje"}}
    items = [{"key": "a", "component": "will", "text": {"da": "Kun dansk"}}]
    items.append({"key": "b", "component": "will", "text": {"en": "English only"}})
    mixed = INSTRUMENT | {"key": "blandet", "components": [component], "items": items}
    assert (await admin.post("/v1/instruments", json=mixed)).status_code == 201
    round_ = await made_round(world, admin, anonymous, instrument_key="blandet")
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url) as telephone:
        page = await opened(telephone, token)
        await page.get_by_role("button", name="Begynd").click()
        danish, english = page.get_by_text("Kun dansk"), page.get_by_text("English only")
        assert await page.get_by_role("heading", level=1).locator("[lang=da]").inner_text() == "Vilje"
        await page.get_by_role("button", name="English").click()
        assert [await each.get_attribute("lang") for each in (danish, english)] == ["da", "en"]
        assert await page.get_by_role("heading", level=1).locator("[lang=da]").inner_text() == "Vilje"


async def test_it_needs_no_mouse(round_: Round, browser: Any, live_url: str) -> None:
    (token,) = await round_.links("sol", 1)
    async with device(browser, live_url, size=DESK) as desk:
        page = await opened(desk, token)
        await page.get_by_role("heading", name="Parathed efterår").wait_for()

        async def tab_to(name: str) -> None:
            for _ in range(60):
                await page.keyboard.press("Tab")
                focused = "(it => it?.innerText || it?.closest('label')?.innerText || '')(document.activeElement)"
                if name in await page.evaluate(focused):
                    return
            raise AssertionError(f"{name} is not reached")

        await tab_to("Begynd")
        await page.keyboard.press("Enter")
        for component in INSTRUMENT["components"]:
            await page.wait_for_function(
                "name => document.activeElement.innerText == name", arg=component["title"]["da"]
            )
            for _ in range(3):
                await page.keyboard.press("Tab")  # into the next question
                await page.keyboard.press("Space")
            await tab_to("Næste")
            await page.keyboard.press("Enter")
        await page.wait_for_function("() => document.activeElement.innerText == 'Send dine svar'")
        await tab_to("Send svar")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Tak").wait_for()
    assert (await round_.answered())["sol"] == 1
    assert len(ITEMS) == 6
