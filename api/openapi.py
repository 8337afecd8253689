"""The OpenAPI document: made from the code, completed with what FastAPI cannot know, kept as `openapi.yaml`."""

import sys
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import SecretStr

from api.problems import ProblemBody, documented
from api.settings import Settings

FILE = Path(__file__).parent.parent / "openapi.yaml"

DESCRIPTION = """Measurements for *Vi lærer sammen*: readiness surveys and systematic observation in daycare.

Get a token at `POST /v1/oauth/token`, send it as `Authorization: Bearer ...`. Errors are `application/problem+json`
with a permanent `code`; all codes with their Danish and English sentences are at [/docs/problems](/docs/problems).
"""


def install(app: FastAPI) -> None:
    """Make `app.openapi()` return the completed document."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, routes=app.routes, description=DESCRIPTION, openapi_version="3.1.0"
    )
    schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = document["components"]["schemas"]
    schemas.update(schema.pop("$defs"))
    schemas["ProblemBody"] = schema
    for operation in (operation for methods in document["paths"].values() for operation in methods.values()):
        if "requestBody" in operation and operation["operationId"] != "getToken":
            body_problems = documented("malformed-request", "body-too-large", "unsupported-media-type")
            answers = {str(status): described for status, described in body_problems.items()} | operation["responses"]
            operation["responses"] = dict(sorted(answers.items()))
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def as_yaml(app: FastAPI) -> str:
    """The document as it is committed: keys in the order they were made, no anchors."""
    written: str = yaml.safe_dump(app.openapi(), sort_keys=False, allow_unicode=True, width=120)
    return written


def main(mode: str) -> None:
    """`--write` writes `openapi.yaml`; `--check` fails when it differs from the code."""
    from api.main import create_app  # noqa: PLC0415 - the application imports this module

    settings = Settings(database_url="postgresql://nobody@/nothing", secret_key=SecretStr("x" * 32))
    current = as_yaml(create_app(settings))
    if mode == "--write":
        FILE.write_text(current)
    elif FILE.read_text() != current:
        raise SystemExit("openapi.yaml differs from the code: run `make openapi` and look at the difference")


if __name__ == "__main__":
    main(sys.argv[1])
