"""The contract as a whole: sound, committed, and every operation says what it may answer."""

from typing import Any

import yaml
from openapi_spec_validator import validate

from api.openapi import FILE, as_yaml


def test_the_document_is_sound(app: Any) -> None:
    validate(yaml.safe_load(as_yaml(app)))


def test_the_committed_document_is_the_one_the_code_makes(app: Any) -> None:
    assert FILE.read_text() == as_yaml(app)


def test_every_operation_has_a_summary_and_describes_its_problems(app: Any) -> None:
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            what = f"{method} {path}"
            assert operation.get("summary"), what
            if path.startswith("/v1/") and operation["operationId"] != "getToken":
                assert {"401", "403", "422", "503"} <= set(operation["responses"]), what


def test_too_many_requests_is_answered_only_where_attempts_are_counted(app: Any) -> None:
    paths = app.openapi()["paths"]
    limited = {path for path, methods in paths.items() for it in methods.values() if "429" in it["responses"]}
    assert limited == {"/v1/oauth/token", "/v1/devices/enrol"}


def test_inputs_refuse_unknown_fields_and_outputs_carry_every_field(app: Any) -> None:
    schemas = app.openapi()["components"]["schemas"]
    loose = [
        name
        for name, schema in schemas.items()
        if schema.get("type") == "object" and schema.get("additionalProperties", True) is not False
    ]
    assert loose == []
    partial = [
        name
        for name, schema in schemas.items()
        if name.endswith("Out") and set(schema.get("required", ())) != set(schema.get("properties", ()))
    ]
    assert partial == []


def test_names_of_types_are_words_and_not_places_in_our_code(app: Any) -> None:
    """Two types of one name would be told apart by their modules: moving code would change the contract."""
    assert [name for name in app.openapi()["components"]["schemas"] if name.startswith("api__")] == []
