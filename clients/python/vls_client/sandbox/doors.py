"""Ways into the apps: an open round with a link to its questionnaire, and a tablet with a code that enrols it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from vls_client.client import Client
from vls_client.sandbox.answers import instrument

OPEN_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Doors:
    """What the apps open: the round and the unit that answers it, the tablet of a room."""

    round_id: str
    unit_id: str
    device_id: str

    def links(self, client: Client) -> dict[str, str]:
        """A fresh link to a questionnaire that nobody has answered, and a fresh code for the tablet."""
        invited = {"units": [{"unit_id": self.unit_id, "links": 1}]}
        (unit,) = client.post(f"/v1/survey-rounds/{self.round_id}/invitations", invited)["units"]
        enrolment = client.post(f"/v1/devices/{self.device_id}/enrolment")
        return {"questionnaire": unit["links"][0], "tablet": enrolment["link"]}


def doors(client: Client, *, room_id: str, unit_id: str, today: date) -> Doors:
    """The open round of this month and the tablet of the room; made where they are not there yet."""
    municipality = UUID(client.get("/v1/municipality")["id"])
    device = str(uuid5(municipality, f"tablet/{room_id}"))
    client.post("/v1/devices", {"id": device, "room_id": room_id, "name": "Den blå tablet"}, idempotent=True)
    month = today.replace(day=1)
    round_id = str(uuid5(municipality, f"readiness/open/{month:%Y-%m}"))
    if not any(known["id"] == round_id for known in client.pages("/v1/survey-rounds", limit=500)):
        questions = instrument()
        body = {
            "id": round_id,
            "instrument_key": questions["key"],
            "instrument_version": questions["version"],
            "title": "Tredje måling",
            "opens_on": str(month),
            "closes_on": str(month + timedelta(weeks=OPEN_WEEKS)),
        }
        client.post("/v1/survey-rounds", body, idempotent=True)
        client.post(f"/v1/survey-rounds/{round_id}/open")
    return Doors(round_id=round_id, unit_id=unit_id, device_id=device)
