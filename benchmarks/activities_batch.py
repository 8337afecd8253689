"""Batches of 500 activities over HTTP, authenticated, tenancy on, against the same rows by plain asyncpg.

The floor is `INSERT ... ON CONFLICT` by `executemany` of the same 500 rows in one transaction, through a superuser whom
no policy slows down. Both are medians of the same run, alternating. With `--check` it fails below the bar.
"""

import asyncio
import random
import statistics
import sys
import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from benchmarks._service import Service, furnish, serving

ROWS, ROUNDS, BAR = 500, 15, 0.5
INSERT = """INSERT INTO activities
    (municipality_id, id, room_id, observed_on, kind, learning_areas, strategies, child_ids)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"""


def batch(room: str, children: list[str], chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "id": str(uuid4()),
            "room_id": room,
            "observed_on": str(date(2026, 9, 1) + timedelta(days=chance.randrange(28))),
            "kind": "immersion_activity",
            "learning_areas": ["language"],
            "strategies": ["open_questions"],
            "child_ids": chance.sample(children, 4),
        }
        for _ in range(ROWS)
    ]


def over_http(service: Service, items: list[dict[str, Any]]) -> float:
    started = time.perf_counter()
    answer = service.http.post("/v1/activities/batch", json={"items": items})
    elapsed = time.perf_counter() - started
    results = [item["result"] for item in answer.json()["items"]]
    if results != ["created"] * ROWS:
        raise RuntimeError(f"not every activity was created: {set(results)}")
    return elapsed


async def by_asyncpg(connection: Any, municipality: str, items: list[dict[str, Any]]) -> float:
    rows = [
        (
            UUID(municipality), UUID(item["id"]), UUID(item["room_id"]), date.fromisoformat(item["observed_on"]),
            item["kind"], item["learning_areas"], item["strategies"], [UUID(child) for child in item["child_ids"]],
        )
        for item in items
    ]  # fmt: skip
    started = time.perf_counter()
    async with connection.transaction():
        await connection.executemany(INSERT, rows)
    return time.perf_counter() - started


async def measure(service: Service) -> tuple[float, float]:
    chance = random.Random(1)
    room, children = furnish(service.http, children=20)
    connection = await asyncpg.connect(service.superuser_url)
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(await by_asyncpg(connection, service.municipality_id, batch(room, children, chance)))
        ours.append(over_http(service, batch(room, children, chance)))
    await connection.close()
    return statistics.median(ours[2:]), statistics.median(floor[2:])


def main() -> None:
    with serving() as service:
        ours, floor = asyncio.run(measure(service))
    ratio = floor / ours
    print(f"batch of {ROWS} over HTTP               {ROWS / ours:8.0f} rows/s")
    print(f"floor: asyncpg executemany         {ROWS / floor:8.0f} rows/s")
    print(f"ratio {ratio:.2f} (bar {BAR})")
    if "--check" in sys.argv and ratio < BAR:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
