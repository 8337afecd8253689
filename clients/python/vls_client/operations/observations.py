"""Operations of observations. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import condition, part, query, with_id


def list_activities(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    room_id: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[models.PageActivityOut]:
    """The activities that were recorded and not withdrawn."""
    return Call(
        "GET",
        "/v1/activities",
        query({"limit": limit, "cursor": cursor, "room_id": room_id, "from": from_, "to": to, "language": language}),
    )


def create_activity(body: models.ActivityIn) -> Call[models.ActivityOut]:
    """Record an activity. The same again answers 200 and changes nothing."""
    return Call("POST", "/v1/activities", json=with_id(body), again=True)


def create_activities(body: models.ActivityBatchIn) -> Call[models.ActivityBatchOut]:
    """Record up to 500 activities; each is judged alone, and each gets an answer."""
    return Call("POST", "/v1/activities/batch", json=body)


def get_activity(id: str) -> Call[models.ActivityOut]:
    """One activity."""
    return Call("GET", f"/v1/activities/{part(id)}")


def correct_activity(id: str, body: models.ActivityPatch, *, if_match: str | None = None) -> Call[models.ActivityOut]:
    """Correct what was recorded; needs If-Match."""
    return Call("PATCH", f"/v1/activities/{part(id)}", json=body, headers=condition(if_match))


def withdraw_activity(id: str, *, if_match: str | None = None) -> Call[None]:
    """Withdraw an activity: it no longer counts."""
    return Call("DELETE", f"/v1/activities/{part(id)}", headers=condition(if_match))


def restore_activity(id: str, *, if_match: str | None = None) -> Call[models.ActivityOut]:
    """Bring back an activity that was withdrawn: it counts again."""
    return Call("POST", f"/v1/activities/{part(id)}/restore", headers=condition(if_match))


def get_activity_history(id: str) -> Call[models.PageActivityVersionOut]:
    """Everything the activity has said, the first first: also of one that was withdrawn."""
    return Call("GET", f"/v1/activities/{part(id)}/history")


def get_room_week(id: str, week: str) -> Call[models.RoomWeekOut]:
    """How the week stands; a week nobody has said anything about is `not_recorded`."""
    return Call("GET", f"/v1/rooms/{part(id)}/weeks/{part(week)}")


def put_room_week(
    id: str, week: str, body: models.RoomWeekIn, *, if_match: str | None = None
) -> Call[models.RoomWeekOut]:
    """Say how the week stands. What is left out, and children who are not named, stay as they were."""
    return Call("PUT", f"/v1/rooms/{part(id)}/weeks/{part(week)}", json=body, headers=condition(if_match))


def get_room_week_history(id: str, week: str) -> Call[models.PageRoomWeekVersionOut]:
    """Everything that was said of the week, the first first: also what was changed after it was completed."""
    return Call("GET", f"/v1/rooms/{part(id)}/weeks/{part(week)}/history")


def get_participation(id: str, *, from_: str | None = None, to: str | None = None) -> Call[models.ParticipationOut]:
    """How often each child took part, per counted week. The last eight whole weeks unless others are asked for."""
    return Call("GET", f"/v1/rooms/{part(id)}/participation", query({"from": from_, "to": to}))


def get_due(id: str) -> Call[models.DueOut]:
    """What the room is to do now: weeks to complete, children nobody has observed lately, evaluations of practice
    and assessments of children that wait, the next meeting, and goals to follow up."""
    return Call("GET", f"/v1/rooms/{part(id)}/due")


def get_unit_participation(id: str, *, from_: str | None = None, to: str | None = None) -> Call[models.OverviewOut]:
    """A unit and its rooms: how many children are below the dashed line, where enough children are judged to say
    so."""
    return Call("GET", f"/v1/units/{part(id)}/participation", query({"from": from_, "to": to}))


def get_area_participation(id: str, *, from_: str | None = None, to: str | None = None) -> Call[models.OverviewOut]:
    """An area and its units."""
    return Call("GET", f"/v1/areas/{part(id)}/participation", query({"from": from_, "to": to}))


def get_municipality_participation(*, from_: str | None = None, to: str | None = None) -> Call[models.OverviewOut]:
    """The municipality, its areas, kinds of unit, and units."""
    return Call("GET", "/v1/municipality/participation", query({"from": from_, "to": to}))
