"""Operations of access. Written from openapi.yaml; change that, and `make openapi`."""

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import query


def list_sign_ins() -> Call[models.SignInsOut]:
    """Where people sign in. Needs no token; one that does not answer is left out."""
    return Call("GET", "/v1/sign-in")


def get_me() -> Call[models.Me]:
    """Who the token says you are: role, places and scopes."""
    return Call("GET", "/v1/me")


def list_audit_events(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    subject: str | None = None,
    actor: str | None = None,
    action: str | None = None,
    from_: str | None = None,
    to: str | None = None,
) -> Call[models.PageAuditEventOut]:
    """Who did what in the municipality, newest last. To follow the log, ask again from the `at` of the last event."""
    return Call(
        "GET",
        "/v1/audit-events",
        query(
            {
                "limit": limit,
                "cursor": cursor,
                "subject": subject,
                "actor": actor,
                "action": action,
                "from": from_,
                "to": to,
            }
        ),
    )


def create_download_link(body: models.LinkIn) -> Call[models.LinkOut]:
    """A link that opens one document in a browser as it is, for a short while, with the rights you have then."""
    return Call("POST", "/v1/download-links", json=body, again=True)
