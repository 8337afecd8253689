"""Two hundred observations recorded offline: through a killed browser, a restarting server, and the worst of Wi-Fi."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from api.settings import Settings
from tests.conftest import Api
from tests.pages.conftest import CHROMIUM
from tests.pages.room import NAMES, tablet_room
from tests.pages.storm import Proxy, Server

RECORD = """async ({ from, to }) => {
    const labelled = (text) => [...document.querySelectorAll('label.choice')].find(it => it.innerText.trim() === text);
    const saved = () => document.querySelector('.banner[role=status]');
    for (let number = from; number < to; number += 1) {
        const names = NAMES.filter((_, place) => ((number % 255) + 1) & (1 << place));
        const kind = number % 2 ? 'Fokussamtale' : 'Fordybelsesaktivitet';
        for (const text of [kind, 'Sprog', ...names]) labelled(text).click();
        const before = saved();
        await new Promise(done => setTimeout(done));
        document.querySelector('.at-hand .button.main').click();
        while (saved() === null || saved() === before) {
            if (document.querySelector('.wrong, .look-here')) throw new Error(document.body.innerText);
            await new Promise(done => setTimeout(done, 1));
        }
    }
}""".replace("NAMES", str(list(NAMES)))


@asynccontextmanager
async def tablet(folder: Path) -> AsyncIterator[Any]:
    """A browser with a disk of its own."""
    from playwright.async_api import Error, async_playwright

    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        opened = await playwright.chromium.launch_persistent_context(
            folder, executable_path=CHROMIUM, args=arguments, viewport={"width": 800, "height": 1100}
        )
        yield opened
        with suppress(Error):  # one that was killed is closed already
            await opened.close()


def kill(folder: Path) -> None:
    """Ends every process of the browser at once, as an empty battery does."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                mine = str(folder).encode() in (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if mine:
                os.kill(int(entry.name), signal.SIGKILL)


async def recorded(page: Any, first: int, last: int) -> None:
    await page.evaluate("location.hash = '#/activity'")
    await page.get_by_label("Gustav").wait_for()
    await page.evaluate(RECORD, {"from": first, "to": last})


async def test_two_hundred_observations_arrive_exactly_once(
    admin: Api, settings: Settings, tmp_path: Path, browser: Any
) -> None:
    assert browser  # asks for Chromium, and is left out without it
    room, server = await tablet_room(admin), Server(settings)
    proxy = Proxy(server.port, seed=20261126)
    async with server.running(), proxy.running() as url:
        async with tablet(tmp_path) as context:
            page = await context.new_page()
            await page.goto(f"{url}/app/mobile/#enrol={await room.code()}")
            await page.get_by_role("button", name="Tilmeld").click()
            await page.get_by_role("heading", level=1, name="Bierne").wait_for()
            await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            await page.locator(".due li").first.wait_for()
            proxy.weather = "down"
            await recorded(page, 0, 120)
            kill(tmp_path)
        async with tablet(tmp_path) as context:
            page = await context.new_page()
            await page.goto(f"{url}/app/mobile/")
            await page.get_by_text("120 venter på at blive sendt").wait_for()
            await recorded(page, 120, 200)
            await page.evaluate("location.hash = '#/'")
            await page.get_by_text("200 venter på at blive sendt").wait_for()
            assert await room.activities() == []
            proxy.weather = "storm"
            await page.reload()
            for many in (60, 120):
                while len(await room.activities()) < many:  # noqa: ASYNC110 - the server tells of it to those who ask
                    await asyncio.sleep(0.1)
                await server.kill()
                await asyncio.sleep(0.5)
                await server.start()
            await page.get_by_text(re.compile("^Alt er sendt$")).wait_for(timeout=180_000)
    found = await room.activities()
    assert len(found) == len({activity["id"] for activity in found}) == 200
    named = {child: place for place, child in enumerate(room.children.values())}
    masks = sorted(sum(1 << named[child] for child in activity["child_ids"]) for activity in found)
    assert masks == sorted((number % 255) + 1 for number in range(200))
    assert {"drop", "delay", "double", "cut"} <= set(proxy.done)
