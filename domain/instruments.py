"""An instrument: the published, immutable version of a questionnaire.

Everything that could be argued about (cut-offs, minimum n, which readiness rule) is data of the instrument
version, never a constant in code, so an old result can always be explained by the version it was scored with.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from domain.issues import Problem
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
    "instrument_problems",
]

MOST_POINTS = 101  # 0-100 is the longest scale
RESERVED_KEYS = frozenset({"unit_external_id", "respondent_key", "role"})  # fixed columns of an answers file

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

    def component_scale(self, component: Component) -> Scale:
        return component.scale or self.scale

    def component_items(self, key: str) -> tuple[int, ...]:
        """The column indexes, in instrument order, of the items of component `key`."""
        return tuple(i for i, item in enumerate(self.items) if item.component == key)


def instrument_problems(instrument: Instrument) -> tuple[Problem, ...]:
    """Everything that keeps `instrument` from being published; empty when it is sound.

    Pointers follow the wire form of an instrument (`/components/0/title`). Any number of primary components is
    allowed: without one there is no readiness score, only component scores.

    >>> two = Scale(min=1, max=5, labels=(Text("Nej", "No"), Text("Ja", "Yes")))
    >>> c = Component(key="will", kind="primary", title=Text("Vilje", "Willingness"))
    >>> i = Item(key="w1", component="will", text=Text("Jeg vil gerne", "I want to"))
    >>> [p.code for p in instrument_problems(Instrument("k", 1, Text("T", ""), two, (c,), (i,)))]
    ['scale-labels-mismatch']
    """
    return (
        *_text_problems("/title", instrument.title),
        *_scale_problems("/scale", instrument.scale),
        *_component_problems(instrument),
        *_item_problems(instrument),
        *_rule_problems(instrument.rules),
    )


def _component_problems(instrument: Instrument) -> Iterator[Problem]:
    if not instrument.components:
        yield Problem("/components", "no-components")
    yield from _key_problems("components", [c.key for c in instrument.components], "duplicate-component-key")
    used = {item.component for item in instrument.items}
    for index, component in enumerate(instrument.components):
        at = f"/components/{index}"
        yield from _text_problems(f"{at}/title", component.title)
        if component.scale is not None:
            yield from _scale_problems(f"{at}/scale", component.scale)
        if not 0 < component.min_answered_share <= 1:
            share = {"value": component.min_answered_share}
            yield Problem(f"{at}/min_answered_share", "answered-share-out-of-range", share)
        if component.key not in used:
            yield Problem(at, "component-without-items", {"key": component.key})


def _item_problems(instrument: Instrument) -> Iterator[Problem]:
    yield from _key_problems("items", [item.key for item in instrument.items], "duplicate-item-key")
    known = {component.key for component in instrument.components}
    for index, item in enumerate(instrument.items):
        at = f"/items/{index}"
        yield from _text_problems(f"{at}/text", item.text)
        if item.key in RESERVED_KEYS:
            yield Problem(f"{at}/key", "reserved-key", {"key": item.key})
        if item.component not in known:
            where = {"key": item.key, "component": item.component}
            yield Problem(f"{at}/component", "unknown-component", where)


def _key_problems(where: str, keys: list[str], duplicate: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, key in enumerate(keys):
        if not key or key != key.strip():
            yield Problem(f"/{where}/{index}/key", "malformed-key", {"key": key})
        if seen[key]:
            yield Problem(f"/{where}/{index}/key", duplicate, {"key": key})
        seen[key] += 1


def _scale_problems(at: str, scale: Scale) -> Iterator[Problem]:
    points = scale.max - scale.min + 1
    ends = {"min": scale.min, "max": scale.max}
    if points < 2:
        yield Problem(at, "scale-not-increasing", ends)
        return
    if scale.min < -100 or scale.max > 100:
        yield Problem(at, "scale-out-of-range", ends)
    if points > MOST_POINTS:
        yield Problem(at, "scale-too-long", {"points": points, "limit": MOST_POINTS})
    if len(scale.labels) not in (0, points):
        yield Problem(f"{at}/labels", "scale-labels-mismatch", {"labels": len(scale.labels), "points": points})
    for index, label in enumerate(scale.labels):
        yield from _text_problems(f"{at}/labels/{index}", label)


def _text_problems(at: str, text: Text) -> Iterator[Problem]:
    if not (text.da.strip() or text.en.strip()):
        yield Problem(f"{at}/da", "empty-text")


def _rule_problems(rules: Rules) -> Iterator[Problem]:
    """The bounds keep the promise to staff: no mean of fewer than three, no distribution finer than a mean."""
    bounds: dict[str, tuple[float, float]] = {
        "driver_score": (rules.barrier_score, 100),
        "driver_positive_share": (0, 1),
        "barrier_score": (0, 100),
        "barrier_negative_share": (0, 1),
        "spread_rwg": (0, 1),
        "min_n_mean": (3, 100),
        "min_n_distribution": (rules.min_n_mean, 1000),
        "min_n_reliability": (rules.min_n_distribution, 1_000_000),
    }
    for rule, (low, high) in bounds.items():
        value = getattr(rules, rule)
        if not low <= value <= high:
            params = {"rule": rule, "value": value, "low": low, "high": high}
            yield Problem(f"/rules/{rule}", "rule-out-of-range", params)
