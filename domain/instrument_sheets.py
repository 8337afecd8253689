"""An instrument as the sheets of a workbook: what they hold, and how an instrument is written into them.

A sheet is a list of rows of text, the header first. `domain.instrument_reading` reads what is written here, and what
people and spreadsheets make of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

from domain.cells import Words
from domain.instruments import Component, Instrument, Prompt, Rules, Scale
from domain.text import Text

Sheets = Mapping[str, Sequence[Sequence[str]]]  # by name, in lower case


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """`columns` must be there, `optional` ones may be left out; a column `note` is the reader's own and never read."""

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    required: bool = True


NOTE = "note"
SPECS: Mapping[str, SheetSpec] = {
    "instrument": SheetSpec(("field", "value", "da"), ("en",)),
    "components": SheetSpec(("key", "kind", "title_da"), ("title_en", "min_answered_share", "scale_min", "scale_max")),
    "items": SheetSpec(("key", "component", "text_da"), ("text_en", "reverse")),
    "texts": SheetSpec(("kind", "at", "text_da"), ("component", "text_en"), required=False),
    "equivalences": SheetSpec(("version", "item", "earlier_item"), required=False),
}
NUMERIC = frozenset({"value", "min_answered_share", "scale_min", "scale_max", "at", "version"})

RULES = tuple(rule.name for rule in fields(Rules))
COUNTS = ("min_n_mean", "min_n_distribution", "min_n_reliability")
BILINGUAL = ("title", "source")
NEEDED = ("key", "version", "title", "scale_min", "scale_max")
FIELDS = ("key", "version", "title", "source", "licence", "scale_min", "scale_max", *RULES)

COMPONENT_KIND = Words.of(primary=("primær",), contextual=("kontekstuel", "kontekst"))
READINESS = Words.of(
    mean=("gennemsnit", "middel"), min=("mindste", "laveste"), geometric_mean=("geometrisk gennemsnit", "geometrisk")
)
TEXT_KIND = Words.of(
    label=("skalatekst", "svartekst"), task=("opgave", "ledelsesopgave"), prompt=("dialogspørgsmål", "spørgsmål")
)
POSITION = Words.of(
    over_over=("over/over",), over_under=("over/under",), under_over=("under/over",), under_under=("under/under",)
)
OCCASION = Words.of(always=("altid",), driver=("drivkraft",), barrier=("barriere",), spread=("spredning", "uenighed"))

NOTES: Mapping[str, str] = {
    "key": "Skemaets nøgle; den samme i alle versioner",
    "version": "Et nyt nummer for hver udgivelse; en udgivet version ændres aldrig",
    "source": "Hvor begreber og ordlyd kommer fra",
    "licence": "Vilkår for brug, fx CC-BY-4.0",
    "scale_min": "Skalaens laveste svar; teksterne står på arket texts",
    "readiness": "mean (gennemsnit), min (laveste) eller geometric_mean",
    "driver_score": "Drivkraft: mindst denne score på 0-100",
    "driver_positive_share": "… og mindst denne andel positive svar",
    "barrier_score": "Barriere: under denne score",
    "barrier_negative_share": "… eller mindst denne andel negative svar",
    "spread_rwg": "Spredning: enigheden rwg er under dette",
    "min_n_mean": "Færrest svar for at vise et gennemsnit",
    "min_n_distribution": "Færrest svar for at vise en fordeling",
    "min_n_reliability": "Færrest svar for at vise reliabilitet",
}


def write_sheets(instrument: Instrument) -> dict[str, list[list[str]]]:
    """The sheets of a sound `instrument`; reading them gives an equal one."""
    bodies = {
        "instrument": [[*row, NOTES.get(row[0], "")] for row in _head(instrument)],
        "components": [_component(component) for component in instrument.components],
        "items": [
            [item.key, item.component, item.text.da, item.text.en, "ja" if item.reverse else "nej"]
            for item in instrument.items
        ],
        "texts": [*_labels(instrument.scale, ""), *_component_labels(instrument), *_wording(instrument)],
        "equivalences": [
            [str(claim.version), here, earlier] for claim in instrument.equivalences for here, earlier in claim.items
        ],
    }
    return {name: [header(name), *rows] for name, rows in bodies.items()}


def header(sheet: str) -> list[str]:
    """The columns of a sheet as they are written."""
    return {
        "instrument": ["field", "value", "da", "en", NOTE],
        "texts": ["kind", "at", "component", "text_da", "text_en"],
    }.get(sheet) or [*SPECS[sheet].columns, *SPECS[sheet].optional]


def _head(instrument: Instrument) -> Iterator[list[str]]:
    """One row a field: its value, or its text in both languages."""
    rules = {rule: getattr(instrument.rules, rule) for rule in RULES}
    values = {
        "key": instrument.key,
        "version": str(instrument.version),
        "licence": instrument.licence,
        "scale_min": str(instrument.scale.min),
        "scale_max": str(instrument.scale.max),
        **{rule: value if isinstance(value, str) else _number(value) for rule, value in rules.items()},
    }
    texts = {"title": instrument.title, "source": instrument.source}
    for name in FIELDS:
        text = texts.get(name, Text("", ""))
        yield [name, values.get(name, ""), text.da, text.en]


def _component(component: Component) -> list[str]:
    scale = component.scale
    ends = [str(scale.min), str(scale.max)] if scale else ["", ""]
    title, share = component.title, _number(component.min_answered_share)
    return [component.key, component.kind, title.da, title.en, share, *ends]


def _labels(scale: Scale, component: str) -> Iterator[list[str]]:
    for point, label in enumerate(scale.labels, start=scale.min):
        yield ["label", str(point), component, label.da, label.en]


def _component_labels(instrument: Instrument) -> Iterator[list[str]]:
    for component in instrument.components:
        if component.scale:
            yield from _labels(component.scale, component.key)


def _wording(instrument: Instrument) -> Iterator[list[str]]:
    for task in instrument.tasks:
        yield ["task", task.position, "", task.text.da, task.text.en]
    for prompt in instrument.prompts:
        yield _prompt(prompt)


def _prompt(prompt: Prompt) -> list[str]:
    return ["prompt", prompt.occasion, prompt.component or "", prompt.text.da, prompt.text.en]


def _number(value: float) -> str:
    """A number as people write it: whole without a fraction, thirds and the like as one, else every digit it has.

    >>> _number(75.0), _number(0.5), _number(2 / 3)
    ('75', '0.5', '2/3')
    """
    if value == int(value):
        return str(int(value))
    simple = Fraction(value).limit_denominator(12)
    if len(repr(value)) > 8 and simple.numerator / simple.denominator == value:
        return f"{simple.numerator}/{simple.denominator}"
    return repr(value)
