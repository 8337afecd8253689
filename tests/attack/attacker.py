"""An attacker with a linear-programming solver, and everything that was published.

He knows the roster, who holds which role, how many of each unit and role answered what (more than is published: some of
it can be guessed from who was asked), the scale, and every number of every scope and cut. The answers of people he does
not know are variables; what he reads are equations. The least and the most that a hidden group's mean can be is then a
linear program, and no attack that adds, subtracts and bounds can be better (Fischetti & Salazar 2001, J. Am. Stat.
Assoc. 96, 1008-1018; Hundepool et al. 2012, Statistical Disclosure Control, ch. 4).

- Of an item, the variables are how many of each atom (the people of one unit with one role) gave each answer: a
  distribution, a mean and a share are all linear in them.
- Of a component, they are the sum and the sum of squares of each atom's scores; squares lie between the parabola
  (its tangents) and the chord that the ends of the scale leave.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from domain.readiness import Cell
from domain.scales import MISSING, person_scores, reverse_keyed
from tests.attack.municipalities import Town

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
TANGENTS = 12
SLACK = 1e-7


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people that has a name: a cell of a scope. `atoms` is 0/1 (atoms,)."""

    name: str
    atoms: Bools
    cell: Cell
    cut: bool


@dataclass(frozen=True, slots=True)
class Atoms:
    """The atoms of a town, empty ones too: unit by unit, each with its roles and the people without one."""

    units: NDArray[np.intp]
    roles: NDArray[np.intp]  # -1: none

    @classmethod
    def of(cls, town: Town) -> "Atoms":
        held = np.arange(-1, len(town.roles))
        return cls(np.repeat(np.arange(len(town.units)), len(held)), np.tile(held, len(town.units)))

    def indicator(self, town: Town) -> Floats:
        """0/1 (atoms, people)."""
        return ((self.units[:, None] == town.unit) & (self.roles[:, None] == town.role)).astype(np.float64)


def groups(town: Town, atoms: Atoms) -> list[Group]:
    """Every cell that is published or hidden, of every scope, cut and merged group."""
    kinds = np.array([unit.setting_type for unit in town.units], dtype=object)
    areas = np.array([unit.area_id for unit in town.units], dtype=object)
    ids = np.array([unit.id for unit in town.units], dtype=object)
    for results in town.published.values():
        if results.merged is not None:  # shown as a group, and counted where the whole group is
            together = np.isin(ids, results.merged.units)
            kinds[together] = results.merged.setting_type
            areas[together] = results.merged.area_id
    found: dict[str, Group] = {}
    for scope, results in town.published.items():
        inside = {
            "municipality": np.ones(len(atoms.units), dtype=bool),
            "area": areas[atoms.units] == scope.id,
            "unit": ids[atoms.units] == scope.id,
        }[scope.kind]
        found[f"{scope.kind} {scope.id}"] = Group(f"{scope.kind} {scope.id}", inside, results.total, False)
        for cell in results.by["setting_type"]:
            name = f"{scope.kind} {scope.id} {cell.key}"
            found[name] = Group(name, inside & (kinds[atoms.units] == cell.key), cell, True)
        for cell in results.by["role"]:
            name = f"{scope.kind} {scope.id} {cell.key}"
            found[name] = Group(name, inside & (atoms.roles == town.roles.index(cell.key)), cell, True)
        if results.merged is not None:
            name = "merged " + " ".join(results.merged.units)
            found[name] = Group(name, np.isin(ids[atoms.units], results.merged.units), results.merged.cell, False)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Program:
    """What the attacker knows of one measure: `equal @ x = known`, `less @ x <= most`, within `bounds`; the sum of a
    group is `sums @ x` over its atoms. `around` are the published groups and their people's answers (which
    the attacker does not know): what a group leaves open by itself."""

    sums: sparse.csr_array  # (atoms, variables)
    n: Floats  # (atoms,)
    equal: sparse.csr_array
    known: Floats
    less: sparse.csr_array
    most: Floats
    bounds: Floats  # (variables, 2)
    low: float
    high: float
    around: tuple[tuple[Bools, Floats], ...]
    answers: tuple[Floats, ...]  # of each atom, for us to judge by
    step: float  # from one answer to the next; 0 where numbers between are possible

    def alike(self, atoms: Bools) -> bool:
        """Whether a figure of the group would be one of each person in it."""
        given = np.unique(np.concatenate([each for each, inside in zip(self.answers, atoms, strict=True) if inside]))
        return len(given) == 1

    def interval(self, atoms: Bools) -> tuple[float, float]:
        """The least and the most that the mean of the group can be."""
        goal = np.asarray(atoms @ self.sums)
        n = self.n[atoms].sum()
        return self._least(goal) / n, -self._least(-goal) / n

    def _least(self, goal: Floats) -> float:
        """The least of `goal`. The answers as they were given keep every equation, so where one method calls the
        program infeasible (three of 28,000 were), its tolerances are to blame, and the next method is asked."""
        for options in ({}, {"presolve": False}):
            for method in ("highs", "highs-ipm"):
                solved = linprog(
                    goal,
                    A_eq=self.equal,
                    b_eq=self.known,
                    A_ub=self.less if self.less.shape[0] else None,
                    b_ub=self.most if self.less.shape[0] else None,
                    bounds=self.bounds,
                    method=method,
                    options=options,
                )
                if solved.status == 0:
                    return float(solved.fun)
        raise RuntimeError(solved.message)

    def left_open(self, atoms: Bools) -> float:
        """How far the mean can differ for as many of the answers of a published group around it."""
        n = int(self.n[atoms].sum())
        inside = [answers for around, answers in self.around if (around | ~atoms | (self.n == 0)).all()]
        return min((float(a[-n:].mean() - a[:n].mean()) for a in inside), default=self.high - self.low)


def item_program(town: Town, atoms: Atoms, cells: list[Group], number: int) -> Program:
    """Everything that is published of an item."""
    scale, item = town.instrument.scale, town.instrument.items[number]
    component = [c.key for c in town.instrument.components].index(item.component)
    place = town.instrument.component_items(item.component).index(number)
    points = np.arange(scale.min, scale.max + 1)
    given = reverse_keyed(town.answers, instrument=town.instrument)[:, number]
    indicator = atoms.indicator(town)
    n = indicator @ (given != MISSING)
    size = len(n) * len(points)
    per_atom = sparse.csr_array(sparse.kron(sparse.eye(len(n)), np.ones((1, len(points)))))
    sums = sparse.csr_array(sparse.kron(sparse.eye(len(n)), points[None, :].astype(float)))
    rows, known, around = [per_atom], [n], []
    for group in cells:
        result = group.cell.components[component].items[place]
        if result.mean is None or result.n is None:
            continue
        rows.append(sparse.csr_array((group.atoms @ sums)[None, :]))
        known.append(np.array([result.mean * result.n]))
        if result.distribution is not None:
            counts = np.array(result.distribution[:: -1 if item.reverse else 1], dtype=np.float64)
            rows.append(sparse.csr_array(sparse.kron(group.atoms[None, :].astype(float), np.eye(len(points)))))
            known.append(counts)
        around.append((group.atoms, _sorted(given[given != MISSING], indicator[:, given != MISSING], group)))
    return Program(
        sums=sums,
        n=n,
        equal=sparse.csr_array(sparse.vstack(rows)),
        known=np.concatenate(known),
        less=sparse.csr_array((0, size)),
        most=np.empty(0),
        bounds=np.column_stack([np.zeros(size), np.repeat(n, len(points))]),
        low=float(scale.min),
        high=float(scale.max),
        around=tuple(around),
        answers=tuple(given[(row > 0) & (given != MISSING)].astype(np.float64) for row in indicator),
        step=1.0,
    )


def component_program(town: Town, atoms: Atoms, cells: list[Group], number: int) -> Program:
    """Everything that is published of a component: means and standard deviations of scores."""
    scale = town.instrument.scale
    low, high = float(scale.min), float(scale.max)
    score, indicator = person_scores(town.answers, instrument=town.instrument)[:, number], atoms.indicator(town)
    scored = ~np.isnan(score)
    n = indicator @ scored
    eye, none = sparse.eye(len(n)), sparse.csr_array((len(n), len(n)))
    sums = sparse.csr_array(sparse.hstack([eye, none]))
    squares = sparse.csr_array(sparse.hstack([none, eye]))
    rows, known, around = [], [], []
    for group in cells:
        result = group.cell.components[number]
        if result.mean is None or result.n is None:
            continue
        rows.append(sparse.csr_array((group.atoms @ sums)[None, :]))
        known.append(result.mean * result.n)
        if result.sd is not None:
            rows.append(sparse.csr_array((group.atoms @ squares)[None, :]))
            known.append(result.sd**2 * (result.n - 1) + result.n * result.mean**2)
        around.append((group.atoms, _sorted(score[scored], indicator[:, scored], group)))
    less, most = [squares - (low + high) * sums], [-low * high * n]
    for point in np.linspace(low, high, TANGENTS):
        less.append(2 * point * sums - squares)
        most.append(point**2 * n)
    reach = max(abs(low), abs(high)) ** 2
    return Program(
        sums=sums,
        n=n,
        equal=sparse.csr_array(sparse.vstack(rows)) if rows else sparse.csr_array((0, 2 * len(n))),
        known=np.array(known),
        less=sparse.csr_array(sparse.vstack(less)),
        most=np.concatenate(most) + SLACK,
        bounds=np.vstack([np.column_stack([n * low, n * high]), np.column_stack([0 * n, n * reach])]),
        low=low,
        high=high,
        around=tuple(around),
        answers=tuple(score[(row > 0) & scored] for row in indicator),
        step=0.0,
    )


def _sorted(values: NDArray[np.generic], indicator: Floats, group: Group) -> Floats:
    return np.sort(values[(group.atoms @ indicator) > 0].astype(np.float64))


def programs(town: Town, atoms: Atoms, cells: list[Group]) -> Iterator[tuple[str, Program, list[bool]]]:
    """Each measure with its program, and which of the cells show it."""
    for number, component in enumerate(town.instrument.components):
        shown = [group.cell.components[number].mean is not None for group in cells]
        yield component.key, component_program(town, atoms, cells, number), shown
        for place, item in enumerate(town.instrument.component_items(component.key)):
            shown = [group.cell.components[number].items[place].mean is not None for group in cells]
            yield town.instrument.items[item].key, item_program(town, atoms, cells, item), shown


def counts_interval(cells: list[Group], target: Group) -> tuple[int, int]:
    """The fewest and the most people that a hidden group can have: whole numbers, none below zero, told by the reasons
    for hiding, and at most as many as were asked."""
    size = len(target.atoms)
    rows, low, high = [], [], []
    for group in cells:
        why = group.cell.suppressed
        rows.append(group.atoms.astype(np.float64))
        if why is None:
            low.append(float(group.cell.n or 0))
            high.append(float(group.cell.n or 0))
        else:
            few = why.reason == "too_few_answers"
            low.append(0.0 if few else float(why.minimum))
            high.append(why.minimum - 1.0 if few else np.inf)
        if group.cell.invited is not None:
            high[-1] = min(high[-1], float(group.cell.invited))
    constraint = LinearConstraint(np.array(rows), np.array(low), np.array(high))
    ends = []
    for sign in (1, -1):
        solved = milp(
            sign * target.atoms.astype(np.float64),
            constraints=constraint,
            integrality=np.ones(size),
            bounds=Bounds(0, np.inf),
        )
        if solved.status == 3:  # unbounded
            ends.append(10**6)
        elif solved.status == 0:
            ends.append(round(sign * solved.fun))
        else:
            raise RuntimeError(solved.message)
    return ends[0], ends[1]
