"""`python -m vls_client.sandbox`: fill the service, say on stderr what happens, print ids and links as JSON."""

import json
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from typing import Annotated

import httpx
import typer
from rich.console import Console

from vls_client.console import Id, Secret, connected
from vls_client.sandbox.fill import fill
from vls_client.sandbox.municipality import SEED


def main(
    url: Annotated[str, typer.Option(envvar="VLS_URL", help="Address of the service")],
    client_id: Id = None,
    client_secret: Secret = None,
    seed: Annotated[int, typer.Option(help="Another number, another municipality")] = SEED,
    wait: Annotated[float, typer.Option(help="Seconds to wait for a service that is starting")] = 0,
) -> None:
    """Fill a fictional municipality through the API."""
    said = Console(stderr=True)
    today = date.today()  # noqa: DTZ011 - the municipality's calendar is this machine's
    wait_until_ready(url, seconds=wait)
    with connected(url, client_id, client_secret) as vls:
        filled = fill(vls, today=today, seed=seed, progress=said.print)
        json.dump(asdict(filled) | filled.links(vls), sys.stdout, indent=2)
    print()


def wait_until_ready(url: str, *, seconds: float) -> None:
    """Return when the service is ready or the time is over; what is wrong then, the first request will say."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            if httpx.get(f"{url.rstrip('/')}/health/ready", timeout=2).is_success:
                return
        time.sleep(0.05)


if __name__ == "__main__":
    typer.run(main)
