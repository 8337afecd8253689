"""Shares of children, and how much they have changed: counts first, uncertainty always, never a cause.

Sources: Wilson (1927), JASA 22, 209-212, eq. 11; Newcombe (1998), Statistics in Medicine 17, 873-890, method 10;
McNemar (1947), Psychometrika 12, 153-157, in its exact form: a sign test of the pairs that changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy import special

from domain.text import Text

Z = float(special.ndtri(0.975))
SIGNIFICANCE = 0.05

Verdict = Literal["up", "down", "within_chance", "too_few"]


@dataclass(frozen=True, slots=True)
class ShareRules:
    """With fewer than `min_n` children on either side it is too few to say; their counts are shown all the same."""

    version: str
    source: Text
    min_n: int = 5


DEFAULT_SHARE_RULES = ShareRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: mindst fem børn, og 5 % som grænse for, hvad tilfældigheder alene kan give.",
        "The project's default: five children or more, and 5 % as the limit of what chance alone would give.",
    ),
)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n` (n > 0), as a share 0-1 with its 95 % Wilson interval."""

    count: int
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """Now minus before of two independent shares, -1 to 1, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Matched:
    """The same children twice: `both` times, `gained`, `lost`, `neither` time. `p` is the exact McNemar test's."""

    both: int
    gained: int
    lost: int
    neither: int
    p: float

    @property
    def n(self) -> int:
        return self.both + self.gained + self.lost + self.neither

    @property
    def before(self) -> int:
        return self.both + self.lost

    @property
    def now(self) -> int:
        return self.both + self.gained


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A share then and now, taken apart: `matched` children were there both times, `arrivals` only now, `leavers` only
    then; each `None` where there are none.

    `verdict` is about the matched children where there are enough of them. Without any child in common, it is about two
    independent groups and `difference` is given; with some in common but too few, it is too few to say.
    """

    before: Share | None
    now: Share | None
    matched: Matched | None
    arrivals: Share | None
    leavers: Share | None
    difference: ShareDifference | None
    verdict: Verdict


def wilson(count: int, n: int) -> Share:
    """A share with its 95 % score interval; raises `ValueError` unless 0 <= count <= n and n > 0.

    >>> share = wilson(20, 29)
    >>> round(share.low * 100, 1), round(share.high * 100, 1)
    (50.8, 82.7)
    """
    if not 0 <= count <= n or not n:
        raise ValueError("a share is a count of a number above zero")
    p = count / n
    middle = p + Z**2 / (2 * n)
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    below = 1 + Z**2 / n
    low = 0.0 if count == 0 else (middle - half) / below
    high = 1.0 if count == n else (middle + half) / below
    return Share(count, n, p, low, high)


def newcombe(*, before: Share, now: Share) -> ShareDifference:
    """The difference of two independent shares with its 95 % interval, made of their Wilson intervals (method 10).

    >>> d = newcombe(before=wilson(207, 300), now=wilson(237, 300))
    >>> [round(100 * value) for value in (d.value, d.low, d.high)]
    [10, 3, 17]
    """
    value = now.value - before.value
    return ShareDifference(
        value,
        value - sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2),
        value + sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2),
    )


def mcnemar(gained: int, lost: int) -> float:
    """The two-sided p of the exact McNemar test: among those who changed, either way is as likely by chance alone.

    >>> mcnemar(5, 0), mcnemar(6, 0), mcnemar(8, 1), mcnemar(0, 0)
    (0.0625, 0.03125, 0.0390625, 1.0)
    """
    if gained < 0 or lost < 0:
        raise ValueError("counts are not negative")
    return min(1.0, 2 * float(special.bdtr(min(gained, lost), gained + lost, 0.5))) if gained + lost else 1.0


def matched(*, before: Mapping[str, bool], now: Mapping[str, bool]) -> Matched | None:
    """The children who are in both, or `None` when nobody is."""
    pairs = [(before[child], now[child]) for child in before.keys() & now.keys()]
    if not pairs:
        return None
    gained, lost = pairs.count((False, True)), pairs.count((True, False))
    return Matched(pairs.count((True, True)), gained, lost, pairs.count((False, False)), mcnemar(gained, lost))


def change(
    *, before: Mapping[str, bool], now: Mapping[str, bool], rules: ShareRules = DEFAULT_SHARE_RULES
) -> ShareChange:
    """The share of children for whom it is true, then and now. A child without a value is in neither mapping.

    >>> then = {"a": False, "b": True, "c": True}
    >>> told = change(before=then, now={"a": True, "b": True, "d": True})
    >>> told.matched, told.arrivals.count, told.leavers.n, told.verdict
    (Matched(both=1, gained=1, lost=0, neither=0, p=1.0), 1, 1, 'too_few')
    """
    then, today, pairs = _share(before), _share(now), matched(before=before, now=now)
    apart = then is not None and today is not None and pairs is None
    difference = newcombe(before=then, now=today) if apart and then and today else None
    return ShareChange(
        before=then,
        now=today,
        matched=pairs,
        arrivals=_share({child: it for child, it in now.items() if child not in before}),
        leavers=_share({child: it for child, it in before.items() if child not in now}),
        difference=difference,
        verdict=_of_pairs(pairs, rules) if pairs else _of_groups(then, today, difference, rules),
    )


def _share(values: Mapping[str, bool]) -> Share | None:
    return wilson(sum(values.values()), len(values)) if values else None


def _of_pairs(pairs: Matched, rules: ShareRules) -> Verdict:
    if pairs.n < rules.min_n:
        return "too_few"
    if pairs.p >= SIGNIFICANCE:
        return "within_chance"
    return "up" if pairs.gained > pairs.lost else "down"


def _of_groups(
    then: Share | None, today: Share | None, difference: ShareDifference | None, rules: ShareRules
) -> Verdict:
    if then is None or today is None or difference is None or min(then.n, today.n) < rules.min_n:
        return "too_few"
    return "up" if difference.low > 0 else "down" if difference.high < 0 else "within_chance"
