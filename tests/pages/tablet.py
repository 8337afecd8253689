"""The tablet as people use it: enrolled, and an activity in three taps."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.clock import local_today
from api.settings import Settings
from domain.weeks import format_week, week_of
from tests.conftest import Api, serving
from tests.pages.apps import device
from tests.pages.room import TabletRoom, tablet_room

TABLET = {"width": 800, "height": 1100}


@pytest.fixture(scope="module")
def url(settings: Settings) -> Iterator[str]:
    """A server on today: the tablet believes the server's clock, not its own."""
    with serving(settings, today=local_today) as found:
        yield found


@pytest.fixture
async def room(admin: Api) -> TabletRoom:
    return await tablet_room(admin)


def tablet(browser: Any, url: str, **options: Any) -> Any:
    return device(browser, url, **({"size": TABLET, "on": None} | options))


async def enrolled(context: Any, room: TabletRoom) -> Any:
    """The tablet's first page, enrolled and kept on the device."""
    page = await context.new_page()
    await page.goto(f"/app/mobile/#enrol={await room.code()}")
    await page.get_by_role("button", name="Tilmeld").click()
    await page.get_by_role("heading", level=1, name="Bierne").wait_for()
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.get_by_text("Ikke noget lige nu").or_(page.locator(".due li").first).wait_for()
    return page


async def record(page: Any, *children: str, kind: str = "Fokussamtale", area: str = "Sprog") -> None:
    """Three taps and save."""
    await page.goto("/app/mobile/#/activity")
    await page.get_by_label(kind, exact=True).check()
    await page.get_by_label(area, exact=True).first.check()
    for child in children:
        await page.get_by_label(child, exact=True).check()
    await page.get_by_role("button", name="Gem", exact=True).click()
    await page.get_by_text("Gemt. Vil du registrere").wait_for()


async def everything_sent(page: Any) -> None:
    await page.goto("/app/mobile/#/")
    await page.get_by_text(re.compile("^Alt er sendt$")).wait_for(
        timeout=60_000
    )  # it may have failed just before, and wait


def this_week() -> str:
    return format_week(week_of(local_today()))
