"""A published score with its uncertainty, and the place on the readiness map that follows from it.

Report and API decide here, so that they cannot disagree about where a unit stands.
"""

from dataclasses import dataclass
from typing import Literal

from domain.instruments import Instrument, Rules, Scale
from domain.readiness import Cell, ComponentResult

Side = Literal["over", "around", "under"]
_NONE = 1e-9  # of a hundred: what is left by rounding errors


@dataclass(frozen=True, slots=True)
class Estimate:
    """A 0-100 score with its 95 % interval, clipped to the scale; `low` and `high` are missing together."""

    score: float
    low: float | None
    high: float | None

    @property
    def uncertain(self) -> bool:
        """Whether there is an interval with room in it: none is left when everybody who was invited has answered.

        >>> Estimate(70, 64, 76).uncertain, Estimate(70, 70, 70).uncertain, Estimate(70, None, None).uncertain
        (True, False, False)
        """
        return self.low is not None and self.high is not None and self.high - self.low > _NONE

    def position(self, split: float) -> Side:
        """Over or under `split` when the whole interval is; otherwise around it.

        >>> Estimate(70, 64, 76).position(62.5), Estimate(70, 60, 80).position(62.5)
        ('over', 'around')
        """
        low = self.score if self.low is None else self.low
        high = self.score if self.high is None else self.high
        return "over" if low > split else "under" if high < split else "around"


def estimate(result: ComponentResult, scale: Scale, *, finite: bool) -> Estimate | None:
    """The score of a published component with its interval on 0-100, or None when it is suppressed.

    `finite` asks for the interval about the invited staff, which results give on the component's own `scale`.
    """
    if result.score is None:
        return None
    low, high = result.score_ci_low, result.score_ci_high
    if finite and result.fpc_ci_low is not None and result.fpc_ci_high is not None:
        width = scale.max - scale.min
        low, high = ((raw - scale.min) / width * 100 for raw in (result.fpc_ci_low, result.fpc_ci_high))
    if low is None or high is None:
        return Estimate(score=result.score, low=None, high=None)
    return Estimate(score=result.score, low=max(0.0, low), high=min(100.0, high))


def is_finite(cell: Cell) -> bool:
    """Whether intervals can speak of the invited staff, which needs their number."""
    return any(result.fpc_ci_low is not None for result in cell.components)


def map_split(rules: Rules) -> float:
    """The line between low and high on the map: halfway between the limits for barrier and driver.

    >>> map_split(Rules())
    62.5
    """
    return (rules.barrier_score + rules.driver_score) / 2


def map_axes(instrument: Instrument) -> tuple[str, str] | None:
    """The components of the map, upwards and to the right: two primary ones, or there is no map."""
    primary = [component.key for component in instrument.components if component.kind == "primary"]
    return (primary[0], primary[1]) if len(primary) == 2 else None


def map_position(instrument: Instrument, cell: Cell) -> str | None:
    """Where `cell` stands on the map: the first primary component, then the second, as `over_around`.

    `around` is said where the interval straddles the line, so that chance decides no task. `None` without a map, or
    where one of the two is hidden.
    """
    axes = map_axes(instrument)
    if axes is None:
        return None
    scales = {component.key: instrument.component_scale(component) for component in instrument.components}
    results = {result.key: result for result in cell.components}
    finite, split = is_finite(cell), map_split(instrument.rules)
    found = [estimate(results[key], scales[key], finite=finite) for key in axes if key in results]
    sides = [place.position(split) for place in found if place is not None]
    return "_".join(sides) if len(sides) == len(axes) else None
