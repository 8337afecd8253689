"""The protection interval: how open the mean of a hidden group has to stay, as versioned rules."""

from dataclasses import dataclass

from domain.text import Text


@dataclass(frozen=True, slots=True)
class ProtectionRules:
    """How open the mean of a hidden group with fewer than `min_n_mean` people has to stay.

    - `mean_share` (0-1): so much of the scale the interval must span from its least to its most;
    - `crowd_share` (0-1): less is enough where the published unit around the group leaves less by itself: then this
      share of it. Where eleven of a unit's twelve answered 4, its leader most likely did, and nothing can hide it but
      hiding the unit.

    Answers to items are whole numbers, and other worlds hold whole answers: the mean of an item stays open by at least
    one answer's step divided by the people of the group, however little these shares would ask.
    """

    version: str
    source: Text
    mean_share: float = 0.05
    crowd_share: float = 0.5


DEFAULT_PROTECTION = ProtectionRules(
    version="2026-1",
    source=Text(
        "Projektets udgangspunkt: en tyvendedel af skalaen, eller det halve af hvad enheden selv lader stå åbent.",
        "The project's default: a twentieth of the scale, or half of what the unit itself leaves open.",
    ),
)
