"""The web pages in a real browser: WCAG 2.2 AA by axe, on a desk and on a small telephone, with nothing fetched."""

from collections.abc import AsyncIterator, Callable
from functools import cache
from typing import Any

import pytest

from api.reports.documents import CONTENT_SECURITY
from reporting.readiness.render import render
from reporting.room.render import render as render_room
from tests.reporting.test_html import READINESS, ROOMS
from tests.reporting.test_wall import CASES

ADDRESS = "http://report.test/"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES: dict[str, Callable[[], bytes]] = {
    "unit": lambda: render(READINESS["unit"], format="html"),
    "six answers": lambda: render(READINESS["six_answers"], format="html", language="en"),
    "suppressed": lambda: render(READINESS["suppressed"], format="html"),
    "wall": lambda: render(READINESS["unit"], format="html", version="wall"),
    "long texts": lambda: render(CASES["long"], format="html", version="wall"),
    "room": lambda: render_room(ROOMS["room"], format="html"),
    "room with practice and development": lambda: render_room(ROOMS["assessed"], format="html"),
    "room without weeks": lambda: render_room(ROOMS["nothing_recorded"], format="html", language="en"),
}


@cache
def content(name: str) -> bytes:
    return PAGES[name]()


@pytest.fixture(params=PAGES)
async def page(request: pytest.FixtureRequest, browser: Any) -> AsyncIterator[Any]:
    """The page as our server sends it; `asked` and `complaints` are what the browser wanted and did not like."""
    body = content(request.param)
    opened = await browser.new_page()
    opened.asked, opened.complaints = [], []
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CONTENT_SECURITY["html"]}
    await opened.route("**/*", lambda route: route.fulfill(body=body, headers=headers))
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    await opened.goto(ADDRESS)
    yield opened
    await opened.close()


async def test_a_page_passes_axe_and_stays_inside_every_screen(page: Any) -> None:
    from axe_playwright_python.async_playwright import Axe

    await page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    for width in (1100, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") == width
    found = await Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


async def test_nothing_is_fetched_and_no_letter_leaves_its_drawing(page: Any) -> None:
    await page.evaluate("document.fonts.ready.then(() => true)")
    fetched = [address for address in page.asked if not address.startswith("data:")]
    assert fetched == [ADDRESS]
    assert page.complaints == []
    loaded = "[...document.fonts].filter(it => it.status == 'loaded').map(it => it.weight).sort()"
    assert await page.evaluate(loaded) == ["400", "600"]
    outside = """[...document.querySelectorAll('svg')].flatMap(svg => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter(it => {
            const own = it.getBoundingClientRect();
            return own.left < box.left - 1.5 || own.right > box.right + 1.5;
        }).map(it => it.textContent)
    })"""
    assert await page.evaluate(outside) == []


async def test_in_print_the_drawings_stand_and_the_tables_are_folded_away(page: Any) -> None:
    await page.emulate_media(media="print")
    assert await page.evaluate("[...document.querySelectorAll('details')].every(it => it.offsetParent === null)")
    assert await page.evaluate(
        "[...document.querySelectorAll('svg')].every(it => it.getBoundingClientRect().width > 100)"
    )
