"""Wire types of access."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from api.access.principals import PlaceKind, Role, Scope
from api.wire import Input, Output


class TokenOut(Output):
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


class TokenError(Output):
    """RFC 6749, section 5.2."""

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]
    error_description: str


class PlaceOut(Output):
    kind: PlaceKind
    id: UUID


class Me(Output):
    subject: str
    name: str
    role: Role
    municipality_id: UUID
    places: list[PlaceOut]
    scopes: list[Scope]


class AuditEventOut(Output):
    id: UUID
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


class LinkIn(Input):
    """The document to open, as its path and query: `/v1/rooms/{id}/report?format=pdf`."""

    path: Annotated[str, StringConstraints(pattern=r"^/v1/[A-Za-z0-9/_\-]+(\?[A-Za-z0-9=&:._,%\-]*)?$", max_length=500)]
    minutes: Annotated[int | None, Field(ge=1, le=24 * 60)] = None


class LinkOut(Output):
    url: str
    expires_at: datetime
