"""What the commands share: their options, how failures end, and how answers are told."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EISDIR
from os import strerror
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console

from vls_client.access import access
from vls_client.client import Client
from vls_client.problems import NotFinished, Problem, Unreachable, VlsError
from vls_client.retry import NOT_NOW

REJECTED, REFUSED, UNREACHABLE, RUNNING = 1, 2, 3, 4
said = Console(stderr=True)

Url = Annotated[str | None, typer.Option(envvar="VLS_URL", help="Address of the service")]
Id = Annotated[str | None, typer.Option(envvar="VLS_CLIENT_ID")]
Secret = Annotated[str | None, typer.Option(envvar="VLS_CLIENT_SECRET", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer for a program to read")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to save it")]
Format = Annotated[Literal["pdf", "png", "svg", "html", "json", "csv"], typer.Option(help="How to have it")]
Scope = Annotated[str, typer.Option(help="municipality, area:ID or unit:ID")]
First = Annotated[str, typer.Option("--from", metavar="WEEK", help="The first week, such as 2026-W35")]
Last = Annotated[str, typer.Option(metavar="WEEK", help="The last week, included")]
Patience = Annotated[float, typer.Option(help="Seconds to wait until it is done")]
Order = Annotated[str | None, typer.Option(metavar="ID", help="Go on with an order that was begun")]
Language = Annotated[Literal["da", "en"], typer.Option(help="Danish or English")]


@contextmanager
def connected(
    url: str | None, client_id: str | None, client_secret: str | None, *, stay: bool = False
) -> Iterator[Client]:
    """A client whose failures become a sentence on stderr and an exit code; with `stay`, one that is out of reach
    becomes the sentence alone."""
    try:
        found = access(url, client_id, client_secret)
        with Client(found.url, client_id=found.client_id, client_secret=found.client_secret) as vls:
            yield vls
    except Problem as problem:
        more = [f"{error.pointer}: {error.detail}" for error in problem.errors[1:]]  # the first stands in the sentence
        quit_with(UNREACHABLE if problem.status in NOT_NOW else REFUSED, "\n".join([str(problem), *more]))
    except NotFinished as error:
        quit_with(RUNNING, str(error))
    except Unreachable as error:
        if not stay:
            quit_with(UNREACHABLE, str(error))
        said.print(str(error), markup=False, highlight=False, soft_wrap=True)
    except VlsError as error:
        quit_with(REFUSED, str(error))
    except OSError as error:  # a file of ours: those of the line are `Unreachable`
        quit_with(REFUSED, f"{error.filename or 'a file'}: {error.strerror or error}")


def refuse_unwritable(out: Path) -> None:
    """Fail before the work is done and not after."""
    if out.is_dir():
        raise IsADirectoryError(EISDIR, strerror(EISDIR), str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=out.parent):
        pass


def fetch(vls: Client, path: str, out: Path, **asked: str) -> Path:
    refuse_unwritable(out)
    return vls.download(path, out, **asked)


def tell(value: str, name: str, *, as_json: bool) -> None:
    print(json.dumps({name: value}, ensure_ascii=False) if as_json else value)


def quit_with(code: int, sentence: str) -> NoReturn:
    said.print(sentence, markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)
