"""From answers to scores: reversal, the missing rule, the component mean, and 0-100.

Answers travel as one `int8` matrix, respondents x items in instrument order, with `MISSING` where nothing was
answered ("don't know" and "not relevant" included). Missing is never the midpoint and never zero.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.instruments import Instrument, Scale

MISSING: Final = -128
"""No answer. Scales lie within -100..100, so no answer can be mistaken for it."""

Answers = NDArray[np.int8]
Floats = NDArray[np.float64]


def item_scales(instrument: Instrument) -> tuple[Scale, ...]:
    """The scale of each item: its component's own, or the instrument's."""
    scales = {component.key: instrument.component_scale(component) for component in instrument.components}
    return tuple(scales[item.component] for item in instrument.items)


def reverse_keyed(answers: Answers, *, instrument: Instrument) -> Answers:
    """The answers with reverse-keyed items turned: `min + max - x`. `MISSING` stays; applying it twice undoes it.

    `answers` is `int8` (respondents, items) on the items' scales; the same shape and type comes back.
    """
    turned = checked(answers, instrument=instrument).copy()
    for column, (item, scale) in enumerate(zip(instrument.items, item_scales(instrument), strict=True)):
        if item.reverse:
            given = turned[:, column]
            ends = np.int16(scale.min + scale.max)  # 200 on a scale of 99-101: wider than int8 on the way
            turned[:, column] = np.where(given == MISSING, MISSING, ends - given).astype(np.int8)
    return turned


def person_scores(answers: Answers, *, instrument: Instrument) -> Floats:
    """The component scores of each respondent, `float64` (respondents, components), on each component's scale.

    A score is the mean of the answered items after reversal. It exists (is not NaN) for a respondent who answered
    at least `min_answered_share` of the component's items. Two matrix products do it: whole numbers this small are
    exact in `float32`, so the sums are too, in whatever order they are added.

    Raises `ValueError` when `answers` is not `int8` with one column an item.

    >>> from domain.instruments import Component, Item, Text
    >>> name = Text("Vilje", "Will")
    >>> i = Instrument("k", 1, name, Scale(1, 5), (Component("c", "primary", name),),
    ...     (Item("a", "c", name), Item("b", "c", name, reverse=True), Item("d", "c", name)))
    >>> person_scores(np.array([[5, 1, 4], [5, MISSING, MISSING]], dtype=np.int8), instrument=i)
    array([[4.66666667],
           [       nan]])
    """
    answered = checked(answers, instrument=instrument) != MISSING
    signs, ends, belongs, least = _weights(instrument)
    counts = answered.astype(np.float32) @ np.hstack([belongs, ends])
    of_component, turned = counts[:, : len(least)], counts[:, len(least) :]
    sums = (answers * answered).astype(np.float32) @ signs + turned
    with np.errstate(divide="ignore", invalid="ignore"):
        scores: Floats = np.divide(sums, of_component, dtype=np.float64)
    scores[of_component < least] = np.nan
    return scores


def to_hundred(score: Floats, *, scale: Scale) -> Floats:
    """A score on `scale` as 0-100: `(S - min) / (max - min) * 100`. NaN stays NaN.

    >>> float(to_hundred(np.float64(3.0), scale=Scale(1, 5)))
    50.0
    """
    return (np.asarray(score, dtype=np.float64) - scale.min) / (scale.max - scale.min) * 100


def checked(answers: Answers, *, instrument: Instrument) -> Answers:
    """`answers` itself. Raises `ValueError` when it is not `int8` with one column an item."""
    if answers.dtype != np.int8 or answers.ndim != 2 or answers.shape[1] != len(instrument.items):
        raise ValueError(f"answers must be int8 (respondents, {len(instrument.items)}), got {answers.shape}")
    return answers


def _weights(
    instrument: Instrument,
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], Floats]:
    """(items, components) matrices: the sign of each item, `min + max` of the turned ones, who belongs where;
    and the fewest answers each component needs (at least one)."""
    order = {component.key: index for index, component in enumerate(instrument.components)}
    shape = (len(instrument.items), len(instrument.components))
    signs, ends, belongs = (np.zeros(shape, dtype=np.float32) for _ in range(3))
    for row, (item, scale) in enumerate(zip(instrument.items, item_scales(instrument), strict=True)):
        column = order[item.component]
        belongs[row, column] = 1
        signs[row, column] = -1 if item.reverse else 1
        ends[row, column] = scale.min + scale.max if item.reverse else 0
    shares = np.array([component.min_answered_share for component in instrument.components])
    # 0.7 x 10 is 7.000000000000001 in binary: seven answers of ten are enough all the same
    least = np.maximum(np.ceil(shares * belongs.sum(axis=0) - 1e-9), 1.0)
    return signs, ends, belongs, least
