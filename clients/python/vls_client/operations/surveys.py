"""Operations of surveys. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Any, Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import condition, part, query, with_id


def list_instruments(*, limit: int | None = None, cursor: str | None = None) -> Call[models.PageInstrumentSummary]:
    """All published versions."""
    return Call("GET", "/v1/instruments", query({"limit": limit, "cursor": cursor}))


def publish_instrument(body: models.InstrumentIO) -> Call[models.InstrumentIO]:
    """Publish a version of an instrument. A published version never changes."""
    return Call("POST", "/v1/instruments", json=body)


def get_instrument(key: str, version: str, *, format: Literal["json", "yaml", "xlsx"] | None = None) -> Call[Any]:
    """A published version, as it was published."""
    return Call("GET", f"/v1/instruments/{part(key)}/versions/{part(version)}", query({"format": format}))


def list_survey_rounds(*, limit: int | None = None, cursor: str | None = None) -> Call[models.PageRoundOut]:
    """All rounds of the municipality."""
    return Call("GET", "/v1/survey-rounds", query({"limit": limit, "cursor": cursor}))


def create_survey_round(body: models.RoundIn) -> Call[models.RoundOut]:
    """A new round, as a draft."""
    return Call("POST", "/v1/survey-rounds", json=with_id(body), again=True)


def get_survey_round(id: str) -> Call[models.RoundOut]:
    """One round and its state."""
    return Call("GET", f"/v1/survey-rounds/{part(id)}")


def change_survey_round(id: str, body: models.RoundPatch, *, if_match: str | None = None) -> Call[models.RoundOut]:
    """Change title or dates until the round is closed; needs If-Match."""
    return Call("PATCH", f"/v1/survey-rounds/{part(id)}", json=body, headers=condition(if_match))


def open_survey_round(id: str) -> Call[models.RoundOut]:
    """Let answers in."""
    return Call("POST", f"/v1/survey-rounds/{part(id)}/open")


def close_survey_round(id: str) -> Call[models.RoundOut]:
    """Every result is computed once and frozen. Closed for good as soon as somebody has seen a result."""
    return Call("POST", f"/v1/survey-rounds/{part(id)}/close")


def reopen_survey_round(id: str) -> Call[models.RoundOut]:
    """Let answers in again. Refused once anybody has seen a result: the difference would tell what came later."""
    return Call("POST", f"/v1/survey-rounds/{part(id)}/reopen")


def set_invited(id: str, body: models.InvitedIn) -> Call[models.ProgressOut]:
    """Say how many were asked in each unit, so that response rates can be known."""
    return Call("PUT", f"/v1/survey-rounds/{part(id)}/invited", json=body)


def get_progress(id: str) -> Call[models.ProgressOut]:
    """Invited and answered for each unit of yours; never what was answered."""
    return Call("GET", f"/v1/survey-rounds/{part(id)}/progress")


def get_results(
    id: str, *, scope: str | None = None, by: Literal["setting_type", "role", "area"] | None = None
) -> Call[models.ResultsOut]:
    """The frozen results of one place; too small groups are hidden, and what would reveal them."""
    return Call("GET", f"/v1/survey-rounds/{part(id)}/results", query({"scope": scope, "by": by}))


def list_invitations(id: str) -> Call[models.InvitedOut]:
    """How each unit of yours was invited. Never a link, never an address, never what has been used."""
    return Call("GET", f"/v1/survey-rounds/{part(id)}/invitations")


def create_invitations(
    id: str,
    body: models.InvitationsIn,
    *,
    format: Literal["json", "pdf"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """Invite the staff of units: with a link for each, by e-mail, or with one link for all. Links are shown only
    here."""
    return Call(
        "POST", f"/v1/survey-rounds/{part(id)}/invitations", query({"format": format, "language": language}), json=body
    )


def withdraw_links(id: str, unit_id: str) -> Call[None]:
    """Make the unit's unused links on paper worthless, for instance when a sheet was lost. E-mails stay valid."""
    return Call("DELETE", f"/v1/survey-rounds/{part(id)}/invitations/{part(unit_id)}")


def remind(id: str) -> Call[models.RemindersOut]:
    """Mail those who were invited by e-mail and have not answered. Nobody is told who that is, nor how many."""
    return Call("POST", f"/v1/survey-rounds/{part(id)}/reminders")


def get_change(
    id: str, *, scope: str | None = None, since: str | None = None, by: Literal["setting_type", "role"] | None = None
) -> Call[models.ChangeOut]:
    """What has changed in one place since an earlier round, with intervals, and what it may be called."""
    return Call("GET", f"/v1/survey-rounds/{part(id)}/change", query({"scope": scope, "since": since, "by": by}))
