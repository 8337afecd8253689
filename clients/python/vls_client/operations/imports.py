"""Operations of imports. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Any, Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part, query


def create_import(
    dataset: str,
    content: Any,
    *,
    mode: Literal["check", "commit"] | None = None,
    atomic: str | None = None,
    round_id: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Call[models.ImportOut]:
    """Hand in a file. `mode=check` says what a commit would do and changes nothing; follow `Location` for the
    verdict."""
    return Call(
        "POST",
        f"/v1/imports/{part(dataset)}",
        query({"mode": mode, "atomic": atomic, "round_id": round_id, "key": key, "version": version}),
        content=content,
        again=True,
    )


def get_import(id: str) -> Call[models.ImportOut]:
    """How far the import is, and its report when it is over."""
    return Call("GET", f"/v1/imports/{part(id)}")


def list_import_issues(id: str, *, limit: int | None = None, cursor: str | None = None) -> Call[models.PageIssueOut]:
    """Everything that is wrong in the file, in its order."""
    return Call("GET", f"/v1/imports/{part(id)}/issues", query({"limit": limit, "cursor": cursor}))
