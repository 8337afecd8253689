"""50 observations a second while 20 reports a minute are drawn: does a Friday afternoon hold?

Activities of many rooms come in one by one at an even pace; every third second a room data report is asked for as PDF.
`--minutes 10` is the full run, one without. With `--check` it fails when anybody meets an error, or when the p95 of a
post is over the bar.
"""

import argparse
import asyncio
import os
import statistics
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import httpx

from benchmarks._service import Service, furnish, serving

ROOMS, CHILDREN, A_SECOND, REPORTS_A_MINUTE = 20, 15, 50, 20
BAR_MS = 100


def activity(chance: Random, rooms: list[tuple[str, list[str]]]) -> dict[str, object]:
    room, children = chance.choice(rooms)
    return {
        "id": str(uuid4()), "room_id": room, "observed_on": str(date.today() - timedelta(days=chance.randrange(40))),  # noqa: DTZ011
        "kind": chance.choice(("immersion_activity", "focus_conversation")), "learning_areas": ["language"],
        "strategies": ["open_questions"], "child_ids": chance.sample(children, 4),
    }  # fmt: skip


async def observe(
    http: httpx.AsyncClient, rooms: list[tuple[str, list[str]]], minutes: float
) -> tuple[list[float], list[float], list[str]]:
    """How long each post and each report took, and what went wrong."""
    chance, posts, reports, wrong = Random(1), [], [], []

    async def timed(took: list[float], request: httpx.Request) -> None:
        """As a tablet does it: a line that breaks (the server closes one that was idle) is tried once more."""
        started = time.perf_counter()
        for last in (False, True):
            try:
                answer = await http.send(request)
            except httpx.TransportError as error:
                if last:
                    wrong.append(f"{request.url.path}: {error!r}")
                continue
            if not answer.is_success:
                wrong.append(f"{request.url.path}: {answer.status_code} {answer.text[:200]}")
            break
        took.append(time.perf_counter() - started)

    async def at_pace(every: float, one: object, took: list[float]) -> None:
        """Sent when it is due, whether or not the one before has been answered: nobody waits for somebody else."""
        begun, under_way = time.perf_counter(), set[asyncio.Task[None]]()
        for number in range(round(minutes * 60 / every)):
            await asyncio.sleep(max(0.0, begun + number * every - time.perf_counter()))
            task = asyncio.create_task(timed(took, one()))  # type: ignore[operator]
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)

    def post() -> httpx.Request:
        return http.build_request("POST", "/v1/activities", json=activity(chance, rooms))

    def report() -> httpx.Request:
        return http.build_request("GET", f"/v1/rooms/{chance.choice(rooms)[0]}/report", params={"format": "pdf"})

    await asyncio.gather(at_pace(1 / A_SECOND, post, posts), at_pace(60 / REPORTS_A_MINUTE, report, reports))
    return posts, reports, wrong


async def run(service: Service, minutes: float) -> tuple[list[float], list[float], list[str]]:
    rooms = [furnish(service.http, children=CHILDREN) for _ in range(ROOMS)]
    headers = {"Authorization": service.http.headers["Authorization"]}
    limits = httpx.Limits(max_connections=60)
    async with httpx.AsyncClient(base_url=service.http.base_url, timeout=60, limits=limits, headers=headers) as http:
        return await observe(http, rooms, minutes)


def used(process: int) -> float:
    """Processor seconds of the server's process so far, which a busy machine does not change."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    with serving() as service:
        before = used(service.process)
        posts, reports, wrong = asyncio.run(run(service, asked.minutes))
        share = (used(service.process) - before) / (asked.minutes * 60)
    p95 = statistics.quantiles(posts, n=20)[-1] * 1000
    print(f"{len(posts)} posts in {asked.minutes:g} min, {len(reports)} reports, {len(wrong)} errors")
    print(f"post     p50 {statistics.median(posts) * 1000:6.1f} ms   p95 {p95:6.1f} ms (bar {BAR_MS})")
    print(f"report   p50 {statistics.median(reports) * 1000:6.1f} ms   max {max(reports) * 1000:6.1f} ms")
    print(f"the server's own process used {share:.0%} of a processor")
    for one in wrong[:5]:
        print(one)
    if asked.check and (wrong or p95 > BAR_MS):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
