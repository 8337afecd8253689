"""Checks one answer against the OpenAPI document: known status, documented media type, body of the schema."""

import json
from functools import cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from api.routing import operations_at

UNDESCRIBED = ("/docs", "/openapi.json", "/static-offline-docs", "/app/", "/svar", "/demo/issuer/")


def validated(app: Any, request: httpx.Request, response: httpx.Response) -> None:
    """Raise `AssertionError` unless the document describes this answer."""
    path = request.url.path
    if path == "/" or path.startswith(UNDESCRIBED):
        return
    assert response.headers.get("x-request-id"), "every answer carries its request id"
    method = "GET" if request.method == "HEAD" else request.method
    template = _template(app, method, path)
    if template is None:
        assert response.status_code in (404, 405), f"{request.method} {path} is not described"
        _problem(app, response)
        return
    operation = app.openapi()["paths"][template][method.lower()]
    described = operation["responses"].get(str(response.status_code))
    if request.method == "HEAD":
        assert described is not None
        assert not response.content
        return
    assert described is not None, (
        f"{request.method} {template} does not describe {response.status_code}: {response.text[:500]}"
    )
    content = described.get("content")
    if not content:
        assert not response.content, f"{request.method} {template} {response.status_code} should have no body"
        return
    media_type = response.headers["content-type"].split(";")[0]
    assert media_type in content, f"{template} does not describe {media_type}"
    if media_type.endswith("json"):
        _check(app, content[media_type].get("schema", {}), response.json(), f"{request.method} {template}")


def _template(app: Any, method: str, path: str) -> str | None:
    found = (route.path for route in operations_at(app, path) if method in (route.methods or ()))
    return next((template for template in found if template in app.openapi()["paths"]), None)


def _problem(app: Any, response: httpx.Response) -> None:
    if response.content:
        assert response.headers["content-type"].startswith("application/problem+json"), response.text[:300]
        _check(app, {"$ref": "#/components/schemas/ProblemBody"}, response.json(), "problem")


def _check(app: Any, schema: dict[str, Any], body: Any, what: str) -> None:
    errors = list(_validator(app, json.dumps(schema)).iter_errors(body))
    assert not errors, f"{what}: {errors[0].json_path} {errors[0].message[:500]}"


@cache
def _validator(app: Any, schema: str) -> Draft202012Validator:
    document = app.openapi()
    return Draft202012Validator({**json.loads(schema), "components": document["components"]})
