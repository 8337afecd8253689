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
            made = _merged(together, beside, people, asked, minimum, last=level == 2)
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


def _merged(
    small: list[int], beside: list[list[int]], people: Ints, asked: Ints, minimum: int, *, last: bool
) -> list[int] | None:
    """The small units, with the smallest of what is beside them that makes a group to be shown; None if nothing does.

    A group is shown from `minimum` people on, if its sum does not tell how many answered in one of its small units; on
    the `last` level it is shown even then, as there is nothing wider.
    """
    enough = int(people[small].sum()) >= minimum
    if not enough and not people[small].any() and (asked[small] >= minimum).all():
        return None
    if enough and _open(small, people, asked, minimum):
        return small
    by_size = sorted(beside, key=lambda group: (int(people[group].sum()), group))
    for group in by_size:
        if _open([*small, *group], people, asked, minimum):
            return [*small, *group]
    together = small + [unit for group in by_size for unit in group]
    if by_size and _open(together, people, asked, minimum):
        return together
    if not last:
        return None
    return small if enough else [*small, *by_size[0]] if by_size else None


def _open(group: list[int], people: Ints, asked: Ints, minimum: int) -> bool:
    """Whether the sum of the group leaves open how many answered in each of its units with fewer than `minimum`.

    A hidden unit says which side of the minimum it is on, and nobody answers who was not asked. What remains possible
    is one person more here and one less there, or the other way round.
    """
    n = people[group]
    small = n < minimum
    up = n < np.where(small, np.minimum(asked[group], minimum - 1), asked[group])
    down = n > np.where(small, 0, minimum)
    others_up, others_down = up.sum() - up > 0, down.sum() - down > 0
    return bool(((up & others_down) | (down & others_up))[small].all())
