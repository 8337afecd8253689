"""The learning cycle of a fictional room: what was agreed at the meeting before the weeks observed, and a goal."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from vls_client.client import Client
from vls_client.sandbox.observations import week_name

_ADJUSTMENTS = (
    ("more_activities", "Fokussamtaler ved måltidet, så alle børn får en hver uge", "Stuens pædagog"),
    ("group_composition", "Bland børn med og uden behov for ekstra støtte i de små grupper", "Teamet"),
)


def meet_and_choose(client: Client, room: dict[str, Any], *, first_week: date) -> bool:
    """A meeting on the Monday before `first_week` and a goal from then on; nothing where the room has met already."""
    if next(iter(client.pages("/v1/meetings", room_id=room["id"])), None) is not None:
        return False
    client.post("/v1/meetings", meeting(room["id"], held_on=first_week), idempotent=True)
    made = goal(room["id"], first_week=first_week)
    client.post("/v1/goals", made, idempotent=True)
    client.patch(f"/v1/goals/{made['id']}", {"step": "started"}, if_match="*")
    return True


def meeting(room_id: str, *, held_on: date) -> dict[str, Any]:
    return {
        "id": _id(room_id, f"meeting/{held_on}"),
        "room_id": room_id,
        "held_on": str(held_on),
        "participants": 4,
        "interpretation": "De yngste og de flersprogede er sjældnere med i fokussamtaler end de andre.",
        "adjustments": [
            {"id": _id(room_id, f"{held_on}/{kind}"), "kind": kind, "text": text, "responsible": who}
            for kind, text, who in _ADJUSTMENTS
        ],
    }


def goal(room_id: str, *, first_week: date) -> dict[str, Any]:
    """About planning in the team's own evaluation, which the fictional rooms have of the period before too."""
    return {
        "id": _id(room_id, f"goal/{first_week}"),
        "room_id": room_id,
        "title": "Vi planlægger og følger op hver uge",
        "measure": "element_score",
        "about": "planning",
        "target": 4,
        "first_week": week_name(first_week),
        "last_week": week_name(first_week + timedelta(weeks=15)),
        "responsible": "Teamet",
        "initiative": "Et fast kvarter fredag middag med ugens registreringer.",
    }


def _id(room_id: str, name: str) -> str:
    return str(uuid5(UUID(room_id), name))
