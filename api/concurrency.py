"""Two people at once: the revision as an ETag, and If-Match before a change."""

from typing import Any

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.problems import Problem
from api.wire import Output


def tagged(response: Response, answer: Any) -> Output:
    """`answer`, with its revision as the ETag."""
    response.headers["ETag"] = f'"{answer.revision}"'
    return answer  # type: ignore[no-any-return]


async def expect(tx: AsyncSession, row: Any, if_match: str | None, *, required: bool = True) -> None:
    """Lock `row` and refuse the change unless `if_match` names its revision."""
    await tx.refresh(row, with_for_update={"key_share": True})
    if if_match is None and required:
        raise Problem("precondition-required")
    refuse_stale(row.revision, if_match)


def refuse_stale(revision: int, if_match: str | None) -> None:
    """Refuse what was said of another revision; who sends no If-Match says it of any."""
    wanted = {tag.strip().removeprefix("W/").strip('"') for tag in (if_match or "*").split(",")}
    if "*" not in wanted and str(revision) not in wanted:
        raise Problem("stale-version")
