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
    await tx.refresh(row, with_for_update=True)
    if if_match is None:
        if required:
            raise Problem("precondition-required")
        return
    wanted = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    if "*" not in wanted and str(row.revision) not in wanted:
        raise Problem("stale-version")
