"""Operations of explanations. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part, query


def explain_result(
    id: str,
    *,
    scope: str | None = None,
    component: str | None = None,
    item: str | None = None,
    measure: str | None = None,
    by: Literal["setting_type", "role"] | None = None,
    group: str | None = None,
    merged: bool | None = None,
    since: str | None = None,
) -> Call[models.ResultExplanationOut]:
    """How a number of a closed round was made, of what, and by which rules; or why it is not shown."""
    return Call(
        "GET",
        f"/v1/explanations/survey-rounds/{part(id)}",
        query(
            {
                "scope": scope,
                "component": component,
                "item": item,
                "measure": measure,
                "by": by,
                "group": group,
                "merged": merged,
                "since": since,
            }
        ),
    )


def explain_participation(
    id: str,
    *,
    child_id: str,
    kind: Literal["immersion_activity", "focus_conversation"],
    from_: str | None = None,
    to: str | None = None,
) -> Call[models.ParticipationExplanationOut]:
    """Which weeks counted for a child, what was recorded in each, and the line it is held against."""
    return Call(
        "GET",
        f"/v1/explanations/rooms/{part(id)}",
        query({"child_id": child_id, "kind": kind, "from": from_, "to": to}),
    )
