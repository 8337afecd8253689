"""Who is asking: a role, the places it covers, and the scopes it was granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self, get_args
from uuid import UUID

PlaceKind = Literal["municipality", "area", "unit", "room"]
Role = Literal["administration", "area_leader", "leader", "educator", "researcher", "integration", "device"]
Scope = Literal[
    "roster:read", "roster:write", "children:read", "children:write", "observations:read", "observations:write",
    "development:read", "development:write", "surveys:read", "surveys:write", "reports:read", "imports:write",
    "audit:read", "configuration:write", "devices:write",
]  # fmt: skip

ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "device")
"""The roles a credential may have; a tablet gets its own by being enrolled."""
SCOPES: tuple[Scope, ...] = get_args(Scope)

_ROOM_WORK: tuple[Scope, ...] = ("roster:read", "children:read", "observations:write", "reports:read")

# What a role may do when nothing narrower was granted. A researcher reads exports of a registered project only.
# The operator makes an administration credential for a named task, hence also children; see docs/access.md.
SCOPES_OF_ROLE: Mapping[str, tuple[Scope, ...]] = {
    "administration": SCOPES,
    "area_leader": (*_ROOM_WORK, "surveys:read", "devices:write"),
    "leader": (*_ROOM_WORK, "development:write", "surveys:read", "devices:write"),
    "educator": (*_ROOM_WORK, "development:write"),
    "device": ("roster:read", "children:read", "observations:write", "development:write"),
    "researcher": (),
    "integration": ("roster:write", "observations:write", "surveys:write", "imports:write", "reports:read"),
}

PLACES_OF_ROLE: Mapping[str, tuple[PlaceKind, ...]] = {
    "administration": ("municipality",),
    "area_leader": ("area",),
    "leader": ("unit",),
    "educator": ("room",),
    "device": ("room",),
    "researcher": ("municipality",),
    "integration": ("municipality", "area", "unit", "room"),
}

_IMPLIED: Mapping[Scope, tuple[Scope, ...]] = {
    "roster:write": ("roster:read", "children:write", "children:read"),
    "children:write": ("children:read",),
    "observations:write": ("observations:read",),
    "development:write": ("development:read",),
    "surveys:write": ("surveys:read",),
}


def with_implied(scopes: frozenset[Scope]) -> frozenset[Scope]:
    """Who may write may read; the roster includes its children.

    >>> sorted(with_implied(frozenset({"surveys:write"})))
    ['surveys:read', 'surveys:write']
    """
    return scopes | {implied for scope in scopes for implied in _IMPLIED.get(scope, ())}


@dataclass(frozen=True, slots=True)
class Place:
    kind: PlaceKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """The principal of one request. Made from a verified token and nothing else."""

    municipality_id: UUID
    subject: str
    name: str
    role: Role
    places: tuple[Place, ...]
    scopes: frozenset[Scope]
    via: Literal["token", "link"] = "token"

    @property
    def client_id(self) -> UUID | None:
        """The API client, where the caller is one."""
        kind, _, id_ = self.subject.partition(":")
        return UUID(id_) if kind == "client" else None

    @property
    def everywhere(self) -> bool:
        """Whether the whole municipality is covered."""
        return any(place.kind == "municipality" for place in self.places)

    def ids(self, kind: PlaceKind) -> list[UUID]:
        return [place.id for place in self.places if place.kind == kind]

    def claims(self) -> dict[str, object]:
        return {
            "sub": self.subject,
            "name": self.name,
            "mun": str(self.municipality_id),
            "role": self.role,
            "places": [[place.kind, str(place.id)] for place in self.places],
            "scope": " ".join(sorted(self.scopes)),
        }

    @classmethod
    def of_claims(cls, claims: Mapping[str, object]) -> Self:
        places = tuple(Place(kind, UUID(id_)) for kind, id_ in claims["places"])  # type: ignore[attr-defined]
        return cls(
            municipality_id=UUID(str(claims["mun"])),
            subject=str(claims["sub"]),
            name=str(claims["name"]),
            role=claims["role"],  # type: ignore[arg-type]
            places=places,
            scopes=frozenset(str(claims["scope"]).split()),  # type: ignore[arg-type]
        )
