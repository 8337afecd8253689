"""What the instrument suggests: tasks for the place on the map, and questions for the talk between leader and staff.

Both are texts of the instrument, so a municipality can change them; here is only decided which of them fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from domain.instruments import Instrument, MapPosition, Prompt, PromptOccasion
from domain.readiness import Cell
from domain.text import Text

Position = Literal["over", "around", "under"]


@dataclass(frozen=True, slots=True)
class SuggestedTasks:
    """The leadership tasks of a place on the map. `near` says that an interval reaches over a line of the map, so
    that the place is the nearest one and not a certain one."""

    position: MapPosition
    near: bool
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the instrument and why it is asked: `component` is the one that stands out, and `named` says
    whether the question was written for that component alone."""

    occasion: PromptOccasion
    component: str | None
    named: bool
    text: Text


def suggested_tasks(
    instrument: Instrument, *, scores: Sequence[float], positions: Sequence[Position], split: float
) -> SuggestedTasks | None:
    """The tasks for where the two primary components lie, the first one first; none when the instrument has none.

    >>> from domain.instruments import Scale, Task
    >>> agree = Scale(1, 5)
    >>> some = Instrument("k", 1, Text("T", ""), agree, (), (), tasks=(Task("over_under", Text("Find tid", "")),))
    >>> found = suggested_tasks(some, scores=(80, 58), positions=("over", "around"), split=62.5)
    >>> found.position, found.near, found.texts[0].da
    ('over_under', True, 'Find tid')
    """
    sides = ("over" if score > split else "under" for score in scores)
    position = cast("MapPosition", "_".join(sides))
    texts = tuple(task.text for task in instrument.tasks if task.position == position)
    return SuggestedTasks(position, near="around" in positions, texts=texts) if texts else None


def asked_prompts(
    instrument: Instrument, total: Cell, *, drivers: Sequence[str], barriers: Sequence[str]
) -> tuple[Asked, ...]:
    """The questions that fit: those always asked, then strengths before gaps, the clearest component first.

    `drivers` and `barriers` are whole components in the order the report names them. A question for any component is
    asked once, of the first one.
    """
    spread = [result.key for result in total.components if result.spread]
    standing_out: dict[PromptOccasion, Sequence[str]] = {"driver": drivers, "barrier": barriers, "spread": spread}
    asked = [Asked("always", it.component, it.component is not None, it.text) for it in _of(instrument, "always")]
    for occasion, components in standing_out.items():
        for at, component in enumerate(components):
            asked += [
                Asked(occasion, component, it.component is not None, it.text)
                for it in _of(instrument, occasion)
                if it.component == component or (it.component is None and at == 0)
            ]
    return tuple(asked)


def _of(instrument: Instrument, occasion: PromptOccasion) -> list[Prompt]:
    return [prompt for prompt in instrument.prompts if prompt.occasion == occasion]
