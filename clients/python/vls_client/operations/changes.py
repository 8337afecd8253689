"""Operations of changes. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import query


def list_changes(
    *,
    limit: int | None = None,
    after: str | None = None,
    kind: list[
        Literal[
            "area",
            "unit",
            "room",
            "child",
            "staff",
            "activity",
            "week",
            "practice_evaluation",
            "development_assessment",
            "survey_round",
            "goal",
            "meeting",
        ]
    ]
    | None = None,
) -> Call[models.FollowedChangesOut]:
    """What has changed in the municipality since you asked last, from the beginning when `after` is left out."""
    return Call("GET", "/v1/changes", query({"limit": limit, "after": after, "kind": kind}))
