"""Operations of practice. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import condition, part, query, with_id


def list_practice_forms(*, limit: int | None = None, cursor: str | None = None) -> Call[models.PagePublishedSummary]:
    """All published versions, and the demo form that comes along."""
    return Call("GET", "/v1/practice-forms", query({"limit": limit, "cursor": cursor}))


def publish_practice_form(body: models.PracticeFormIO) -> Call[models.PracticeFormIO]:
    """Publish a version of the practice form, for the whole municipality. A published version never changes."""
    return Call("POST", "/v1/practice-forms", json=body)


def get_practice_form(key: str, version: str) -> Call[models.PracticeFormIO]:
    """A version, as it was published."""
    return Call("GET", f"/v1/practice-forms/{part(key)}/versions/{part(version)}")


def list_practice_evaluations(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    room_id: str | None = None,
    first_week: str | None = None,
    kind: Literal["individual", "joint"] | None = None,
    state: Literal["draft", "final"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[models.PagePracticeEvaluationOut]:
    """The evaluations of your rooms that were not withdrawn."""
    return Call(
        "GET",
        "/v1/practice-evaluations",
        query(
            {
                "limit": limit,
                "cursor": cursor,
                "room_id": room_id,
                "first_week": first_week,
                "kind": kind,
                "state": state,
                "language": language,
            }
        ),
    )


def create_practice_evaluation(body: models.PracticeEvaluationIn) -> Call[models.PracticeEvaluationOut]:
    """Evaluate a room's practice in a period: one colleague's rating, or what the team agreed on."""
    return Call("POST", "/v1/practice-evaluations", json=with_id(body), again=True)


def get_practice_evaluation(id: str) -> Call[models.PracticeEvaluationOut]:
    """One evaluation with its scores."""
    return Call("GET", f"/v1/practice-evaluations/{part(id)}")


def correct_practice_evaluation(
    id: str, body: models.PracticeEvaluationPatch, *, if_match: str | None = None
) -> Call[models.PracticeEvaluationOut]:
    """Correct an evaluation, or make it final; needs If-Match. Every revision is kept."""
    return Call("PATCH", f"/v1/practice-evaluations/{part(id)}", json=body, headers=condition(if_match))


def withdraw_practice_evaluation(id: str, *, if_match: str | None = None) -> Call[None]:
    """Withdraw an evaluation: it no longer counts."""
    return Call("DELETE", f"/v1/practice-evaluations/{part(id)}", headers=condition(if_match))


def get_practice_evaluation_history(id: str) -> Call[models.HistoryOut]:
    """What stood there, revision by revision."""
    return Call("GET", f"/v1/practice-evaluations/{part(id)}/history")


def get_room_practice(id: str, *, periods: int | None = None) -> Call[models.PracticeOut]:
    """The core elements over the periods that the room's team has evaluated together."""
    return Call("GET", f"/v1/rooms/{part(id)}/practice", query({"periods": periods}))
