"""Closing a round over HTTP (every scope and cut, disclosure control, the frozen snapshot), and reading its results.

The floor reads the same rows by plain asyncpg and sums each item over each unit by `numpy.bincount`: what a snapshot
without cuts, scores and protection would cost. `--people N` (6,000: a large municipality of 700 units; 75,000 is the
country). The memory is that of the server and of the process that computes. With `--check` it fails beyond a bar; the
bars of closing are meant for the country.
"""

import asyncio
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import numpy as np

from benchmarks._service import Service, serving

PER_UNIT, PER_AREA, ITEMS, COMPONENTS, READS = 8.6, 88, 60, 6, 200
CLOSE_BAR, MEMORY_BAR, READ_BAR = 60, 2_000_000_000, 0.050
KINDS = ("childminding", "nursery", "kindergarten", "integrated")
ROLES = (*["educator"] * 13, *["assistant"] * 5, *["leader"] * 2)


def instrument() -> dict[str, Any]:
    components = [
        {"key": f"c{c}", "kind": "primary" if c < 2 else "contextual", "title": {"da": f"Del {c}", "en": ""}}
        for c in range(COMPONENTS)
    ]
    items = [
        {
            "key": f"i{i}",
            "component": f"c{i % COMPONENTS}",
            "text": {"da": f"Udsagn {i}", "en": ""},
            "reverse": i % 5 == 0,
        }
        for i in range(ITEMS)
    ]
    scale = {"min": 1, "max": 5, "labels": []}
    title = {"da": "Måling", "en": ""}
    return {"key": "b", "version": 1, "title": title, "scale": scale, "components": components, "items": items}


def opened(http: Any) -> str:
    http.post("/v1/instruments", json=instrument()).raise_for_status()
    dates = {"opens_on": "2026-09-01", "closes_on": "2026-09-30"}
    made = http.post("/v1/survey-rounds", json={"instrument_key": "b", "instrument_version": 1, "title": "B", **dates})
    id_ = str(made.raise_for_status().json()["id"])
    http.post(f"/v1/survey-rounds/{id_}/open").raise_for_status()
    return id_


async def fill(service: Service, round_id: str, people: int) -> list[UUID]:
    """Units of many sizes in areas, and answers that agree more within a unit than between; the ids of the units."""
    chance, rng = random.Random(1), np.random.default_rng(1)
    areas = [uuid4() for _ in range(max(1, round(people / PER_UNIT / PER_AREA)))]
    units = [uuid4() for _ in range(max(1, round(people / PER_UNIT)))]
    mine = UUID(service.municipality_id)
    size = np.maximum(1, rng.gamma(3, 1, len(units)))
    unit = rng.choice(len(units), people, p=size / size.sum())
    level = 3.6 + rng.normal(0, 0.4, (len(units), 1))[unit] + rng.normal(0, 0.4, (people, 1))
    given = np.clip(np.rint(level + rng.normal(0, 0.7, (people, ITEMS))), 1, 5).astype(int)
    missing = rng.random(given.shape) < 0.025
    to = await asyncpg.connect(service.superuser_url)
    await to.copy_records_to_table(
        "areas", columns=["municipality_id", "id", "external_id", "name"],
        records=[(mine, id_, f"a{n}", f"Område {n}") for n, id_ in enumerate(areas)],
    )  # fmt: skip
    await to.copy_records_to_table(
        "units", columns=["municipality_id", "id", "external_id", "name", "area_id", "setting_type"],
        records=[
            (mine, id_, f"u{n}", f"Enhed {n}", areas[n % len(areas)], chance.choice(KINDS))
            for n, id_ in enumerate(units)
        ],
    )  # fmt: skip
    await to.copy_records_to_table(
        "survey_responses", columns=["municipality_id", "round_id", "id", "unit_id", "role", "answers"],
        records=[
            (mine, UUID(round_id), uuid4(), units[at], chance.choice(ROLES), row)
            for at, row in zip(unit.tolist(), np.where(missing, None, given).tolist(), strict=True)
        ],
    )  # fmt: skip
    await to.close()
    return units


async def floor(service: Service, round_id: str) -> float:
    to = await asyncpg.connect(service.superuser_url)
    started = time.perf_counter()
    query = "SELECT unit_id, array_replace(answers, NULL, 0::smallint) FROM survey_responses WHERE round_id = $1"
    rows = await to.fetch(query, UUID(round_id))
    answers = np.array([row[1] for row in rows], dtype=np.int8)
    position = {id_: n for n, id_ in enumerate({row[0] for row in rows})}
    unit = np.array([position[row[0]] for row in rows])
    for item in answers.T:
        np.bincount(unit, item, len(position))
    seconds = time.perf_counter() - started
    await to.close()
    return seconds


def read_seconds(service: Service, round_id: str, units: list[UUID]) -> float:
    """The 95th percentile over the municipality and units, whole and cut."""
    chance, times = random.Random(2), []
    for number in range(READS):
        scope = "municipality" if number % 4 == 0 else f"unit:{chance.choice(units)}"
        asked = {"scope": scope} | ({"by": "role"} if number % 2 else {})
        started = time.perf_counter()
        service.http.get(f"/v1/survey-rounds/{round_id}/results", params=asked).raise_for_status()
        times.append(time.perf_counter() - started)
    return statistics.quantiles(times, n=20)[-1]


@dataclass
class Closing:
    """What closing took: until the results are there, the most memory of the server and what it started, and the
    longest that anybody else waited for an answer meanwhile."""

    seconds: float = 0.0
    bytes: int = 0
    wait: float = 0.0


def closing(service: Service, round_id: str) -> Closing:
    found, path, started = Closing(), f"/v1/survey-rounds/{round_id}", time.perf_counter()
    with ThreadPoolExecutor(1) as other:
        closed = other.submit(service.http.post, f"{path}/close", timeout=3600)
        while True:
            asked = time.perf_counter()
            state = service.http.get(path).raise_for_status().json()["state"]
            found.wait = max(found.wait, time.perf_counter() - asked)
            found.bytes = max(found.bytes, bytes_of(service.process))
            if state == "closed" and service.http.get(f"{path}/results").status_code == 200:
                found.seconds = time.perf_counter() - started
                closed.result().raise_for_status()
                return found
            time.sleep(0.1)


def bytes_of(process: int) -> int:
    """The resident memory of a process and of those it has started."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0  # it has ended
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return own * 1024 + sum(bytes_of(int(child)) for child in children)


def main() -> None:
    people = int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else 6_000
    with serving() as service:
        round_id = opened(service.http)
        units = asyncio.run(fill(service, round_id, people))
        least = asyncio.run(floor(service, round_id))
        closed = closing(service, round_id)
        read = read_seconds(service, round_id, units)
    print(f"closing {people} x {ITEMS}, {len(units)} units, over HTTP  {closed.seconds:8.1f} s (bar {CLOSE_BAR})")
    print(f"its memory at most                           {closed.bytes / 1e6:8.0f} MB (bar {MEMORY_BAR / 1e6:.0f})")
    print(f"longest wait of others meanwhile             {closed.wait * 1000:8.0f} ms")
    print(f"floor: the same rows read, bincount          {least:8.2f} s, ratio {closed.seconds / least:.0f}")
    print(f"results of any scope, p95                    {read * 1000:8.1f} ms (bar {READ_BAR * 1000:.0f})")
    if "--check" in sys.argv and (read > READ_BAR or closed.seconds > CLOSE_BAR or closed.bytes > MEMORY_BAR):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
