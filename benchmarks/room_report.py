"""A cold room data report (PDF, over HTTP) against its charts drawn plainly, and the server's memory over many of them.

The reference chart is 20 horizontal bars with a dashed line by plain matplotlib to SVG, timed in the same run. Every
report is of a room or period not asked for before, so nothing can come from a cache. Memory is that of the server and
its render workers. `--reports N` (500) for the memory run; with `--check` it fails beyond a bar.
"""

import statistics
import sys
import time
from pathlib import Path

from benchmarks._reference import reference_chart
from benchmarks._service import Service, furnish, serving
from domain.weeks import WEEK, format_week, parse_week
from reporting.room.render import CHARTS

BAR, GROWTH_BAR, SETTLED, TIMED = 1.5, 0.10, 50, 25


def observed_room(service: Service) -> str:
    """A room of 20 children whose weeks differ, so that each period has a report of its own."""
    room, children = furnish(service.http, children=20)
    first = parse_week("2026-W20")
    for number in range(20):
        tallies = [
            {"child_id": child, "immersion_activity": (at + number) % 5, "focus_conversation": (at * number) % 3}
            for at, child in enumerate(children)
        ]
        path = f"/v1/rooms/{room}/weeks/{format_week(first + number * WEEK)}"
        service.http.put(path, json={"completed": True, "tallies": tallies}).raise_for_status()
    activity = {
        "id": f"0190b3a4-0000-7000-8000-{time.time_ns() % 10**12:012}", "room_id": room, "observed_on": "2026-08-05",
        "kind": "immersion_activity", "learning_areas": ["language"], "strategies": [], "child_ids": children[:4],
    }  # fmt: skip
    service.http.post("/v1/activities", json=activity).raise_for_status()
    return room


def periods() -> list[tuple[str, str]]:
    first = parse_week("2026-W20")
    return [
        (format_week(first + start * WEEK), format_week(first + (start + length) * WEEK))
        for length in range(11, 19)
        for start in range(20 - length)
    ]


def report_seconds(service: Service, room: str, period: tuple[str, str]) -> float:
    started = time.perf_counter()
    answer = service.http.get(f"/v1/rooms/{room}/report", params={"from": period[0], "to": period[1]})
    answer.raise_for_status()
    return time.perf_counter() - started


def resident_bytes(process: int) -> int:
    """The memory of a process and all its descendants, without what they share being counted twice."""
    used = sum(
        int(line.split()[1]) * 1024
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )
    children = Path(f"/proc/{process}/task").glob("*/children")
    return used + sum(resident_bytes(int(child)) for file in children for child in file.read_text().split())


def main() -> None:
    reports = int(sys.argv[sys.argv.index("--reports") + 1]) if "--reports" in sys.argv else 500
    asked, memory, times, reference = 0, [], [], []
    with serving() as service:
        while asked < reports:
            room = observed_room(service)
            for period in periods()[: reports - asked]:
                seconds = report_seconds(service, room, period)
                asked += 1
                if SETTLED > asked > SETTLED - TIMED:
                    times.append(seconds)
                    reference.append(reference_chart())
                if asked in (SETTLED, reports):
                    memory.append(resident_bytes(service.process))
    cold, plain = statistics.median(times), statistics.median(reference)
    ratio, growth = cold / (len(CHARTS) * plain), memory[-1] / memory[0] - 1
    print(f"cold room report, {len(CHARTS)} charts, over HTTP   {cold * 1000:7.1f} ms")
    print(f"floor: {len(CHARTS)} x reference chart             {len(CHARTS) * plain * 1000:7.1f} ms")
    print(f"ratio {ratio:.2f} (bar {BAR})")
    print(f"memory after {SETTLED} reports {memory[0] / 1e6:.0f} MB, after {asked} {memory[-1] / 1e6:.0f} MB")
    print(f"growth {growth:+.1%} (bar {GROWTH_BAR:+.0%})")
    if "--check" in sys.argv and (ratio > BAR or growth > GROWTH_BAR):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
