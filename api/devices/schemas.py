"""Wire types of tablets."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from api.assessments.schemas import RoomReference
from api.wire import CLEAN, Input, Name, Output


class DeviceIn(RoomReference):
    """A tablet of a room. `name` is what people call it: "den blå på Stuen"."""

    id: UUID | None = None
    name: Name


class DeviceOut(Output):
    id: UUID
    room_id: UUID
    name: str
    state: Literal["waiting", "enrolled", "revoked"]
    enrolled_at: datetime | None
    revoked_at: datetime | None


class DeviceFilter(Input):
    limit: Annotated[int, Field(ge=1, le=500, description="How many at most")] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    room_id: UUID | None = None
    state: Literal["waiting", "enrolled", "revoked"] | None = None


class EnrolmentOut(Output):
    """A code that enrols the tablet once, also as a link and a QR code (SVG) of the link. It is never shown again."""

    code: str
    link: str
    qr: str
    expires_at: datetime


class EnrolIn(Input):
    """`attempt` is a number the tablet thinks of and keeps until it has an answer: the same again answers the same."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=100), CLEAN]
    attempt: UUID


class EnrolledRoom(Output):
    id: UUID
    external_id: str
    name: str
    unit_id: UUID
    unit: str
    municipality: str


class EnrolledOut(Output):
    """What the tablet keeps: its token, and the key (32 bytes, base64) to encrypt what it holds with.

    Enrolled anew, a tablet gets another token and the same key, so that nothing it has not sent yet is lost.
    """

    device_id: UUID
    device_token: str
    data_key: str
    room: EnrolledRoom
