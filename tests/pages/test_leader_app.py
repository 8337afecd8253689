"""The leader's page in a real browser: signed in with a code and PKCE, and what a leader looks for."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.demo_issuer import DemoIssuer
from tests.api.answering import Round, made_round
from tests.conftest import TODAY, Api, World, serving
from tests.pages.apps import DESK, device, looked_at
from vls_client.files import zipped

FOCUSED = """() => {
    const it = document.activeElement;
    if (it === document.body) return '';
    const labels = [...(it.labels ?? [])].map(label => label.innerText);
    return [it.getAttribute('aria-label'), it.innerText, ...labels].join(' ');
}"""
E18 = {"external_id": "E18", "name": "Børnehuset Ærtebælgen", "setting_type": "integrated", "area_external_id": "O3"}


@pytest.fixture
async def url(world: World, admin: Api) -> AsyncIterator[str]:
    """A server with the demo's issuer, and the places that its persons work in."""
    await admin.post("/v1/areas", json={"external_id": "O3", "name": "Område Øst"})
    assert (await admin.post("/v1/units", json=E18)).status_code == 201
    room = {"external_id": "E18-S2", "name": "Blå stue", "unit_external_id": "E18"}
    assert (await admin.post("/v1/rooms", json=room)).status_code == 201
    child = {"external_id": "B1", "room_external_id": "E18-S2", "birth_month": "2022-04", "valid_from": "2026-01-01"}
    assert (await admin.post("/v1/children", json=child)).status_code == 201
    with serving(world.settings, today=lambda: TODAY, demo=lambda base: DemoIssuer(base, UUID(world.id))) as found:
        yield found


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api, url: str) -> Round:
    """An open round in which two of three of the leader's unit have answered."""
    made = await made_round(world, admin, anonymous)
    for token in (await made.links("E18", 3))[:2]:
        await made.submit(token)
    return made


def desk(browser: Any, url: str, **options: Any) -> Any:
    return device(browser, url, **({"size": DESK, "on": None} | options))


async def signed_in(context: Any, person: str = "Lone Opdigt") -> Any:
    page = await context.new_page()
    await page.goto("/app/leader/")
    await page.get_by_role("button", name="Log ind med Demo").click()
    await page.get_by_role("link", name=person).click()
    await page.get_by_role("heading", level=1, name="Stuer").wait_for()
    return page


async def test_every_page_is_for_everybody(browser: Any, url: str, round_: Round) -> None:
    async with desk(browser, url) as context:
        page = await context.new_page()
        await page.goto("/app/leader/")
        await page.get_by_role("button", name="Log ind med Demo").wait_for()
        await looked_at(page, "leader-1-sign-in")
        await page.get_by_role("button", name="Log ind med Demo").click()
        await page.get_by_role("heading", name="Hvem vil du være?").wait_for()
        await looked_at(page, "leader-2-persons")
        page = await signed_in(context)
        assert "code=" not in page.url
        await page.get_by_text("mangler").or_(page.get_by_text("intet mangler")).first.wait_for()
        await looked_at(page, "leader-3-rooms")
        await page.get_by_role("link", name="Blå stue").click()
        await page.get_by_role("heading", level=1, name="Blå stue").wait_for()
        await looked_at(page, "leader-4-room")
        await page.get_by_role("link", name="Målinger").click()
        await page.get_by_role("link", name="Parathed efterår").wait_for()
        await looked_at(page, "leader-5-rounds")
        await page.get_by_role("link", name="Parathed efterår").click()
        row = page.get_by_role("row", name="Børnehuset Ærtebælgen")
        await row.wait_for()
        assert await row.get_by_role("cell").all_inner_texts() == ["3", "2", "67\N{NO-BREAK SPACE}%"]
        assert await page.get_by_role("row").count() == 2  # the heading, and the leader's own unit
        await looked_at(page, "leader-6-progress")


async def test_a_report_is_downloaded_and_opened(browser: Any, url: str) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Blå stue").click()
        async with page.expect_download() as saved:
            await page.get_by_role("button", name="Hent: Stuens datarapport").click()
        path = await (await saved.value).path()
        assert path.read_bytes().startswith(b"%PDF-")
        assert (await saved.value).suggested_filename == "Blå stue.pdf"
        async with context.expect_page() as opened:
            await page.get_by_role("button", name="Åbn: Stuens datarapport").click()
        tab = await opened.value
        while not tab.url.startswith("blob:"):  # the browser's own viewer never says that it has loaded
            await page.wait_for_timeout(50)


async def test_a_sign_in_that_was_not_ours_is_not_taken(browser: Any, url: str) -> None:
    async with desk(browser, url) as context:
        page = await context.new_page()
        await page.goto("/app/leader/?code=stolen&state=made-up")
        await page.get_by_text("Login lykkedes ikke").wait_for()
        assert "stolen" not in page.url


async def test_an_answer_of_another_issuer_is_not_taken(browser: Any, url: str) -> None:
    async with desk(browser, url) as context:
        page = await context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto("/app/leader/")
        await page.get_by_role("button", name="Log ind med Demo").click()
        await page.get_by_role("link", name="Lone Opdigt").wait_for()
        state = await page.evaluate("JSON.parse(sessionStorage['vls-sign-in']).state")
        await page.goto(f"/app/leader/?code=c&state={state}&iss=https%3A%2F%2Fissuer.example")
        await page.get_by_text("Login lykkedes ikke").wait_for()
        assert not [path for path in asked if path.endswith("/token")]


async def test_a_report_after_the_session_ended_leads_to_the_sign_in(browser: Any, url: str) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Blå stue").click()
        await page.get_by_role("button", name="Hent: Stuens datarapport").wait_for()
        await context.route("**/report?**", lambda route: route.continue_(headers={"authorization": "Bearer ended"}))
        await page.get_by_role("button", name="Hent: Stuens datarapport").click()
        await page.get_by_text("Dit login er udløbet").wait_for()


async def test_the_administration_sees_more_rooms_than_come_at_once(browser: Any, url: str, admin: Api) -> None:
    rooms = "".join(f"R{n:03},Stue {n:03},E18\n" for n in range(600))
    verdict = await admin.upload(
        "roster", zipped([("rooms.csv", f"external_id,name,unit_external_id\n{rooms}".encode())])
    )
    assert verdict["report"]["created"] == 600, verdict
    async with desk(browser, url) as context:
        page = await signed_in(context, "Vera Tænkeby")
        await page.get_by_role("link", name="Stue 599").wait_for()
        assert await page.get_by_role("link", name=re.compile(r"^Stue \d")).count() == 600


async def test_a_session_that_ended_leads_to_the_sign_in_and_back(browser: Any, url: str) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Målinger").click()
        await page.evaluate("""() => {
            const held = JSON.parse(sessionStorage.getItem('vls-session'));
            sessionStorage.setItem('vls-session', JSON.stringify({ ...held, token: held.token.slice(0, -6) }));
        }""")
        await page.reload()
        await page.get_by_text("Dit login er udløbet").wait_for()
        await page.get_by_role("button", name="Log ind med Demo").click()
        await page.get_by_role("link", name="Lone Opdigt").click()
        await page.get_by_role("heading", level=1, name="Målinger").wait_for()
        await page.get_by_role("button", name="Log ud").click()
        await page.get_by_role("heading", name="Log ind").wait_for()
        assert await page.evaluate("sessionStorage.length") == 0


async def test_a_pedagogue_sees_the_own_room_only(browser: Any, url: str, admin: Api) -> None:
    await admin.post("/v1/rooms", json={"external_id": "E18-S3", "name": "Rød stue", "unit_external_id": "E18"})
    async with desk(browser, url) as context:
        page = await signed_in(context, "Mads Prøvemark")
        await page.get_by_role("link", name="Blå stue").wait_for()
        assert await page.get_by_role("link", name="Rød stue").count() == 0


async def test_a_goal_is_set_and_a_meeting_is_kept_and_followed_up(browser: Any, url: str, admin: Api) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Blå stue").click()
        await page.get_by_role("button", name="Sæt et mål").click()
        await page.get_by_label("Hvad vil I opnå?").fill("Flere med i fokussamtaler")
        await page.get_by_label("Hvad handler det om?").select_option("Fokussamtaler")
        await page.get_by_label("Mål (i procent").fill("80")
        await looked_at(page, "leader-7-goal")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_text("Flere med i fokussamtaler").wait_for()
        for number in range(2):
            await page.get_by_role("link", name="Hold møde").click()
            await page.get_by_label("Hvor mange er med?").fill("4")
            await page.get_by_label("Dato").fill(str(TODAY))
            if number == 0:
                await page.get_by_label("Hvad ser I?").fill("To børn ligger under linjen i begge.")
                await page.get_by_role("button", name="Tilføj").click()
                await page.get_by_label("Hvad?", exact=True).fill("Fokussamtaler ved måltidet")
                await page.get_by_label("Hvem sørger for det?").fill("Mads")
                await page.get_by_label("Hvornår?").fill("2026-11-09")
            else:
                await page.get_by_label("Fokussamtaler ved måltidet").select_option("Gjort")
                await looked_at(page, "leader-8-meeting")
            await page.get_by_role("button", name="Gem").click()
            await page.get_by_text("Mødet er gemt").wait_for()
            await page.get_by_role("link", name="Tilbage til stuen").click()
    (goal,) = (await admin.get("/v1/goals")).json()["items"]
    assert (goal["measure"], goal["about"], goal["target"]) == ("children_at_line", "focus_conversation", 0.8)
    meetings = (await admin.get("/v1/meetings")).json()["items"]
    assert sorted(len(each["followed_up"]) for each in meetings) == [0, 1]
    (agreed,) = next(each["adjustments"] for each in meetings if each["adjustments"])
    assert (agreed["responsible"], agreed["due_on"]) == ("Mads", "2026-11-09")


async def test_minutes_outlive_a_step_back_and_a_session_that_ends(browser: Any, url: str, admin: Api) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Blå stue").click()
        await page.get_by_role("link", name="Hold møde").click()
        await page.get_by_label("Hvad ser I?").fill("To børn ligger under linjen.")
        await page.get_by_label("Hvor mange er med?").fill("4")
        await page.get_by_label("Dato").fill(str(TODAY))
        await page.get_by_role("button", name="Tilføj").click()
        await page.get_by_label("Hvad?", exact=True).fill("Samtaler ved måltidet")
        await page.get_by_role("link", name="Tilbage til stuen").click()
        await page.get_by_role("link", name="Hold møde").click()
        assert await page.get_by_label("Hvad ser I?").input_value() == "To børn ligger under linjen."
        await page.evaluate("""() => {
            const held = JSON.parse(sessionStorage['vls-session']);
            sessionStorage['vls-session'] = JSON.stringify({...held, until: 0});
        }""")
        await page.reload()
        await page.get_by_role("button", name="Log ind").click()
        await page.get_by_role("link", name="Lone").click()
        await page.get_by_label("Hvad?", exact=True).wait_for()
        assert await page.get_by_label("Hvor mange er med?").input_value() == "4"
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_text("Mødet er gemt").wait_for()
        assert not any("unsaved" in key for key in await page.evaluate("Object.keys(sessionStorage)"))
    (meeting,) = (await admin.get("/v1/meetings")).json()["items"]
    whole = (await admin.get(f"/v1/meetings/{meeting['id']}")).json()
    assert whole["interpretation"] == "To børn ligger under linjen."
    assert [each["text"] for each in whole["adjustments"]] == ["Samtaler ved måltidet"]


async def test_a_goal_outlives_a_session_that_ends(browser: Any, url: str, admin: Api) -> None:
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Blå stue").click()
        await page.get_by_role("button", name="Sæt et mål").click()
        await page.get_by_label("Hvad vil I opnå?").fill("Flere med i fokussamtaler")
        await page.get_by_label("Hvad handler det om?").select_option("Fokussamtaler")
        await page.evaluate("""() => {
            const held = JSON.parse(sessionStorage['vls-session']);
            sessionStorage['vls-session'] = JSON.stringify({...held, until: 0});
        }""")
        await page.reload()
        await page.get_by_role("button", name="Log ind").click()
        await page.get_by_role("link", name="Lone").click()
        await page.get_by_label("Mål (i procent").fill("80")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_role("link", name="Flere med i fokussamtaler").click()
        await page.get_by_label("Hvad vil I gøre?").fill("Samtaler ved måltidet")
        await page.get_by_role("link", name="Tilbage til stuen").click()
        await page.get_by_role("link", name="Flere med i fokussamtaler").click()
        assert await page.get_by_label("Hvad vil I gøre?").input_value() == "Samtaler ved måltidet"
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_role("heading", name="Evaluér").wait_for()
        assert not any("unsaved" in key for key in await page.evaluate("Object.keys(sessionStorage)"))
    (goal,) = (await admin.get("/v1/goals")).json()["items"]
    assert (goal["about"], goal["step"], goal["initiative"]) == (
        "focus_conversation",
        "started",
        "Samtaler ved måltidet",
    )


async def test_a_goal_goes_through_its_steps(browser: Any, url: str, admin: Api) -> None:
    goal = {
        "id": str(uuid4()), "room_external_id": "E18-S2", "title": "Flere med i fokussamtaler",
        "measure": "children_at_line", "about": "focus_conversation", "target": 0.8,
        "first_week": "2026-W38", "last_week": "2026-W50",
    }  # fmt: skip
    assert (await admin.post("/v1/goals", json=goal)).status_code == 201
    async with desk(browser, url) as context:
        page = await signed_in(context)
        await page.get_by_role("link", name="Blå stue").click()
        await page.get_by_role("link", name="Flere med i fokussamtaler").click()
        await page.get_by_role("heading", level=1, name="Flere med i fokussamtaler").wait_for()
        await page.get_by_text("80\N{NO-BREAK SPACE}%", exact=True).wait_for()
        await page.get_by_label("Hvad vil I gøre?").fill("Fokussamtaler ved måltidet")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_role("heading", name="Evaluér").wait_for()
        await looked_at(page, "leader-13-goal-steps")
        await page.get_by_label("Hvad ser I?").fill("De stille børn taler mere.")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_label("Arbejder I videre?").select_option("Vi justerer")
        await page.get_by_role("button", name="Gem").click()
        await page.get_by_role("listitem").filter(has_text="besluttet").and_(page.locator("[aria-current]")).wait_for()
        assert await page.get_by_role("heading", name="Gå i gang").count() == 1  # after adjusting it begins again
    now = (await admin.get(f"/v1/goals/{goal['id']}")).json()
    assert (now["step"], now["decision"], now["initiative"]) == ("decided", "adjust", "Fokussamtaler ved måltidet")


async def test_a_leader_needs_no_mouse(browser: Any, url: str, admin: Api) -> None:
    """From the sign-in to a meeting that is kept, by Tab, the arrows, letters and Enter."""
    async with desk(browser, url) as context:
        page = await context.new_page()
        await page.goto("/app/leader/")
        await page.get_by_role("button", name="Log ind med Demo").wait_for()

        async def press(name: str) -> None:
            for _ in range(60):
                await page.keyboard.press("Tab")
                if name in await page.evaluate(FOCUSED):
                    await page.keyboard.press("Enter")
                    return
            raise AssertionError(f"{name} is not reached by Tab")

        async def reach(name: str) -> None:
            for _ in range(60):
                if name in await page.evaluate(FOCUSED):
                    return
                await page.keyboard.press("Tab")
            raise AssertionError(f"{name} is not reached by Tab")

        await press("Log ind med Demo")
        await page.get_by_role("link", name="Lone Opdigt").wait_for()
        await press("Lone Opdigt")
        await page.get_by_role("link", name="Blå stue").wait_for()
        await press("Blå stue")
        await page.get_by_role("button", name="Sæt et mål").wait_for()
        await press("Sæt et mål")
        await reach("Hvad vil I opnå?")
        await page.keyboard.type("Flere med")
        await reach("Mål (i procent")
        await page.keyboard.type("80")
        await page.keyboard.press("Enter")
        await page.get_by_role("link", name="Flere med").wait_for()
        await press("Hold møde")
        await page.get_by_label("Hvor mange er med?").wait_for()
        await reach("Dato")
        await page.keyboard.type(f"{TODAY:%m%d%Y}")  # as the browser's own language writes a date
        await reach("Hvor mange er med?")
        await page.keyboard.type("4")
        await reach("Hvad ser I?")
        await page.keyboard.type("To ligger under linjen.")
        await press("Gem")
        await page.get_by_text("Mødet er gemt").wait_for()
    (meeting,) = (await admin.get("/v1/meetings")).json()["items"]
    assert (meeting["participants"], meeting["interpretation"]) == (4, "To ligger under linjen.")
