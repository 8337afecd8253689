"""A room data report as text to keep, and back: the same value, so the same code and the same pages.

The text has a number for its format. A report kept before a part was added is reopened without that part, and keeps the
code that was printed on it.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
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
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def reopened(text: str) -> RoomReport:
    """The report that `kept` wrote; raises `UnknownFormatError` for a format of later."""
    content = json.loads(text)
    if content["format"] > FORMAT:
        raise UnknownFormatError(content["format"])
    report: RoomReport = _value(RoomReport, content["report"])
    return report if code_for(report) == content["code"] else replace(report, kept_code=content["code"])


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
