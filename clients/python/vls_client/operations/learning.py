"""Operations of learning. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Any, Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import condition, part, query, with_id


def list_goals(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    room_id: str | None = None,
    unit_id: str | None = None,
    step: Literal["chosen", "started", "evaluated", "decided"] | None = None,
    on: str | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[models.PageGoalSummary]:
    """The goals of your rooms and units that were not withdrawn. How far one has come stands with it alone."""
    return Call(
        "GET",
        "/v1/goals",
        query(
            {
                "limit": limit,
                "cursor": cursor,
                "room_id": room_id,
                "unit_id": unit_id,
                "step": step,
                "on": on,
                "language": language,
            }
        ),
    )


def create_goal(body: models.GoalIn) -> Call[models.GoalOut]:
    """Choose a goal for a room or a unit. Its baseline is computed now and kept."""
    return Call("POST", "/v1/goals", json=with_id(body), again=True)


def get_goal(id: str) -> Call[models.GoalOut]:
    """One goal, and how far it has come in the data of today."""
    return Call("GET", f"/v1/goals/{part(id)}")


def correct_goal(id: str, body: models.GoalPatch, *, if_match: str | None = None) -> Call[models.GoalOut]:
    """Correct a goal or take it to its next step; needs If-Match. Every revision is kept."""
    return Call("PATCH", f"/v1/goals/{part(id)}", json=body, headers=condition(if_match))


def withdraw_goal(id: str, *, if_match: str | None = None) -> Call[None]:
    """Withdraw a goal: it is no longer followed up."""
    return Call("DELETE", f"/v1/goals/{part(id)}", headers=condition(if_match))


def get_goal_history(id: str) -> Call[models.HistoryOut]:
    """What stood there, revision by revision."""
    return Call("GET", f"/v1/goals/{part(id)}/history")


def list_meetings(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    room_id: str | None = None,
    held_from: str | None = None,
    held_to: str | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[models.PageMeetingSummary]:
    """The meetings of your rooms that were not withdrawn."""
    return Call(
        "GET",
        "/v1/meetings",
        query(
            {
                "limit": limit,
                "cursor": cursor,
                "room_id": room_id,
                "held_from": held_from,
                "held_to": held_to,
                "language": language,
            }
        ),
    )


def create_meeting(body: models.MeetingIn) -> Call[models.MeetingOut]:
    """Record a meeting of a room's team. The report it talked about is kept with its data, as they are now."""
    return Call("POST", "/v1/meetings", json=with_id(body), again=True)


def get_meeting(id: str) -> Call[models.MeetingOut]:
    """One meeting, and what became of the agreements before it."""
    return Call("GET", f"/v1/meetings/{part(id)}")


def correct_meeting(id: str, body: models.MeetingPatch, *, if_match: str | None = None) -> Call[models.MeetingOut]:
    """Correct a meeting; needs If-Match. Every revision is kept, and the report stays the one talked about."""
    return Call("PATCH", f"/v1/meetings/{part(id)}", json=body, headers=condition(if_match))


def withdraw_meeting(id: str, *, if_match: str | None = None) -> Call[None]:
    """Withdraw a meeting: what it agreed on no longer waits."""
    return Call("DELETE", f"/v1/meetings/{part(id)}", headers=condition(if_match))


def get_meeting_history(id: str) -> Call[models.HistoryOut]:
    """What stood there, revision by revision."""
    return Call("GET", f"/v1/meetings/{part(id)}/history")


def get_meeting_report(
    id: str,
    *,
    format: Literal["pdf", "png", "svg", "html", "json", "csv"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """The room data report that the meeting talked about, unchanged whatever was corrected since: the same code and
    the same pages. Whether the data say the same today: `GET /v1/reports/{code}/verification`."""
    return Call("GET", f"/v1/meetings/{part(id)}/report", query({"format": format, "language": language}))
