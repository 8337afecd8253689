"""All unit reports of a municipality as one batch (PDF, over HTTP) against their charts drawn plainly on two cores.

The wall time is from the order to `done`; the ZIP is fetched afterwards. The floor is the reference chart of the same
run, drawn before and after on the idle machine: reports x charts a report x its median / 2. `--reports N` (700); with
`--check` it fails beyond the bar.

On a machine that others use, the wall time says more about them: the second ratio is made of processor seconds alone
(the service with its workers, and PostgreSQL), spread over two cores, against those of the reference chart.
"""

import asyncio
import io
import json
import os
import random
import statistics
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks._reference import reference_chart
from benchmarks._service import Service, serving

BAR, TIMED, ANSWERS = 1.25, 25, 12
TICKS = os.sysconf("SC_CLK_TCK")
INSTRUMENT = Path(__file__).parent.parent / "clients/python/vls_client/sandbox/instrument.json"


def made(service: Service, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = service.http.post(f"/v1/{path}", json=body)
    answer.raise_for_status()
    return dict(answer.json())


def closed_round(service: Service, *, units: int) -> str:
    """A closed round in which `ANSWERS` of each unit have answered, so that every report has every chart."""
    instrument, chance = json.loads(INSTRUMENT.read_text()), random.Random(7)
    lowest, highest = instrument["scale"]["min"], instrument["scale"]["max"]
    made(service, "instruments", instrument)
    version = {"instrument_key": instrument["key"], "instrument_version": instrument["version"]}
    dates = {"opens_on": "2026-09-01", "closes_on": "2026-09-30"}
    round_ = str(made(service, "survey-rounds", {**version, **dates, "title": "Måling"})["id"])
    made(service, f"survey-rounds/{round_}/open", {})
    lines = ["unit_external_id," + ",".join(item["key"] for item in instrument["items"])]
    settings = ("childminding", "nursery", "kindergarten", "integrated")
    for number in range(units):
        key = f"u{number:04}"
        made(service, "units", {"external_id": key, "name": f"Hus {number}", "setting_type": settings[number % 4]})
        level = chance.uniform(0.3, 0.9)
        for _ in range(ANSWERS):
            answers = (
                min(highest, max(lowest, round(lowest + chance.gauss(level, 0.25) * (highest - lowest))))
                for _ in instrument["items"]
            )
            lines.append(f"{key}," + ",".join(map(str, answers)))
    upload(service, round_, "\n".join(lines).encode())
    made(service, f"survey-rounds/{round_}/close", {})
    return round_


def upload(service: Service, round_: str, content: bytes) -> None:
    asked = {"mode": "commit", "round_id": round_}
    headers = {"Content-Type": "text/csv"}
    answer = service.http.post("/v1/imports/survey-answers", params=asked, content=content, headers=headers)
    follow(service, answer.headers["location"])


def follow(service: Service, location: str) -> dict[str, Any]:
    while (found := service.http.get(location).json())["status"] in ("queued", "running"):
        time.sleep(0.1)
    if found["status"] != "done":
        raise RuntimeError(json.dumps(found))
    return dict(found)


def charts_a_report(service: Service, round_: str) -> int:
    """How many drawings the web page of a unit's report holds."""
    asked = {"scope": "unit:u0000", "format": "html"}
    return int(service.http.get(f"/v1/survey-rounds/{round_}/report", params=asked).text.count("<figure"))


def drawn_plainly() -> tuple[list[float], float]:
    """The times of `TIMED` reference charts, and the processor seconds of one."""
    before = time.process_time()
    times = [reference_chart() for _ in range(TIMED)]
    return times, (time.process_time() - before) / TIMED


def processor_seconds(service: Service) -> float:
    """What the service and PostgreSQL have used so far, with the processes they started."""

    async def backend() -> int:
        connection = await asyncpg.connect(service.superuser_url)
        found = int(await connection.fetchval("SELECT pg_backend_pid()"))
        postmaster = int(_stat(found)[3])
        await connection.close()
        return postmaster

    return sum(_used(root) for root in (service.process, asyncio.run(backend())))


def _stat(process: int) -> list[str]:
    """`/proc/PID/stat`; the name in brackets may hold blanks."""
    head, _, rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    return [head.partition(" ")[0], "", *rest.split()]


def _used(process: int) -> float:
    """Its own time, that of children it has waited for, and of those that are there."""
    try:
        own = sum(int(ticks) for ticks in _stat(process)[13:17]) / TICKS
        tasks = [(task / "children").read_text().split() for task in Path(f"/proc/{process}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it has ended: whoever waits for it has its time
    return own + sum(_used(int(child)) for children in tasks for child in children)


def main() -> None:
    reports = int(sys.argv[sys.argv.index("--reports") + 1]) if "--reports" in sys.argv else 700
    with serving() as service:
        round_ = closed_round(service, units=reports)
        charts = charts_a_report(service, round_)
        reference, reference_busy = drawn_plainly()
        busy, started = processor_seconds(service), time.perf_counter()
        answer = service.http.post("/v1/report-batches", json={"survey_round_id": round_})
        batch = follow(service, answer.headers["location"])
        wall, busy = time.perf_counter() - started, processor_seconds(service) - busy
        after, after_busy = drawn_plainly()
        reference, reference_busy = reference + after, min(reference_busy, after_busy)
        packed = service.http.get(f"{answer.headers['location']}/file").content
    if batch["issues"] or len(zipfile.ZipFile(io.BytesIO(packed)).namelist()) != reports + 1:
        raise RuntimeError("reports are missing")
    plain = statistics.median(reference)
    floor = reports * charts * plain / 2
    print(f"batch of {reports} unit reports, {charts} charts each   {wall:7.1f} s, ZIP of {len(packed) / 1e6:.0f} MB")
    print(f"floor: {reports} x {charts} x reference chart / 2      {floor:7.1f} s ({plain * 1000:.1f} ms a chart)")
    print(f"ratio {wall / floor:.2f} (bar {BAR}), load {os.getloadavg()[0]:.1f} at the end")
    busy_floor = reports * charts * reference_busy / 2
    print(f"in processor seconds {busy / 2:.1f} against {busy_floor:.1f}: ratio {busy / 2 / busy_floor:.2f}")
    if "--check" in sys.argv and wall > BAR * floor:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
