"""What protection costs: of the cells with enough people, how many show the mean of a component, and of an item.

The people are those of `benchmarks/closing.py`: units of many sizes, three roles, answers that agree more within a
unit than between. The floor is what the minima alone would leave, which is everything counted here; so the ratio is the
share that is shown. `docs/disclosure.md` holds the table.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.closing import COMPONENTS, ITEMS, KINDS, PER_AREA, PER_UNIT, ROLES
from domain.cuts import Unit
from domain.instruments import Component, Instrument, Item, Scale
from domain.readiness import Cell, Scope
from domain.results import compute_results
from domain.scales import MISSING
from domain.text import Text

SIZES = (204, 1_666, 6_000)
WORD = Text("Ord", "Word")
Ints = NDArray[np.intp]
BARS = {"municipality, areas, municipality by setting type": 0.99, "units": 0.7}


def instrument() -> Instrument:
    return Instrument(
        key="k",
        version=1,
        title=WORD,
        scale=Scale(1, 5),
        components=tuple(Component(f"c{c}", "primary" if c < 2 else "contextual", WORD) for c in range(COMPONENTS)),
        items=tuple(Item(f"i{i}", f"c{i % COMPONENTS}", WORD, reverse=i % 5 == 0) for i in range(ITEMS)),
    )


def drawn(people: int) -> tuple[list[Unit], list[str], Ints, Ints, NDArray[np.int8]]:
    rng = np.random.default_rng(1)
    count = round(people / PER_UNIT)
    areas = max(1, round(count / PER_AREA))
    units = [Unit(f"u{n}", f"a{n % areas}", str(rng.choice(KINDS))) for n in range(count)]
    size = np.maximum(1, rng.gamma(3, 1, count))
    unit = rng.choice(count, people, p=size / size.sum()).astype(np.intp)
    names = sorted(set(ROLES))
    role = np.array([names.index(name) for name in rng.choice(ROLES, people)], dtype=np.intp)
    level = 3.6 + rng.normal(0, 0.4, (count, 1))[unit] + rng.normal(0, 0.4, (people, 1))
    given = np.clip(np.rint(level + rng.normal(0, 0.7, (people, ITEMS))), 1, 5).astype(np.int8)
    given[rng.random(given.shape) < 0.025] = MISSING
    return units, names, unit, role, given


def row_of(scope: Scope, cut: str | None) -> str:
    if cut == "role":
        return f"{'municipality' if scope.kind == 'municipality' else scope.kind + 's'} by role"
    if cut == "setting_type":
        return "areas by setting type" if scope.kind == "area" else "municipality, areas, municipality by setting type"
    return "units" if scope.kind == "unit" else "municipality, areas, municipality by setting type"


def shown(people: int) -> dict[str, tuple[float, float]]:
    """The share of cells with enough people that show a component's mean, and an item's."""
    units, roles, unit, role, answers = drawn(people)
    results = compute_results(
        instrument(), answers=answers, unit_index=unit, role_index=role, units=units, roles=roles, invited={},
        municipality_id="m",
    )  # fmt: skip
    area = np.array([each.area_id for each in units])[unit]
    kind = np.array([each.setting_type for each in units])[unit]
    named = np.array([each.id for each in units])[unit]
    means, rules = Counter[tuple[str, str]](), instrument().rules

    def cells() -> Iterator[tuple[str, Cell, int, int]]:
        for scope, found in results.items():
            of_scope = {"unit": named, "area": area}.get(scope.kind)
            inside = np.full(people, True) if of_scope is None else of_scope == scope.id
            yield row_of(scope, None), found.total, int(inside.sum()), rules.min_n_mean
            for cut, categories in found.by.items():
                for cell in categories:
                    of = kind == cell.key if cut == "setting_type" else role == roles.index(cell.key)
                    yield row_of(scope, cut), cell, int((inside & of).sum()), rules.min_n_distribution

    for row, cell, n, minimum in cells():
        if n >= minimum:
            means[row, "components"] += COMPONENTS
            means[row, "items"] += ITEMS
            means[row, "components shown"] += sum(each.mean is not None for each in cell.components)
            means[row, "items shown"] += sum(item.mean is not None for each in cell.components for item in each.items)
    rows = dict.fromkeys(row for row, _ in means)
    return {
        row: (
            means[row, "components shown"] / means[row, "components"],
            means[row, "items shown"] / means[row, "items"],
        )
        for row in rows
    }


def main() -> None:
    below = []
    for people in SIZES:
        started = time.process_time()
        found = shown(people)
        print(f"{people} people: {time.process_time() - started:.1f} s of one processor; components (items) shown:")
        for row, (components, items) in found.items():
            print(f"  {row:<52}{components:6.0%} ({items:.0%})")
            below += [row] if components < BARS.get(row, 0) else []
    if "--check" in sys.argv and below:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
