"""Getting a token, asking who one is, reading the log, and sharing a link to a document."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select

from api.access.clients import Verifier
from api.access.dependencies import Allow, Authenticated, Reading
from api.access.principals import Caller, with_implied
from api.access.schemas import AuditEventOut, LinkIn, LinkOut, Me, PlaceOut, TokenError, TokenOut
from api.access.tables import AuditEvent
from api.access.tokens import Signer
from api.paging import Cursor, Limit, Page, page_of
from api.problems import Problem, documented
from api.routing import operations_at

router = APIRouter(prefix="/v1", tags=["access"])

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "const": "client_credentials"},
                        "client_id": {"type": "string"},
                        "client_secret": {"type": "string"},
                        "scope": {"type": "string", "description": "Fewer scopes than granted, separated by spaces"},
                    },
                }
            }
        },
    }
}


class OAuthError(Exception):
    """An error answer of the token endpoint, in the form of RFC 6749 section 5.2."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error, self.description = error, description

    def response(self) -> JSONResponse:
        unauthorised = self.error == "invalid_client"
        headers = {"Cache-Control": "no-store"} | ({"WWW-Authenticate": 'Basic realm="vls"'} if unauthorised else {})
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, 401 if unauthorised else 400, headers)


@router.post(
    "/oauth/token",
    operation_id="getToken",
    summary="Get a token (OAuth 2 client credentials)",
    response_model=TokenOut,
    openapi_extra=_FORM,
    responses={
        400: {"model": TokenError, "description": "RFC 6749 error"},
        401: {"model": TokenError, "description": "RFC 6749 error"},
        **{status: body for status, body in documented("body-too-large").items() if status in (413, 429, 503)},
    },
)
async def get_token(request: Request) -> JSONResponse:
    form = await _form(request)
    if form.get("grant_type") != "client_credentials":
        missing = "grant_type" not in form
        raise OAuthError(
            "invalid_request" if missing else "unsupported_grant_type", "use grant_type=client_credentials"
        )
    verifier: Verifier = request.app.state.verifier
    caller = await verifier.caller(*_credentials(request, form))
    if caller is None:
        raise OAuthError("invalid_client", "unknown client or wrong secret")
    caller = _narrowed(caller, form.get("scope"))
    signer: Signer = request.app.state.signer
    body = TokenOut(
        access_token=signer.token(caller),
        token_type="Bearer",  # noqa: S106 - the name of the kind, not a secret
        expires_in=signer.token_seconds,
        scope=" ".join(sorted(caller.scopes)),
    )
    return JSONResponse(body.model_dump(), headers={"Cache-Control": "no-store"})


async def _form(request: Request) -> dict[str, str]:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise OAuthError("invalid_request", "send the parameters as application/x-www-form-urlencoded")
    fields: dict[str, str] = {}
    for name, value in (await request.form()).multi_items():
        if name in fields:
            raise OAuthError("invalid_request", "a parameter was sent twice")
        fields[name] = str(value)
    return fields


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise OAuthError("invalid_client", "the Authorization header cannot be read") from None
    return unquote_plus(client_id), unquote_plus(secret)


def _narrowed(caller: Caller, wanted: str | None) -> Caller:
    if not wanted:
        return caller
    scopes = frozenset(wanted.split())
    if not scopes <= caller.scopes:
        raise OAuthError("invalid_scope", "the client was not granted all of these scopes")
    return Caller(
        municipality_id=caller.municipality_id,
        subject=caller.subject,
        name=caller.name,
        role=caller.role,
        places=caller.places,
        scopes=with_implied(scopes),  # type: ignore[arg-type]
    )


@router.get("/me", operation_id="getMe", responses=documented())
async def get_me(caller: Authenticated) -> Me:
    """Who the token says you are: role, places and scopes."""
    return Me(
        subject=caller.subject,
        name=caller.name,
        role=caller.role,
        municipality_id=caller.municipality_id,
        places=[PlaceOut(kind=place.kind, id=place.id) for place in caller.places],
        scopes=sorted(caller.scopes),
    )


@router.get("/audit-events", operation_id="listAuditEvents", responses=documented())
async def list_audit_events(
    _: Annotated[Caller, Depends(Allow("audit:read"))],
    tx: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
    subject: str | None = None,
) -> Page[AuditEventOut]:
    """Who did what in the municipality, by id."""
    query = select(AuditEvent)
    if subject is not None:
        query = query.where(AuditEvent.subject == subject)
    return await page_of(tx, query, key=AuditEvent.id, wire=AuditEventOut, limit=limit, cursor=cursor)


@router.post("/download-links", operation_id="createDownloadLink", status_code=201, responses=documented("not-found"))
async def create_download_link(
    request: Request, body: LinkIn, caller: Annotated[Caller, Depends(Allow("reports:read"))]
) -> LinkOut:
    """A link that opens one document in a browser as it is, for a short while, with the rights you have now."""
    path, _, query = body.path.partition("?")
    if not _is_document(request, path):
        raise Problem("not-found")
    signer: Signer = request.app.state.signer
    minutes = body.minutes or request.app.state.settings.link_minutes
    signed, expires = signer.link(caller, path=path, query=query, seconds=minutes * 60)
    base = request.app.state.settings.public_url or str(request.base_url)
    return LinkOut(url=f"{base.rstrip('/')}{path}?{signed}", expires_at=datetime.fromtimestamp(expires, UTC))


def _is_document(request: Request, path: str) -> bool:
    return any(
        "GET" in (route.methods or ()) and "document" in route.tags for route in operations_at(request.app, path)
    )
