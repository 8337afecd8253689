"""Everything a closed round says, for every scope and cut at once, with disclosure control applied.

The respondents of one unit with one role are an atom. Each atom is boiled down to sums (how many, of what, squared) and
to counts of each answer; every cell of every scope is a sum of atoms, so the work does not grow with the number of
scopes. Nothing that `domain.disclosure` hides leaves this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.agreement import cronbach_alpha, icc, rwg_j, t_half_width
from domain.cuts import CellPlace, Unit, atoms_of, lay_out
from domain.disclosure import Layout
from domain.instruments import Component, Instrument, Scale
from domain.judgement import classified, readiness_of, suppression
from domain.readiness import Cell, ComponentResult, Cut, ItemResult, Scope, ScopeResults
from domain.reliability import omega_total
from domain.scales import MISSING, Answers, item_scales, reverse_keyed, to_hundred
from domain.sums import Shown, Table

Ints = NDArray[np.intp]


def compute_results(
    instrument: Instrument,
    *,
    answers: Answers,
    unit_index: Ints,
    role_index: Ints,
    units: Sequence[Unit],
    roles: Sequence[str],
    invited: Mapping[str, int | None],
    municipality_id: str,
) -> dict[Scope, ScopeResults]:
    """The results of the municipality, every area and every unit, each with its cuts by setting type and role.

    `answers` is int8 (respondents, items); `unit_index` and `role_index` (respondents,) point into `units` and `roles`,
    -1 for no role. `n` counts people who answered anything at all. Means of larger places are weighted by person;
    `unit_mean` weighs the published units alike. ICC compares the published units, since with the others in it the mean
    of a hidden unit could be worked out. `invited` maps unit ids to how many were asked.

    A scope is shown from `min_n_mean` people on, a category of a cut and a distribution from `min_n_distribution`, and
    less than that where somebody hidden could be recomputed (see `domain.disclosure`).
    """
    somebody = (answers != MISSING).any(axis=1)
    answers, unit_index, role_index = answers[somebody], unit_index[somebody], role_index[somebody]
    atoms, atom_of = atoms_of(unit_index, role_index)
    places, membership = lay_out(atoms, units=units, roles=roles, municipality_id=municipality_id)
    layout = Layout(membership, len(places))
    table = Table.of(instrument, answers, atom_of, layout, atoms=len(atoms))
    shown = Shown.of(instrument, table, layout, places)
    cells = [
        _cell(instrument, table, shown, index, place, invited=place.invited(invited, units))
        for index, place in enumerate(places)
    ]
    return _by_scope(places, cells)


def _by_scope(places: Sequence[CellPlace], cells: Sequence[Cell]) -> dict[Scope, ScopeResults]:
    totals = {place.scope: cell for place, cell in zip(places, cells, strict=True) if place.cut is None}
    cuts: dict[Scope, dict[Cut, list[Cell]]] = {scope: {"setting_type": [], "role": []} for scope in totals}
    for place, cell in zip(places, cells, strict=True):
        if place.cut is not None:
            cuts[place.scope][place.cut].append(cell)
    return {
        scope: ScopeResults(scope, total, {cut: tuple(found) for cut, found in cuts[scope].items()})
        for scope, total in totals.items()
    }


def _cell(
    instrument: Instrument, table: Table, shown: Shown, index: int, place: CellPlace, *, invited: int | None
) -> Cell:
    visible = bool(shown.people[index])
    n = int(table.people[index]) if visible else None
    components = tuple(
        _component(instrument, table, shown, index, place, number=number, invited=invited)
        for number in range(len(instrument.components))
    )
    return Cell(
        key=place.key,
        n=n,
        invited=invited,
        response_rate=n / invited if n is not None and invited and n <= invited else None,
        readiness=readiness_of(instrument, components),
        components=components,
        suppressed=None if visible else suppression(int(table.people[index]), int(shown.minimum[index])),
    )


def _component(
    instrument: Instrument,
    table: Table,
    shown: Shown,
    index: int,
    place: CellPlace,
    *,
    number: int,
    invited: int | None,
) -> ComponentResult:
    component = instrument.components[number]
    items = instrument.component_items(component.key)
    results = tuple(_item(instrument, table, shown, index, item) for item in items)
    n = int(table.scored[index, number])
    if not shown.components[number][index]:
        return hidden_component(component, results, n=n, minimum=int(shown.minimum[index]))
    scale = instrument.component_scale(component)
    mean, sd = _mean_and_sd(table, index, number)
    half = float(t_half_width(sd, n))
    corrected = float(t_half_width(sd, n, population=invited)) if invited is not None else float("nan")
    # What is made of all the items gives a hidden one away; so it is shown only where all of them are.
    all_shown = all(shown.items[item][index] for item in items)
    agreement = _rwg_j(table, index, items=items, scale=scale) if all_shown else float("nan")
    detailed = all(shown.distributions[item][index] for item in items)
    positive, negative = _leanings(instrument, table, index, items) if detailed else (None, None)
    score = _hundred(mean, scale)
    between = _between_units(table, shown, place, number)
    reliable = _reliability(instrument, table, place, items=items, n=n)
    return ComponentResult(
        key=component.key,
        kind=component.kind,
        n=n,
        mean=mean,
        sd=_known(sd),
        score=score,
        ci_low=_known(mean - half),
        ci_high=_known(mean + half),
        score_ci_low=_known(_hundred(mean - half, scale)),
        score_ci_high=_known(_hundred(mean + half, scale)),
        fpc_ci_low=_known(mean - corrected),
        fpc_ci_high=_known(mean + corrected),
        unit_mean=between.unit_mean,
        positive_share=positive,
        negative_share=negative,
        rwg_j=_known(agreement),
        icc1=_known(between.icc1),
        icc2=_known(between.icc2),
        alpha=reliable.alpha,
        alpha_standardised=reliable.alpha_standardised,
        omega=reliable.omega,
        classification=classified(instrument.rules, score=score, positive=positive, negative=negative),
        spread=None if np.isnan(agreement) else bool(agreement < instrument.rules.spread_rwg),
        suppressed=None,
        items=results,
    )


def hidden_component(component: Component, items: tuple[ItemResult, ...], *, n: int, minimum: int) -> ComponentResult:
    """A component of which nothing is shown but that it is hidden, and why."""
    return ComponentResult(
        key=component.key, kind=component.kind, n=None, mean=None, sd=None, score=None, ci_low=None, ci_high=None,
        score_ci_low=None, score_ci_high=None, fpc_ci_low=None, fpc_ci_high=None, unit_mean=None,
        positive_share=None, negative_share=None, rwg_j=None, icc1=None, icc2=None, alpha=None, classification=None,
        spread=None, suppressed=suppression(n, minimum), items=items,
    )  # fmt: skip


def _item(instrument: Instrument, table: Table, shown: Shown, index: int, number: int) -> ItemResult:
    item, scale = instrument.items[number], item_scales(instrument)[number]
    counts = table.histograms[number][index]
    n = int(counts.sum())
    if not shown.items[number][index]:
        why = suppression(n, int(shown.minimum[index]))
        return ItemResult(item.key, None, None, None, None, None, None, None, why)
    mean = _turned(float(counts @ np.arange(scale.min, scale.max + 1)) / n, scale, reverse=item.reverse)
    score, detailed = _hundred(mean, scale), bool(shown.distributions[number][index])
    positive, negative = (side / n if detailed else None for side in _sides(counts, reverse=item.reverse))
    return ItemResult(
        key=item.key,
        n=n,
        mean=mean,
        score=score,
        positive_share=positive,
        negative_share=negative,
        distribution=tuple(int(count) for count in counts) if detailed else None,
        classification=classified(instrument.rules, score=score, positive=positive, negative=negative),
        suppressed=None if detailed else suppression(n, instrument.rules.min_n_distribution),
    )


def _mean_and_sd(table: Table, index: int, number: int) -> tuple[float, float]:
    """The mean, and the standard deviation with n - 1 below (NaN for one person)."""
    n, total = float(table.scored[index, number]), float(table.sums[index, number])
    squares = max(float(table.squares[index, number]) - total * total / n, 0.0)
    return float(table.centre[number]) + total / n, float(np.sqrt(squares / (n - 1))) if n > 1 else float("nan")


def _rwg_j(table: Table, index: int, *, items: tuple[int, ...], scale: Scale) -> float:
    """Agreement of the cell's people over the component's items; items with one answer have no variance to count."""
    points = np.arange(scale.max - scale.min + 1, dtype=np.float64)
    variances = []
    for item in items:
        counts = table.histograms[item][index].astype(np.float64)
        n = counts.sum()
        if n > 1:
            mean = counts @ points / n
            variances.append(counts @ (points - mean) ** 2 / (n - 1))
    if not variances:
        return float("nan")
    return float(rwg_j(np.mean(variances), items=len(items), points=len(points)))


def _leanings(instrument: Instrument, table: Table, index: int, items: tuple[int, ...]) -> tuple[float, float]:
    """The shares of all the component's answers that are positive and negative, after reversal."""
    sides = [_sides(table.histograms[item][index], reverse=instrument.items[item].reverse) for item in items]
    answered = sum(int(table.histograms[item][index].sum()) for item in items)
    return sum(side[0] for side in sides) / answered, sum(side[1] for side in sides) / answered


def _sides(counts: Ints, *, reverse: bool) -> tuple[int, int]:
    """How many answered above and below the scale's midpoint, after reversal; the midpoint itself is neither."""
    half = len(counts) // 2
    low, high = int(counts[:half].sum()), int(counts[len(counts) - half :].sum())
    return (low, high) if reverse else (high, low)


@dataclass(frozen=True, slots=True)
class _BetweenUnits:
    unit_mean: float | None
    icc1: float
    icc2: float


def _between_units(table: Table, shown: Shown, place: CellPlace, number: int) -> _BetweenUnits:
    """Comparing the published units of a municipality or area; nothing for a unit or a category of a cut."""
    nothing = float("nan")
    if place.cut is not None or place.scope.kind == "unit":
        return _BetweenUnits(None, nothing, nothing)
    inside = [unit for unit in shown.units if unit in place.unit_cells and shown.components[number][unit]]
    if len(inside) < 2:
        return _BetweenUnits(None, nothing, nothing)
    n = table.scored[inside, number].astype(np.float64)
    sums = table.sums[inside, number]
    squares = np.maximum(table.squares[inside, number] - sums**2 / n, 0.0)
    found = icc(n, sums / n, squares)
    return _BetweenUnits(float(table.centre[number] + np.mean(sums / n)), found.icc1, found.icc2)


@dataclass(frozen=True, slots=True)
class _Reliability:
    alpha: float | None = None
    alpha_standardised: float | None = None
    omega: float | None = None


def _reliability(
    instrument: Instrument, table: Table, place: CellPlace, *, items: tuple[int, ...], n: int
) -> _Reliability:
    """Reliability belongs to the study: the whole municipality, from `min_n_reliability` people on."""
    study = place.scope.kind == "municipality" and place.cut is None
    if not study or n < instrument.rules.min_n_reliability or len(items) < 2:
        return _Reliability()
    turned = reverse_keyed(table.answers, instrument=instrument)[:, list(items)]
    alpha = cronbach_alpha(turned)
    return _Reliability(_known(alpha.raw), _known(alpha.standardised), _known(omega_total(turned)))


def _turned(mean: float, scale: Scale, *, reverse: bool) -> float:
    return scale.min + scale.max - mean if reverse else mean


def _hundred(value: float, scale: Scale) -> float:
    return float(to_hundred(np.asarray(value), scale=scale))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
