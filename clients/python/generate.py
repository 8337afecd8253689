"""Writes `vls_client/models.py` and `vls_client/operations/` from `openapi.yaml`; with `--check` only says whether they
are what it would write."""

import json
import keyword
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT, PACKAGE = HERE.parents[1], HERE / "vls_client"
METHODS = ("get", "post", "put", "patch", "delete")
DONE_BY_CLIENTS = {"getToken"}  # a form, and the first thing a client does by itself
SAFE = {"createImport", "createDownloadLink", "previewCalendar"}  # the same again does no harm, though no id is sent
TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "Any"}
HEAD = '"""{title}. Written from openapi.yaml; change that, and `make openapi`."""\n'


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        write_models(fresh / "models.py")
        document = yaml.safe_load((ROOT / "openapi.yaml").read_text())
        for name, text in modules(document):
            (fresh / "operations").mkdir(exist_ok=True)
            (fresh / "operations" / f"{name}.py").write_text(text)
        style = ["--quiet", "--config", str(ROOT / "pyproject.toml"), str(fresh)]
        ruff = [sys.executable, "-m", "ruff"]
        subprocess.run([*ruff, "check", "--fix", "--select", "I,F401,UP", *style], check=True)  # noqa: S603 - our own
        subprocess.run([*ruff, "format", *style], check=True)  # noqa: S603
        files = sorted(path.relative_to(fresh) for path in fresh.rglob("*.py"))
        if "--check" in sys.argv:
            known = {path.relative_to(PACKAGE) for path in (PACKAGE / "operations").glob("*.py")} | {Path("models.py")}
            stale = [str(path) for path in files if _text(PACKAGE / path) != _text(fresh / path)]
            stale += [str(path) for path in known - set(files)]
            sys.exit(f"stale: {', '.join(stale)}; run make openapi" if stale else 0)
        for path in files:
            (PACKAGE / path).parent.mkdir(exist_ok=True)
            (PACKAGE / path).write_text(_text(fresh / path))


def write_models(to: Path) -> None:
    """The bodies and answers, as typed dictionaries: what the service sends is handed on as it is."""
    command = [
        sys.executable, "-m", "datamodel_code_generator", "--input", str(ROOT / "openapi.yaml"), "--input-file-type",
        "openapi", "--output", str(to), "--output-model-type", "typing.TypedDict", "--target-python-version", "3.11",
        "--no-use-closed-typed-dict", "--use-standard-collections", "--use-union-operator", "--use-schema-description",
        "--disable-timestamp", "--formatters", "builtin", "--custom-file-header",
        HEAD.format(title="Bodies and answers").strip(),
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603 - our own program


def modules(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The source of each module: the operations of a tag, and a list of them all."""
    by_tag: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            operation = operations.get(method)
            if operation is not None and operation["operationId"] not in DONE_BY_CLIENTS:
                by_tag.setdefault(operation["tags"][0], []).append(function(document, method, path, operation))
    for tag, functions in sorted(by_tag.items()):
        used = (
            "from typing import Any, Literal\n\nfrom vls_client import models\nfrom vls_client.flow import Call\n"
            "from vls_client.requests import condition, part, query, with_id\n"
        )
        yield tag, "\n\n".join([HEAD.format(title=f"Operations of {tag}") + "\n" + used, *functions])
    yield "__init__", HEAD.format(title="Every operation of the service, by what it is about")


def function(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    in_path = [it for it in parameters if it["in"] == "path"]
    in_query = [it for it in parameters if it["in"] == "query" and it["name"] != "signature"]
    conditional = any(it["in"] == "header" and it["name"].lower() == "if-match" for it in parameters)
    body, again = _body(document, operation)
    arguments = [f"{_name(it['name'])}: str" for it in in_path] + body
    keywords = [f"{_name(it['name'])}: {_type(it['schema'])}" for it in in_query if it.get("required")]
    keywords += [
        f"{_name(it['name'])}: {_optional(_type(it['schema']))} = None" for it in in_query if not it.get("required")
    ]
    keywords += ["if_match: str | None = None"] if conditional else []
    for it in in_path:
        path = path.replace("{" + it["name"] + "}", "{part(" + _name(it["name"]) + ")}")
    given = [json.dumps(method.upper()), ("f" if in_path else "") + json.dumps(path)]
    if in_query:
        given.append("query({" + ", ".join(f'"{it["name"]}": {_name(it["name"])}' for it in in_query) + "})")
    identified = "with_id(body)" if again and operation["operationId"] not in SAFE else "body"
    given += [f"json={identified}" if it.startswith("body") else "content=content" for it in body]
    given += ["headers=condition(if_match)"] if conditional else []
    given += ["again=True"] if method == "post" and again else []
    signature = ", ".join([*arguments, *(["*", *keywords] if keywords else [])])
    said = operation.get("description", operation["summary"]).split("\n\n")[0].replace("\n", " ").replace("\\", "")
    return (
        f"def {_name(operation['operationId'])}({signature}) -> Call[{_answer(operation)}]:\n"
        f'    """{_wrapped(said)}"""\n    return Call({", ".join(given)})\n'
    )


def _body(document: dict[str, Any], operation: dict[str, Any]) -> tuple[list[str], bool]:
    """The argument of the body, and whether an id in it makes it safe to send again."""
    content = operation.get("requestBody", {}).get("content")
    if content is None:
        return [], operation["operationId"] in SAFE
    schema = content.get("application/json", {}).get("schema", {})
    if "$ref" not in schema:
        return ["content: Any"], operation["operationId"] in SAFE
    fields = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]].get("properties", {})
    return [f"body: {_type(schema)}"], "id" in fields or operation["operationId"] in SAFE


def _answer(operation: dict[str, Any]) -> str:
    success = next(it for code, it in operation["responses"].items() if str(code).startswith("2"))
    content = success.get("content")
    if not content:
        return "None"
    if list(content) == ["application/json"]:
        return _type(content["application/json"].get("schema", {}))
    return "Any" if "application/json" in content else "bytes"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "models." + schema["$ref"].rpartition("/")[2].replace("_", "")  # as the models are named
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(it) for it in schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(map(json.dumps, schema['enum']))}]"
    if "const" in schema:
        return f"Literal[{json.dumps(schema['const'])}]"
    if schema.get("type") == "array":
        return f"list[{_type(schema.get('items', {}))}]"
    return TYPES.get(schema.get("type", "object"), "Any")


def _optional(type_: str) -> str:
    return type_ if type_.endswith("| None") or type_ == "Any" else f"{type_} | None"


def _name(written: str) -> str:
    """As Python writes it: `getRoom` is `get_room`, `from` is `from_`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written).replace("-", "_").lower()
    return f"{snake}_" if keyword.iskeyword(snake) else snake


def _wrapped(said: str) -> str:
    words, lines = said.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 108:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n    ".join(lines)


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    main()
