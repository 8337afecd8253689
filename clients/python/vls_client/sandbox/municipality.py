"""Who is there: four areas, two dozen units, their rooms, children and staff, as a seed and a date decide."""

import csv
import io
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

SettingType = Literal["childminding", "nursery", "kindergarten", "integrated"]

SEED = 999
AREAS = ("Område Nord", "Område Syd", "Område Øst", "Område Vest")

# Name, kind, and the number of rooms; a childminder's home is the room of a childminding group.
UNITS: tuple[tuple[str, SettingType, int], ...] = (
    ("Dagplejen Ellekrattet", "childminding", 5), ("Dagplejen Bakkehældet", "childminding", 5),
    ("Dagplejen Åbrinken", "childminding", 4), ("Dagplejen Mosekrogen", "childminding", 4),
    ("Dagplejen Vindblæs", "childminding", 3), ("Dagplejen Hyldegærdet", "childminding", 3),
    ("Vuggestuen Dunhammeren", "nursery", 3), ("Vuggestuen Papirbåden", "nursery", 2),
    ("Vuggestuen Snurretoppen", "nursery", 3), ("Vuggestuen Kludedukken", "nursery", 2),
    ("Børnehaven Sandslottet", "kindergarten", 3), ("Børnehaven Papirsdragen", "kindergarten", 3),
    ("Børnehaven Koglen", "kindergarten", 3), ("Børnehaven Regnfrakken", "kindergarten", 4),
    ("Børnehaven Ø-skuden", "kindergarten", 3), ("Skovbørnehaven Barkbåden", "kindergarten", 1),
    ("Børnehuset Prøvestenen", "integrated", 3), ("Børnehuset Ærtebælgen", "integrated", 3),
    ("Børnehuset Kridtcirklen", "integrated", 4), ("Børnehuset Fløjtespillet", "integrated", 2),
    ("Børnehuset Gummistøvlen", "integrated", 3), ("Børnehuset Myretuen", "integrated", 3),
    ("Børnehuset Vanddråben", "integrated", 2), ("Børnehuset Hinkeruden", "integrated", 3),
)  # fmt: skip

ROOM_NAMES = ("Rød stue", "Blå stue", "Grøn stue", "Gul stue")
FIRST_NAMES = (
    "Alma", "Bo", "Cilla", "Dagny", "Ejnar", "Freja", "Gerda", "Holger", "Inga", "Jytte", "Kaj", "Lone",
    "Mads", "Nanna", "Ove", "Pernille", "Rikke", "Svend", "Tove", "Ulla", "Vera", "Yrsa", "Ægir", "Øjvind", "Åse",
)  # fmt: skip
CHILDREN_NAMED = {
    "girl": ("Alma", "Bodil", "Clara", "Dagny", "Ella", "Freja", "Gry", "Hilda", "Iben", "Karla", "Liv", "Maja", "Nora",
             "Olga", "Petra", "Runa", "Signe", "Tilde", "Vigga", "Yrsa", "Åse"),
    "boy": ("Anton", "Bjørn", "Carl", "Ditlev", "Emil", "Folke", "Gorm", "Holger", "Ivar", "Jens", "Kaj", "Loke",
            "Magne", "Noah", "Otto", "Pelle", "Rune", "Storm", "Theo", "Villads", "Ægir"),
}  # fmt: skip
SURNAMES = ("Eksempelsen", "Opdigt", "Prøvemark", "Tænkeby", "Fiktivsen", "Påfund")


@dataclass(frozen=True, slots=True)
class Area:
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    external_id: str
    area_external_id: str
    name: str
    setting_type: SettingType


@dataclass(frozen=True, slots=True)
class Room:
    external_id: str
    unit_external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Child:
    external_id: str
    room_external_id: str
    first_name: str
    birth_month: str
    sex: str
    multilingual: bool
    support_need: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Staff:
    external_id: str
    unit_external_id: str
    room_external_id: str | None
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Municipality:
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    rooms: tuple[Room, ...]
    children: tuple[Child, ...]
    staff: tuple[Staff, ...]

    def files(self) -> dict[str, bytes]:
        """The roster as the CSV files the import takes."""
        return {f"{each.name}.csv": as_csv(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Group:
    """What kind of group a room is: how many children and adults, and from which age in months to which."""

    children: tuple[int, int]
    staff: int
    ages: tuple[int, int]


HOME = Group((3, 5), 1, (11, 34))
LITTLE = Group((11, 13), 3, (10, 34))
BIG = Group((17, 22), 3, (34, 70))


def municipality(*, today: date, seed: int = SEED) -> Municipality:
    """The same municipality for the same seed and date."""
    random = Random(f"{seed}/roster")  # noqa: S311 - fiction, not secrets
    areas = tuple(Area(f"O{i}", name) for i, name in enumerate(AREAS, 1))
    units = tuple(Unit(f"E{i:02}", areas[i % 4].external_id, name, kind) for i, (name, kind, _) in enumerate(UNITS, 1))
    rooms: list[Room] = []
    children: list[Child] = []
    staff: list[Staff] = []
    for unit, (_, _, size) in zip(units, UNITS, strict=True):
        staff.append(_staff(random, len(staff), unit, None, role="leader"))
        for number in range(1, size + 1):
            group = group_of(unit, number)
            team = [f"{unit.external_id}-S{number}"] * group.staff
            role = "childminder" if group is HOME else "educator"
            adults = [_staff(random, len(staff) + i, unit, room, role=role) for i, room in enumerate(team)]
            name = f"Hos {adults[0].name.split()[0]}" if group is HOME else ROOM_NAMES[number - 1]
            room = Room(team[0], unit.external_id, name)
            share = random.choice((0.1, 0.2, 0.35))
            rooms.append(room)
            staff += adults
            children += [
                _child(random, len(children) + i, room, group, multilingual_share=share, today=today)
                for i in range(random.randint(*group.children))
            ]
    return Municipality(areas, units, tuple(rooms), tuple(children), tuple(staff))


def group_of(unit: Unit, number: int) -> Group:
    """What kind of group room `number` (from 1) is; the first room of an integrated house is for the youngest."""
    if unit.setting_type == "childminding":
        return HOME
    young = unit.setting_type == "nursery" or (unit.setting_type == "integrated" and number == 1)
    return LITTLE if young else BIG


def as_csv(rows: Sequence[Any]) -> bytes:
    """Dataclass rows as CSV: empty for `None`, `true` and `false`, ISO dates."""
    out = io.StringIO()
    names = [each.name for each in fields(rows[0])]
    csv.writer(out).writerows([names, *([_cell(getattr(row, name)) for name in names] for row in rows)])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _staff(random: Random, index: int, unit: Unit, room: str | None, *, role: str) -> Staff:
    name = f"{random.choice(FIRST_NAMES)} {random.choice(SURNAMES)}"
    if role == "educator" and random.random() < 0.3:
        role = "assistant"
    return Staff(f"M{index + 1:03}", unit.external_id, room, name, role)


def _child(random: Random, index: int, room: Room, group: Group, *, multilingual_share: float, today: date) -> Child:
    age = random.randint(*group.ages)
    months_here = random.randint(0, age - group.ages[0])
    newcomer, leaver = random.random() < 0.04, random.random() < 0.015
    start = _months_before(today, months_here + 3)
    sex = random.choice(("girl", "boy"))
    names = CHILDREN_NAMED[sex]
    return Child(
        external_id=f"B{index + 1:04}",
        room_external_id=room.external_id,
        first_name=names[index % len(names)],
        birth_month=f"{_months_before(today, age):%Y-%m}",
        sex=sex,
        multilingual=random.random() < multilingual_share,
        support_need=random.random() < 0.12,
        valid_from=today - timedelta(days=random.randint(8, 24)) if newcomer else start,
        valid_to=today - timedelta(days=random.randint(3, 30)) if leaver and not newcomer else None,
    )


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def units_by_id(place: Municipality) -> dict[str, Unit]:
    return {unit.external_id: unit for unit in place.units}


def staff_of(place: Municipality) -> Iterator[tuple[Unit, Staff]]:
    """Every member of staff with the unit, in the order of the roster."""
    units = units_by_id(place)
    return ((units[person.unit_external_id], person) for person in place.staff)
