"""Wire types of answering: the questionnaire as it is shown, and what a person sends."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from api.roster.schemas import StaffRole
from api.surveys.instrument_schemas import Key, ScaleIO, TextIO
from api.wire import Input, Output

Value = Annotated[StrictInt, Field(ge=-100, le=100)]


class AnswersIn(Input):
    """All of a person's answers; what is left out, or null for "don't know / not relevant", is missing.

    Sent with `submit` it is counted, once and for good; without, it is saved to go on later.
    """

    answers: Annotated[dict[Key, Value | None], Field(max_length=500)]
    role: StaffRole | None = None
    submit: bool = False


class AskedComponent(Output):
    key: str
    title: TextIO
    scale: ScaleIO


class AskedItem(Output):
    key: str
    component: str
    text: TextIO


class AskedRole(Output):
    key: StaffRole
    title: TextIO


class QuestionnaireOut(Output):
    """What is asked, in both languages, and what was saved. `shared`: begin with a POST to get a link of your own."""

    state: Literal["shared", "new", "saved"]
    title: str
    municipality: str
    unit: str
    closes_on: date
    minimum: int
    instrument_key: str
    instrument_version: int
    instrument_title: TextIO
    components: list[AskedComponent]
    items: list[AskedItem]
    roles: list[AskedRole]
    answers: dict[str, int | None]
    role: StaffRole | None


class AnswersOut(Output):
    """What became of the answers: `answered` of `items` hold a value."""

    state: Literal["saved", "submitted"]
    answered: int
    items: int


class StartedOut(Output):
    """The link of one's own; `token` is the last part of it."""

    token: str
    link: str
