"""What the rooms recorded: who took part in what, week by week.

A week of a room is a pure function of the seed, the room and the week, so that sending it again changes nothing, and
a municipality filled today has the same past when it is filled again next month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Literal
from uuid import UUID, uuid5

from vls_client.sandbox.municipality import SEED

Kind = Literal["immersion_activity", "focus_conversation"]

WEEKS = 8
AUTUMN_HOLIDAY = 42
AREAS = {"language": 0.6, "socio_emotional": 0.4, "mathematics": 0.2}
STRATEGIES = (
    "open_questions", "expansions", "follow_the_child", "wait_time", "link_to_experience", "praise_the_effort",
)  # fmt: skip
ABSENT = 0.06


@dataclass(frozen=True, slots=True)
class Habit:
    """How a room works: `level` scales how often its children take part, `gap` is how much less the multilingual
    children do; rooms either record each activity or tally at the end of the week."""

    records: Literal["activities", "tallies"]
    level: float
    gap: float
    skips: int | None  # the room forgets to complete the weeks whose number leaves this remainder of 8


# The first is the one whose report is shown.
ROOMS: dict[str, Habit] = {
    "E18-S2": Habit("activities", level=1.0, gap=0.45, skips=3),
    "E13-S3": Habit("activities", level=1.1, gap=0.0, skips=None),
    "E12-S2": Habit("activities", level=0.85, gap=0.3, skips=6),
    "E17-S1": Habit("activities", level=0.95, gap=0.4, skips=None),
    "E23-S2": Habit("tallies", level=1.05, gap=0.0, skips=1),
    "E09-S1": Habit("tallies", level=0.9, gap=0.0, skips=None),
    "E07-S3": Habit("activities", level=1.15, gap=0.0, skips=None),
    "E01-S1": Habit("tallies", level=1.2, gap=0.0, skips=None),
}


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one room, ready to be sent: the activities, and the body of the week unless it was forgotten."""

    name: str
    activities: tuple[dict[str, Any], ...]
    body: dict[str, Any] | None


def mondays_before(today: date, *, weeks: int = WEEKS) -> tuple[date, ...]:
    """The Mondays of the last whole weeks before the week of `today`."""
    this = today - timedelta(days=today.weekday())
    return tuple(this - timedelta(weeks=ago) for ago in range(weeks, 0, -1))


def week_name(monday: date) -> str:
    """The ISO week of a Monday.

    >>> week_name(date(2026, 11, 23))
    '2026-W48'
    """
    return f"{monday:%G-W%V}"


def week_of(room: dict[str, Any], children: Sequence[dict[str, Any]], monday: date, *, seed: int = SEED) -> Week:
    """What `room` records in the week of `monday`; rooms and children are as the API lists them."""
    habit, number = ROOMS[room["external_id"]], monday.isocalendar().week
    if number == AUTUMN_HOLIDAY:
        return Week(week_name(monday), (), {"closed": True, "completed": False, "tallies": []})
    random = Random(f"{seed}/{room['external_id']}/{week_name(monday)}")  # noqa: S311 - fiction, not secrets
    enrolled = [child for child in children if _belongs(child, room, monday)]
    absent = {child["id"] for child in enrolled if random.random() < ABSENT}
    counts = {child["id"]: _counts(random, child, habit, seed=seed) for child in enrolled if child["id"] not in absent}
    forgotten = number % 8 == habit.skips
    tallies: list[dict[str, Any]] = [{"child_id": id_, "absent": True} for id_ in sorted(absent)]
    if habit.records == "tallies":
        tallies += [{"child_id": id_} | dict(count) for id_, count in counts.items()]
    body = None if forgotten else {"closed": False, "completed": True, "tallies": tallies}
    activities: list[dict[str, Any]] = []
    if habit.records == "activities":
        activities = list(_activities(random, room["id"], counts, monday))
        if forgotten:  # somebody began, and nobody went on
            activities = [each for each in activities if each["observed_on"] <= str(monday + timedelta(days=1))]
    return Week(week_name(monday), tuple(activities), body)


def _belongs(child: dict[str, Any], room: dict[str, Any], monday: date) -> bool:
    """Whether the child is in the room from Monday to Friday."""
    friday = str(monday + timedelta(days=4))
    return any(
        stay["room_id"] == room["id"]
        and stay["valid_from"] <= str(monday)
        and (stay["valid_to"] is None or stay["valid_to"] >= friday)
        for stay in child["memberships"]
    )


def _counts(random: Random, child: dict[str, Any], habit: Habit, *, seed: int) -> dict[Kind, int]:
    """How often the child takes part in a week: its own habit, and the week's chance."""
    own = Random(f"{seed}/{child['external_id']}")  # noqa: S311 - fiction, not secrets
    scale = habit.level * (1 - habit.gap if child["multilingual"] else 1) * (1.15 if child["support_need"] else 1)
    means: dict[Kind, float] = {
        "immersion_activity": scale * max(0.5, own.gauss(2.45, 0.5)),
        "focus_conversation": scale * max(0.3, own.gauss(1.3, 0.35)),
    }
    return {kind: int(max(0.0, mean + random.uniform(-0.5, 1.5) * min(1.0, mean))) for kind, mean in means.items()}


def _activities(
    random: Random, room_id: str, counts: dict[str, dict[Kind, int]], monday: date
) -> Iterator[dict[str, Any]]:
    """Groups until every child has had its share: immersion in groups of three to five, conversations one or two."""
    kinds: tuple[tuple[Kind, tuple[int, int]], ...] = (("immersion_activity", (3, 5)), ("focus_conversation", (1, 2)))
    for kind, size in kinds:
        left = {id_: count[kind] for id_, count in counts.items() if count[kind]}
        number = 0
        while left:
            # Those with most to come go first: groups change through the week, as they do in a room.
            among = sorted(left, key=lambda id_: (-left[id_], random.random()))
            group = among[: random.randint(*size)]
            yield _activity(random, room_id=room_id, kind=kind, group=group, monday=monday, number=number)
            left = {id_: count - (id_ in group) for id_, count in left.items() if count > (id_ in group)}
            number += 1


def _activity(
    random: Random, *, room_id: str, kind: Kind, group: Sequence[str], monday: date, number: int
) -> dict[str, Any]:
    day = monday + timedelta(days=number % 5)
    recorded = datetime.combine(day, time(12, 15), UTC) + timedelta(minutes=random.randrange(90))
    areas = [area for area, share in AREAS.items() if random.random() < share]
    return {
        "id": str(uuid5(UUID(room_id), f"{week_name(monday)}/{kind}/{number}")),
        "room_id": room_id,
        "observed_on": str(day),
        "kind": kind,
        "learning_areas": areas or ["language"],
        "strategies": sorted(random.sample(STRATEGIES, random.randint(1, 3))),
        "child_ids": sorted(group),
        "recorded_at": recorded.isoformat(),
    }
