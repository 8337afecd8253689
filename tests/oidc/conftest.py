"""A real issuer (the npm package oauth2-mock-server). Without Node and the packages these tests are left out, and the
run says so."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).with_name("server.mjs")
PACKAGE = Path(__file__).parents[2] / "clients" / "node_modules" / "oauth2-mock-server"


@dataclass(slots=True)
class RealIssuer:
    """The issuer in its own process, and what it is told to do."""

    process: asyncio.subprocess.Process
    address: str = ""
    port: int = 0

    async def ask(self, **what: Any) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(what).encode() + b"\n")
        await self.process.stdin.drain()
        return await self.answer()

    async def answer(self) -> dict[str, Any]:
        assert self.process.stdout
        return json.loads(await asyncio.wait_for(self.process.stdout.readline(), 20))  # type: ignore[no-any-return]

    async def token(self, **claims: Any) -> str:
        return str((await self.ask(token=claims))["token"])


@pytest.fixture
async def issuer() -> AsyncIterator[RealIssuer]:
    if shutil.which("node") is None or not PACKAGE.exists():
        pytest.skip("node and clients/node_modules missing")
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec("node", str(SERVER), **pipes)
    running = RealIssuer(process)
    told = await running.answer()
    running.address, running.port = told["issuer"], told["port"]
    yield running
    process.kill()
    await process.wait()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    here = os.path.dirname(os.path.relpath(__file__, terminalreporter.config.rootpath))
    left_out = [report for report in terminalreporter.stats.get("skipped", ()) if report.nodeid.startswith(here)]
    if left_out:
        terminalreporter.write_line(
            f"LEFT OUT: {len(left_out)} tests of {here} (Node or its packages missing). To run them: make apps-test"
            " (installs the packages; needs Node 20.19 or newer), then make test.",
            yellow=True,
        )
