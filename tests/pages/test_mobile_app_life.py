"""What happens to a tablet: revoked, wiped, full, wrong about the time, open twice, and a newer version of its app."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

import api.devices.recognised
from api.clock import local_today
from tests.pages.apps import looked_at
from tests.pages.room import TabletRoom, made
from tests.pages.storm import Proxy
from tests.pages.tablet import enrolled, everything_sent, record, room, tablet, url

__all__ = ["room", "url"]  # the fixtures


async def test_a_revoked_tablet_holds_noise_and_goes_on_when_it_is_enrolled_again(
    room: TabletRoom, browser: Any, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.devices.recognised, "ACTIVE_SECONDS", 0.0)
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await record(page, "Alma")
        await room.admin.delete(f"/v1/devices/{room.device}")
        await context.set_offline(False)
        await page.get_by_role("heading", name="Tabletten er låst").wait_for()
        await page.get_by_text("Ikke sendt endnu: 1").wait_for()
        assert "Alma" not in await page.content()
        await looked_at(page, "mobile-11-locked")
        keys = """new Promise(done => { const it = indexedDB.open('vls-mobile'); it.onsuccess = () => {
            const all = it.result.transaction('keys').objectStore('keys').getAll();
            all.onsuccess = () => { it.result.close(); done(all.result.map(row => row.name)); } } })"""
        assert await page.evaluate(keys) == ["owner"]
        await page.get_by_label("Kode").fill(await room.code())
        await page.get_by_role("button", name="Tilmeld").click()
        await page.get_by_role("heading", level=1, name="Bierne").wait_for()
        await everything_sent(page)
    assert len(await room.activities()) == 1


async def test_signing_out_leaves_nothing(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await record(page, "Alma")
        await page.goto("/app/mobile/#/settings")
        await page.get_by_role("button", name="Afmeld").click()
        await page.get_by_text("IKKE sendt, og går tabt: 1").wait_for()
        await page.get_by_role("button", name="Slet alt", exact=True).click()
        await page.get_by_role("heading", name="Tilmeld tabletten").wait_for()
        counts = """new Promise(done => { const it = indexedDB.open('vls-mobile'); it.onsuccess = async () => {
            const names = [...it.result.objectStoreNames];
            const one = name => new Promise(told => {
                const asked = it.result.transaction(name).objectStore(name).count();
                asked.onsuccess = () => told(asked.result); });
            done(await Promise.all(names.map(one))); it.result.close(); } })"""
        assert await page.evaluate(counts) == [0, 0, 0, 0]
        assert await page.evaluate("Object.keys(localStorage)") == ["vls-language"]


async def test_two_tabs_send_each_thing_once(room: TabletRoom, browser: Any, url: str) -> None:
    sent: list[str] = []
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        other = await context.new_page()
        await other.goto("/app/mobile/")
        await other.get_by_role("heading", level=1, name="Bierne").wait_for()
        context.on("response", lambda got: sent.append(got.request.post_data) if got.request.method == "POST" else None)
        await context.set_offline(True)
        for number in range(3):
            await record(page if number % 2 else other, "Alma")
        sent.clear()
        await context.set_offline(False)
        await everything_sent(page)
        await everything_sent(other)
    assert len(await room.activities()) == 3
    assert len(sent) == len(set(sent)) == 3


async def test_a_full_tablet_says_so_and_keeps_what_is_on_the_screen(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        # What the browser does when the disk is full; its own quota cannot be set for a window that keeps nothing.
        await page.evaluate("""() => {
            window.room = IDBObjectStore.prototype.add;
            IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') };
        }""")
        await page.goto("/app/mobile/#/activity")
        await page.get_by_label("Fokussamtale").check()
        await page.get_by_label("Sprog", exact=True).check()
        await page.get_by_label("Alma").check()
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.get_by_text("Det, du netop skrev, er IKKE gemt").wait_for()
        assert await page.get_by_label("Alma").is_checked()
        await page.evaluate("() => { IDBObjectStore.prototype.add = window.room }")
        await page.get_by_role("button", name="Gem", exact=True).click()
        await page.get_by_text("Gemt. Vil du registrere").wait_for()
        await context.set_offline(False)
        await everything_sent(page)
    assert len(await room.activities()) == 1


async def test_another_enrolment_takes_the_tablet_over_and_one_code_is_enough(
    room: TabletRoom, browser: Any, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first one has not sent is given up only when somebody says so, after the code was asked with already."""
    monkeypatch.setattr(api.devices.recognised, "ACTIVE_SECONDS", 0.0)
    other = replace(room, device=await made(room.admin, "devices", {"room_id": room.id, "name": "Den gule"}))
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await context.set_offline(True)
        await record(page, "Alma")
        await room.admin.delete(f"/v1/devices/{room.device}")
        await context.set_offline(False)
        await page.get_by_role("heading", name="Tabletten er låst").wait_for()
        await page.get_by_label("Kode").fill(await other.code())
        await page.get_by_role("button", name="Tilmeld", exact=True).click()
        await page.get_by_role("button", name="Slet det og tilmeld").click()
        await page.get_by_role("heading", level=1, name="Bierne").wait_for(timeout=10_000)
        await record(page, "Carl")
        await everything_sent(page)
    (activity,) = await room.activities()
    assert activity["child_ids"] == [room.children["Carl"]]


async def test_a_page_that_was_left_open_is_about_the_new_day_in_the_morning(
    room: TabletRoom, browser: Any, url: str
) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto("/app/mobile/#/activity")
        today, before = local_today(), local_today() - timedelta(days=1)
        await context.set_offline(True)
        await page.get_by_label("Dag", exact=True).fill(before.isoformat())  # what somebody caught up with on that day
        tomorrow = today + timedelta(days=1)
        await context.clock.set_system_time(f"{tomorrow}T07:00:00+01:00")
        await page.get_by_label("Fokussamtale", exact=True).check()
        assert await page.get_by_label("Dag", exact=True).input_value() == tomorrow.isoformat()


async def test_a_full_tablet_says_that_a_draft_is_not_kept(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url) as context:
        page = await enrolled(context, room)
        await page.goto(f"/app/mobile/#/development/{room.children['Alma']}")
        await page.get_by_label("Hvem vurderer?").select_option("Anna Holm")
        await page.evaluate("""() => {
            IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') };
        }""")
        await page.get_by_role("group").first.get_by_role("radio").first.check()
        await page.get_by_text("Det, du netop skrev, er IKKE gemt").wait_for(timeout=5_000)
        assert await page.get_by_text("gemt på tabletten, ikke sendt").count() == 0


async def test_a_clock_that_is_wrong_is_put_right(room: TabletRoom, browser: Any, url: str) -> None:
    async with tablet(browser, url, on=date(2026, 1, 5)) as context:
        page = await enrolled(context, room)
        await page.get_by_text("Tablettens ur går").wait_for()
        await record(page, "Alma")
        await everything_sent(page)
    (activity,) = await room.activities()
    assert activity["observed_on"] == local_today().isoformat()


async def test_a_newer_version_of_the_app_waits_until_somebody_says_so_and_takes_nothing_with_it(
    room: TabletRoom, browser: Any, url: str
) -> None:
    proxy = Proxy(urlsplit(url).port or 0, seed=1)
    async with proxy.running() as address, tablet(browser, address) as context:
        page = await enrolled(context, room)
        proxy.weather = "down"
        await record(page, "Alma")
        proxy.weather, proxy.newer = "calm", True
        await page.evaluate("navigator.serviceWorker.getRegistration().then(it => it.update()).then(() => true)")
        await page.get_by_role("button", name="Opdatér nu").wait_for()
        async with page.expect_event("load"):  # nothing happens to the page before
            await page.get_by_role("button", name="Opdatér nu").click()
        await page.get_by_role("heading", level=1).wait_for()
        assert await page.get_by_role("button", name="Opdatér nu").count() == 0
        names = await page.evaluate("caches.keys()")
        assert names == ["vls-mobile-newer"]
        await everything_sent(page)
    assert len(await room.activities()) == 1


async def test_a_tablet_that_nobody_touches_notices_that_it_was_revoked(
    room: TabletRoom, browser: Any, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.devices.recognised, "ACTIVE_SECONDS", 0.0)
    async with tablet(browser, url) as context:
        await context.clock.install()
        page = await enrolled(context, room)
        await room.admin.delete(f"/v1/devices/{room.device}")
        await page.clock.fast_forward("11:00")
        await page.get_by_role("heading", name="Tabletten er låst").wait_for(timeout=10_000)


async def test_a_code_does_not_stay_in_the_address_of_an_app_that_is_open_already(
    room: TabletRoom, browser: Any, url: str
) -> None:
    async with tablet(browser, url) as context:
        page = await context.new_page()
        await page.goto("/app/mobile/")
        await page.get_by_role("heading", name="Tilmeld tabletten").wait_for()
        code = await room.code()
        await page.goto(f"/app/mobile/#enrol={code}")
        await page.wait_for_function("code => document.querySelector('input').value === code", arg=code, timeout=5_000)
        assert page.url.endswith("/app/mobile/#/")
        await page.get_by_role("button", name="Tilmeld").click()
        await page.get_by_role("heading", level=1, name="Bierne").wait_for()


async def test_half_a_release_is_not_kept(room: TabletRoom, browser: Any, url: str) -> None:
    """The worker is new and the page still the old one: without a connection it would ask for files that nobody has."""
    proxy = Proxy(urlsplit(url).port or 0, seed=1)
    async with proxy.running() as address, tablet(browser, address) as context:
        page = await enrolled(context, room)
        proxy.newer = proxy.behind = True
        update = "navigator.serviceWorker.getRegistration().then(it => it.update()).then(() => true, () => false)"
        await page.evaluate(update)
        await page.wait_for_timeout(1_000)
        assert await page.get_by_role("button", name="Opdatér nu").count() == 0
        proxy.behind = False
        await page.evaluate(update)
        await page.get_by_role("button", name="Opdatér nu").wait_for()
