"""What every wire type shares: unknown fields are refused, text is clean, references and weeks are checked once."""

from datetime import date
from typing import Annotated, Any, NoReturn

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from api.field_faults import invalid
from domain.cpr import key_looks_like_cpr, looks_like_cpr
from domain.weeks import format_week, parse_week


class Input(BaseModel):
    """A body somebody sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Output(BaseModel):
    """A body we send: no defaults, so every field is always there."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Sentences(Output):
    """The same in both languages."""

    da: str
    en: str


def _clean(text: str) -> str:
    # U+FFFE and U+FFFF are no characters: no XML holds them, so neither could a document or a workbook.
    if any(ord(character) < 32 or 127 <= ord(character) < 160 or character in "\ufffe\uffff" for character in text):
        raise invalid("control-character")
    return text


def no_cpr(text: str) -> str:
    return _refused(text) if looks_like_cpr(text) else text


def _no_personal_cpr(key: str) -> str:
    return _refused(key) if key_looks_like_cpr(key) else key


def _refused(_: str) -> NoReturn:
    raise invalid("looks-like-cpr")


def _no_written_cpr(text: str) -> str:
    """Ten bare digits may be a P-number, which is what many systems call a unit; a separator makes it a person."""
    return text if text.isdigit() else no_cpr(text)


def _week(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return parse_week(value)
        except ValueError as error:
            raise invalid("invalid-week") from error
    return value


Clean = Annotated[str, AfterValidator(_clean)]
Name = Annotated[Clean, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(no_cpr)]
Key = Annotated[Clean, StringConstraints(min_length=1, max_length=64, strip_whitespace=True)]
ExternalId = Annotated[Key, AfterValidator(_no_written_cpr)]
PersonKey = Annotated[Key, AfterValidator(_no_personal_cpr)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
Week = Annotated[
    date,
    BeforeValidator(_week),
    PlainSerializer(format_week, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-W\d{2}$", "examples": ["2026-W35"]}),
]
