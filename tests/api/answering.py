"""A municipality with an open round, links into it, and people who answer: what several tests of answering share."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.conftest import Api, World

ITEMS = [f"{component}{n}" for component in ("will", "can") for n in (1, 2, 3)]
LABELS = [{"da": f"Svar {n}", "en": f"Answer {n}"} for n in range(1, 6)]
INSTRUMENT: dict[str, Any] = {
    "key": "kort",
    "version": 1,
    "title": {"da": "Kort skema", "en": "Short form"},
    "scale": {"min": 1, "max": 5, "labels": LABELS},
    "components": [
        {"key": "will", "kind": "primary", "title": {"da": "Vilje", "en": "Will"}},
        {
            "key": "can",
            "kind": "primary",
            "title": {"da": "Kapacitet", "en": "Capacity"},
            "scale": {"min": 0, "max": 10, "labels": []},
        },
    ],
    "items": [
        {
            "key": key,
            "component": key[:-1],
            "text": {"da": f"Udsagn {key}", "en": f"Item {key}"},
            "reverse": key == "will2",
        }
        for key in ITEMS
    ],
}
ROUND = {
    "instrument_key": "kort",
    "instrument_version": 1,
    "title": "Parathed efterår",
    "opens_on": "2026-10-01",
    "closes_on": "2026-10-30",
}
UNITS = ("sol", "maane", "stjerne")


@dataclass(frozen=True, slots=True)
class Round:
    """An open round of three units in two areas, and what its administration and its staff do."""

    world: World
    admin: Api
    people: Api
    id: str
    units: dict[str, str]

    @property
    def path(self) -> str:
        return f"/v1/survey-rounds/{self.id}"

    async def links(self, unit: str, count: int) -> list[str]:
        """Tokens of fresh personal links."""
        made = await self.invite({"unit_external_id": unit, "links": count})
        return [token_of(link) for link in made["units"][0]["links"]]

    async def invite(self, *units: dict[str, Any]) -> Any:
        answer = await self.admin.post(f"{self.path}/invitations", json={"units": list(units)})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def answered(self) -> dict[str, int]:
        progress = (await self.admin.get(f"{self.path}/progress")).json()
        names = {id_: name for name, id_ in self.units.items()}
        return {names[unit["unit_id"]]: unit["answered"] for unit in progress["units"]}

    async def submit(self, token: str, value: int = 3, **more: Any) -> Any:
        body = {"answers": dict.fromkeys(ITEMS, value), "submit": True} | more
        return await self.people.put(f"/v1/answers/{token}", json=body)


def token_of(link: str) -> str:
    return link.rpartition("#")[2]


async def quiet_round(new_world: Callable[[], Awaitable[World]]) -> AsyncIterator[Round]:
    """A round for tests that leave nothing behind, made once for all of them."""
    world = await new_world()
    async with await world.client() as admin, Api(world.app) as people:
        yield await made_round(world, admin, people)


async def made_round(world: World, admin: Api, people: Api, *, opened: bool = True, **round_: Any) -> Round:
    units = {}
    for area in ("ost", "vest"):
        await admin.post("/v1/areas", json={"external_id": area, "name": area.title()})
    for unit in UNITS:
        area = "vest" if unit == "stjerne" else "ost"
        body = {"external_id": unit, "name": unit.title(), "setting_type": "kindergarten", "area_external_id": area}
        answer = await admin.post("/v1/units", json=body)
        if answer.status_code != 201:
            answer = await admin.get("/v1/units", params={"external_id": unit})
        units[unit] = (answer.json().get("items") or [answer.json()])[0]["id"]
    await admin.post("/v1/instruments", json=INSTRUMENT)
    made = await admin.post("/v1/survey-rounds", json=ROUND | round_)
    assert made.status_code == 201, made.text
    if opened:
        await admin.post(f"/v1/survey-rounds/{made.json()['id']}/open")
    return Round(world=world, admin=admin, people=people, id=made.json()["id"], units=units)
