"""The browser apps as people meet them: opened from the real server, walked through, every page looked at by axe."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from tests.conftest import TODAY

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TELEPHONE, DESK = {"width": 390, "height": 844}, {"width": 1100, "height": 850}
SHOTS = os.environ.get("VLS_SCREENSHOTS")
"""Where pictures of the pages are written, when they are to be looked at (`make screenshots`)."""


@asynccontextmanager
async def device(
    browser: Any, url: str, *, size: dict[str, int] = TELEPHONE, on: date | None = TODAY, **options: Any
) -> AsyncIterator[Any]:
    """A browser of somebody's own, with nothing in it yet, on a day or on today. What it complains of, fails."""
    context = await browser.new_context(
        base_url=url, viewport=size, locale="da-DK", timezone_id="Europe/Copenhagen", **options
    )
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    if on is not None:
        await context.clock.set_system_time(f"{on}T10:00:00+02:00")
    try:
        yield context
    finally:
        await context.close()
    assert complaints == []


async def looked_at(page: Any, name: str) -> None:
    """axe finds nothing, by day and by night, and the page stays inside 320 pixels."""
    from axe_playwright_python.async_playwright import Axe

    await page.get_by_role("heading", level=1).wait_for()
    size = page.viewport_size
    for scheme, rules in (("dark", ["color-contrast"]), ("light", RULES)):  # only the colours know of the night
        await page.emulate_media(color_scheme=scheme)
        found = await Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{name} ({scheme}): {found.generate_report()}"
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") == 320, name
    await page.set_viewport_size(size)
    if SHOTS:
        sticky = (
            await page.locator(".at-hand").count() > 0
        )  # in a picture of the whole page it would lie across the middle
        await page.screenshot(path=f"{SHOTS}/{name}.png", full_page=not sticky)
