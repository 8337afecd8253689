"""What can be wrong with input, as values: a permanent code, its parameters, and where it is.

A code never changes its meaning, so programs can act on it; people read the sentence and the hint of the catalogue.
Other layers add codes by passing their own catalogue (a mapping from code to `Entry`, usually `CODES | {...}`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.text import Text

Param = str | int | float
Params = Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a structured body; `pointer` is a JSON pointer (RFC 6901), e.g. `/items/3/component`."""

    pointer: str
    code: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowIssue:
    """Something wrong in a table. `row` counts as a spreadsheet does: the header is row 1, the first record row 2.

    `file` is the name inside an archive, `None` when there is only one file; `row` and `column` are `None` when
    the issue concerns the whole file or the whole row.
    """

    file: str | None
    row: int | None
    column: str | None
    code: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What people read about a code: `sentence` says what is wrong, `hint` what to do.

    Both are `str.format` templates over the parameters of the issue.
    """

    sentence: Text
    hint: Text


Catalogue = Mapping[str, Entry]
Language = Literal["da", "en"]


class _Ellipsis(dict[str, Param]):
    """Parameters, where one that was not given reads as an ellipsis instead of failing the whole sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, params: Params, language: str = "da", *, catalogue: Catalogue | None = None) -> str:
    """What is wrong, in `language`. Raises `KeyError` for a code that the catalogue does not hold.

    >>> sentence("not-on-scale", {"value": "9", "min": 1, "max": 6}, "en")
    'The answer “9” is not on the scale 1–6.'
    """
    return _filled((catalogue or CODES)[code].sentence, params, language)


def hint(code: str, language: str = "da", *, params: Params | None = None, catalogue: Catalogue | None = None) -> str:
    """What to do about it, in `language`; give the issue's `params` for the hints that quote them."""
    return _filled((catalogue or CODES)[code].hint, params or {}, language)


def shown(value: str, *, limit: int = 60) -> str:
    """A value from a file as an issue may quote it: shortened, so that a cell of 10 MB is not repeated."""
    return value if len(value) <= limit else value[: limit - 1] + "…"


def _filled(template: Text, params: Params, language: str) -> str:
    return template.in_language(language).format_map(_Ellipsis(params))


def entry(da: str, en: str, hint_da: str, hint_en: str) -> Entry:
    """One line of a catalogue."""
    return Entry(sentence=Text(da, en), hint=Text(hint_da, hint_en))


INSTRUMENT_CODES: dict[str, Entry] = {
    "no-components": entry(
        "Spørgeskemaet har ingen komponenter.",
        "The questionnaire has no components.",
        "Tilføj mindst én komponent med mindst ét spørgsmål.",
        "Add at least one component with at least one item.",
    ),
    "malformed-key": entry(
        "Nøglen »{key}« er tom eller har mellemrum i enderne.",
        "The key “{key}” is empty or has blanks at its ends.",
        "Brug en kort nøgle, fx »vilje1«; den bliver kolonnens navn i svarfiler.",
        "Use a short key such as “will1”; it names the column in answer files.",
    ),
    "reserved-key": entry(
        "Et spørgsmål må ikke have nøglen »{key}«; navnet er en fast kolonne i svarfiler.",
        "An item cannot have the key “{key}”; it is a fixed column of answer files.",
        "Vælg en anden nøgle til spørgsmålet.",
        "Choose another key for the item.",
    ),
    "duplicate-component-key": entry(
        "Komponentens nøgle »{key}« er brugt før.",
        "The component key “{key}” is used already.",
        "Giv hver komponent sin egen nøgle.",
        "Give each component a key of its own.",
    ),
    "duplicate-item-key": entry(
        "Spørgsmålets nøgle »{key}« er brugt før.",
        "The item key “{key}” is used already.",
        "Giv hvert spørgsmål sin egen nøgle.",
        "Give each item a key of its own.",
    ),
    "component-without-items": entry(
        "Komponenten »{key}« har ingen spørgsmål.",
        "The component “{key}” has no items.",
        "Tilføj spørgsmål til komponenten, eller slet den.",
        "Add items to the component or remove it.",
    ),
    "unknown-component": entry(
        "Spørgsmålet »{key}« hører til komponenten »{component}«, som ikke findes.",
        "The item “{key}” belongs to the component “{component}”, which does not exist.",
        "Ret komponentens nøgle, eller tilføj komponenten.",
        "Correct the component key or add the component.",
    ),
    "scale-not-increasing": entry(
        "Skalaens mindste værdi ({min}) skal være under den største ({max}).",
        "The lowest value of the scale ({min}) must be below the highest ({max}).",
        "Byt om på de to værdier, eller ret dem.",
        "Swap the two values or correct them.",
    ),
    "scale-out-of-range": entry(
        "Skalaen {min}–{max} ligger uden for −100 til 100.",
        "The scale {min}–{max} lies outside −100 to 100.",
        "Brug hele tal mellem −100 og 100.",
        "Use whole numbers between −100 and 100.",
    ),
    "scale-too-long": entry(
        "Skalaen har {points} trin; der kan højst være {limit}.",
        "The scale has {points} points; {limit} is the most.",
        "Brug en kortere skala, fx 1–5 eller 0–100.",
        "Use a shorter scale such as 1–5 or 0–100.",
    ),
    "scale-labels-mismatch": entry(
        "Skalaen har {points} trin, men {labels} tekster.",
        "The scale has {points} points but {labels} labels.",
        "Giv en tekst til hvert trin, eller slet ingen.",
        "Give a label for every point, or none at all.",
    ),
    "answered-share-out-of-range": entry(
        "Kravet om besvarede spørgsmål ({value}) skal være over 0 og højst 1.",
        "The share of items to be answered ({value}) must be above 0 and at most 1.",
        "0,5 betyder, at mindst halvdelen af spørgsmålene skal være besvaret.",
        "0.5 means that at least half of the items must be answered.",
    ),
    "empty-text": entry(
        "Den danske tekst mangler.",
        "The Danish text is missing.",
        "Skriv teksten på dansk; den engelske må gerne være tom.",
        "Write the text in Danish; the English one may be empty.",
    ),
    "rule-out-of-range": entry(
        "Reglen »{rule}« er {value}; den skal ligge fra {low} til {high}.",
        "The rule “{rule}” is {value}; it must lie from {low} to {high}.",
        "Ret tallet, eller udelad reglen, så gælder standarden.",
        "Correct the number, or leave the rule out to get the default.",
    ),
}

FILE_CODES: dict[str, Entry] = {
    "empty-file": entry(
        "Filen har ingen rækker.",
        "The file has no rows.",
        "Filen skal have en overskriftsrække og mindst én række under den.",
        "The file needs a header row and at least one row below it.",
    ),
    "missing-column": entry(
        "Kolonnen »{column}« mangler.",
        "The column “{column}” is missing.",
        "Tilføj kolonnen. Er værdierne ukendte, så lad cellerne stå tomme.",
        "Add the column. If its values are unknown, leave the cells empty.",
    ),
    "unknown-column": entry(
        "Kolonnen »{column}« kendes ikke.",
        "The column “{column}” is not known.",
        "Ret navnet, eller slet kolonnen. Kolonner, der ligner: {close}.",
        "Correct the name or remove the column. Columns like it: {close}.",
    ),
    "duplicate-column": entry(
        "Kolonnen »{column}« er der mere end én gang.",
        "The column “{column}” is there more than once.",
        "Behold den ene, og slet de andre.",
        "Keep one and remove the others.",
    ),
    "row-too-short": entry(
        "Rækken har {cells} celler, men overskriften har {columns}.",
        "The row has {cells} cells, but the header has {columns}.",
        "Kontrollér, om et skilletegn mangler i rækken.",
        "See whether a separator is missing in the row.",
    ),
    "row-too-long": entry(
        "Rækken har {cells} celler, men overskriften har {columns}.",
        "The row has {cells} cells, but the header has {columns}.",
        "Kontrollér, om en tekst med skilletegn mangler anførselstegn.",
        "See whether a text that holds a separator lacks its quotation marks.",
    ),
    "missing-value": entry(
        "»{column}« skal være udfyldt.",
        "“{column}” must be filled in.",
        "Udfyld cellen.",
        "Fill in the cell.",
    ),
    "not-a-whole-number": entry(
        "Svaret »{value}« er ikke et helt tal.",
        "The answer “{value}” is not a whole number.",
        "Skriv et tal fra {min} til {max}, eller lad cellen være tom, hvis spørgsmålet ikke er besvaret.",
        "Write a number from {min} to {max}, or leave the cell empty if the item was not answered.",
    ),
    "not-on-scale": entry(
        "Svaret »{value}« er ikke på skalaen {min}–{max}.",
        "The answer “{value}” is not on the scale {min}–{max}.",
        "Koder for »ved ikke« skal stå som tomme celler eller NA.",
        "Codes for “don't know” must be empty cells or NA.",
    ),
    "unknown-unit": entry(
        "Enheden »{value}« findes ikke.",
        "The unit “{value}” does not exist.",
        "Brug enhedens eget id fra jeres system, som det blev indlæst i enhedslisten.",
        "Use the unit's own id from your system, as it was imported in the list of units.",
    ),
    "duplicate-respondent": entry(
        "Den samme nøgle står i række {first_row} med et andet indhold.",
        "The same key stands in row {first_row} with other content.",
        "Behold den rigtige besvarelse, og slet den anden.",
        "Keep the right answers and remove the others.",
    ),
    "repeated-respondent": entry(
        "Besvarelsen står allerede ens i række {first_row} og tælles én gang.",
        "The answers stand already in row {first_row} and are counted once.",
        "I behøver ikke gøre noget.",
        "There is nothing you need to do.",
    ),
    "no-answers": entry(
        "Rækken har ingen svar og tæller ikke med.",
        "The row holds no answers and is not counted.",
        "I behøver ikke gøre noget; et tomt skema er ikke en besvarelse.",
        "There is nothing you need to do; an empty form is not a response.",
    ),
}

CODES: dict[str, Entry] = INSTRUMENT_CODES | FILE_CODES
