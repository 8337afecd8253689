"""Calls that both clients make, and how a call becomes an HTTP request."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from vls_client.files import Upload
from vls_client.flow import Call, Form, Json

Param = str | int | float | bool | None


def query(params: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments as query parameters; those that are `None` are left out.

    >>> query({"from_": "2026-W35", "limit": 5, "area_id": None})
    {'from': '2026-W35', 'limit': 5}
    """
    return {name.removesuffix("_"): value for name, value in params.items() if value is not None}


def condition(if_match: str | None) -> dict[str, str]:
    return {} if if_match is None else {"If-Match": if_match}


def set_of(call: Call[Any], **params: Param) -> Call[Any]:
    """The same call with other parameters."""
    return replace(call, params={**(call.params or {}), **params})


def import_of(dataset: str, body: Upload, **params: Param) -> Call[Json]:
    return Call("POST", f"/v1/imports/{dataset}", query(params), content=body, again=True)


def order_of(id: str, order: Mapping[str, Param]) -> Call[Json]:
    return Call("POST", "/v1/report-batches", json={"id": id, **query(order)}, again=True)


def link_to(path: str, params: Mapping[str, Param]) -> Call[Json]:
    wanted = str(httpx.URL(path).copy_merge_params(query(params)))
    return Call("POST", "/v1/download-links", json={"path": wanted}, again=True)


def request_of(
    http: httpx.Client | httpx.AsyncClient, call: Call[Any], token: str | None, *, awaited: bool
) -> httpx.Request:
    """The request of one try: a file is read from its beginning each time."""
    headers, content = dict(call.headers or {}), call.content
    data: Mapping[str, str] | None = None
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if isinstance(content, Form):
        data, content = content.fields, None
    elif isinstance(content, Upload):
        headers |= {"Content-Type": content.content_type, "Content-Length": str(content.size)}
        content = content.awaited_chunks() if awaited else content.chunks()
    return http.build_request(
        call.method, call.path, params=call.params, json=call.json, headers=headers, content=content, data=data
    )


def part(value: object) -> str:
    """A value as one part of a path: what a slash or a question mark in it would mean is lost.

    >>> part("area:ost/1?")
    'area%3Aost%2F1%3F'
    """
    return quote(str(value), safe="")


def with_id(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with an id of its own where it has none: the same sent twice is then one thing."""
    return dict(body) if body.get("id") is not None else {**body, "id": str(uuid4())}
