"""Operations of development. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import condition, part, query, with_id


def list_development_instruments(
    *, limit: int | None = None, cursor: str | None = None
) -> Call[models.PagePublishedSummary]:
    """All published versions, and the demo instrument that comes along."""
    return Call("GET", "/v1/development-instruments", query({"limit": limit, "cursor": cursor}))


def publish_development_instrument(body: models.DevelopmentInstrumentIO) -> Call[models.DevelopmentInstrumentIO]:
    """Publish a version of a development instrument with its norms. A published version never changes."""
    return Call("POST", "/v1/development-instruments", json=body)


def get_development_instrument(key: str, version: str) -> Call[models.DevelopmentInstrumentIO]:
    """A version with its norms, as it was published."""
    return Call("GET", f"/v1/development-instruments/{part(key)}/versions/{part(version)}")


def list_development_assessments(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    room_id: str | None = None,
    child_id: str | None = None,
    half_year: str | None = None,
    kind: Literal["individual", "joint"] | None = None,
    state: Literal["draft", "final"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[models.PageDevelopmentAssessmentOut]:
    """The assessments, not withdrawn, of the children you work with today."""
    return Call(
        "GET",
        "/v1/development-assessments",
        query(
            {
                "limit": limit,
                "cursor": cursor,
                "room_id": room_id,
                "child_id": child_id,
                "half_year": half_year,
                "kind": kind,
                "state": state,
                "language": language,
            }
        ),
    )


def create_development_assessment(body: models.DevelopmentAssessmentIn) -> Call[models.DevelopmentAssessmentOut]:
    """Assess a child of the room: one colleague's rating, or the joint one after two have rated on their own."""
    return Call("POST", "/v1/development-assessments", json=with_id(body), again=True)


def get_development_assessment(id: str) -> Call[models.DevelopmentAssessmentOut]:
    """One assessment with its raw scores and bands."""
    return Call("GET", f"/v1/development-assessments/{part(id)}")


def correct_development_assessment(
    id: str, body: models.DevelopmentAssessmentPatch, *, if_match: str | None = None
) -> Call[models.DevelopmentAssessmentOut]:
    """Correct an assessment, or make it final; needs If-Match. Every revision is kept."""
    return Call("PATCH", f"/v1/development-assessments/{part(id)}", json=body, headers=condition(if_match))


def withdraw_development_assessment(id: str, *, if_match: str | None = None) -> Call[None]:
    """Withdraw an assessment: it no longer counts."""
    return Call("DELETE", f"/v1/development-assessments/{part(id)}", headers=condition(if_match))


def get_development_assessment_history(id: str) -> Call[models.HistoryOut]:
    """What stood there, revision by revision."""
    return Call("GET", f"/v1/development-assessments/{part(id)}/history")


def get_room_development(id: str, *, half_year: str | None = None) -> Call[models.DevelopmentOut]:
    """How many of the room's children are in each band, how that has changed since the half-year before, and
    whether colleagues see the same."""
    return Call("GET", f"/v1/rooms/{part(id)}/development", query({"half_year": half_year}))


def get_unit_development(id: str, *, half_year: str | None = None) -> Call[models.DevelopmentOverviewOut]:
    """A unit and its rooms: how many children are in each band, where there are enough of them to say so."""
    return Call("GET", f"/v1/units/{part(id)}/development", query({"half_year": half_year}))


def get_area_development(id: str, *, half_year: str | None = None) -> Call[models.DevelopmentOverviewOut]:
    """An area and its units, with a funnel of the units for each learning area."""
    return Call("GET", f"/v1/areas/{part(id)}/development", query({"half_year": half_year}))


def get_municipality_development(*, half_year: str | None = None) -> Call[models.DevelopmentOverviewOut]:
    """The municipality, its areas and units, with a funnel of the units for each learning area."""
    return Call("GET", "/v1/municipality/development", query({"half_year": half_year}))
