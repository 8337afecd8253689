"""What is the same in an earlier version of an instrument: the only bridge a line in a report may cross.

An equivalence is a claim of whoever publishes the new version. It can be wrong in itself, and it can contradict the
version it speaks of; both are refused, since a published claim can never be taken back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from domain.instruments import Equivalence, Instrument, Scale
from domain.issues import Params, Problem
from domain.scales import item_scales


def own_problems(instrument: Instrument, *, most_items: int) -> Iterator[Problem]:
    """What can be seen without the earlier versions."""
    versions: Counter[int] = Counter()
    known = {item.key for item in instrument.items}
    for index, claim in enumerate(instrument.equivalences):
        at = f"/equivalences/{index}"
        if not 1 <= claim.version < instrument.version:
            params = {"version": claim.version, "own": instrument.version}
            yield Problem(f"{at}/version", "equivalence-not-earlier", params)
        if versions[claim.version]:
            yield Problem(f"{at}/version", "duplicate-equivalence", {"version": claim.version})
        versions[claim.version] += 1
        if not claim.items:
            yield Problem(f"{at}/items", "equivalence-without-items", {"version": claim.version})
        if len(claim.items) > most_items:
            yield Problem(f"{at}/items", "too-many", {"count": len(claim.items), "limit": most_items})
        yield from _pair_problems(at, claim, known)


def _pair_problems(at: str, claim: Equivalence, known: set[str]) -> Iterator[Problem]:
    here: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for key, earlier in claim.items:
        where = f"{at}/items/{_escaped(key)}"
        params: Params = {"key": key, "earlier": earlier, "version": claim.version}
        if key not in known:
            yield Problem(where, "equivalence-unknown-item", params)
        if here[key]:
            yield Problem(where, "equivalence-item-twice", params)
        if there[earlier]:
            yield Problem(where, "equivalence-target-twice", params)
        here[key] += 1
        there[earlier] += 1


def published_problems(instrument: Instrument, published: Mapping[int, Instrument]) -> Iterator[Problem]:
    """What contradicts the earlier versions in `published` (by their number), for an otherwise sound `instrument`."""
    scales = _scales(instrument)
    for index, claim in enumerate(instrument.equivalences):
        at = f"/equivalences/{index}"
        if claim.version not in published:
            yield Problem(f"{at}/version", "equivalence-not-published", {"version": claim.version})
            continue
        earlier_scales = _scales(published[claim.version])
        for key, earlier in claim.items:
            where = f"{at}/items/{_escaped(key)}"
            params: Params = {"key": key, "earlier": earlier, "version": claim.version}
            scale, earlier_scale = scales[key], earlier_scales.get(earlier)
            if earlier_scale is None:
                yield Problem(where, "equivalence-unknown-earlier-item", params)
            elif (scale.min, scale.max) != (earlier_scale.min, earlier_scale.max):
                ends = f"{scale.min}–{scale.max}", f"{earlier_scale.min}–{earlier_scale.max}"
                yield Problem(where, "equivalence-other-scale", {**params, "scale": ends[0], "earlier_scale": ends[1]})


def _scales(instrument: Instrument) -> dict[str, Scale]:
    return {item.key: scale for item, scale in zip(instrument.items, item_scales(instrument), strict=True)}


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
