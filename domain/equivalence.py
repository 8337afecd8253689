"""Which components of two versions of an instrument measure the same, so that a line may be drawn between rounds.

A line is never bridged by likeness of names: within a version everything is the same, between versions only what one
of them says is (`Instrument.equivalences`), and a component only as a whole, since a snapshot holds no parts of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.instruments import Component, Instrument

BrokenCode = Literal[
    "no-equivalence", "items-not-mapped", "other-items", "scale-differs", "missing-rule-differs", "reversal-differs",
    "kind-differs",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineBroken:
    """Why a component cannot be compared; `items` are those it is about, by their keys now (`other-items`: then)."""

    code: BrokenCode
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """A component and what it was called then, or why the line is broken (then `earlier_key` may be unknown)."""

    key: str
    earlier_key: str | None
    broken: LineBroken | None


def matched_components(instrument: Instrument, earlier: Instrument) -> tuple[Matched, ...]:
    """For each component of `instrument` its counterpart in `earlier`, which may be a later version too.

    Raises `ValueError` for two different instruments.
    """
    if instrument.key != earlier.key:
        raise ValueError(f"{instrument.key} and {earlier.key} are different instruments")
    if instrument.version == earlier.version:
        return tuple(Matched(component.key, component.key, None) for component in instrument.components)
    items = _item_map(instrument, earlier)
    if items is None:
        return tuple(Matched(it.key, None, LineBroken("no-equivalence")) for it in instrument.components)
    return tuple(_matched(component, instrument, earlier, items) for component in instrument.components)


def _item_map(instrument: Instrument, earlier: Instrument) -> Mapping[str, str] | None:
    """From item keys now to those then, said by whichever version knows the other."""
    for known in instrument.equivalences:
        if known.version == earlier.version:
            return dict(known.items)
    for known in earlier.equivalences:
        if known.version == instrument.version:
            return {now: then for then, now in known.items}
    return None


def _matched(component: Component, instrument: Instrument, earlier: Instrument, items: Mapping[str, str]) -> Matched:
    mine = {item.key: item for item in instrument.items if item.component == component.key}
    theirs = {item.key: item for item in earlier.items}
    unmapped = tuple(key for key in mine if items.get(key) not in theirs)
    if unmapped:
        return Matched(component.key, None, LineBroken("items-not-mapped", unmapped))
    homes = {theirs[items[key]].component for key in mine}
    mapped = {items[key] for key in mine}
    others = tuple(key for key, item in theirs.items() if item.component in homes and key not in mapped)
    if len(homes) > 1 or others or len(mapped) < len(mine):
        return Matched(component.key, None, LineBroken("other-items", others))
    (home,) = homes
    turned = tuple(key for key, item in mine.items() if item.reverse != theirs[items[key]].reverse)
    then = next(candidate for candidate in earlier.components if candidate.key == home)
    return Matched(component.key, home, _difference(component, then, instrument, earlier, turned))


def _difference(
    now: Component, then: Component, instrument: Instrument, earlier: Instrument, turned: tuple[str, ...]
) -> LineBroken | None:
    """What the same items may still be scored differently by. Labels may be reworded; the points may not."""
    scale, before = instrument.component_scale(now), earlier.component_scale(then)
    if (scale.min, scale.max) != (before.min, before.max):
        return LineBroken("scale-differs")
    if turned:
        return LineBroken("reversal-differs", turned)
    if now.min_answered_share != then.min_answered_share:
        return LineBroken("missing-rule-differs")
    return None
