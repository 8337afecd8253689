"""What the rooms said of their own practice, and of each child's development: two files as the imports take them.

A rating is a pure function of the seed, the room or child, and the period, so that sending it again changes nothing.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from vls_client.sandbox.municipality import SEED, Municipality
from vls_client.sandbox.observations import week_name

PERIODS, WEEKS = 4, 8
HALF_YEARS = 2
RATINGS = 2  # colleagues who rate on their own before they do together
START, STEP = 3.0, 0.22  # where a room's practice begins on 1-5, and what a period adds
COLLEAGUE, ITEM = 0.35, 0.4  # how colleagues differ, and how items do
APART = 0.45  # how two colleagues differ about one item of one child


def periods_before(monday: date) -> tuple[date, ...]:
    """The first weeks of the periods of eight weeks up to and with the one that begins on `monday`."""
    return tuple(monday - timedelta(weeks=WEEKS * ago) for ago in range(PERIODS - 1, -1, -1))


def days_of_assessment(today: date) -> tuple[date, ...]:
    """A day in the window of each of the last half-years, the oldest first.

    >>> days_of_assessment(date(2026, 11, 26)), days_of_assessment(date(2027, 1, 8))[0]
    ((datetime.date(2026, 4, 13), datetime.date(2026, 10, 5)), datetime.date(2026, 4, 13))
    """
    days = [date(year, *day) for year in (today.year - 1, today.year) for day in ((4, 13), (10, 5))]
    return tuple(day for day in days if day <= today)[-HALF_YEARS:]


def raters_of(place: Municipality) -> dict[str, list[str]]:
    """The colleagues who rate in each room, by the rooms' external ids; a childminder has none beside her."""
    found: dict[str, list[str]] = {}
    for person in place.staff:
        if person.room_external_id:
            found.setdefault(person.room_external_id, []).append(person.external_id)
    return {room: people[:RATINGS] for room, people in found.items()}


def practice_csv(
    rooms: Sequence[str],
    raters: dict[str, list[str]],
    form: dict[str, Any],
    *,
    first_week: date,
    after: str = "",
    seed: int = SEED,
) -> bytes:
    """The evaluations of `rooms` over the periods up to the one that begins in `first_week`; those that begin in
    the week `after` or before have been sent already."""
    items = [item["key"] for item in form["items"]]
    header = ["room_external_id", "first_week", "last_week", "rater_external_id", "comment", *items]
    rows = [row for room in rooms for row in _evaluated(room, raters.get(room, ()), form, first_week, seed=seed)]
    return _csv(header, [row for row in rows if row[1] > after])


def _evaluated(
    room: str, raters: Sequence[str], form: dict[str, Any], first_week: date, *, seed: int
) -> Iterator[list[Any]]:
    """A room's periods: each colleague's view, then what they agreed on."""
    own = Random(f"{seed}/practice/{room}")  # noqa: S311 - fiction, not secrets
    level = {element["key"]: own.gauss(START, 0.4) for element in form["elements"]}
    pace = {element["key"]: own.gauss(STEP, 0.2) for element in form["elements"]}
    for number, monday in enumerate(periods_before(first_week)):
        weeks = [week_name(monday), week_name(monday + timedelta(weeks=WEEKS - 1))]
        chance = Random(f"{seed}/practice/{room}/{monday}")  # noqa: S311
        agreed = [
            level[item["element"]] + number * pace[item["element"]] + chance.gauss(0, ITEM) for item in form["items"]
        ]
        for rater in raters:
            yield [room, *weeks, rater, "", *(_point(chance.gauss(point, COLLEAGUE)) for point in agreed)]
        said = "Vi har prioriteret de små grupper." if number == PERIODS - 1 else ""
        yield [room, *weeks, "", said, *map(_point, agreed)]


def development_csv(
    children: Sequence[tuple[str, dict[str, Any]]],
    raters: dict[str, list[str]],
    instrument: dict[str, Any],
    *,
    days: Sequence[date],
    seed: int = SEED,
) -> bytes:
    """The assessments of `children` (each with the external id of its room; as the API lists them) on `days`.

    Who was not in the room that day, or has an age without norms, is not assessed.
    """
    items = [item["key"] for item in instrument["items"]]
    header = ["child_external_id", "assessed_on", "room_external_id", "rater_external_id", *items]
    rows: list[list[Any]] = []
    for room, child in children:
        for number, day in enumerate(days):
            if len(raters.get(room, ())) == RATINGS and _was_there(child, day):
                rows += _assessed(child, room, day, raters[room], instrument, later=number, seed=seed)
    return _csv(header, rows)


def _assessed(
    child: dict[str, Any],
    room: str,
    day: date,
    raters: Sequence[str],
    instrument: dict[str, Any],
    *,
    later: int,
    seed: int,
) -> Iterator[list[Any]]:
    age = (day.year - int(child["birth_month"][:4])) * 12 + day.month - int(child["birth_month"][5:7])
    own = Random(f"{seed}/development/{child['external_id']}")  # noqa: S311 - fiction, not secrets
    chance = Random(f"{seed}/development/{child['external_id']}/{day}")  # noqa: S311
    means: dict[str, float] = {}
    for area in instrument["areas"]:
        norm = next((row for row in instrument["norms"]["rows"] if _is_of(row, area["key"], age, child["sex"])), None)
        if norm is None:
            return
        keys = [item["key"] for item in instrument["items"] if item["area"] == area["key"]]
        expected = norm["attention_below"] / len(keys)
        lag = 0.35 if area["key"] == "language" and child["multilingual"] else 0.0
        level = expected + own.gauss(0.55, 0.5) - lag - (0.4 if child["support_need"] else 0.0) + 0.12 * later
        means |= {key: level + chance.gauss(0, ITEM) for key in keys}
    for rater in raters:
        yield [child["external_id"], day, room, rater, *(_point(chance.gauss(it, APART)) for it in means.values())]
    yield [child["external_id"], day, room, "", *(_point(it) for it in means.values())]


def _is_of(row: dict[str, Any], area: str, age: int, sex: str) -> bool:
    return row["area"] == area and row["from_months"] <= age <= row["to_months"] and row["sex"] in (None, sex)


def _was_there(child: dict[str, Any], day: date) -> bool:
    return any(
        stay["valid_from"] <= str(day) and (stay["valid_to"] is None or stay["valid_to"] >= str(day))
        for stay in child["memberships"]
    )


def _point(value: float) -> int:
    return min(5, max(1, round(value)))


def _csv(header: list[str], rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()
