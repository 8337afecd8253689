"""What to build on and what to look at: the components and statements that are drivers or barriers by the rules."""

from dataclasses import dataclass
from typing import Literal

from domain.instruments import Instrument
from domain.readiness import Cell, ComponentResult, ItemResult

Tendency = Literal["driver", "barrier"]

STATEMENTS_NAMED = 2  # quoted under a driver or a barrier; a mixed component gets the clearest one only


@dataclass(frozen=True, slots=True)
class Statement:
    """An item that is a driver or a barrier: `count` of `n` answers point that way.

    `count` is missing where the distribution is not published: "6 of 6" would tell what each of six answered.
    """

    item: str
    score: float
    count: int | None
    n: int
    reverse: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A component that is a driver or a barrier (`whole`), or one that is mixed but has statements that
    are."""

    component: str
    whole: bool
    score: float
    n: int
    spread: bool
    statements: tuple[Statement, ...]


def highlights(instrument: Instrument, cell: Cell, tendency: Tendency) -> tuple[Highlight, ...]:
    """Drivers from the highest score down, barriers from the lowest up; whole components before single
    statements."""
    sign = -1 if tendency == "driver" else 1
    found = [
        highlight for result in cell.components if (highlight := _highlight(instrument, result, tendency)) is not None
    ]
    return tuple(sorted(found, key=lambda it: (not it.whole, sign * it.score, it.component)))


def _highlight(instrument: Instrument, result: ComponentResult, tendency: Tendency) -> Highlight | None:
    if result.score is None or result.n is None:
        return None
    whole = result.classification == tendency
    statements = _statements(instrument, result.items, tendency)
    if not whole and (result.classification != "mixed" or not statements):
        return None
    return Highlight(
        component=result.key,
        whole=whole,
        score=result.score,
        n=result.n,
        spread=bool(result.spread),
        statements=statements[: STATEMENTS_NAMED if whole else 1],
    )


def _statements(instrument: Instrument, items: tuple[ItemResult, ...], tendency: Tendency) -> tuple[Statement, ...]:
    """The clearest items that point the same way, so that a sentence can say what it is about."""
    reverse = {item.key: item.reverse for item in instrument.items}
    sign = -1 if tendency == "driver" else 1
    pointing = [item for item in items if item.classification == tendency and item.score is not None]
    pointing.sort(key=lambda item: (sign * (item.score or 0.0), item.key))
    return tuple(
        Statement(
            item=item.key,
            score=item.score,
            count=None if share is None or item.distribution is None else round(share * item.n),
            n=item.n,
            reverse=reverse[item.key],
        )
        for item in pointing
        for share in (item.positive_share if tendency == "driver" else item.negative_share,)
        if item.n is not None and item.score is not None
    )
