"""Getting a token, asking who one is, reading the log, and sharing a link to a document."""

import base64
import binascii
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import unquote_plus

import structlog
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy import or_, select

from api.access.clients import Verifier, parsed_id
from api.access.dependencies import Allow, Authenticated, Writing, scopes_of
from api.access.issuers import Issuers
from api.access.links import LinkSigner
from api.access.principals import Caller, with_implied
from api.access.schemas import (
    AuditEventFilter,
    AuditEventOut,
    LinkIn,
    LinkOut,
    Me,
    PlaceOut,
    SignInOut,
    SignInsOut,
    TokenError,
    TokenOut,
)
from api.access.tables import AuditEvent
from api.access.tokens import Signer
from api.audit import record, settled_before
from api.db import DatabaseDep
from api.paging import Page, page_of
from api.problems import Problem, documented
from api.routing import operations_at

router = APIRouter(prefix="/v1", tags=["access"])
log = structlog.get_logger("vls.access")

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


_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}  # RFC 6749, 5.1


class OAuthError(Exception):
    """An error answer of the token endpoint, in the form of RFC 6749 section 5.2."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error, self.description = error, description

    def response(self) -> JSONResponse:
        unauthorised = self.error == "invalid_client"
        headers = _NOT_KEPT | ({"WWW-Authenticate": 'Basic realm="vls"'} if unauthorised else {})
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
        **{
            status: body
            for status, body in documented("body-too-large", "too-many-attempts").items()
            if status in (413, 422, 429, 503)
        },
    },
)
async def get_token(request: Request) -> JSONResponse:
    form = await _form(request)
    if form.get("grant_type") != "client_credentials":
        missing = "grant_type" not in form
        raise OAuthError(
            "invalid_request" if missing else "unsupported_grant_type", "use grant_type=client_credentials"
        )
    caller = _narrowed(await _verified(request, *_credentials(request, form)), form.get("scope"))
    signer: Signer = request.app.state.signer
    body = TokenOut(
        access_token=signer.token(caller),
        token_type="Bearer",  # noqa: S106 - the name of the kind, not a secret
        expires_in=signer.token_seconds,
        scope=" ".join(sorted(caller.scopes)),
    )
    return JSONResponse(body.model_dump(), headers=_NOT_KEPT)


async def _verified(request: Request, client_id: str, secret: str) -> Caller:
    """The caller behind the credentials. Tokens given and refused are lines in the operator's log, not audit events."""
    verifier: Verifier = request.app.state.verifier
    peer, outcome = request.client.host if request.client else "", "refused"
    try:
        caller = await verifier.caller(client_id, secret, peer=peer)
        outcome = "refused" if caller is None else "given"
    except Problem as problem:
        outcome = problem.code
        raise
    finally:
        known = parsed_id(client_id)  # what is no id may be anything, a secret in the wrong field too
        log.info("token", outcome=outcome, client=str(known) if known else None, peer=peer)
    if caller is None:
        raise OAuthError("invalid_client", "unknown client or wrong secret")
    return caller


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
    if "client_secret" in form:  # RFC 6749, 2.3: one method a request
        raise OAuthError("invalid_request", "send the credentials in the header or in the body, not in both")
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
    return replace(caller, scopes=with_implied(scopes))  # type: ignore[arg-type]


@router.get("/sign-in", operation_id="listSignIns", responses=documented())
async def list_sign_ins(request: Request) -> SignInsOut:
    """Where people sign in. Needs no token; one that does not answer is left out."""
    issuers: Issuers = request.app.state.people.issuers
    found = []
    for issuer in issuers.configured.values():
        with suppress(Problem):
            ends = await issuers.endpoints(issuer)
            found.append(
                SignInOut(
                    name=issuer.name,
                    issuer=issuer.address,
                    client_id=issuer.client_id,
                    scope=issuer.scope,
                    authorization_endpoint=ends.authorization,
                    token_endpoint=ends.token,
                    end_session_endpoint=ends.end_session,
                )
            )
    return SignInsOut(items=found)


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


@router.get("/audit-events", operation_id="listAuditEvents", responses=documented("outside-your-place"))
async def list_audit_events(
    caller: Annotated[Caller, Depends(Allow("audit:read"))],
    database: DatabaseDep,
    filters: Annotated[AuditEventFilter, Query()],
) -> Page[AuditEventOut]:
    """Who did what in the municipality, newest last. To follow the log, ask again from the `at` of the last event."""
    if not caller.everywhere:
        raise Problem("outside-your-place")
    # First what is settled, then a newer view: an event committed between the two is seen or comes later, never lost.
    async with database.reading(caller.municipality_id) as tx:
        query = select(AuditEvent).where(AuditEvent.at < await settled_before(tx))
    if filters.subject is not None:
        query = query.where(AuditEvent.subject == filters.subject)
    if filters.actor is not None:
        in_a_role = AuditEvent.actor.startswith(f"{filters.actor} (", autoescape=True)
        query = query.where(or_(AuditEvent.actor == filters.actor, in_a_role))
    if filters.action is not None:
        query = query.where(AuditEvent.action == filters.action)
    if filters.first is not None:
        query = query.where(AuditEvent.at >= filters.first)
    if filters.last is not None:
        query = query.where(AuditEvent.at < filters.last)
    key = (AuditEvent.at, AuditEvent.id)
    async with database.reading(caller.municipality_id) as tx:
        return await page_of(tx, query, key=key, wire=AuditEventOut, limit=filters.limit, cursor=filters.cursor)


@router.post("/download-links", operation_id="createDownloadLink", status_code=201, responses=documented("not-found"))
async def create_download_link(
    request: Request, body: LinkIn, caller: Annotated[Caller, Depends(Allow("reports:read"))], tx: Writing
) -> LinkOut:
    """A link that opens one document in a browser as it is, for a short while, with the rights you have then."""
    path, _, query = body.path.partition("?")
    document = _document_at(request, path)
    if document is None:
        raise Problem("not-found")
    missing = sorted(scopes_of(document) - caller.scopes)
    if missing or caller.client_id is None:
        raise Problem("not-allowed", needed=", ".join(missing))
    links: LinkSigner = request.app.state.links
    minutes = body.minutes or request.app.state.settings.link_minutes
    signed, expires = links.link(caller.client_id, path=path, query=query, seconds=minutes * 60)
    await record(tx, caller, action="share", subject=path.removeprefix("/v1/"), query=query, minutes=minutes)
    base = request.app.state.settings.public_url or str(request.base_url)
    return LinkOut(url=f"{base.rstrip('/')}{path}?{signed}", expires_at=datetime.fromtimestamp(expires, UTC))


def _document_at(request: Request, path: str) -> APIRoute | None:
    """The operation that answers with a document at `path`, if there is one."""
    at_path = operations_at(request.app, path)
    return next((it for it in at_path if "GET" in (it.methods or ()) and "document" in it.tags), None)
