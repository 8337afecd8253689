"""What the numbers are called: driver or barrier, ready or not, hidden and why. Every cut-off is the instrument's."""

import numpy as np

from domain.instruments import Instrument, ReadinessRule, Rules
from domain.readiness import Classification, ComponentResult, Suppression

_EVEN = 1e-9  # two thirds of three answers are two, whatever binary fractions make of it


def classified(rules: Rules, *, score: float, positive: float | None, negative: float | None) -> Classification:
    """Driver, barrier or mixed, from a 0-100 score and the shares (0-1) of positive and negative answers.

    A driver is high and most answers are positive; a barrier is low, or many answers are negative. Where the shares are
    hidden the score decides alone, so that the word tells nothing that is hidden.

    >>> classified(Rules(), score=80.0, positive=0.7, negative=0.1)
    'driver'
    >>> classified(Rules(), score=60.0, positive=0.5, negative=0.4)
    'barrier'
    """
    mostly_positive = positive is None or positive >= rules.driver_positive_share - _EVEN
    often_negative = negative is not None and negative >= rules.barrier_negative_share - _EVEN
    if score >= rules.driver_score - _EVEN and mostly_positive:
        return "driver"
    if score < rules.barrier_score - _EVEN or often_negative:
        return "barrier"
    return "mixed"


def readiness_of(instrument: Instrument, components: tuple[ComponentResult, ...]) -> float | None:
    """Readiness, 0-100, by the instrument's rule over its primary components; `None` unless all of them are shown."""
    return readiness_by_rule(components)[instrument.rules.readiness]


def readiness_by_rule(components: tuple[ComponentResult, ...]) -> dict[ReadinessRule, float | None]:
    """Readiness by each rule there is, beside the one that was chosen: where they part, the weakest link is weak."""
    scores = [component.score for component in components if component.kind == "primary"]
    known = [score for score in scores if score is not None]
    if not known or len(known) < len(scores):
        return {"mean": None, "min": None, "geometric_mean": None}
    return {
        "mean": sum(known) / len(known),
        "min": min(known),
        "geometric_mean": float(np.prod(np.array(known) / 100) ** (1 / len(known)) * 100),
    }


def suppression(n: int, minimum: int) -> Suppression:
    """Why a cell is hidden: it has too few answers itself, or it would give away one that has."""
    return Suppression("too_few_answers" if n < minimum else "protects_others", minimum)
