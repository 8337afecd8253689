"""Development: a child's rating in each learning area, and the band it falls in for the child's age.

Source: the programme's "Børns udvikling (hvert halve år)". The raw score is kept beside the band, the age and the
version of the norms, so that an old assessment keeps its meaning when norms are renewed. Norms are data of the
published version: where they lie, whether they differ by sex, whether they were made among monolingual children only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.forms import Answers, Form, GroupScore, score_groups
from domain.text import Text

Band = Literal["age_appropriate", "attention", "focused"]
BANDS: tuple[Band, ...] = ("age_appropriate", "attention", "focused")
WhyNoBand = Literal["too_few_answers", "sex_unknown"]
Sex = Literal["girl", "boy"]


@dataclass(frozen=True, slots=True)
class NormRow:
    """The limits of an area for children of `from_months` to `to_months` (both included), of one sex or both (`None`).

    A raw score under `focused_below` is `focused`, else under `attention_below` is `attention`, else `age_appropriate`.
    """

    area: str
    sex: Sex | None
    from_months: int
    to_months: int
    focused_below: float
    attention_below: float


@dataclass(frozen=True, slots=True)
class Norms:
    """`monolingual`: made among children with one language, so that a band may say little about the multilingual."""

    version: str
    source: Text
    monolingual: bool
    rows: tuple[NormRow, ...]

    @property
    def by_sex(self) -> bool:
        return any(row.sex is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class DevelopmentInstrument:
    """`form` has the learning areas as its groups. A joint rating becomes final after `ratings_before_joint`
    individual ones (2, or fewer where somebody works alone)."""

    form: Form
    norms: Norms
    ratings_before_joint: int = 2


@dataclass(frozen=True, slots=True)
class AreaResult:
    """One learning area of one child. `raw` is the sum of the points; where a few items are missing, what the sum would
    be at the mean of the answered ones. `None` when too few are answered; `why` says why there is no band."""

    area: str
    answered: int
    items: int
    raw: float | None
    band: Band | None
    why: WhyNoBand | None


def age_in_months(birth_month: date, on: date) -> int:
    """Whole months from the month of birth to that of `on`: no more than the month of birth is known.

    >>> age_in_months(date(2023, 4, 1), date(2026, 10, 19))
    42
    """
    return (on.year - birth_month.year) * 12 + on.month - birth_month.month


def age_range(instrument: DevelopmentInstrument) -> tuple[int, int]:
    """The ages in months, both included, for which every area has norms; the first is above the last where none has."""
    areas = [[row for row in instrument.norms.rows if row.area == group.key] for group in instrument.form.groups]
    if not areas or not all(areas):
        return 1, 0
    sexes = [[row for row in rows if sex is None or row.sex in (None, sex)] for rows in areas for sex in _sexes(rows)]
    return max(min(row.from_months for row in rows) for rows in sexes), min(
        max(row.to_months for row in rows) for rows in sexes
    )


def _sexes(rows: Sequence[NormRow]) -> tuple[Sex | None, ...]:
    return ("girl", "boy") if any(row.sex is not None for row in rows) else (None,)


def assess(
    instrument: DevelopmentInstrument, answers: Answers, *, age_months: int, sex: str | None
) -> tuple[AreaResult, ...]:
    """The result in each learning area, in the instrument's order, by the norms of the child's age.

    Where the norms of an area differ by sex and the child's is not known, the raw score stands without a band. An age
    outside `age_range` is the caller's to refuse; an area without norms at that age raises `ValueError`.

    >>> word = Text("Sprog", "Language")
    >>> from domain.forms import FormItem, Group
    >>> from domain.instruments import Scale
    >>> items = tuple(FormItem(key, "language", word) for key in ("a", "b", "c", "d"))
    >>> form = Form("k", 1, word, Scale(1, 5), (Group("language", word, 0.75),), items, word)
    >>> norms = Norms("n1", word, False, (NormRow("language", None, 34, 45, 8.0, 12.0),))
    >>> assess(DevelopmentInstrument(form, norms), {"a": 3, "b": 2, "c": 3}, age_months=40, sex=None)[0]
    AreaResult(area='language', answered=3, items=4, raw=10.666666666666666, band='attention', why=None)
    """
    return tuple(_result(instrument.norms, score, age_months, sex) for score in score_groups(instrument.form, answers))


def _result(norms: Norms, score: GroupScore, age_months: int, sex: str | None) -> AreaResult:
    if score.mean is None:
        return AreaResult(score.group, score.answered, score.items, None, None, "too_few_answers")
    raw = score.mean * score.items
    rows = [row for row in norms.rows if row.area == score.group and row.from_months <= age_months <= row.to_months]
    row = next((row for row in rows if row.sex in (None, sex)), None)
    if row is not None:
        return AreaResult(score.group, score.answered, score.items, raw, band_of(raw, row), None)
    if rows and sex is None:
        return AreaResult(score.group, score.answered, score.items, raw, None, "sex_unknown")
    raise ValueError(f"no norms of {score.group} at {age_months} months")


def band_of(raw: float, row: NormRow) -> Band:
    """The band of a raw score. What differs by less than a billionth of a point is equal, not below."""
    if raw < row.focused_below - 1e-9:
        return "focused"
    return "attention" if raw < row.attention_below - 1e-9 else "age_appropriate"


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many assessed children are in each band of an area; `without` have an assessment but no band."""

    area: str
    counts: Mapping[Band, int]
    without: int

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def distribution(area: str, children: Mapping[str, Sequence[AreaResult]]) -> Distribution:
    """The bands of the children, who each have the results of one assessment."""
    bands = list(_bands(area, children).values())
    return Distribution(area, {band: bands.count(band) for band in BANDS}, bands.count(None))


def age_appropriate(area: str, children: Mapping[str, Sequence[AreaResult]]) -> dict[str, bool]:
    """For each child with a band, whether it is `age_appropriate`: what `domain.shares.change` compares."""
    return {child: band == "age_appropriate" for child, band in _bands(area, children).items() if band is not None}


def _bands(area: str, children: Mapping[str, Sequence[AreaResult]]) -> dict[str, Band | None]:
    return {child: result.band for child, results in children.items() for result in results if result.area == area}


def ages_without_norms(rows: Sequence[NormRow]) -> Iterator[int]:
    """Months between the first and the last row in which there is none; rows of one area and sex."""
    covered = {month for row in rows for month in range(row.from_months, row.to_months + 1)}
    yield from (month for month in range(min(covered), max(covered)) if month not in covered)
