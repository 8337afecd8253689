"""JSON and YAML from anybody, as plain data: nothing is executed, nothing is expanded, nothing is dropped in silence.

Both formats let a key stand twice and keep one of the two; here that is an issue. YAML is taken as the data it has in
common with JSON: without aliases (a few lines of them make billions), without tags, and with the plain words of
YAML 1.2, so that `no` is a text and not `False`.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from domain.cells import shown_safely
from domain.issues import Param, RowIssue

MAX_DEPTH = 20
_WORDS: Mapping[str, Any] = {
    written: meant
    for word, meant in (("true", True), ("false", False), ("null", None))
    for written in (word, word.title(), word.upper())
} | {"": None, "~": None}
_INTEGER = re.compile(r"[-+]?[0-9]{1,100}", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@dataclass(frozen=True, slots=True)
class Document:
    """`lines` leads from a JSON pointer to its line, where the format lets us know it."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    issues: tuple[RowIssue, ...] = ()


class _Unreadable(Exception):
    def __init__(self, code: str, *, line: int | None = None, **params: Param) -> None:
        super().__init__(code)
        self.issue = RowIssue(None, line, None, code, params)


def read_json(body: bytes) -> Document:
    return _read(body, _json)


def read_yaml(body: bytes) -> Document:
    return _read(body, _yaml)


def _read(body: bytes, parse: Callable[[str], Document]) -> Document:
    """Never raises for bad input."""
    try:
        return parse(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return Document(issues=(RowIssue(None, line, None, "file-not-utf-8"),))
    except _Unreadable as unreadable:
        return Document(issues=(unreadable.issue,))


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys it was given more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.doubled = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]


def _json(text: str) -> Document:
    def refuse(constant: str) -> NoReturn:
        raise _Unreadable("unreadable-json", line=1, what=constant)

    try:
        data = json.loads(text, object_pairs_hook=_Object, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise _Unreadable("unreadable-json", line=error.lineno, what=error.msg) from None
    except RecursionError:
        raise _Unreadable("nested-too-deep", limit=MAX_DEPTH) from None
    except ValueError as error:  # a number of thousands of digits
        raise _Unreadable("unreadable-json", what=type(error).__name__) from None
    nested = isinstance(data, dict | list)
    return Document(data, issues=tuple(_doubled(data, pointer="", depth=0)) if nested else ())


def _doubled(data: dict[str, Any] | list[Any], *, pointer: str, depth: int) -> Iterator[RowIssue]:
    if depth > MAX_DEPTH:
        raise _Unreadable("nested-too-deep", limit=MAX_DEPTH)
    if isinstance(data, _Object):
        for key in data.doubled:
            yield _twice(joined(pointer, key), key, line=None)
    inside: Iterable[tuple[object, Any]] = data.items() if isinstance(data, dict) else enumerate(data)
    for part, value in inside:
        if isinstance(value, dict | list):
            yield from _doubled(value, pointer=joined(pointer, part), depth=depth + 1)


def _twice(pointer: str, key: str, *, line: int | None) -> RowIssue:
    return RowIssue(None, line, shown_safely(pointer), "duplicate-field", {"field": shown_safely(key)})


def joined(pointer: str, part: object) -> str:
    """The JSON pointer of something inside `pointer`.

    >>> joined("/items", 3), joined("", "a/b")
    ('/items/3', '/a~1b')
    """
    return f"{pointer}/{str(part).replace('~', '~0').replace('/', '~1')}"


def _yaml(text: str) -> Document:
    building = _Building()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _Unreadable("unreadable-yaml", line=mark.line + 1 if mark else None, what=error.problem or "") from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise _Unreadable("unreadable-yaml", what=getattr(error, "reason", "")) from None
    return Document(building.root, building.lines, tuple(building.issues))


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not closed yet; `key` is the one whose value comes next."""

    inside: dict[str, Any] | list[Any]
    pointer: str
    key: str | None = None


class _Building:
    """Makes plain data of YAML's events, one after the other: no recursion, and no constructor of PyYAML's."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[str, int] = {}
        self.issues: list[RowIssue] = []
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _Unreadable("yaml-alias", line=line)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Unreadable("yaml-several-documents", line=line)
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            if event.tag is not None:
                raise _Unreadable("yaml-tag", line=line, what=shown_safely(event.tag))
            self._node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _node(self, event: yaml.Event, line: int) -> None:
        around = self._open[-1] if self._open else None
        if around is not None and isinstance(around.inside, dict) and around.key is None:
            around.key = self._key(event, around, line)
            return
        part = "" if around is None else around.key if isinstance(around.inside, dict) else len(around.inside)
        pointer = "" if around is None else joined(around.pointer, part)
        self.lines[pointer] = line
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
        else:
            self._open.append(_Open(value, pointer))
        if len(self._open) > MAX_DEPTH:
            raise _Unreadable("nested-too-deep", line=line, limit=MAX_DEPTH)
        if around is None:
            self.root = value
        elif isinstance(around.inside, list):
            around.inside.append(value)
        else:
            around.inside[str(around.key)] = value
            around.key = None

    def _key(self, event: yaml.Event, around: _Open, line: int) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Unreadable("unreadable-yaml", line=line, what="a key that is no text")
        if event.value in around.inside:
            self.issues.append(_twice(joined(around.pointer, event.value), event.value, line=line))
        return str(event.value)


def _scalar(event: yaml.ScalarEvent) -> Any:
    """What stands in quotation marks is text; else numbers and the words of YAML 1.2, and nothing more clever."""
    if not event.implicit[0]:
        return event.value
    if event.value in _WORDS:
        return _WORDS[event.value]
    if _INTEGER.fullmatch(event.value):
        return int(event.value)
    return float(event.value) if _FLOAT.fullmatch(event.value) else event.value


class _Dumper(yaml.SafeDumper):
    """Puts in quotation marks what any reader of YAML, 1.1 or 1.2, might take for something else than text."""


def _quoted(dumper: _Dumper, text: str) -> yaml.Node:
    style = "'" if text in _WORDS or _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


def write_yaml(data: Mapping[str, Any]) -> bytes:
    """YAML that people can edit."""
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()
