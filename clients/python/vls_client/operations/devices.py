"""Operations of devices. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part, query, with_id


def list_devices(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    room_id: str | None = None,
    state: Literal["waiting", "enrolled", "revoked"] | None = None,
) -> Call[models.PageDeviceOut]:
    """The tablets of your rooms, revoked ones too."""
    return Call("GET", "/v1/devices", query({"limit": limit, "cursor": cursor, "room_id": room_id, "state": state}))


def create_device(body: models.DeviceIn) -> Call[models.DeviceOut]:
    """A tablet of a room. It waits until it is enrolled with a code (`.../enrolment`)."""
    return Call("POST", "/v1/devices", json=with_id(body), again=True)


def enrol_device(body: models.EnrolIn) -> Call[models.EnrolledOut]:
    """Enrol the tablet that sends this; needs no token. A code works once, for half an hour."""
    return Call("POST", "/v1/devices/enrol", json=body)


def get_device(id: str) -> Call[models.DeviceOut]:
    """One tablet."""
    return Call("GET", f"/v1/devices/{part(id)}")


def revoke_device(id: str) -> Call[None]:
    """End the tablet's access: it forgets the key to what it holds, and stops within seconds."""
    return Call("DELETE", f"/v1/devices/{part(id)}")


def create_enrolment(id: str) -> Call[models.EnrolmentOut]:
    """A new one-time code, also for a tablet that was revoked, or wiped: it gets the same key as before."""
    return Call("POST", f"/v1/devices/{part(id)}/enrolment")
