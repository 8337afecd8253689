"""Wire types of the roster: what is sent (`...In`), answered (`...Out`) and asked for (`...Filter`)."""

import re
from datetime import date
from typing import Annotated, Any, Literal, get_type_hints
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    create_model,
)

from api.field_faults import invalid
from api.wire import Clean, EmailAddress, ExternalId, Input, Name, Output, PersonKey

SettingType = Literal["childminding", "nursery", "kindergarten", "integrated"]
Sex = Literal["girl", "boy"]
StaffRole = Literal["leader", "educator", "assistant", "childminder", "other"]
InstitutionNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{6}$")]
PNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")]


_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def _month(value: object) -> object:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return f"{value}-01"
    raise invalid("invalid-month")


def _plausible(day: date) -> date:
    if not 1990 <= day.year <= 2100:
        raise invalid("year-out-of-range", first=1990, last=2100)
    return day


Day = Annotated[date, AfterValidator(_plausible)]
Month = Annotated[
    Day,
    BeforeValidator(_month),
    PlainSerializer(lambda day: f"{day:%Y-%m}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$", "examples": ["2023-04"]}),
]
MonthOut = Annotated[
    date,
    PlainSerializer(lambda day: f"{day:%Y-%m}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$"}),
]


class Filter(Input):
    """What every list takes."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    external_id: Annotated[Clean | None, Field(max_length=64)] = None
    language: Literal["da", "en"] | None = None


def patch_of(wire: type[Input]) -> type[Input]:
    """The type of a change to `wire`: every field but the id, each of which may be left out."""
    hints = get_type_hints(wire, include_extras=True)
    fields: dict[str, Any] = {name: (hints[name] | None, None) for name in wire.model_fields if name != "id"}
    return create_model(wire.__name__.removesuffix("In") + "Patch", __base__=Input, **fields)


class MembershipOut(Output):
    """One period in one place; `valid_to` is the last day, null while it lasts."""

    valid_from: date
    valid_to: date | None


class MunicipalityOut(Output):
    id: UUID
    code: str
    name: str


class AreaIn(Input):
    id: UUID | None = None
    external_id: ExternalId
    name: Name


class AreaOut(Output):
    id: UUID
    external_id: str
    name: str
    revision: int


class UnitIn(Input):
    id: UUID | None = None
    external_id: ExternalId
    area_id: UUID | None = None
    area_external_id: ExternalId | None = None
    name: Name
    setting_type: SettingType
    institution_number: InstitutionNumber | None = None
    p_number: PNumber | None = None
    valid_from: Day | None = None


class UnitMembership(MembershipOut):
    area_id: UUID | None


class UnitOut(Output):
    id: UUID
    external_id: str
    area_id: UUID | None
    name: str
    setting_type: SettingType
    institution_number: str | None
    p_number: str | None
    memberships: list[UnitMembership]
    revision: int


class UnitFilter(Filter):
    area_id: UUID | None = None


class RoomIn(Input):
    id: UUID | None = None
    external_id: ExternalId
    unit_id: UUID | None = None
    unit_external_id: ExternalId | None = None
    name: Name
    valid_from: Day | None = None


class RoomMembership(MembershipOut):
    unit_id: UUID


class RoomOut(Output):
    id: UUID
    external_id: str
    unit_id: UUID
    name: str
    memberships: list[RoomMembership]
    revision: int


class RoomFilter(Filter):
    unit_id: UUID | None = None


class ChildIn(Input):
    """A pseudonymous child. `valid_from` and `valid_to` say when it belongs to the room.

    Without `valid_from` a new child has always been there, since its birth month: so what was recorded before it came
    into the roster finds it, and the completed weeks of that time count it. Say when it began if it came later.
    """

    id: UUID | None = None
    external_id: PersonKey
    room_id: UUID | None = None
    room_external_id: ExternalId | None = None
    birth_month: Month | None = None
    sex: Sex | None = None
    multilingual: bool | None = None
    support_need: bool | None = None
    first_name: Name | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None


class ChildMembership(MembershipOut):
    room_id: UUID


class ChildOut(Output):
    id: UUID
    external_id: str
    room_id: UUID | None
    birth_month: MonthOut | None
    sex: Sex | None
    multilingual: bool | None
    support_need: bool | None
    first_name: str | None
    memberships: list[ChildMembership]
    revision: int


class ChildFilter(Filter):
    room_id: UUID | None = None


class StaffIn(Input):
    id: UUID | None = None
    external_id: PersonKey
    unit_id: UUID | None = None
    unit_external_id: ExternalId | None = None
    room_id: UUID | None = None
    room_external_id: ExternalId | None = None
    name: Name
    role: StaffRole
    email: EmailAddress | None = None
    valid_from: Day | None = None


class StaffMembership(MembershipOut):
    unit_id: UUID
    room_id: UUID | None


class StaffOut(Output):
    id: UUID
    external_id: str
    unit_id: UUID
    room_id: UUID | None
    name: str
    role: StaffRole
    email: str | None
    memberships: list[StaffMembership]
    revision: int


class StaffFilter(Filter):
    unit_id: UUID | None = None
    room_id: UUID | None = None
