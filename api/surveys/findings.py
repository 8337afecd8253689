"""What pydantic finds in an instrument, in our words: for files, whose senders read a sentence and not a schema."""

import difflib
from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

from api.surveys.instrument_schemas import InstrumentIO
from api.surveys.structured import joined
from domain.cells import shown_safely
from domain.issues import Param

Said = tuple[str, dict[str, Param]]  # code and parameters

_KINDS: Mapping[str, str] = {  # by the first word of pydantic's type
    "string": "field-not-text",
    "int": "field-not-a-number",
    "float": "field-not-a-number",
    "finite": "field-not-a-number",
    "bool": "field-not-true-or-false",
    "list": "field-not-a-list",
    "tuple": "field-not-a-list",
    "dict": "field-not-an-object",
    "model": "field-not-an-object",
}


def in_our_words(error: ErrorDetails) -> Said:
    """A code of the catalogue, and what its sentences quote."""
    known = _SAID.get(error["type"])
    code, params = known(error) if known else (_KINDS.get(error["type"].split("_")[0], "field-not-valid"), {})
    return code, {"field": _field(error), "value": shown_safely(str(error["input"])), **params}


def pointer_of(error: ErrorDetails) -> str:
    """Where it is, as a JSON pointer."""
    pointer = ""
    for part in error["loc"]:
        if part != "[key]":  # pydantic's mark that the key is meant, not what stands under it
            pointer = joined(pointer, part)
    return pointer


def _field(error: ErrorDetails) -> str:
    return shown_safely(str(next((part for part in reversed(error["loc"]) if part != "[key]"), "")))


def _unknown(error: ErrorDetails) -> Said:
    known = list(InstrumentIO.model_fields) if len(error["loc"]) == 1 else []
    close = difflib.get_close_matches(_field(error), known, n=3, cutoff=0)
    return "unknown-field", {"close": ", ".join(close) or "–"}


def _word(error: ErrorDetails) -> Said:
    return "unknown-word", {"column": _field(error), "allowed": str(error["ctx"]["expected"])}


def _bound(error: ErrorDetails) -> Said:
    sign, name = ("≥", "ge") if "ge" in error["ctx"] else ("≤", "le")
    return "field-out-of-range", {"bound": f"{sign} {error['ctx'][name]:g}"}


def _length(error: ErrorDetails) -> Said:
    code = "text-too-long" if isinstance(error["input"], str) else "field-wrong-length"
    limit = error["ctx"].get("max_length", error["ctx"].get("min_length", 0))
    return code, {"length": len(error["input"]), "limit": int(limit)}


_SAID: Mapping[str, Callable[[ErrorDetails], Said]] = {
    "missing": lambda _: ("missing-field", {}),
    "extra_forbidden": _unknown,
    "literal_error": _word,
    "greater_than_equal": _bound,
    "less_than_equal": _bound,
    "too_short": _length,
    "too_long": _length,
    "control-character": lambda error: ("control-character", {"column": _field(error)}),
    "string_pattern_mismatch": lambda error: ("key-characters", {"key": shown_safely(str(error["input"]))}),
    "string_too_long": _length,
}
