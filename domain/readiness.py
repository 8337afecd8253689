"""Readiness results: the values that a closed round's snapshot holds for every scope and cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

ScopeKind = Literal["municipality", "area", "unit"]
Cut = Literal["setting_type", "role"]
Classification = Literal["driver", "barrier", "mixed"]


@dataclass(frozen=True, slots=True)
class Scope:
    """A place in the tree. `id` is a UUID as text; the municipality has its own id."""

    kind: ScopeKind
    id: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a cell is empty. `reason` is `too_few_answers` (fewer than `minimum`) or `protects_others` (hidden so that
    a cell with too few answers cannot be recomputed from this one)."""

    reason: Literal["too_few_answers", "protects_others"]
    minimum: int


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item in one cell. `distribution` counts the answers as they were given, from `scale.min` to `scale.max`;
    `mean`, `score` and the shares are after reversal. `None` means suppressed or nothing to compute from."""

    key: str
    n: int | None
    mean: float | None
    score: float | None
    positive_share: float | None
    negative_share: float | None
    distribution: tuple[int, ...] | None
    classification: Classification | None
    suppressed: Suppression | None


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """One component in one cell. `mean`, `sd`, `ci_*` are on the scale of the component, `score*` on 0-100.

    `ci_*` are 95 % t intervals for "this workplace in general"; `fpc_ci_*` carry the finite population correction
    ("these staff now") and exist only when the number invited is known.
    """

    key: str
    kind: Literal["primary", "contextual"]
    n: int | None
    mean: float | None
    sd: float | None
    score: float | None
    ci_low: float | None
    ci_high: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    fpc_ci_low: float | None
    fpc_ci_high: float | None
    unit_mean: float | None  # mean of the units' means; municipality and area only
    positive_share: float | None
    negative_share: float | None
    rwg_j: float | None
    icc1: float | None
    icc2: float | None
    alpha: float | None
    classification: Classification | None
    spread: bool | None
    suppressed: Suppression | None
    items: tuple[ItemResult, ...]
    # Study level only, like alpha. Snapshots frozen before these were computed have none.
    alpha_standardised: float | None = None
    omega: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The results of one group of respondents: a whole scope (`key=""`) or one category of a cut of it."""

    key: str
    n: int | None
    invited: int | None
    response_rate: float | None
    readiness: float | None  # 0-100, by the instrument's rule over the primary components
    components: tuple[ComponentResult, ...]
    suppressed: Suppression | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The group that a unit is shown together with since it, or another of them, is too small to be shown alone.

    `units` are the ids of all units in it; `setting_type` and `area_id` are what they have in common, if anything.
    """

    units: tuple[str, ...]
    setting_type: str | None
    area_id: str | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class ScopeResults:
    """All that is published about one scope: its own cell and the cells of each cut.

    `merged` is where a unit's answers count when they are not shown alone; then `total` is suppressed.
    """

    scope: Scope
    total: Cell
    by: dict[Cut, tuple[Cell, ...]]
    merged: Merged | None = None


def scope_results_to_dict(value: ScopeResults) -> dict[str, Any]:
    """The value as JSON keeps it: like `dataclasses.asdict`, but an item is the list of its fields in their order, and
    of a cell that is hidden nothing is kept but that: `names` say once which components and items are hidden with
    it."""
    cells = [value.total, *(cell for cut in value.by.values() for cell in cut)]
    cells += [value.merged.cell] if value.merged else []
    return {
        "scope": {"kind": value.scope.kind, "id": value.scope.id},
        "total": _cell_as_dict(value.total),
        "by": {cut: [_cell_as_dict(cell) for cell in found] for cut, found in value.by.items()},
        "merged": value.merged and _as_dict(value.merged) | {"cell": _cell_as_dict(value.merged.cell)},
        "names": [[it.key, it.kind, [item.key for item in it.items]] for it in value.total.components]
        if any(cell.suppressed for cell in cells)
        else None,
    }


def _as_dict(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _cell_as_dict(cell: Cell) -> dict[str, Any]:
    hidden = cell.suppressed and cell.components == hidden_components(_names(cell.components), cell.suppressed)
    components = [] if hidden else [_component_as_dict(component) for component in cell.components]
    return _as_dict(cell) | {"components": components, "suppressed": cell.suppressed and _as_dict(cell.suppressed)}


def _component_as_dict(component: ComponentResult) -> dict[str, Any]:
    items = [
        [*(getattr(item, name) for name in _ITEM[:-1]), item.suppressed and _as_dict(item.suppressed)]
        for item in component.items
    ]
    return _as_dict(component) | {"items": items, "suppressed": component.suppressed and _as_dict(component.suppressed)}


_ITEM = ItemResult.__slots__
Names = tuple[tuple[str, Literal["primary", "contextual"], tuple[str, ...]], ...]


def _names(components: tuple[ComponentResult, ...]) -> Names:
    return tuple((it.key, it.kind, tuple(item.key for item in it.items)) for it in components)


@lru_cache(maxsize=64)
def hidden_components(names: Names, why: Suppression) -> tuple[ComponentResult, ...]:
    """Components of which nothing is shown, with their items: what a hidden cell holds. `names` are key, kind, item
    keys."""
    return tuple(
        hidden_component(key, kind, tuple(hidden_item(item, why) for item in items), why) for key, kind, items in names
    )


def hidden_component(
    key: str, kind: Literal["primary", "contextual"], items: tuple[ItemResult, ...], why: Suppression
) -> ComponentResult:
    """A component of which nothing is shown but that it is hidden, and why."""
    return ComponentResult(
        key=key, kind=kind, n=None, mean=None, sd=None, score=None, ci_low=None, ci_high=None,
        score_ci_low=None, score_ci_high=None, fpc_ci_low=None, fpc_ci_high=None, unit_mean=None,
        positive_share=None, negative_share=None, rwg_j=None, icc1=None, icc2=None, alpha=None, classification=None,
        spread=None, suppressed=why, items=items,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def hidden_item(key: str, why: Suppression) -> ItemResult:
    """The same value for all: a large round hides some hundred thousand."""
    return ItemResult(key, None, None, None, None, None, None, None, why)


def scope_results_from_dict(found: Mapping[str, Any]) -> ScopeResults:
    """The value that `scope_results_to_dict` made `found` of, also after a journey through JSON; or
    `dataclasses.asdict`, as snapshots were kept at first."""
    names: Names = tuple((key, kind, tuple(items)) for key, kind, items in found.get("names") or ())
    return ScopeResults(
        scope=Scope(**found["scope"]),
        total=_cell(found["total"], names),
        by={cut: tuple(_cell(cell, names) for cell in cells) for cut, cells in found["by"].items()},
        merged=_merged(found.get("merged"), names),  # a snapshot from before there were groups has none
    )


def _merged(found: Mapping[str, Any] | None, names: Names) -> Merged | None:
    if found is None:
        return None
    return Merged(**{**found, "units": tuple(found["units"]), "cell": _cell(found["cell"], names)})


def _cell(found: Mapping[str, Any], names: Names) -> Cell:
    cell = _rebuilt(found)
    if cell["suppressed"] and not found["components"]:
        return Cell(**cell | {"components": hidden_components(names, cell["suppressed"])})
    return Cell(**cell | {"components": tuple(_component(each) for each in found["components"])})


def _component(found: Mapping[str, Any]) -> ComponentResult:
    return ComponentResult(**_rebuilt(found) | {"items": tuple(_item(each) for each in found["items"])})


def _item(kept: Mapping[str, Any] | list[Any]) -> ItemResult:
    found = dict(zip(_ITEM, kept, strict=True)) if isinstance(kept, list) else kept
    counts = found["distribution"]
    return ItemResult(**_rebuilt(found) | {"distribution": None if counts is None else tuple(counts)})


def _rebuilt(found: Mapping[str, Any]) -> dict[str, Any]:
    why = found["suppressed"]
    return {**found, "suppressed": None if why is None else Suppression(**why)}
