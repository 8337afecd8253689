"""Answering with a document: what is not there is a 404, what is our mistake is not."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import Request

from api.reports.documents import DocumentAsked, Views, answer


@dataclass(frozen=True)
class Nothing:
    """A report without content."""


def mistaken(report: Nothing, **_: Any) -> bytes:
    return {}["a mistake of ours"]  # type: ignore[no-any-return]


async def test_a_mistake_in_a_drawing_is_not_a_chart_that_is_missing(app: Any) -> None:
    request = Request({"type": "http", "app": app, "query_string": b"", "headers": []})
    views = Views(name="intet", as_json=lambda _: {}, as_csv=lambda _, **__: "", draw=mistaken)
    with pytest.raises(KeyError, match="a mistake of ours"):
        await answer(DocumentAsked(request, "pdf", "da"), views, Nothing())
