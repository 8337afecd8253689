"""Made-up rooms for the report's tests: seeded, measured by the real domain code."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.composition import composition, strategies_used
from domain.observations import KINDS, Child, Membership, Occurrence, RoomWeek, Tally, WeekState
from domain.participation import RoomParticipation, measure_participation
from domain.text import Text
from domain.thresholds import DEMO_THRESHOLDS
from domain.vocabulary import DEFAULT_VOCABULARY
from reporting.room.build import LearningArea, RoomReportData

FIRST = date(2026, 8, 24)
STATES: dict[str, WeekState] = {"c": "completed", "n": "not_recorded", "x": "closed"}


def participation(
    n: int, *, letters: str = "cccnccxc", late: int = 0, long_codes: bool = False, seed: int = 1
) -> RoomParticipation:
    """`n` children, the last `late` of whom came two weeks before the end; a letter a week: completed, not, closed."""
    chance = random.Random(seed)
    mondays = [FIRST + timedelta(weeks=i) for i in range(len(letters))]
    children, occurrences, tallies = [], [], []
    for i in range(n):
        since = mondays[-2] if i >= n - late and len(mondays) > 1 else date(2026, 1, 1)
        code = f"{'kommunens-egen-meget-lange-nøgle-' if long_codes else 'B'}{i + 1:02d}"
        multilingual = chance.random() < 0.35
        children.append(
            Child(
                id=str(i),
                external_id=code.ljust(64, "x") if long_codes else code,
                birth_month=date(2021 + i % 4, 1 + i % 12, 1) if i % 9 else None,
                sex=("girl", "boy")[i % 2],
                multilingual=multilingual,
                support_need=chance.random() < 0.2,
                memberships=(Membership(since, None),),
            )
        )
        eager = chance.random() * (0.6 if multilingual else 1.0)
        for monday in mondays:
            if chance.random() < 0.08:
                tallies.append(Tally(str(i), monday, None, None, absent=True))
                continue
            for kind, usual in zip(KINDS, (4.5, 2.4), strict=True):
                count = round(eager * usual + chance.random() * 1.2)
                occurrences.append(Occurrence(str(i), monday, kind, count))
    return measure_participation(
        children=children,
        weeks=[RoomWeek(monday, STATES[letter]) for monday, letter in zip(mondays, letters, strict=True)],
        occurrences=occurrences,
        tallies=tallies,
        thresholds=DEMO_THRESHOLDS,
    )


def room_data(measured: RoomParticipation, *, areas: bool = True, room: str = "Mælkebøtten") -> RoomReportData:
    weeks = len(measured.weeks)
    titles = (("language", "Sprog", "Language"), ("mathematics", "Matematik", "Mathematics"),
              ("socio-emotional", "Socioemotionel læring", "Socio-emotional learning"))  # fmt: skip
    return RoomReportData(
        room=room,
        unit="Børnehuset Solsikken",
        municipality="Prøve Kommune",
        setting_type="kindergarten",
        participation=measured,
        data_time=datetime(2026, 10, 18, 4, 0, tzinfo=UTC),
        versions={"software": "0.1.0"},
        areas=tuple(
            LearningArea(key, Text(da, en), tuple((i * 3 + week * (i + 2)) % 7 for week in range(weeks)))
            for i, (key, da, en) in enumerate(titles)
        )
        if areas
        else (),
    )


def groups_and_strategies(measured: RoomParticipation, *, seed: int = 3) -> dict[str, Any]:
    """The fields of a room that recorded 44 groups and 60 activities, and never praised the effort."""
    chance = random.Random(seed)
    children = {one.child.id: one.child for one in measured.children}
    groups = [chance.sample(list(children), min(len(children), chance.randint(3, 5))) for _ in range(44)]
    words = [word.key for word in DEFAULT_VOCABULARY.strategies[:-1]]
    used = [chance.sample(words, chance.randint(0, 3)) for _ in range(60)]
    return {
        "composition": composition(groups, children),
        "strategies": strategies_used(used, DEFAULT_VOCABULARY),
        "activities": len(used),
    }
