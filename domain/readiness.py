"""Readiness results: the values that a closed round's snapshot holds for every scope and cut."""

from collections.abc import Mapping
from dataclasses import dataclass
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
class ScopeResults:
    """All that is published about one scope: its own cell and the cells of each cut."""

    scope: Scope
    total: Cell
    by: dict[Cut, tuple[Cell, ...]]


def scope_results_from_dict(found: Mapping[str, Any]) -> ScopeResults:
    """The value that `dataclasses.asdict` made `found` of, also after a journey through JSON."""
    return ScopeResults(
        scope=Scope(**found["scope"]),
        total=_cell(found["total"]),
        by={cut: tuple(_cell(cell) for cell in cells) for cut, cells in found["by"].items()},
    )


def _cell(found: Mapping[str, Any]) -> Cell:
    return Cell(**_rebuilt(found) | {"components": tuple(_component(each) for each in found["components"])})


def _component(found: Mapping[str, Any]) -> ComponentResult:
    return ComponentResult(**_rebuilt(found) | {"items": tuple(_item(each) for each in found["items"])})


def _item(found: Mapping[str, Any]) -> ItemResult:
    counts = found["distribution"]
    return ItemResult(**_rebuilt(found) | {"distribution": None if counts is None else tuple(counts)})


def _rebuilt(found: Mapping[str, Any]) -> dict[str, Any]:
    why = found["suppressed"]
    return {**found, "suppressed": None if why is None else Suppression(**why)}
