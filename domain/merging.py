"""Units too small ever to be shown, merged into groups that can be: a childminder who works alone, above all.

Suppression would hide such a unit and, so that it cannot be worked out from its area, another one beside it; what both
answered would be lost. Merging (Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.2: table redesign) shows
the two together instead. A group is made as near as it can be: first of the small units with one setting type in one
area ("the childminders of the area"), with the smallest larger unit beside them if they are too few; what is still too
few, of the area; at last, of the municipality.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]


UNKNOWN = 10**6  # more than any unit can have


def groups_of(
    people: Ints, kinds: Sequence[tuple[object, object]], *, minimum: int, asked: Ints | None = None
) -> list[tuple[int, ...]]:
    """The groups of units that are shown together, each the sorted indexes of its units.

    `people` is how many answered in each unit, `kinds` its (area, setting type), `asked` how many could have answered,
    `UNKNOWN` or more where that is not known. Units that nobody answered in are in groups too: else a group of five
    childminders would tell that it was these who answered. Only by themselves they bring no larger unit into a group,
    unless fewer than `minimum` were asked. A unit in which nobody was asked is in none, nor is what stays too few even
    in the whole municipality: it has to be hidden.

    A childminder alone (1) and a group of seven in one area are shown together; a nursery (9) stays as it is:

    >>> groups_of(np.array([1, 7, 9]), [("a", "childminding"), ("a", "childminding"), ("a", "nursery")], minimum=5)
    [(0, 1)]
    """
    asked = np.maximum(people, UNKNOWN if asked is None else asked)
    groups: list[list[int]] = []
    left: list[int] = [unit for unit, n in enumerate(people) if n < minimum and asked[unit]]
    larger = [unit for unit, n in enumerate(people) if n >= minimum]
    for level in range(3):
        still: list[int] = []
        for together, beside in _gathered(left, larger, groups, kinds, level):
            made = _merged(together, beside, people, asked, minimum)
            if made is None:
                still += together
                continue
            beside[:] = [other for other in beside if not set(other) <= set(made)]
            groups = [group for group in groups if not set(group) <= set(made)]
            groups.append(made)
        left = still
    return sorted(tuple(sorted(group)) for group in groups)


def _gathered(
    left: list[int], larger: Iterable[int], groups: list[list[int]], kinds: Sequence[tuple[object, object]], level: int
) -> Iterator[tuple[list[int], list[list[int]]]]:
    """The small units of each place on a level, and what could join them: a larger unit, or a group made before."""

    def place(unit: int) -> tuple[object, ...]:
        return kinds[unit][: 2 - level]

    grouped = {unit for group in groups for unit in group}
    joinable: dict[tuple[object, ...], list[list[int]]] = {}
    for group in [*groups, *([unit] for unit in larger if unit not in grouped)]:
        if len({place(unit) for unit in group}) == 1:
            joinable.setdefault(place(group[0]), []).append(group)
    small: dict[tuple[object, ...], list[int]] = {}
    for unit in left:
        small.setdefault(place(unit), []).append(unit)
    for where, units in small.items():
        yield units, joinable.get(where, [])


def _merged(small: list[int], beside: list[list[int]], people: Ints, asked: Ints, minimum: int) -> list[int] | None:
    """The small units, with the smallest of what is beside them where they are not enough; None if nothing is.

    Each says that it has fewer than `minimum` people; where all have just one less, or all who were asked, the sum
    would tell how many. Then another joins them, if not everybody answered there too.
    """
    total = int(people[small].sum())
    if minimum <= total < np.minimum(asked[small], minimum - 1).sum():
        return small
    if total >= minimum:
        beside = [group for group in beside if (people[group] < asked[group]).any()]
    elif not total and (asked[small] >= minimum).all():
        return None
    if not beside:
        return None if total < minimum else small
    return [*small, *min(beside, key=lambda group: (int(people[group].sum()), group))]
