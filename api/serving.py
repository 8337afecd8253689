"""Serving the API in this process, from a command line or for a parent that hands over the settings."""

import json
import socket
import sys
from contextlib import suppress
from uuid import UUID

import uvicorn

from api.demo_issuer import DemoIssuer
from api.logs import log_as_json
from api.main import create_app
from api.settings import Settings


class _Server(uvicorn.Server):
    """Says where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"vls: serving http://{self.config.host}:{self.config.port}", file=sys.stderr, flush=True)


def serve(settings: Settings, *, demo: DemoIssuer | None = None) -> None:
    """Serve a migrated database until told to stop."""
    log_as_json()
    config = uvicorn.Config(
        create_app(settings, demo=demo), host=settings.host, port=settings.port, access_log=False, log_level="warning",
        proxy_headers=True, server_header=False, timeout_graceful_shutdown=20,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):
        _Server(config).run()


def main() -> None:
    """Read what to serve as a line of JSON. The demo starts this, which takes its time, before it knows.

    It comes this way and not as options, which everybody on the machine can read. No line: nothing to serve after all.
    """
    if line := sys.stdin.readline():
        told = json.loads(line)
        settings = Settings(**told["settings"])
        serve(settings, demo=DemoIssuer(told["url"], UUID(told["municipality_id"])))


if __name__ == "__main__":
    main()
