"""A municipality with two rooms of children, and activities to record there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.conftest import Api

UNIT = {"external_id": "sol", "name": "Solsikken", "setting_type": "kindergarten"}
ELSEWHERE = {"external_id": "mane", "name": "Månen", "setting_type": "kindergarten"}
SINCE = "2026-08-01"


@dataclass(frozen=True)
class Rooms:
    """`bi` with the children B01, B02, ... and `humle`, in another unit, with H01."""

    bi: str
    humle: str
    children: dict[str, str]

    def activity(self, *children: str, **fields: Any) -> dict[str, Any]:
        """An activity in `bi` on the Monday of 2026-W42 that nobody recorded yet."""
        return {
            "id": str(uuid4()),
            "room_id": self.bi,
            "observed_on": "2026-10-12",
            "kind": "immersion_activity",
            "learning_areas": ["language"],
            "strategies": ["open_questions"],
            "child_ids": [self.children[child] for child in children or ("B01", "B02")],
            "recorded_at": "2026-10-12T10:15:00+02:00",
        } | fields


async def furnish(admin: Api, *, children: Iterable[dict[str, Any]] | int = 3) -> Rooms:
    """Make the rooms; `children` of `bi` are given by their number or by what is known of each."""
    for unit in (UNIT, ELSEWHERE):
        await _created(admin, "units", unit)
    bi = await _created(admin, "rooms", {"external_id": "bi", "name": "Bierne", "unit_external_id": "sol"})
    humle = await _created(admin, "rooms", {"external_id": "humle", "name": "Humlebierne", "unit_external_id": "mane"})
    known: list[dict[str, Any]] = [{}] * children if isinstance(children, int) else list(children)
    born = [{"external_id": f"B{at:02}", "room_external_id": "bi"} | child for at, child in enumerate(known, start=1)]
    born.append({"external_id": "H01", "room_external_id": "humle"})
    ids = {
        child["external_id"]: (await _created(admin, "children", {"valid_from": SINCE} | child))["id"] for child in born
    }
    return Rooms(bi=bi["id"], humle=humle["id"], children=ids)


async def _created(client: Api, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
