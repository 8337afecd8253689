"""What is wrong at one place of the input, in both languages: our own codes, and those of pydantic in Danish.

A code never changes its meaning; the sentences may. Codes about a whole request stand in `api.problems`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from domain.issues import Catalogue, sentence
from domain.issues import Problem as Wrong
from domain.text import Text


@dataclass(frozen=True, slots=True)
class FieldFault:
    """`pointer` is a JSON pointer (RFC 6901) into the body, or `/query/NAME`."""

    pointer: str
    code: str
    sentence: Text


FIELD_TEXTS: dict[str, Text] = {
    "after-the-end": Text("Perioden slutter, før den begynder.", "The period ends before it starts."),
    "another-child": Text("Barnet har en anden nøgle.", "The child has another key."),
    "baseline-not-before": Text(
        "Udgangspunktet skal ligge før målets første uge.", "The baseline must lie before the first week of the goal."
    ),
    "by-and-group": Text("Angiv både by og group eller ingen af dem.", "Give by and group together, or neither."),
    "closed-and-completed": Text(
        "En uge er enten lukket (ingen var der) eller færdig (alt er registreret), ikke begge dele.",
        "A week is closed (nobody was there) or completed (everything is recorded), not both.",
    ),
    "control-character": Text("Kontroltegn er ikke tilladt.", "Control characters are not allowed."),
    "format-not-offered": Text("Vægudgaven fås som {formats}.", "The wall version comes as {formats}."),
    "half-a-reference": Text("Angiv både {fields} eller ingen af dem.", "Give both of {fields}, or neither."),
    "invalid-cursor": Text("Brug `next` fra en side i listen.", "Use the `next` of a page."),
    "invalid-date": Text("Skriv datoen som 2026-08-24.", "Write the date as 2026-08-24."),
    "invalid-month": Text("Skriv måneden som 2023-04.", "Write the month as 2023-04."),
    "invalid-period": Text("Perioden slutter, før den begynder.", "The period ends before it starts."),
    "invalid-scope": Text("Skriv municipality, area:ID eller unit:ID.", "Write municipality, area:ID or unit:ID."),
    "invalid-time": Text(
        "Skriv tidspunktet med tidszone, som 2026-08-24T10:15:00+02:00.",
        "Write the time with its zone, as 2026-08-24T10:15:00+02:00.",
    ),
    "invalid-week": Text(
        "Den uge findes ikke; skriv fx 2026-W35.", "There is no such week; write for example 2026-W35."
    ),
    "joint-has-no-rater": Text("En fælles vurdering er hele teamets.", "A joint rating is the whole team's."),
    "line-missing": Text(
        "{kind} mangler en grænse, der gælder alle institutionstyper.", "{kind} has no line for all setting types."
    ),
    "looks-like-cpr": Text(
        "Det ligner et CPR-nummer. CPR-numre gemmes aldrig her; brug noget andet.",
        "This looks like a CPR number. CPR numbers are never stored here; use something else.",
    ),
    "merged-and-group": Text("Angiv merged eller by og group.", "Give merged, or by and group."),
    "missing": Text("Feltet mangler.", "The field is required."),
    "no-change-of-merged": Text(
        "To målinger kan lægge forskellige enheder sammen.", "Two rounds may merge different units."
    ),
    "names-on-pages": Text("Navne står kun på sider: {formats}.", "Names stand on pages only: {formats}."),
    "no-such-day": Text("Den dag findes ikke.", "There is no such day."),
    "nobody-invited": Text("Angiv links, addresses eller shared_cap.", "Give links, addresses or shared_cap."),
    "not-of-this-kind": Text(
        "En ordre af typen {kind} har ikke det felt.", "A batch of kind {kind} does not have this."
    ),
    "nothing-answered": Text("Det, der er uden svar, er en kladde.", "What has no answers is a draft."),
    "not-utf-8": Text("Adressen er ikke UTF-8.", "The address is not UTF-8."),
    "not-in-room-then": Text("Barnet var ikke på stuen på det tidspunkt.", "The child was not in the room then."),
    "not-an-email": Text("Det er ikke en e-mailadresse.", "This is not an e-mail address."),
    "not-printable": Text(
        "Et ark har mellem 1 og {most} links; del enhederne på flere forespørgsler.",
        "A sheet has between 1 and {most} links; ask for the units in several requests.",
    ),
    "null-not-allowed": Text(
        "Feltet kan ikke tømmes; udelad det for at beholde det, der står.",
        "The field cannot be emptied; leave it out to keep what is there.",
    ),
    "one-reference": Text("Angiv netop én af {fields}.", "Give exactly one of {fields}."),
    "repeated": Text("Det samme står her to gange.", "The same is here twice."),
    "two-references": Text("Angiv kun én af {fields}.", "Give only one of {fields}."),
    "unknown-agreement": Text(
        "Det er ikke aftalt på et tidligere møde på stuen.", "No earlier meeting of the room agreed on this."
    ),
    "unknown-child": Text("Barnet kendes ikke her.", "The child is not known here."),
    "unknown-element": Text(
        "En kommentar hører til et kerneelement eller til {general}.",
        "A comment stands under a core element or under {general}.",
    ),
    "unknown-measure": Text("Her findes {measures}.", "Of this there is {measures}."),
    "version-not-offered": Text("Rapporten fås som {versions}.", "This report comes as {versions}."),
    "window-outside-its-half": Text(
        "Vinduet skal ligge mellem {first} og {last} (måned-dag) og begynde, før det slutter.",
        "The window must lie between {first} and {last} (month-day) and begin before it ends.",
    ),
    "weeks-or-days": Text("Angiv enten weeks eller first og last.", "Give weeks, or first and last."),
    "year-out-of-range": Text(
        "Året skal ligge mellem {first} og {last}.", "The year must lie between {first} and {last}."
    ),
}

# What pydantic finds, by its type; its own sentence is the English one.
_PYDANTIC_DA: dict[str, str] = {
    "bool_parsing": "Skriv true eller false.",
    "bool_type": "Skriv true eller false.",
    "date_from_datetime_inexact": "Skriv en dato uden klokkeslæt, som 2026-08-24.",
    "date_from_datetime_parsing": "Skriv datoen som 2026-08-24.",
    "date_parsing": "Skriv datoen som 2026-08-24.",
    "date_type": "Skriv datoen som 2026-08-24.",
    "datetime_from_date_parsing": "Skriv tidspunktet som 2026-08-24T10:15:00+02:00.",
    "datetime_parsing": "Skriv tidspunktet som 2026-08-24T10:15:00+02:00.",
    "datetime_type": "Skriv tidspunktet som 2026-08-24T10:15:00+02:00.",
    "dict_type": "Her skal stå et objekt.",
    "enum": "Skriv en af {expected}.",
    "extra_forbidden": "Feltet kendes ikke.",
    "finite_number": "Skriv et endeligt tal.",
    "float_parsing": "Skriv et tal.",
    "float_type": "Skriv et tal.",
    "greater_than": "Værdien skal være større end {gt}.",
    "greater_than_equal": "Værdien skal være mindst {ge}.",
    "int_from_float": "Skriv et helt tal.",
    "int_parsing": "Skriv et helt tal.",
    "int_parsing_size": "Tallet er for stort.",
    "int_type": "Skriv et helt tal.",
    "invalid_key": "Feltnavne skal være tekst.",
    "less_than": "Værdien skal være mindre end {lt}.",
    "less_than_equal": "Værdien må højst være {le}.",
    "list_type": "Her skal stå en liste.",
    "literal_error": "Skriv {expected}.",
    "model_attributes_type": "Her skal stå et objekt.",
    "model_type": "Her skal stå et objekt.",
    "string_pattern_mismatch": "Teksten har ikke den form, feltet skal have (mønster {pattern}).",
    "string_too_long": "Teksten må højst være på {max_length} tegn.",
    "string_too_short": "Teksten skal være på mindst {min_length} tegn.",
    "string_type": "Her skal stå en tekst.",
    "string_unicode": "Teksten er ikke gyldig Unicode.",
    "timezone_aware": "Skriv tidspunktet med tidszone, som 2026-08-24T10:15:00+02:00.",
    "too_long": "Listen er for lang: højst {max_length}; her er {actual_length}.",
    "too_short": "Listen er for kort: mindst {min_length}; her er {actual_length}.",
    "union_tag_invalid": "Kendes ikke; skriv en af {expected_tags}.",
    "union_tag_not_found": "Feltet {discriminator} mangler.",
    "uuid_parsing": "Skriv et UUID.",
    "uuid_type": "Skriv et UUID.",
}
_OF_TEXT = {
    "too_long": "String should have at most {max_length} characters",
    "too_short": "String should have at least {min_length} characters",
}


def field_fault(pointer: str, code: str, /, **params: object) -> FieldFault:
    """A fault with the sentence of its code, `params` filled in."""
    return FieldFault(pointer, code, _filled(FIELD_TEXTS[code], params))


def invalid(code: str, /, **params: object) -> PydanticCustomError:
    """The error that a validator of a wire type raises for a code of ours."""
    return PydanticCustomError(code, FIELD_TEXTS[code].en, params or None)


def found_by_domain(problems: Iterable[Wrong], catalogue: Catalogue) -> list[FieldFault]:
    """What the rules found wrong in a body, with the sentences of their catalogue."""

    def said(found: Wrong) -> Text:
        return Text(*(sentence(found.code, found.params, language, catalogue=catalogue) for language in ("da", "en")))

    return [FieldFault(found.pointer, found.code, said(found)) for found in problems]


def found_by_pydantic(error: Mapping[str, Any], pointer: str) -> FieldFault:
    """One of pydantic's `errors()` as a fault at `pointer`."""
    kind, params, said = error["type"], error.get("ctx") or {}, error["msg"]
    if kind in _OF_TEXT and isinstance(error.get("input"), str):  # pydantic counts the letters of some texts as items
        kind, said = f"string_{kind}", _OF_TEXT[kind].format_map(params)
    if kind in FIELD_TEXTS:
        return field_fault(pointer, kind, **params)
    params = {name: _in_danish(value) for name, value in params.items()}
    danish = _PYDANTIC_DA[kind].format_map(params) if kind in _PYDANTIC_DA else said
    return FieldFault(pointer, kind.replace("_", "-"), Text(danish, said))


def _in_danish(value: object) -> object:
    """A parameter of pydantic's inside a Danish sentence: words joined by “eller”, decimal comma, dates as they are."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return value.replace("' or '", "' eller '") if isinstance(value, str) else value


def _filled(text: Text, params: Mapping[str, object]) -> Text:
    return Text(text.da.format_map(params), text.en.format_map(params))
