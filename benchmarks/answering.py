"""500 staff who answer a questionnaire of 60 items in the same minute: open it, save once, submit.

Then 500 more submit as fast as 20 connections carry them, against the floor: a plain `INSERT` of the same row in a
transaction of its own, through as many asyncpg connections of a superuser whom no policy slows down. Both in the same
run. With `--check` it fails when anybody meets an error, when the p95 of a submit in the minute is over the bar, or
when the ratio is below its bar.
"""

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from benchmarks._service import Service, serving

STAFF, UNITS, ITEMS, SECONDS, CONNECTIONS = 500, 25, 60, 60, 20
BAR_MS, BAR_RATIO = 300, 0.02
INSERT = """INSERT INTO survey_responses (municipality_id, round_id, id, unit_id, role, answers)
    VALUES ($1, $2, $3, $4, $5, $6)"""
Submitting = Callable[[int], Awaitable[float]]


def furnished(http: httpx.Client) -> tuple[str, list[str], list[str]]:
    """An open round: its id, the ids of its units, and a token for each of 2 x 500 people."""
    keys = [f"i{n}" for n in range(ITEMS)]
    instrument = {
        "key": "bench", "version": 1, "title": "Bench", "scale": {"min": 1, "max": 5},
        "components": [{"key": f"c{n}", "kind": "contextual", "title": f"C{n}"} for n in range(6)],
        "items": [{"key": key, "component": f"c{n % 6}", "text": f"Item {n}"} for n, key in enumerate(keys)],
    }  # fmt: skip
    http.post("/v1/instruments", json=instrument).raise_for_status()
    units = []
    for n in range(UNITS):
        body = {"external_id": f"u{n}", "name": f"Unit {n}", "setting_type": "kindergarten"}
        units.append(http.post("/v1/units", json=body).raise_for_status().json()["id"])
    dates = {"opens_on": "2000-01-01", "closes_on": "2100-01-01"}
    round_ = {"instrument_key": "bench", "instrument_version": 1, "title": "Bench"} | dates
    id_ = http.post("/v1/survey-rounds", json=round_).raise_for_status().json()["id"]
    http.post(f"/v1/survey-rounds/{id_}/open").raise_for_status()
    wanted = [{"unit_id": unit, "links": 2 * STAFF // UNITS} for unit in units]
    made = http.post(f"/v1/survey-rounds/{id_}/invitations", json={"units": wanted}).raise_for_status().json()
    tokens = [link.rpartition("#")[2] for unit in made["units"] for link in unit["links"]]
    random.Random(1).shuffle(tokens)
    return id_, units, tokens


def answers(*, submit: bool) -> dict[str, Any]:
    return {"answers": {f"i{n}": 1 + n % 5 for n in range(ITEMS)}, "role": "educator", "submit": submit}


async def timed(work: Awaitable[Any]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


async def sent(http: httpx.AsyncClient, token: str, *, submit: bool) -> None:
    (await http.put(f"/v1/answers/{token}", json=answers(submit=submit))).raise_for_status()


async def in_the_minute(http: httpx.AsyncClient, tokens: Sequence[str]) -> list[float]:
    """How long each person waited for the submit."""
    chance = random.Random(2)

    async def person(token: str) -> float:
        await asyncio.sleep(chance.uniform(0, SECONDS))
        (await http.get(f"/v1/answers/{token}")).raise_for_status()
        await sent(http, token, submit=False)
        return await timed(sent(http, token, submit=True))

    return list(await asyncio.gather(*(person(token) for token in tokens)))


async def at_once(submit: Submitting) -> float:
    """Submits a second, by `CONNECTIONS` who each begin the next when one is done."""
    left = iter(range(STAFF))

    async def one_after_another() -> None:
        for number in left:
            await submit(number)

    return STAFF / await timed(asyncio.gather(*(one_after_another() for _ in range(CONNECTIONS))))


async def floor(service: Service, round_id: str, units: Sequence[str]) -> float:
    row = [1 + n % 5 for n in range(ITEMS)]
    async with asyncpg.create_pool(service.superuser_url, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:

        async def insert(number: int) -> float:
            unit = UUID(units[number % UNITS])
            values = UUID(service.municipality_id), UUID(round_id), uuid4(), unit, "educator", row
            return await timed(pool.execute(INSERT, *values))

        return await at_once(insert)


async def measure(service: Service) -> tuple[list[float], float, float]:
    round_id, units, tokens = furnished(service.http)
    limits = httpx.Limits(max_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=service.http.base_url, timeout=60, limits=limits) as http:
        waits = await in_the_minute(http, tokens[:STAFF])
        ours = await at_once(lambda number: timed(sent(http, tokens[STAFF + number], submit=True)))
    progress = service.http.get(f"/v1/survey-rounds/{round_id}/progress").json()
    if progress["answered"] != 2 * STAFF:
        raise RuntimeError(f"{progress['answered']} answers of {2 * STAFF}")
    return waits, ours, await floor(service, round_id, units)


def main() -> None:
    with serving() as service:
        waits, ours, plain = asyncio.run(measure(service))
    p95 = statistics.quantiles(waits, n=20)[-1] * 1000
    ratio = ours / plain
    print(f"{STAFF} people in {SECONDS} s, no error      p50 {statistics.median(waits) * 1000:.0f} ms")
    print(f"submit, p95                       {p95:8.0f} ms (bar {BAR_MS})")
    print(f"as fast as {CONNECTIONS} connections go     {ours:8.0f} submits/s")
    print(f"floor: plain INSERT by asyncpg    {plain:8.0f} rows/s")
    print(f"ratio {ratio:.3f} (bar {BAR_RATIO})")
    if "--check" in sys.argv and (p95 > BAR_MS or ratio < BAR_RATIO):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
