"""What is asked about a number, where it stands, and everything there is to say about it."""

from dataclasses import dataclass

from domain.change import ComponentChange, RoundChange
from domain.instruments import Instrument
from domain.readiness import Cell, ComponentResult, ItemResult, ScopeKind
from domain.text import Text
from reporting.explanations.measures import Level

Value = bool | int | float | str | tuple[float, ...] | None
Result = Cell | ComponentResult | ItemResult


class UnknownNumberError(LookupError):
    """There is no such component, item or measure, or not there; `name` says which of the three."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Asked:
    """Which number: a measure of an item, of a component, or (neither given) of the cell itself."""

    measure: str
    component: str | None = None
    item: str | None = None

    @property
    def level(self) -> Level:
        return "item" if self.item is not None else "component" if self.component is not None else "cell"


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the number stands: a cell of a scope, `whole` unless it is a category of a cut. `change` if asked."""

    instrument: Instrument
    cell: Cell
    kind: ScopeKind
    whole: bool
    change: RoundChange | None = None

    @property
    def since(self) -> RoundChange:
        """The change; raises `UnknownNumberError` where none was gathered."""
        if self.change is None:
            raise UnknownNumberError("measure")
        return self.change

    def changed(self, component: str | None) -> ComponentChange:
        return next(it for it in self.since.components if it.key == component)


@dataclass(frozen=True, slots=True)
class ExplainedItem:
    """A statement behind the number. `n` and `score` as far as they are published."""

    key: str
    text: Text
    reverse: bool
    n: int | None
    score: float | None


@dataclass(frozen=True, slots=True)
class MissingRule:
    """A score exists for those who answered at least `least` of `items` statements."""

    min_answered_share: float
    items: int
    least: int


@dataclass(frozen=True, slots=True)
class Threshold:
    name: str
    value: float | int | str
    version: str


@dataclass(frozen=True, slots=True)
class WhyEmpty:
    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything there is to say about one number. `left_out` answered something, but too little for a score here."""

    measure: str
    level: Level
    value: Value
    why_empty: WhyEmpty | None
    title: Text
    how: Text
    formula: str
    source: str
    inputs: tuple[tuple[str, Value], ...]
    items: tuple[ExplainedItem, ...]
    missing_rule: MissingRule | None
    n: int | None
    left_out: int | None
    invited: int | None
    thresholds: tuple[Threshold, ...]
