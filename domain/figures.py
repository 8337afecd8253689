"""The figures of every cell at once: of items and of components, each computed for all cells and shown where it may
be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.agreement import cronbach_alpha, icc, rwg_j, t_half_width
from domain.cuts import CellPlace
from domain.instruments import Instrument, Scale
from domain.judgement import classified, suppression
from domain.readiness import ComponentResult, ItemResult, hidden_component, hidden_item
from domain.reliability import omega_total
from domain.scales import item_scales, reverse_keyed, to_hundred
from domain.sums import Shown, Table

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def items_of_cells(instrument: Instrument, table: Table, shown: Shown, number: int) -> list[ItemResult]:
    """The results of one item in each cell."""
    item, scale, rules = instrument.items[number], item_scales(instrument)[number], instrument.rules
    counts, visible, detailed = table.histograms[number], shown.items[number], shown.distributions[number]
    n = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = counts @ np.arange(scale.min, scale.max + 1) / n
        mean = scale.min + scale.max - mean if item.reverse else mean
        positive, negative = (side / n for side in _sides(counts, reverse=item.reverse))
    score = to_hundred(mean, scale=scale).tolist()
    least, few = shown.minimum.tolist(), rules.min_n_distribution
    found = [hidden_item(item.key, suppression(many, minimum)) for many, minimum in zip(n.tolist(), least, strict=True)]
    for cell in np.flatnonzero(visible).tolist():
        many = int(n[cell])
        shares = (float(positive[cell]), float(negative[cell])) if detailed[cell] else (None, None)
        found[cell] = ItemResult(
            key=item.key,
            n=many,
            mean=float(mean[cell]),
            score=score[cell],
            positive_share=shares[0],
            negative_share=shares[1],
            distribution=tuple(counts[cell].tolist()) if detailed[cell] else None,
            classification=classified(rules, score=score[cell], positive=shares[0], negative=shares[1]),
            suppressed=None if detailed[cell] else suppression(many, few),
        )
    return found


def components_of_cells(
    instrument: Instrument,
    table: Table,
    shown: Shown,
    places: Sequence[CellPlace],
    invited: Sequence[int | None],
    *,
    number: int,
    items: Sequence[Sequence[ItemResult]],
) -> list[ComponentResult | None]:
    """The results of one component in each cell that is not hidden as a whole; `items` are those of all items of the
    instrument in each cell."""
    component, rules = instrument.components[number], instrument.rules
    inside = instrument.component_items(component.key)
    columns = _columns(instrument, table, shown, invited, number=number, inside=inside)
    n, least = columns.n.astype(int).tolist(), shown.minimum.tolist()

    def in_cell(cell: int, place: CellPlace) -> ComponentResult | None:
        if not shown.people[cell]:
            return None
        mine = tuple(items[item][cell] for item in inside)
        if not shown.components[number][cell]:
            return hidden_component(component.key, component.kind, mine, suppression(n[cell], least[cell]))
        found = columns.in_cell(cell)
        agreement = found["rwg_j"]
        return ComponentResult(
            key=component.key,
            kind=component.kind,
            n=n[cell],
            classification=classified(
                rules,
                score=float(columns.score[cell]),
                positive=found["positive_share"],
                negative=found["negative_share"],
            ),
            spread=None if agreement is None else agreement < rules.spread_rwg,
            suppressed=None,
            items=mine,
            mean=float(columns.mean[cell]),
            score=float(columns.score[cell]),
            **found,
            **_between_units(table, shown, place, number),
            **_reliability(instrument, table, place, items=inside, n=n[cell]),
        )

    return [in_cell(cell, place) for cell, place in enumerate(places)]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The figures of one component, (cells,) each; NaN where there is none to show."""

    n: Floats
    mean: Floats
    score: Floats
    partial: Mapping[str, Floats]
    """Those that a shown component may lack, by their names in `ComponentResult`."""

    def in_cell(self, cell: int) -> dict[str, float | None]:
        return {name: _known(column[cell]) for name, column in self.partial.items()}


def _columns(
    instrument: Instrument,
    table: Table,
    shown: Shown,
    invited: Sequence[int | None],
    *,
    number: int,
    inside: tuple[int, ...],
) -> _Columns:
    scale = instrument.component_scale(instrument.components[number])
    n, mean, sd = _moments(table, number)
    half = t_half_width(sd, n)
    asked = np.array([np.nan if many is None else many for many in invited], dtype=np.float64)
    corrected = t_half_width(sd, n, population=asked)
    # What is made of all the items gives a hidden one away; so it is shown only where all of them are. Agreement is the
    # sum of the items' variances: with the distributions of the others it gives away the variance of one without.
    whole = np.logical_and.reduce([shown.items[item] for item in inside])
    detailed = np.logical_and.reduce([shown.distributions[item] for item in inside])
    partly = np.logical_or.reduce([shown.distributions[item] for item in inside]) & ~detailed
    positive, negative = _leanings(instrument, table, inside)
    return _Columns(
        n=n,
        mean=mean,
        score=to_hundred(mean, scale=scale),
        partial={
            "sd": sd,
            "ci_low": mean - half,
            "ci_high": mean + half,
            "fpc_ci_low": mean - corrected,
            "fpc_ci_high": mean + corrected,
            "score_ci_low": to_hundred(mean - half, scale=scale),
            "score_ci_high": to_hundred(mean + half, scale=scale),
            "positive_share": np.where(detailed, positive, np.nan),
            "negative_share": np.where(detailed, negative, np.nan),
            "rwg_j": np.where(whole & ~partly, _rwg_j(table, items=inside, scale=scale), np.nan),
        },
    )


def _moments(table: Table, number: int) -> tuple[Floats, Floats, Floats]:
    """n, the mean, and the standard deviation with n - 1 below (NaN for one person), (cells,) each."""
    n, total = table.scored[:, number].astype(np.float64), table.sums[:, number]
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.maximum(table.squares[:, number] - total * total / n, 0.0)
        sd = np.where(n > 1, np.sqrt(squares / np.maximum(n - 1, 1)), np.nan)
        return n, table.centre[number] + total / n, sd


def _rwg_j(table: Table, *, items: Sequence[int], scale: Scale) -> Floats:
    """Agreement over the component's items in each cell; items with one answer have no variance to count."""
    points = np.arange(scale.max - scale.min + 1, dtype=np.float64)
    variances, counted = np.zeros(len(table.people)), np.zeros(len(table.people))
    for item in items:
        counts = table.histograms[item].astype(np.float64)
        n = counts.sum(axis=1)
        mean = counts @ points / np.maximum(n, 1)
        squares = (counts * (points - mean[:, None]) ** 2).sum(axis=1)
        variances = variances + np.where(n > 1, squares / np.maximum(n - 1, 1), 0.0)
        counted = counted + (n > 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_variance = np.where(np.asarray(counted) > 0, variances / np.asarray(counted), np.nan)
        return rwg_j(mean_variance, items=len(items), points=len(points))


def _leanings(instrument: Instrument, table: Table, items: Sequence[int]) -> tuple[Floats, Floats]:
    """The shares of all the component's answers in each cell that are positive and negative, after reversal."""
    sides = [_sides(table.histograms[item], reverse=instrument.items[item].reverse) for item in items]
    answered = sum(table.histograms[item].sum(axis=1) for item in items)
    with np.errstate(divide="ignore", invalid="ignore"):
        return sum(side[0] for side in sides) / answered, sum(side[1] for side in sides) / answered


def _sides(counts: NDArray[np.intp], *, reverse: bool) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many answered above and below the scale's midpoint, after reversal; the midpoint itself is neither."""
    points = counts.shape[1]
    low, high = counts[:, : points // 2].sum(axis=1), counts[:, points - points // 2 :].sum(axis=1)
    return (low, high) if reverse else (high, low)


def _between_units(table: Table, shown: Shown, place: CellPlace, number: int) -> dict[str, float | None]:
    """Comparing the published units of a municipality or area; nothing for a unit or a category of a cut."""
    nothing: dict[str, float | None] = {"unit_mean": None, "icc1": None, "icc2": None}
    if place.cut is not None or place.scope.kind == "unit":
        return nothing
    inside = [unit for unit in shown.units if unit in place.unit_cells and shown.components[number][unit]]
    if len(inside) < 2:
        return nothing
    n = table.scored[inside, number].astype(np.float64)
    sums = table.sums[inside, number]
    squares = np.maximum(table.squares[inside, number] - sums**2 / n, 0.0)
    found = icc(n, sums / n, squares)
    mean = float(table.centre[number] + np.mean(sums / n))
    return {"unit_mean": mean, "icc1": _known(found.icc1), "icc2": _known(found.icc2)}


def _reliability(
    instrument: Instrument, table: Table, place: CellPlace, *, items: tuple[int, ...], n: int
) -> dict[str, float | None]:
    """Reliability belongs to the study: the whole municipality, from `min_n_reliability` people on."""
    study = place.scope.kind == "municipality" and place.cut is None
    if not study or n < instrument.rules.min_n_reliability or len(items) < 2:
        return {"alpha": None, "alpha_standardised": None, "omega": None}
    turned = reverse_keyed(table.answers, instrument=instrument)[:, list(items)]
    alpha, omega = cronbach_alpha(turned), omega_total(turned)
    return {"alpha": _known(alpha.raw), "alpha_standardised": _known(alpha.standardised), "omega": _known(omega)}


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
