"""What every wire type shares: unknown fields are refused, text is clean, references and weeks are checked once."""

from datetime import date
from typing import Annotated, Any, NoReturn

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)

from api.field_faults import invalid
from domain.cpr import key_looks_like_cpr, looks_like_cpr
from domain.weeks import format_week, parse_week


class Input(BaseModel):
    """A body somebody sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Patch(Input):
    """A change: what is left out stays, and nothing can be emptied."""

    @field_validator("*", mode="before")
    @classmethod
    def is_given(cls, value: object) -> object:
        if value is None:
            raise invalid("null-not-allowed")
        return value


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


def _email_address(written: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - few requests need it

    if looks_like_cpr(written):
        raise invalid("looks-like-cpr")
    try:
        found = validate_email(written, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise invalid("not-an-email") from error
    return str(found.ascii_email or found.normalized)


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


# Comes after the bounds of a text, not before: pydantic trims before it measures only where the text is a plain one.
CLEAN = AfterValidator(_clean)
Clean = Annotated[str, CLEAN]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), CLEAN, AfterValidator(no_cpr)
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=64, strip_whitespace=True), CLEAN]
ExternalId = Annotated[Key, AfterValidator(_no_written_cpr)]
PersonKey = Annotated[Key, AfterValidator(_no_personal_cpr)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
Week = Annotated[
    date,
    BeforeValidator(_week),
    PlainSerializer(format_week, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-W\d{2}$", "examples": ["2026-W35"]}),
]
EmailAddress = Annotated[
    str,
    StringConstraints(min_length=3, max_length=254, strip_whitespace=True),
    CLEAN,
    AfterValidator(_email_address),
    Field(json_schema_extra={"format": "email"}),
]
