"""Wire types of access."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from api.access.principals import PlaceKind, Role, Scope
from api.field_faults import invalid
from api.wire import CLEAN, Input, Output


def _plausible(moment: datetime) -> datetime:
    if not 1990 <= moment.year <= 2100:
        raise invalid("year-out-of-range", first=1990, last=2100)
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200), CLEAN]


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


class AuditEventFilter(Input):
    """Which events. The event at `from` is included, so that whoever follows the log can ask from the last one seen."""

    limit: Annotated[int, Field(ge=1, le=500, description="How many at most")] = 100
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before")] = None
    subject: Annotated[Word | None, Field(description="What it was done to, such as `children/ID`")] = None
    actor: Annotated[Word | None, Field(description="Who did it, such as `client:ID`")] = None
    action: Annotated[Word | None, Field(description="What was done, such as `read`")] = None
    first: Annotated[Moment | None, Field(alias="from", description="Events at this moment or later")] = None
    last: Annotated[Moment | None, Field(alias="to", description="Events before this moment")] = None


class LinkIn(Input):
    """The document to open, as its path and query: `/v1/rooms/{id}/report?format=pdf`."""

    path: Annotated[str, StringConstraints(pattern=r"^/v1/[A-Za-z0-9/_\-]+(\?[A-Za-z0-9=&:._,%\-]*)?$", max_length=500)]
    minutes: Annotated[int | None, Field(ge=1, le=24 * 60)] = None


class LinkOut(Output):
    url: str
    expires_at: datetime


class SignInOut(Output):
    """An issuer to sign in with: authorization code with PKCE, as the public client `client_id`."""

    name: str
    issuer: str
    client_id: str
    scope: str
    authorization_endpoint: str
    token_endpoint: str
    end_session_endpoint: str | None


class SignInsOut(Output):
    """The issuers that answer now."""

    items: list[SignInOut]
