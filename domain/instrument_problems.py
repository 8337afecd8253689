"""What keeps an instrument from being published, as problems that point into its wire form."""

import re
from collections import Counter
from collections.abc import Iterator, Sized

from domain.equivalences import own_problems
from domain.instruments import Instrument, Rules, Scale
from domain.issues import Problem
from domain.text import Text

MOST_POINTS = 101  # 0-100 is the longest scale
LONGEST_TEXT, LONGEST_SOURCE, LONGEST_LICENCE = 1000, 4000, 200
HIGHEST_VERSION = 1_000_000
MOST = {"components": 50, "items": 500, "tasks": 100, "prompts": 100, "equivalences": 50}
RESERVED_KEYS = frozenset({"unit_external_id", "respondent_key", "role"})  # fixed columns of an answers file
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", re.ASCII)
FEWEST_FOR_MEAN, FEWEST_FOR_DISTRIBUTION = 5, 10


def instrument_problems(instrument: Instrument) -> tuple[Problem, ...]:
    """Everything that keeps `instrument` from being published; empty when it is sound.

    Pointers follow the wire form of an instrument (`/components/0/title`). Any number of primary components is
    allowed: without one there is no readiness score, only component scores. What an equivalence says about an earlier
    version is checked by `domain.equivalences.published_problems`, which needs that version.

    >>> from domain.instruments import Component, Item
    >>> two = Scale(min=1, max=5, labels=(Text("Nej", "No"), Text("Ja", "Yes")))
    >>> c = Component(key="will", kind="primary", title=Text("Vilje", "Willingness"))
    >>> i = Item(key="w1", component="will", text=Text("Jeg vil gerne", "I want to"))
    >>> [p.code for p in instrument_problems(Instrument("k", 1, Text("T", ""), two, (c,), (i,)))]
    ['scale-labels-mismatch']
    """
    return (
        *_head_problems(instrument),
        *_scale_problems("/scale", instrument.scale),
        *_component_problems(instrument),
        *_item_problems(instrument),
        *_rule_problems(instrument.rules),
        *_wording_problems(instrument),
        *_many_problems("/equivalences", instrument.equivalences, MOST["equivalences"]),
        *own_problems(instrument, most_items=MOST["items"]),
    )


def _head_problems(instrument: Instrument) -> Iterator[Problem]:
    yield from shape_problems("/key", instrument.key)
    if not 1 <= instrument.version <= HIGHEST_VERSION:
        params = {"version": instrument.version, "limit": HIGHEST_VERSION}
        yield Problem("/version", "version-out-of-range", params)
    yield from text_problems("/title", instrument.title)
    yield from length_problems("/source", instrument.source, limit=LONGEST_SOURCE)
    if len(instrument.licence) > LONGEST_LICENCE:
        params = {"length": len(instrument.licence), "limit": LONGEST_LICENCE}
        yield Problem("/licence", "text-too-long", params)


def _wording_problems(instrument: Instrument) -> Iterator[Problem]:
    """Tasks and prompts: what is read in reports and talked about."""
    known = {component.key for component in instrument.components}
    yield from _many_problems("/tasks", instrument.tasks, MOST["tasks"])
    for index, task in enumerate(instrument.tasks):
        yield from text_problems(f"/tasks/{index}/text", task.text)
    yield from _many_problems("/prompts", instrument.prompts, MOST["prompts"])
    for index, prompt in enumerate(instrument.prompts):
        yield from text_problems(f"/prompts/{index}/text", prompt.text)
        if prompt.component is not None and prompt.component not in known:
            where = {"component": prompt.component}
            yield Problem(f"/prompts/{index}/component", "prompt-unknown-component", where)


def _many_problems(at: str, what: Sized, limit: int) -> Iterator[Problem]:
    if len(what) > limit:
        yield Problem(at, "too-many", {"count": len(what), "limit": limit})


def _component_problems(instrument: Instrument) -> Iterator[Problem]:
    if not instrument.components:
        yield Problem("/components", "no-components")
    yield from _many_problems("/components", instrument.components, MOST["components"])
    yield from key_problems("components", [c.key for c in instrument.components], "duplicate-component-key")
    used = {item.component for item in instrument.items}
    for index, component in enumerate(instrument.components):
        at = f"/components/{index}"
        yield from text_problems(f"{at}/title", component.title)
        if component.scale is not None:
            yield from _scale_problems(f"{at}/scale", component.scale)
        if not 0 < component.min_answered_share <= 1:
            share = {"value": component.min_answered_share}
            yield Problem(f"{at}/min_answered_share", "answered-share-out-of-range", share)
        if component.key not in used:
            yield Problem(at, "component-without-items", {"key": component.key})


def _item_problems(instrument: Instrument) -> Iterator[Problem]:
    yield from _many_problems("/items", instrument.items, MOST["items"])
    yield from key_problems("items", [item.key for item in instrument.items], "duplicate-item-key")
    known = {component.key for component in instrument.components}
    for index, item in enumerate(instrument.items):
        at = f"/items/{index}"
        yield from text_problems(f"{at}/text", item.text)
        if item.key in RESERVED_KEYS:
            yield Problem(f"{at}/key", "reserved-key", {"key": item.key})
        if item.component not in known:
            where = {"key": item.key, "component": item.component}
            yield Problem(f"{at}/component", "unknown-component", where)


def key_problems(where: str, keys: list[str], duplicate: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, key in enumerate(keys):
        yield from shape_problems(f"/{where}/{index}/key", key)
        if seen[key]:
            yield Problem(f"/{where}/{index}/key", duplicate, {"key": key})
        seen[key] += 1


def shape_problems(at: str, key: str) -> Iterator[Problem]:
    if not key or key != key.strip():
        yield Problem(at, "malformed-key", {"key": key})
    elif not KEY.fullmatch(key):
        yield Problem(at, "key-characters", {"key": key})


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
        yield from text_problems(f"{at}/labels/{index}", label)


def text_problems(at: str, text: Text) -> Iterator[Problem]:
    if not (text.da.strip() or text.en.strip()):
        yield Problem(f"{at}/da", "empty-text")
    yield from length_problems(at, text, limit=LONGEST_TEXT)


def length_problems(at: str, text: Text, *, limit: int) -> Iterator[Problem]:
    for language, written in (("da", text.da), ("en", text.en)):
        if len(written) > limit:
            yield Problem(f"{at}/{language}", "text-too-long", {"length": len(written), "limit": limit})


def _rule_problems(rules: Rules) -> Iterator[Problem]:
    """The bounds keep the promise to staff: no mean of fewer than five, no distribution of fewer than ten. Lower ones
    would let out how many have answered in a hidden group, and no attack has tried them."""
    bounds: dict[str, tuple[float, float]] = {
        "driver_score": (rules.barrier_score, 100),
        "driver_positive_share": (0, 1),
        "barrier_score": (0, 100),
        "barrier_negative_share": (0, 1),
        "spread_rwg": (0, 1),
        "min_n_mean": (FEWEST_FOR_MEAN, 100),
        "min_n_distribution": (max(rules.min_n_mean, FEWEST_FOR_DISTRIBUTION), 1000),
        "min_n_reliability": (rules.min_n_distribution, 1_000_000),
    }
    for rule, (low, high) in bounds.items():
        value = getattr(rules, rule)
        if not low <= value <= high:
            params = {"rule": rule, "value": value, "low": low, "high": high}
            yield Problem(f"/rules/{rule}", "rule-out-of-range", params)
