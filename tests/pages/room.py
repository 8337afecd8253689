"""A room with children and colleagues, and a tablet that waits for its code."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.conftest import Api

NAMES = ("Alma", "Aksel", "Bjørk", "Carl", "Dagny", "Ella", "Frida", "Gustav")


@dataclass(frozen=True, slots=True)
class TabletRoom:
    """What the tests of the tablet ask the server about it; `children` by name."""

    admin: Api
    id: str
    device: str
    children: dict[str, str]

    async def code(self) -> str:
        answer = await self.admin.post(f"/v1/devices/{self.device}/enrolment")
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    async def activities(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            params = {"room_id": self.id, "limit": "500"} | ({"cursor": cursor} if cursor else {})
            page = (await self.admin.get("/v1/activities", params=params)).json()
            found += page["items"]
            if (cursor := page["next"]) is None:
                return found

    async def week(self, week: str) -> dict[str, Any]:
        return (await self.admin.get(f"/v1/rooms/{self.id}/weeks/{week}")).json()  # type: ignore[no-any-return]


async def made(admin: Api, path: str, body: dict[str, Any]) -> str:
    answer = await admin.post(f"/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def tablet_room(admin: Api, names: tuple[str, ...] = NAMES) -> TabletRoom:
    await made(admin, "areas", {"external_id": "ost", "name": "Øst"})
    unit = {"external_id": "sol", "name": "Solsikken", "setting_type": "kindergarten", "area_external_id": "ost"}
    unit_id = await made(admin, "units", unit)
    room = await made(admin, "rooms", {"external_id": "bi", "name": "Bierne", "unit_external_id": "sol"})
    birth = (date.today() - timedelta(days=4 * 365)).strftime("%Y-%m")  # noqa: DTZ011 - the day the server has
    children = {
        name: await made(
            admin,
            "children",
            {
                "external_id": f"B{number:02}", "first_name": name, "room_id": room, "birth_month": birth,
                "valid_from": "2026-01-01",
            },
        )
        for number, name in enumerate(names, 1)
    }  # fmt: skip
    for key, name in (("anna", "Anna Holm"), ("bo", "Bo Lind")):
        person = {"external_id": key, "name": name, "role": "educator", "unit_id": unit_id, "room_id": room}
        await made(admin, "staff", person)
    device = await made(admin, "devices", {"room_id": room, "name": "Den blå"})
    return TabletRoom(admin=admin, id=room, device=device, children=children)
