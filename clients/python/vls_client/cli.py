"""`vls-client`: the client on the command line."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from vls_client.client import Client
from vls_client.problems import Problem, VlsError

REJECTED, REFUSED, UNREACHABLE = 1, 2, 3
COUNTS = ("created", "updated", "unchanged", "removed", "rejected")
SHOWN_ISSUES = 50

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Send files to a VLS service and fetch its reports.")
reports = typer.Typer(no_args_is_help=True, help="Download a report, or many in one ZIP.")
app.add_typer(reports, name="report")
instruments = typer.Typer(no_args_is_help=True, help="Questionnaires as files; `import` takes them in.")
app.add_typer(instruments, name="instrument")
said = Console(stderr=True)

Url = Annotated[str, typer.Option(envvar="VLS_URL", help="Address of the service")]
Id = Annotated[str, typer.Option(envvar="VLS_CLIENT_ID")]
Secret = Annotated[str, typer.Option(envvar="VLS_CLIENT_SECRET", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to save it")]
Format = Annotated[str, typer.Option(help="pdf, png, svg, html, json or csv")]
Scope = Annotated[str, typer.Option(help="municipality, area:ID or unit:ID")]
First = Annotated[str, typer.Option("--from", metavar="WEEK", help="The first week, such as 2026-W35")]
Last = Annotated[str, typer.Option(metavar="WEEK", help="The last week, included")]
Order = Annotated[str | None, typer.Option(metavar="ID", help="Go on with an order that was begun")]
Language = Annotated[Literal["da", "en"], typer.Option(help="Danish or English")]


@app.command()
def token(url: Url, client_id: Id, client_secret: Secret) -> None:
    """Print a token, for use with other programs."""
    with connected(url, client_id, client_secret) as vls:
        print(vls.token())


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, help="A file, or a folder of CSV files")],
    *,
    dataset: Annotated[
        str,
        typer.Option(help="roster, survey-answers, instruments, practice-evaluations, development-assessments"),
    ],
    url: Url,
    client_id: Id,
    client_secret: Secret,
    commit: Annotated[bool, typer.Option("--commit/--check", help="Take it in, or only say what would happen")] = False,
    round_id: Annotated[str | None, typer.Option(help="The survey round that answers belong to")] = None,
    key: Annotated[str | None, typer.Option(help="The form or instrument of ratings; the newest if left out")] = None,
    version: Annotated[int | None, typer.Option(help="Its version, with --key")] = None,
    atomic: Annotated[
        str | None, typer.Option(help="all: nothing unless everything is right; rows: what is right")
    ] = None,
    language: Language = "da",
    as_json: Annotated[bool, typer.Option("--json", help="Print the receipt for a program to read")] = False,
) -> None:
    """Send a file, wait, and say what became of it: 0 all taken, 1 rows rejected, 2 refused, 3 no answer."""
    with connected(url, client_id, client_secret) as vls:
        mode = "commit" if commit else "check"
        with said.status(f"{file.name}: sending"):
            named = {"round_id": round_id, "key": key, "version": version, "atomic": atomic}
            started = vls.upload(dataset, file, mode=mode, **named)
        with said.status(f"{file.name}: received") as status:
            receipt = vls.wait_import(
                started["id"], progress=lambda found: status.update(f"{file.name}: {found['status']}")
            )
        issues = list(vls.import_issues(receipt["id"]))
    if as_json:
        print(json.dumps(receipt | {"issues": issues}, ensure_ascii=False, indent=2))
    else:
        show(receipt, issues, language=language)
    raise typer.Exit(exit_code(receipt))


@reports.command()
def room(
    room_id: str,
    *,
    from_: First,
    to: Last,
    url: Url,
    client_id: Id,
    client_secret: Secret,
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
) -> None:
    """The data report of a room over a period."""
    with connected(url, client_id, client_secret) as vls:
        name = f"room-{room_id}-{from_}-{to}.{format}"
        path = f"/v1/rooms/{room_id}/report"
        print(vls.download(path, out or name, from_=from_, to=to, format=format, language=language))


@reports.command()
def readiness(
    round_id: str,
    *,
    url: Url,
    client_id: Id,
    client_secret: Secret,
    scope: Scope = "municipality",
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
) -> None:
    """The readiness report of a closed survey round."""
    with connected(url, client_id, client_secret) as vls:
        name = f"readiness-{round_id}-{scope.replace(':', '-')}.{format}"
        path = f"/v1/survey-rounds/{round_id}/report"
        print(vls.download(path, out or name, scope=scope, format=format, language=language))


@reports.command("all-units")
def all_units(
    round_id: str,
    *,
    url: Url,
    client_id: Id,
    client_secret: Secret,
    scope: Scope = "municipality",
    version: Annotated[Literal["full", "wall"], typer.Option(help="wall: one page for the staff room")] = "full",
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
    order: Order = None,
) -> None:
    """The readiness reports of all units of a place in one ZIP."""
    asked = {"survey_round_id": round_id, "scope": scope, "version": version, "format": format, "language": language}
    with connected(url, client_id, client_secret) as vls:
        fetch_all(vls, asked, order=order, out=out or Path(f"readiness-{round_id}-units.zip"))


@reports.command("all-rooms")
def all_rooms(
    *,
    from_: First,
    to: Last,
    url: Url,
    client_id: Id,
    client_secret: Secret,
    scope: Scope = "municipality",
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
    order: Order = None,
) -> None:
    """The data reports of all rooms of a place over a period in one ZIP."""
    asked = {"kind": "room", "from": from_, "to": to, "scope": scope, "format": format, "language": language}
    with connected(url, client_id, client_secret) as vls:
        fetch_all(vls, asked, order=order, out=out or Path(f"rooms-{from_}-{to}.zip"))


def fetch_all(vls: Client, asked: dict[str, str], *, order: str | None, out: Path) -> NoReturn:
    """Order reports, show how many are made, save them: 0 all of them, 1 some could not be made, 2 none."""
    started = vls.order_reports(id=order, **asked)
    said.print(
        f"order {started['id']}; if this stops, --order {started['id']} goes on with it",
        highlight=False,
        soft_wrap=True,
    )
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=said) as bar:
        task = bar.add_task("reports", total=started["total"])
        batch = vls.wait_reports(started["id"], progress=lambda found: bar.update(task, completed=found["done"]))
    for issue in batch["issues"]:
        place = issue["room_external_id"] or issue["unit_external_id"]
        said.print(f"{place}: {issue['sentence'][asked['language']]}", markup=False, highlight=False)
    if batch["status"] != "done":
        quit_with(REFUSED, "the reports could not be made; order them again")
    print(vls.download(f"/v1/report-batches/{batch['id']}/file", out))
    raise typer.Exit(REJECTED if batch["issues"] else 0)


@instruments.command()
def export(
    key: str,
    version: int,
    *,
    url: Url,
    client_id: Id,
    client_secret: Secret,
    out: Out = None,
    format: Annotated[Literal["xlsx", "yaml", "json"], typer.Option(help="A workbook, or text")] = "xlsx",
) -> None:
    """A published version as a file to read, change and import as the next version."""
    with connected(url, client_id, client_secret) as vls:
        name = f"{key}-{version}.{format}"
        print(vls.download(f"/v1/instruments/{key}/versions/{version}", out or name, format=format))


def exit_code(receipt: dict[str, Any]) -> int:
    """0 when everything was taken, 1 when rows were rejected, 2 when the import was refused as a whole or failed."""
    if _count(receipt, "rejected"):
        return REJECTED
    return 0 if receipt["status"] == "done" else REFUSED


def show(receipt: dict[str, Any], issues: list[dict[str, Any]], *, language: str) -> None:
    """The receipt for people: a line of counts, then what must be corrected."""
    counts = ", ".join(f"{count} {name}" for name in COUNTS if (count := _count(receipt, name)))
    out = Console()
    out.print(f"[bold]{receipt['status']}[/bold]{': ' + counts if counts else ''}")
    if not issues:
        return
    table = Table("file", "row", "column", "what is wrong", "what to do")
    for issue in issues[:SHOWN_ISSUES]:
        place = (str(issue[name] or "") for name in ("file", "row", "column"))
        table.add_row(*place, issue["sentence"][language], issue["hint"][language])
    out.print(table)
    if len(issues) > SHOWN_ISSUES:
        out.print(f"and {len(issues) - SHOWN_ISSUES} more; --json prints them all")


@contextmanager
def connected(url: str, client_id: str, client_secret: str) -> Iterator[Client]:
    """A client whose failures become a sentence on stderr and an exit code."""
    try:
        with Client(url, client_id=client_id, client_secret=client_secret) as vls:
            yield vls
    except Problem as problem:
        more = [f"{error.pointer}: {error.detail}" for error in problem.errors[1:]]  # the first stands in the sentence
        quit_with(REFUSED, "\n".join([str(problem), *more]))
    except VlsError as error:
        quit_with(UNREACHABLE, str(error))


def quit_with(code: int, sentence: str) -> NoReturn:
    said.print(sentence, markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)


def _count(receipt: dict[str, Any], name: str) -> int:
    return int((receipt["report"] or {}).get(name, 0))


def main() -> None:
    app()
