"""What a number for agreement is called: bands with words, as versioned values that name their source.

The words are for readers; nothing else is decided by them (`spread` is the instrument's own rule).
"""

from dataclasses import dataclass
from typing import Literal

from domain.text import Text

AgreementBand = Literal["none", "weak", "moderate", "strong", "very_strong"]
BetweenBand = Literal["none", "small", "medium", "large"]
ReliabilityBand = Literal["low", "moderate", "adequate", "high"]


@dataclass(frozen=True, slots=True)
class Bands:
    """Limits between neighbouring words, ascending.

    - `rwg`: up to and including each limit: none, weak, moderate, strong; above the last: very strong;
    - `icc1`: from each limit on: small, medium, large; below the first: none;
    - `icc2`: from each limit on: moderate, adequate, high; below the first: low.
    """

    version: str
    source: Text
    rwg: tuple[float, float, float, float] = (0.30, 0.50, 0.70, 0.90)
    icc1: tuple[float, float, float] = (0.01, 0.10, 0.25)
    icc2: tuple[float, float, float] = (0.60, 0.70, 0.85)


_RWG: tuple[AgreementBand, ...] = ("none", "weak", "moderate", "strong", "very_strong")
_ICC1: tuple[BetweenBand, ...] = ("none", "small", "medium", "large")
_ICC2: tuple[ReliabilityBand, ...] = ("low", "moderate", "adequate", "high")

DEFAULT_BANDS = Bands(
    version="lebreton-senter-2008",
    source=Text(
        "rwg og rwg(j): LeBreton og Senter (2008), tabel 3. ICC(1): samme, som effektstørrelse .01, .10 og .25; også "
        "Bliese (2000). ICC(2): .70 til .85 samme sted, .60 som det mindste efter Glick (1985).",
        "rwg and rwg(j): LeBreton and Senter (2008), table 3. ICC(1): the same, as effect sizes .01, .10 and .25; see "
        "also Bliese (2000). ICC(2): .70 to .85 there, .60 as the least after Glick (1985).",
    ),
)


def agreement_band(rwg: float | None, *, bands: Bands = DEFAULT_BANDS) -> AgreementBand | None:
    """The word for rwg or rwg(j).

    >>> agreement_band(0.30), agreement_band(0.31), agreement_band(0.95), agreement_band(None)
    ('none', 'weak', 'very_strong', None)
    """
    return None if rwg is None else _RWG[sum(rwg > limit for limit in bands.rwg)]


def icc1_band(icc1: float | None, *, bands: Bands = DEFAULT_BANDS) -> BetweenBand | None:
    """How much of the differences between people lies between the units.

    >>> icc1_band(-0.02), icc1_band(0.01), icc1_band(0.12)
    ('none', 'small', 'medium')
    """
    return None if icc1 is None else _ICC1[sum(icc1 >= limit for limit in bands.icc1)]


def icc2_band(icc2: float | None, *, bands: Bands = DEFAULT_BANDS) -> ReliabilityBand | None:
    """How reliably the units' means can be told apart.

    >>> icc2_band(0.4), icc2_band(0.7), icc2_band(0.9)
    ('low', 'adequate', 'high')
    """
    return None if icc2 is None else _ICC2[sum(icc2 >= limit for limit in bands.icc2)]
