"""An instrument: the published, immutable version of a questionnaire.

Everything that could be argued about (cut-offs, minimum n, which readiness rule) is data of the instrument
version, never a constant in code, so an old result can always be explained by the version it was scored with.
"""

from dataclasses import dataclass, field
from typing import Literal

from domain.text import Text

__all__ = [
    "Component",
    "ComponentKind",
    "Equivalence",
    "Instrument",
    "Item",
    "MapPosition",
    "Prompt",
    "PromptOccasion",
    "ReadinessRule",
    "Rules",
    "Scale",
    "Task",
    "Text",
]

ComponentKind = Literal["primary", "contextual"]
ReadinessRule = Literal["mean", "min", "geometric_mean"]
MapPosition = Literal["over_over", "over_under", "under_over", "under_under"]
PromptOccasion = Literal["always", "driver", "barrier", "spread"]


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers one may give: whole numbers `min..max`, with a label for each or for none."""

    min: int
    max: int
    labels: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    key: str
    kind: ComponentKind
    title: Text
    min_answered_share: float = 0.5
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    component: str
    text: Text
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A leadership task for places at `position` on the readiness map: first primary component, then second."""

    position: MapPosition
    text: Text


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question for leader and staff to talk about: always, or when a component (`None`: any) stands out so."""

    occasion: PromptOccasion
    component: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What is the same in an earlier `version` of the instrument: pairs of (item key here, item key there)."""

    version: int
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The arguable numbers of an instrument version; shares are 0-1, scores 0-100."""

    readiness: ReadinessRule = "mean"
    driver_score: float = 75.0
    driver_positive_share: float = 2 / 3
    barrier_score: float = 50.0
    barrier_negative_share: float = 1 / 3
    spread_rwg: float = 0.50
    min_n_mean: int = 5
    min_n_distribution: int = 10
    min_n_reliability: int = 100


@dataclass(frozen=True, slots=True)
class Instrument:
    """`source` says where the constructs and the wording come from, `licence` on what terms they may be used."""

    key: str
    version: int
    title: Text
    scale: Scale
    components: tuple[Component, ...]
    items: tuple[Item, ...]
    rules: Rules = field(default_factory=Rules)
    tasks: tuple[Task, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    source: Text = field(default_factory=lambda: Text("", ""))
    licence: str = ""

    def component_scale(self, component: Component) -> Scale:
        return component.scale or self.scale

    def component_items(self, key: str) -> tuple[int, ...]:
        """The column indexes, in instrument order, of the items of component `key`."""
        return tuple(i for i, item in enumerate(self.items) if item.component == key)
