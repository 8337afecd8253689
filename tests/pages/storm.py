"""Bad Wi-Fi on loopback: a proxy that drops, delays, doubles and cuts what passes; and a server that is killed."""

import asyncio
import os
import random
import re
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

from api.settings import Settings

CHANCES = {"drop": 0.03, "delay": 0.08, "double": 0.05, "cut": 0.03}


class Proxy:
    """Passes HTTP on, one request a connection, and spoils some of it in a `storm`; `calm` passes all, `down` none."""

    def __init__(self, upstream: int, *, seed: int) -> None:
        self._upstream, self._chance = upstream, random.Random(seed)
        self.weather = "calm"
        self.newer = False  # whether the app behind it has been released anew
        self.behind = False  # whether its page is still the one of the version before
        self.done: Counter[str] = Counter()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(OSError, asyncio.IncompleteReadError, ValueError):
            request = await _request(reader)
            what = self._drawn() if b" /v1/" in request.split(b"\r\n", 1)[0] else "pass"
            if self.weather != "down" and what != "drop":
                if what == "delay":
                    await asyncio.sleep(self._chance.uniform(0.05, 0.6))
                if what == "double":
                    await self._answer(request)
                answer = await self._answer(request)
                writer.write(answer[: len(answer) // 2] if what == "cut" else answer)
                await writer.drain()
                self.done[what] += 1

    def _drawn(self) -> str:
        if self.weather != "storm":
            return "pass"
        at = self._chance.random()
        for what, share in CHANCES.items():
            if at < share:
                self.done[what] += what == "drop"
                return what
            at -= share
        return "pass"

    async def _answer(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        with closing(writer):
            writer.write(request)
            await writer.drain()
            answer = await reader.read(-1)
        if self.newer and request.startswith(b"GET /app/mobile/worker.js "):
            return _released_anew(answer)
        if self.behind and request.startswith(b"GET /app/mobile/ "):
            return re.sub(rb"assets/index-........\.js", b"assets/index-earlier0.js", answer)
        return answer


def _released_anew(answer: bytes) -> bytes:
    """The service worker under the name of a version that is not there yet."""
    head, _, body = answer.partition(b"\r\n\r\n")
    named = re.sub(rb'VERSION = "[0-9a-f]+"', b'VERSION = "newer"', body)
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-length:", b"etag:"))]
    return b"\r\n".join([*kept, b"Content-Length: %d" % len(named)]) + b"\r\n\r\n" + named


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    unwanted = (
        b"connection:",
        b"accept-encoding:",
        b"if-none-match:",
        b"if-modified-since:",
    )  # what passes is to be read
    kept = [line for line in lines if not line.lower().startswith(unwanted)]
    return b"\r\n".join([kept[0], b"Connection: close", *kept[1:]]) + await reader.readexactly(length)


class Server:
    """The API in a process of its own, which can be killed and started again."""

    def __init__(self, settings: Settings) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        secret = settings.secret
        self._environment = os.environ | {
            "VLS_DATABASE_URL": str(settings.database_url), "VLS_SECRET_KEY": secret, "VLS_WORKER": "false",
        }  # fmt: skip
        self._process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self.start()
        try:
            yield
        finally:
            await self.kill()

    async def start(self) -> None:
        command = [sys.executable, "-m", "api.cli", "serve", "--port", str(self.port)]
        self._process = await asyncio.create_subprocess_exec(
            *command, env=self._environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return
            assert self._process.returncode is None, "the server did not start"
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """As a power cut does."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
