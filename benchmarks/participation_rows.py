"""What a room's data and a municipality's cost in a country full of observations.

1. The data of a room data report (JSON over HTTP) from a database with 300,000 participations and from one with many
   more, asked in turn; the first is the floor. `--rows 30000000` is the full run, 3 million without.
2. The participation of a municipality of 25,000 children in 2,000 rooms over eight weeks, from the sums of their weeks;
   beside it what summing all of them up from nothing costs, and what hiding small groups adds.

With `--check` it fails beyond a bar.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from uuid import UUID, uuid4

import asyncpg

from api.db import Database
from api.observations.overview import measure
from api.observations.periods import Period
from api.observations.sums import bring_up_to_date
from api.settings import Settings
from benchmarks._service import Service, serving
from domain.participation_overview import overview
from domain.weeks import WEEK, format_week, week_of

BAR_RATIO, BAR_MS = 1.5, 60.0
FEW = 300_000
CHILDREN, A_WEEK, GROUP, WEEKS = 15, 11, 4, 46  # of a room: about three participations a child and week
FILL = (
    "INSERT INTO units (municipality_id, id, external_id, name, setting_type) SELECT $1::uuid,"
    " md5($1 || 'u' || n)::uuid, 'u' || n, 'Unit ' || n, 'kindergarten'"
    " FROM generate_series($2::int / 3, $3::int / 3) n",
    "INSERT INTO rooms (municipality_id, id, unit_id, external_id, name) SELECT $1::uuid, md5($1 || 'r' || n)::uuid,"
    " md5($1 || 'u' || n / 3)::uuid, 'r' || n, 'Room ' || n FROM generate_series($2::int, $3::int) n",
    "INSERT INTO room_units (municipality_id, id, room_id, unit_id, valid_from) SELECT $1::uuid, gen_random_uuid(),"
    " md5($1 || 'r' || n)::uuid, md5($1 || 'u' || n / 3)::uuid, '1970-01-01' FROM generate_series($2::int, $3::int) n",
    "INSERT INTO children (municipality_id, id, external_id, birth_month, sex, multilingual) SELECT $1::uuid,"
    " md5($1 || 'c' || n || '/' || c)::uuid, 'c' || n || '/' || c, '2022-05-01', 'girl', c % 3 = 0"
    " FROM generate_series($2::int, $3::int) n, generate_series(0, $4::int - 1) c",
    "INSERT INTO child_rooms (municipality_id, id, child_id, room_id, valid_from) SELECT $1::uuid, gen_random_uuid(),"
    " md5($1 || 'c' || n || '/' || c)::uuid, md5($1 || 'r' || n)::uuid, '2024-01-01'"
    " FROM generate_series($2::int, $3::int) n, generate_series(0, $4::int - 1) c",
    "INSERT INTO room_weeks (municipality_id, room_id, week, closed, completed) SELECT $1::uuid,"
    " md5($1 || 'r' || n)::uuid, $5::date + w * 7, false, true"
    " FROM generate_series($2::int, $3::int) n, generate_series(0, $6::int - 1) w",
    "INSERT INTO activities (municipality_id, id, room_id, observed_on, kind, learning_areas, strategies, child_ids)"
    " SELECT $1::uuid, gen_random_uuid(), md5($1 || 'r' || n)::uuid, $5::date + w * 7 + k % 5,"
    " CASE WHEN k % 3 = 0 THEN 'focus_conversation' ELSE 'immersion_activity' END, '{language}', '{open_questions}',"
    f" (SELECT array_agg(md5($1 || 'c' || n || '/' || (k * {GROUP} + w + j) % $4::int)::uuid)"
    f" FROM generate_series(0, {GROUP - 1}) j)"
    " FROM generate_series($2::int, $3::int) n, generate_series(0, $6::int - 1) w, generate_series(1, $7::int) k",
)


def first_week() -> date:
    return week_of(date.today()) - WEEKS * WEEK  # noqa: DTZ011 - the server knows the day by the same clock


async def fill(
    service: Service, municipality: str, rooms: range, *, children: int = CHILDREN, weeks: int = WEEKS
) -> None:
    """Rooms as if they had recorded every week: straight into the tables, past triggers and references."""
    connection = await asyncpg.connect(service.superuser_url)
    await connection.execute("SET session_replication_role = replica")
    first = first_week() + (WEEKS - weeks) * WEEK
    values = (f"'{municipality}'", rooms.start, rooms.stop - 1, children, f"'{first}'", weeks, A_WEEK)
    for statement in FILL:
        for number, value in enumerate(values, 1):
            statement = statement.replace(f"${number}", str(value))  # noqa: PLW2901
        await connection.execute(statement)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def other_municipality(service: Service, code: str) -> str:
    connection = await asyncpg.connect(service.superuser_url)
    id_ = str(uuid4())
    await connection.execute("INSERT INTO municipalities (id, code, name) VALUES ($1, $2, $2)", UUID(id_), code)
    await connection.close()
    return id_


async def rooms_of(service: Service) -> list[str]:
    connection = await asyncpg.connect(service.superuser_url)
    rows = await connection.fetch("SELECT id FROM rooms WHERE municipality_id = $1", UUID(service.municipality_id))
    await connection.close()
    return [str(row["id"]) for row in rows]


def of_rooms(services: Sequence[Service], rooms: Sequence[Sequence[str]]) -> list[float]:
    """For each service the median over its rooms, asked in turn, so that both meet the same machine.

    Each room is asked twice: the second time, its pages are in memory whatever else is in there.
    """
    last = first_week() + (WEEKS - 1) * WEEK
    period = {"from": format_week(last - 7 * WEEK), "to": format_week(last), "format": "json"}
    took: list[list[float]] = [[] for _ in services]
    for pair in zip(*rooms, strict=True):
        for service, room, mine in zip(services, pair, took, strict=True):
            for _ in range(2):
                started = time.perf_counter()
                service.http.get(f"/v1/rooms/{room}/report", params=period).raise_for_status()
                spent = time.perf_counter() - started
            mine.append(spent)
    return [statistics.median(mine) for mine in took]


async def best(times: int, work: Callable[[], Awaitable[object]]) -> float:
    took = []
    for _ in range(times):
        started = time.perf_counter()
        await work()
        took.append(time.perf_counter() - started)
    return min(took)


async def of_municipality(service: Service) -> tuple[float, float, float, int]:
    """Seconds: reading it, hiding small groups, summing it up from nothing; and the children."""
    id_ = await other_municipality(service, "851")
    await fill(service, id_, range(2000), children=13, weeks=8)
    connection = await asyncpg.connect(service.superuser_url)
    await connection.execute(
        "INSERT INTO week_sum_marks (municipality_id, room_id, first_week, last_week)"
        " SELECT municipality_id, room_id, min(week), max(week) FROM room_weeks WHERE municipality_id = $1"
        " GROUP BY 1, 2",
        UUID(id_),
    )
    await connection.close()
    database = Database(Settings(database_url=service.superuser_url))
    last = first_week() + (WEEKS - 1) * WEEK
    period = Period(last - 7 * WEEK, last)
    started = time.perf_counter()
    async with database.writing(UUID(id_)) as tx:
        await bring_up_to_date(tx, UUID(id_))
    summing = time.perf_counter() - started

    async def read() -> None:
        async with database.reading(UUID(id_)) as tx:
            await measure(tx, UUID(id_), period)

    connection = await asyncpg.connect(service.superuser_url)
    await connection.execute("VACUUM ANALYZE week_sums")
    await connection.close()
    reading = await best(20, read)
    async with database.reading(UUID(id_)) as tx:
        measured = await measure(tx, UUID(id_), period)
    started = time.perf_counter()
    whole = overview(measured.places, measured.totals, kind="municipality", id=id_).whole
    hiding = time.perf_counter() - started
    await database.close()
    return reading, hiding, summing, whole.cell.judged if whole.cell else 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    per_room = A_WEEK * GROUP * WEEKS
    with serving() as small, serving() as service:
        for each in (small, service):
            asyncio.run(fill(each, each.municipality_id, range(FEW // per_room)))
        elsewhere = asyncio.run(other_municipality(service, "101"))
        asyncio.run(fill(service, elsewhere, range((asked.rows - FEW) // per_room)))
        rooms = [asyncio.run(rooms_of(each)) for each in (small, service)]
        of_rooms((small, service), [each[:20] for each in rooms])  # the servers and their plans are warm
        few, many = of_rooms((small, service), [each[:100] for each in rooms])
        print(f"data of a room's report, {FEW:,} participations     {few * 1000:7.1f} ms")
        print(f"data of a room's report, {asked.rows:,} participations   {many * 1000:7.1f} ms")
        print(f"ratio {many / few:.2f} (bar {BAR_RATIO})", flush=True)
        reading, hiding, summing, judged = asyncio.run(of_municipality(service))
    print(f"municipality, {judged:,} children, eight weeks    {reading * 1000:7.1f} ms (bar {BAR_MS:.0f})")
    print(f"  hiding small groups of it                 {hiding * 1000:7.1f} ms")
    print(f"  summing it up from nothing                {summing * 1000:7.1f} ms")
    if asked.check and (many / few > BAR_RATIO or reading * 1000 > BAR_MS):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
