"""Random municipalities, as awkward as real ones: units of one, areas of one unit, roles that one person holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.cuts import SETTING_TYPES, Unit
from domain.instruments import Component, Instrument, Item, Scale
from domain.readiness import Scope, ScopeResults
from domain.results import compute_results
from domain.scales import MISSING
from domain.text import Text

WORD = Text("Ord", "Word")
ROLES = ("educator", "assistant", "leader")
COMPONENTS, ITEMS = 2, 2  # items in each component


@dataclass(frozen=True, slots=True)
class Town:
    """A round: who there is, what they answered (nobody but us knows), and what was published of it."""

    instrument: Instrument
    units: tuple[Unit, ...]
    roles: tuple[str, ...]
    answers: NDArray[np.int8]  # (people, items)
    unit: NDArray[np.intp]  # (people,)
    role: NDArray[np.intp]
    invited: dict[str, int | None]
    published: dict[Scope, ScopeResults]


def town(seed: int) -> Town:
    """The same town for the same seed."""
    rng = np.random.default_rng(seed)
    points = int(rng.integers(4, 8))
    instrument = Instrument(
        key="k",
        version=1,
        title=WORD,
        scale=Scale(1, points),
        components=tuple(Component(f"c{c}", "primary", WORD) for c in range(COMPONENTS)),
        items=tuple(
            Item(f"i{c}{i}", f"c{c}", WORD, reverse=bool(rng.random() < 0.3))
            for c in range(COMPONENTS)
            for i in range(ITEMS)
        ),
    )
    units, unit, role = _people(rng)
    answers = _answers(rng, unit, points)
    asked = np.bincount(unit, minlength=len(units)) + rng.integers(0, 4, len(units))
    known = rng.random() < 0.5
    invited = {each.id: int(n) if known else None for each, n in zip(units, asked, strict=True)}
    roles = ROLES[: int(role.max(initial=-1)) + 1]
    published = compute_results(
        instrument,
        answers=answers,
        unit_index=unit,
        role_index=role,
        units=units,
        roles=roles,
        invited=invited,
        municipality_id="m",
    )
    return Town(instrument, units, roles, answers, unit, role, invited, published)


def _people(rng: np.random.Generator) -> tuple[tuple[Unit, ...], NDArray[np.intp], NDArray[np.intp]]:
    """Units of every size from none on, and what each person in them is."""
    areas, kinds = int(rng.integers(0, 4)), int(rng.integers(1, 5))
    size = {"small": (0, 7), "mixed": (0, 22), "large": (6, 30)}
    units, unit, role = [], [], []
    leaders, assistants, named = rng.random(), rng.random() * 0.5, rng.random()
    for index in range(int(rng.integers(2, 15))):
        area = f"a{rng.integers(areas)}" if areas else None
        units.append(Unit(f"u{index:02}", area, SETTING_TYPES[rng.integers(kinds)]))
        low, high = size[str(rng.choice(list(size)))]
        people = 1 if rng.random() < 0.2 else int(rng.integers(low, high))
        held = np.where(rng.random(people) < assistants, 1, 0)
        held[: int(rng.random() < leaders)] = 2
        if named < 0.3:
            held[rng.random(people) < named] = -1  # no role given
        unit += [index] * people
        role += list(held)
    return tuple(units), np.array(unit, dtype=np.intp), np.array(role, dtype=np.intp)


def _answers(rng: np.random.Generator, unit: NDArray[np.intp], points: int) -> NDArray[np.int8]:
    """From all over the scale to nearly unanimous, with some or many left out."""
    shape = (len(unit), COMPONENTS * ITEMS)
    level = rng.uniform(1, points, COMPONENTS * ITEMS) + rng.normal(0, 0.5, (unit.max(initial=-1) + 1, 1))[unit]
    given = np.clip(np.rint(level + rng.normal(0, rng.uniform(0.2, 1.5), shape)), 1, points).astype(np.int8)
    given[rng.random(shape) < rng.choice([0, 0.03, 0.2])] = MISSING
    return given
