"""One municipality under attack: hidden groups drawn at random, and what the attacker learns of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.protection import DEFAULT_PROTECTION
from tests.attack.attacker import Atoms, Group, Program, counts_interval, groups, programs
from tests.attack.jointly import joint_programs
from tests.attack.municipalities import town

MEANS, JOINTLY, COUNTS = 14, 2, 3  # groups attacked in each municipality
FEW, CATEGORY = 5, 10  # the instrument's minima
EVEN = 1e-6  # what the solver may be off


@dataclass(frozen=True, slots=True)
class Try:
    """`width` is what the attacker could not tell: of a mean the share of the scale, of a count whole numbers."""

    seed: int
    what: str
    group: str
    n: int
    width: float
    protected: float

    @property
    def succeeded(self) -> bool:
        return self.width < self.protected - EVEN

    @property
    def kind(self) -> str:
        """Which promise it is about: counts are told by response rates anyway (docs/disclosure.md)."""
        return "count" if self.what == "count" else "joint" if "jointly" in self.what else "mean"


def attack(seed: int) -> Iterator[Try]:
    """Nothing is a success that leaves the protection interval of `domain.protection` open."""
    place = town(seed)
    atoms = Atoms.of(place)
    cells = groups(place, atoms)
    rng = np.random.default_rng(seed)
    aims = [(key, program, group) for key, program, shown in programs(place, atoms, cells)
            for group in _hidden(program, cells, shown)]  # fmt: skip
    yield from (_aimed(seed, *aims[at]) for at in rng.permutation(len(aims))[:MEANS])
    together = []
    for number, component in enumerate(place.instrument.components):
        for part, program in enumerate(joint_programs(place, atoms, cells, number)):
            results = [group.cell.components[number] for group in cells]
            shown = [(each.mean if part == 0 else each.items[part - 1].mean) is not None for each in results]
            together += [(f"{component.key} jointly", program, group) for group in _hidden(program, cells, shown)]
    yield from (_aimed(seed, *together[at]) for at in rng.permutation(len(together))[:JOINTLY])
    people = atoms.indicator(place).sum(axis=1)
    few = [group for group in cells if group.cell.suppressed and 0 < people[group.atoms].sum() < FEW]
    for at in rng.permutation(len(few))[:COUNTS]:
        left, alone = (
            high - low for low, high in (counts_interval(known, few[at]) for known in (cells, _one_sum(cells)))
        )
        yield Try(seed, "count", few[at].name, int(people[few[at].atoms].sum()), left, min(1, alone))


def _one_sum(cells: list[Group]) -> list[Group]:
    """The units and the municipality: where these tell by themselves who answered, nothing can hide it."""
    return [group for group in cells if not group.cut and group.name.startswith(("unit", "municipality"))]


def _hidden(program: Program, cells: list[Group], shown: list[bool]) -> list[Group]:
    """The groups with too few people, or who are all alike, that are not shown, nor a group of the very same people
    that has enough."""
    live = program.n > 0
    names = {(group.atoms & live).tobytes() for group, seen in zip(cells, shown, strict=True) if seen}
    whole = {(group.atoms & live).tobytes() for group in cells if not group.cut}
    found: dict[bytes, Group] = {}
    for group in cells:
        n, same = program.n[group.atoms].sum(), (group.atoms & live).tobytes()
        few = 0 < n < (CATEGORY if group.cut else FEW) and not (n >= FEW and same in whole)
        if same not in names and (few or (n > 0 and program.alike(group.atoms))):
            found.setdefault(same, group)
    return list(found.values())


def _aimed(seed: int, what: str, program: Program, group: Group) -> Try:
    n, scale = int(program.n[group.atoms].sum()), program.high - program.low
    low, high = program.interval(group.atoms)
    each = DEFAULT_PROTECTION.mean_share / (1 if n < FEW else n)
    left = DEFAULT_PROTECTION.crowd_share * program.left_open(group.atoms) / scale
    # Answers are whole numbers: of an item, less than one step of one person would be none at all.
    return Try(seed, what, group.name, n, (high - low) / scale, max(min(each, left), program.step / n / scale))
