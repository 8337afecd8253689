"""Change since an earlier round: what can be compared, how large the difference is, and what it may be called.

Only what both snapshots have published is used, so nothing that either hides can be worked out from a comparison.
Answers are anonymous: the people of two rounds cannot be paired, so they are compared as two samples. Where the same
people answered both times and differ from each other in lasting ways, the true uncertainty is smaller than told here.

Sources: Welch (1947), Biometrika 34, 28-35; Satterthwaite (1946), Biometrics Bulletin 2, 110-114.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from domain.equivalence import LineBroken, Matched, matched_components
from domain.instruments import ComponentKind, Instrument
from domain.readiness import Cell, ComponentResult, Suppression
from domain.text import Text

Verdict = Literal["up", "down", "within_chance", "too_few", "not_shown", "line_broken"]


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """When a difference may be called one.

    - `min_n`: with fewer answers either time, it is too few to say;
    - `max_rate_shift` (0-1): when the response rate has moved more than this, others than last time may have answered.
    """

    version: str
    source: Text
    min_n: int = 10
    max_rate_shift: float = 0.20


DEFAULT_CHANGE_RULES = ChangeRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: ti svar begge gange og højst 20 procentpoint mellem svarprocenterne.",
        "The project's default: ten answers both times, and 20 percentage points between the response rates at most.",
    ),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """`now - before` with its 95 % interval; `low` and `high` are `None` together, where there is no spread known."""

    value: float
    low: float | None
    high: float | None
    degrees_of_freedom: float | None


@dataclass(frozen=True, slots=True)
class ComponentChange:
    """One component then and now; scores on 0-100. `earlier_key` is its name then, `broken` why they cannot be told
    together."""

    key: str
    kind: ComponentKind
    earlier_key: str | None
    verdict: Verdict
    before: float | None
    now: float | None
    n_before: int | None
    n_now: int | None
    difference: Difference | None
    broken: LineBroken | None
    suppressed_before: Suppression | None
    suppressed_now: Suppression | None


@dataclass(frozen=True, slots=True)
class ResponseShift:
    """The response rates (0-1) and their difference; `careful` is `None` where one of them is not known."""

    n_before: int | None
    n_now: int | None
    before: float | None
    now: float | None
    shift: float | None
    careful: bool | None


@dataclass(frozen=True, slots=True)
class ReadinessChange:
    """Readiness then and now by the same rule. Without an interval: how its parts vary together is not published."""

    before: float
    now: float
    difference: float


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What has changed in one place since an earlier round."""

    components: tuple[ComponentChange, ...]
    readiness: ReadinessChange | None
    response: ResponseShift
    rules: ChangeRules

    @property
    def broken(self) -> bool:
        """Whether no component at all can be compared."""
        return all(component.broken for component in self.components)


def compare(
    now: Cell,
    before: Cell,
    *,
    instrument: Instrument,
    earlier: Instrument,
    rules: ChangeRules = DEFAULT_CHANGE_RULES,
) -> RoundChange:
    """The change of one cell since the same cell of an earlier round, whose instrument was `earlier`.

    Raises `ValueError` for two different instruments.
    """
    matches = matched_components(instrument, earlier)
    results, earlier_results = ({it.key: it for it in cell.components} for cell in (now, before))
    components = tuple(
        _component(
            results[match.key],
            earlier_results.get(match.earlier_key or ""),
            match,
            width=_width(instrument, match.key),
            rules=rules,
        )
        for match in matches
    )
    unbroken = {match.key: match.earlier_key for match in matches if match.broken is None}
    return RoundChange(
        components=components,
        readiness=_readiness(now, before, instrument, earlier, unbroken),
        response=response_shift(now, before, rules=rules),
        rules=rules,
    )


def response_shift(now: Cell, before: Cell, *, rules: ChangeRules = DEFAULT_CHANGE_RULES) -> ResponseShift:
    """Whether so many more or fewer answered that the two rounds may be about different people."""
    rate, earlier = now.response_rate, before.response_rate
    shift = None if rate is None or earlier is None else rate - earlier
    careful = None if shift is None else abs(shift) > rules.max_rate_shift + 1e-9
    return ResponseShift(before.n, now.n, earlier, rate, shift, careful)


def welch(
    *, mean_now: float, sd_now: float, n_now: int, mean_before: float, sd_before: float, n_before: int
) -> Difference:
    """The difference of two independent means with its 95 % interval: Welch's t.

    `d +/- t(.975, v) * sqrt(s1**2 / n1 + s2**2 / n2)`, and Satterthwaite's
    `v = (a + b)**2 / (a**2 / (n1 - 1) + b**2 / (n2 - 1))` with `a = s1**2 / n1`, `b = s2**2 / n2`. Without any spread
    both times the interval is the difference itself, and v is not defined.

    >>> d = welch(mean_now=61, sd_now=18, n_now=16, mean_before=54, sd_before=20, n_before=14)
    >>> round(d.low, 2), round(d.high, 2), round(d.degrees_of_freedom, 2)
    (-7.35, 21.35, 26.44)
    """
    value = mean_now - mean_before
    if n_now < 2 or n_before < 2:
        return Difference(value, None, None, None)
    a, b = sd_now**2 / n_now, sd_before**2 / n_before
    if a + b == 0:
        return Difference(value, value, value, None)
    part = a / (a + b)  # the squares of a and b themselves can vanish in a float
    freedom = 1 / (part**2 / (n_now - 1) + (1 - part) ** 2 / (n_before - 1))
    half = float(special.stdtrit(freedom, 0.975) * np.sqrt(a + b))
    return Difference(value, value - half, value + half, freedom)


def _width(instrument: Instrument, key: str) -> float:
    component = next(component for component in instrument.components if component.key == key)
    scale = instrument.component_scale(component)
    return scale.max - scale.min


def _component(
    now: ComponentResult, before: ComponentResult | None, match: Matched, *, width: float, rules: ChangeRules
) -> ComponentChange:
    difference = None
    if before is not None and match.broken is None:
        difference = _difference(now, before, to_score=100 / width)
    return ComponentChange(
        key=now.key,
        kind=now.kind,
        earlier_key=match.earlier_key,
        verdict="line_broken" if match.broken else _verdict(now, before, difference, rules),
        before=None if before is None else before.score,
        now=now.score,
        n_before=None if before is None else before.n,
        n_now=now.n,
        difference=difference,
        broken=match.broken,
        suppressed_before=None if before is None else before.suppressed,
        suppressed_now=now.suppressed,
    )


def _difference(now: ComponentResult, before: ComponentResult, *, to_score: float) -> Difference | None:
    if now.score is None or before.score is None or now.n is None or before.n is None:
        return None
    if now.sd is None or before.sd is None:
        return Difference(now.score - before.score, None, None, None)
    return welch(
        mean_now=now.score,
        sd_now=now.sd * to_score,
        n_now=now.n,
        mean_before=before.score,
        sd_before=before.sd * to_score,
        n_before=before.n,
    )


def _verdict(
    now: ComponentResult, before: ComponentResult | None, difference: Difference | None, rules: ChangeRules
) -> Verdict:
    if difference is None or before is None:
        return "not_shown"
    if min(now.n or 0, before.n or 0) < rules.min_n or difference.low is None or difference.high is None:
        return "too_few"
    return "up" if difference.low > 0 else "down" if difference.high < 0 else "within_chance"


def _readiness(
    now: Cell, before: Cell, instrument: Instrument, earlier: Instrument, unbroken: Mapping[str, str | None]
) -> ReadinessChange | None:
    """Only by the same rule over the same primary components, all of them with an unbroken line."""
    mine = {unbroken.get(component.key) for component in instrument.components if component.kind == "primary"}
    theirs = {component.key for component in earlier.components if component.kind == "primary"}
    if now.readiness is None or before.readiness is None or mine != theirs:
        return None
    if instrument.rules.readiness != earlier.rules.readiness:
        return None
    return ReadinessChange(before.readiness, now.readiness, now.readiness - before.readiness)
