"""Operations of roster. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import condition, part, query, with_id


def get_municipality() -> Call[models.MunicipalityOut]:
    """The municipality the token belongs to."""
    return Call("GET", "/v1/municipality")


def list_areas(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    external_id: str | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[models.PageAreaOut]:
    """List areas"""
    return Call(
        "GET", "/v1/areas", query({"limit": limit, "cursor": cursor, "external_id": external_id, "language": language})
    )


def create_area(body: models.AreaIn) -> Call[models.AreaOut]:
    """Create one of the areas; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/areas", json=with_id(body), again=True)


def get_area(id: str) -> Call[models.AreaOut]:
    """Get one of the areas"""
    return Call("GET", f"/v1/areas/{part(id)}")


def change_area(id: str, body: models.AreaPatch, *, if_match: str | None = None) -> Call[models.AreaOut]:
    """Change the fields that are sent; needs If-Match"""
    return Call("PATCH", f"/v1/areas/{part(id)}", json=body, headers=condition(if_match))


def delete_area(id: str, *, if_match: str | None = None) -> Call[None]:
    """Delete softly; it can be restored"""
    return Call("DELETE", f"/v1/areas/{part(id)}", headers=condition(if_match))


def restore_area(id: str) -> Call[models.AreaOut]:
    """Bring back what was deleted"""
    return Call("POST", f"/v1/areas/{part(id)}/restore")


def list_units(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    external_id: str | None = None,
    language: Literal["da", "en"] | None = None,
    area_id: str | None = None,
) -> Call[models.PageUnitOut]:
    """List units"""
    return Call(
        "GET",
        "/v1/units",
        query({"limit": limit, "cursor": cursor, "external_id": external_id, "language": language, "area_id": area_id}),
    )


def create_unit(body: models.UnitIn) -> Call[models.UnitOut]:
    """Create one of the units; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/units", json=with_id(body), again=True)


def get_unit(id: str) -> Call[models.UnitOut]:
    """Get one of the units"""
    return Call("GET", f"/v1/units/{part(id)}")


def change_unit(id: str, body: models.UnitPatch, *, if_match: str | None = None) -> Call[models.UnitOut]:
    """Change the fields that are sent; needs If-Match"""
    return Call("PATCH", f"/v1/units/{part(id)}", json=body, headers=condition(if_match))


def delete_unit(id: str, *, if_match: str | None = None) -> Call[None]:
    """Delete softly; it can be restored"""
    return Call("DELETE", f"/v1/units/{part(id)}", headers=condition(if_match))


def restore_unit(id: str) -> Call[models.UnitOut]:
    """Bring back what was deleted"""
    return Call("POST", f"/v1/units/{part(id)}/restore")


def list_rooms(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    external_id: str | None = None,
    language: Literal["da", "en"] | None = None,
    unit_id: str | None = None,
) -> Call[models.PageRoomOut]:
    """List rooms"""
    return Call(
        "GET",
        "/v1/rooms",
        query({"limit": limit, "cursor": cursor, "external_id": external_id, "language": language, "unit_id": unit_id}),
    )


def create_room(body: models.RoomIn) -> Call[models.RoomOut]:
    """Create one of the rooms; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/rooms", json=with_id(body), again=True)


def get_room(id: str) -> Call[models.RoomOut]:
    """Get one of the rooms"""
    return Call("GET", f"/v1/rooms/{part(id)}")


def change_room(id: str, body: models.RoomPatch, *, if_match: str | None = None) -> Call[models.RoomOut]:
    """Change the fields that are sent; needs If-Match"""
    return Call("PATCH", f"/v1/rooms/{part(id)}", json=body, headers=condition(if_match))


def delete_room(id: str, *, if_match: str | None = None) -> Call[None]:
    """Delete softly; it can be restored"""
    return Call("DELETE", f"/v1/rooms/{part(id)}", headers=condition(if_match))


def restore_room(id: str) -> Call[models.RoomOut]:
    """Bring back what was deleted"""
    return Call("POST", f"/v1/rooms/{part(id)}/restore")


def list_children(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    external_id: str | None = None,
    language: Literal["da", "en"] | None = None,
    room_id: str | None = None,
) -> Call[models.PageChildOut]:
    """List children"""
    return Call(
        "GET",
        "/v1/children",
        query({"limit": limit, "cursor": cursor, "external_id": external_id, "language": language, "room_id": room_id}),
    )


def create_child(body: models.ChildIn) -> Call[models.ChildOut]:
    """Create one of the children; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/children", json=with_id(body), again=True)


def get_child(id: str) -> Call[models.ChildOut]:
    """Get one of the children"""
    return Call("GET", f"/v1/children/{part(id)}")


def change_child(id: str, body: models.ChildPatch, *, if_match: str | None = None) -> Call[models.ChildOut]:
    """Change the fields that are sent; needs If-Match"""
    return Call("PATCH", f"/v1/children/{part(id)}", json=body, headers=condition(if_match))


def delete_child(id: str, *, if_match: str | None = None) -> Call[None]:
    """Delete softly; it can be restored"""
    return Call("DELETE", f"/v1/children/{part(id)}", headers=condition(if_match))


def restore_child(id: str) -> Call[models.ChildOut]:
    """Bring back what was deleted"""
    return Call("POST", f"/v1/children/{part(id)}/restore")


def list_staff(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    external_id: str | None = None,
    language: Literal["da", "en"] | None = None,
    unit_id: str | None = None,
    room_id: str | None = None,
) -> Call[models.PageStaffOut]:
    """List staff"""
    return Call(
        "GET",
        "/v1/staff",
        query(
            {
                "limit": limit,
                "cursor": cursor,
                "external_id": external_id,
                "language": language,
                "unit_id": unit_id,
                "room_id": room_id,
            }
        ),
    )


def create_staff(body: models.StaffIn) -> Call[models.StaffOut]:
    """Create one of the staff; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/staff", json=with_id(body), again=True)


def get_staff(id: str) -> Call[models.StaffOut]:
    """Get one of the staff"""
    return Call("GET", f"/v1/staff/{part(id)}")


def change_staff(id: str, body: models.StaffPatch, *, if_match: str | None = None) -> Call[models.StaffOut]:
    """Change the fields that are sent; needs If-Match"""
    return Call("PATCH", f"/v1/staff/{part(id)}", json=body, headers=condition(if_match))


def delete_staff(id: str, *, if_match: str | None = None) -> Call[None]:
    """Delete softly; it can be restored"""
    return Call("DELETE", f"/v1/staff/{part(id)}", headers=condition(if_match))


def restore_staff(id: str) -> Call[models.StaffOut]:
    """Bring back what was deleted"""
    return Call("POST", f"/v1/staff/{part(id)}/restore")


def list_room_children(
    id: str, *, on: str | None = None, limit: int | None = None, cursor: str | None = None
) -> Call[models.PageChildOut]:
    """The children who belong to the room on a day. Who has left your place since is not shown."""
    return Call("GET", f"/v1/rooms/{part(id)}/children", query({"on": on, "limit": limit, "cursor": cursor}))
