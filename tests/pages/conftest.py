"""A real browser for the pages people read. Without one these tests are left out, and the run says so."""

import importlib.util
import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest

CHROMIUM = os.environ.get("VLS_TEST_CHROMIUM") or shutil.which("chromium")
HOW = "install Debian's chromium (apt-get install chromium, or set VLS_TEST_CHROMIUM) and the dev packages"


def _missing() -> str:
    """What stands in the way of these tests, or nothing."""
    packages = [name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None]
    return " and ".join([*([] if CHROMIUM else ["chromium"]), *packages])


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Any]:
    if missing := _missing():
        pytest.skip(f"{missing} missing")
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        await running.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    here = os.path.dirname(os.path.relpath(__file__, terminalreporter.config.rootpath))
    left_out = [report for report in terminalreporter.stats.get("skipped", ()) if report.nodeid.startswith(here)]
    if left_out:
        terminalreporter.write_line(
            f"LEFT OUT: {len(left_out)} tests of {here} ({_missing()} missing). To run them: {HOW}.", yellow=True
        )
