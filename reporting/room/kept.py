"""A room data report as text to keep, and back: the same value, so the same code and the same pages.

The text has a number for its format. A report kept before a part was added is reopened without that part, and keeps the
code that was printed on it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reporting.document import code_for, plain
from reporting.room.build import RoomReport

FORMAT = 1


class UnknownFormatError(ValueError):
    """The text was written by a newer program."""


def kept(report: RoomReport) -> str:
    """The report as JSON. Numbers are written so that they come back as they are; the order of everything stays."""
    content = {"format": FORMAT, "code": code_for(report), "report": plain(report)}
    return _written(content)


def reopened(text: str) -> RoomReport:
    """The report that `kept` wrote; raises `UnknownFormatError` for a format of later."""
    content = json.loads(text)
    if content["format"] > FORMAT:
        raise UnknownFormatError(content["format"])
    report: RoomReport = _value(RoomReport, content["report"])
    return report if code_for(report) == content["code"] else replace(report, kept_code=content["code"])


def without_children(text: str, codes: Collection[str]) -> str:
    """The kept report in which the children of these codes are nobody: "×1", "×2" in the order of the page. Everything
    else, and the code printed on it, stays; without any of them the text stays as it is.

    >>> text = '{"report":{"children":[{"code":"B07"},{"code":"B08"}],"low_on_both":["B07"],"unobserved":[]}}'
    >>> without_children(text, ["B07"])
    '{"report":{"children":[{"code":"×1"},{"code":"B08"}],"low_on_both":["×1"],"unobserved":[]}}'
    """
    content = json.loads(text)
    report = content["report"]
    told = [row["code"] for row in report["children"]]
    free = (name for number in count(1) if (name := f"×{number}") not in told)
    nobody = {code: next(free) for code in told if code in codes}
    if not nobody:
        return text
    for row in report["children"]:
        row["code"] = nobody.get(row["code"], row["code"])
    for name in ("low_on_both", "unobserved"):
        report[name] = [nobody.get(code, code) for code in report[name]]
    return _written(content)


def _written(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, written: Any) -> Any:  # noqa: PLR0911
    """`written` as what `kind` says it is: the reverse of `plain`."""
    origin, args = get_origin(kind), get_args(kind)
    if written is None or origin is Literal:
        return written
    if origin in (Union, UnionType):
        (kind,) = (arg for arg in args if arg is not NoneType)
        return _value(kind, written)
    if origin is tuple:
        kinds = [args[0]] * len(written) if args[-1] is Ellipsis else args
        return tuple(_value(of, member) for of, member in zip(kinds, written, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _value(args[1], member) for key, member in written.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{it.name: _field(hints[it.name], written, it) for it in fields(kind)})
    if kind in (date, datetime):
        return kind.fromisoformat(written)
    return written


def _field(kind: Any, written: Mapping[str, Any], field: Field[Any]) -> Any:
    """A part added since has nothing to say."""
    if field.name in written:
        return _value(kind, written[field.name])
    if field.default is not MISSING:
        return field.default
    if NoneType in get_args(kind):
        return None
    return {tuple: (), dict: {}, int: 0}[get_origin(kind) or kind]  # anything else needs a format of its own
