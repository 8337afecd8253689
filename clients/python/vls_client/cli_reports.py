"""The commands that fetch documents: reports, many at once, questionnaires as files."""

import json
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.progress import MofNCompleteColumn, Progress

from vls_client.client import Client
from vls_client.console import (
    REFUSED,
    REJECTED,
    AsJson,
    First,
    Format,
    Id,
    Language,
    Last,
    Order,
    Out,
    Patience,
    Scope,
    Secret,
    Url,
    connected,
    fetch,
    quit_with,
    refuse_unwritable,
    said,
    tell,
)  # fmt: skip

reports = typer.Typer(no_args_is_help=True, help="Download a report, or many in one ZIP.")
instruments = typer.Typer(no_args_is_help=True, help="Questionnaires as files; `import` takes them in.")


@reports.command()
def room(
    room_id: str,
    *,
    from_: First,
    to: Last,
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
    as_json: AsJson = False,
) -> None:
    """The data report of a room over a period."""
    with connected(url, client_id, client_secret) as vls:
        name = f"room-{room_id}-{from_}-{to}.{format}"
        path = f"/v1/rooms/{room_id}/report"
        found = fetch(vls, path, out or Path(name), from_=from_, to=to, format=format, language=language)
    tell(str(found), "file", as_json=as_json)


@reports.command()
def readiness(
    round_id: str,
    *,
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    scope: Scope = "municipality",
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
    as_json: AsJson = False,
) -> None:
    """The readiness report of a closed survey round."""
    with connected(url, client_id, client_secret) as vls:
        name = f"readiness-{round_id}-{scope.replace(':', '-')}.{format}"
        path = f"/v1/survey-rounds/{round_id}/report"
        found = fetch(vls, path, out or Path(name), scope=scope, format=format, language=language)
    tell(str(found), "file", as_json=as_json)


@reports.command("all-units")
def all_units(
    round_id: str,
    *,
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    scope: Scope = "municipality",
    version: Annotated[Literal["full", "wall"], typer.Option(help="wall: one page for the staff room")] = "full",
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
    order: Order = None,
    patience: Patience = 3600.0,
    as_json: AsJson = False,
) -> None:
    """The readiness reports of all units of a place in one ZIP."""
    asked = {"survey_round_id": round_id, "scope": scope, "version": version, "format": format, "language": language}
    with connected(url, client_id, client_secret) as vls:
        to = out or Path(f"readiness-{round_id}-units.zip")
        fetch_all(vls, asked, order=order, out=to, patience=patience, as_json=as_json)


@reports.command("all-rooms")
def all_rooms(
    *,
    from_: First,
    to: Last,
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    scope: Scope = "municipality",
    out: Out = None,
    format: Format = "pdf",
    language: Language = "da",
    order: Order = None,
    patience: Patience = 3600.0,
    as_json: AsJson = False,
) -> None:
    """The data reports of all rooms of a place over a period in one ZIP."""
    asked = {"kind": "room", "from": from_, "to": to, "scope": scope, "format": format, "language": language}
    with connected(url, client_id, client_secret) as vls:
        archive = out or Path(f"rooms-{from_}-{to}.zip")
        fetch_all(vls, asked, order=order, out=archive, patience=patience, as_json=as_json)


def fetch_all(
    vls: Client, asked: dict[str, str], *, order: str | None, out: Path, patience: float, as_json: bool
) -> NoReturn:
    """Order reports, show how many are made, save them: 0 all of them, 1 some could not be made, 2 none."""
    refuse_unwritable(out)
    started = vls.order_reports(id=order, **asked)
    said.print(
        f"order {started['id']}; if this stops, --order {started['id']} goes on with it",
        highlight=False,
        soft_wrap=True,
    )
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=said) as bar:
        task = bar.add_task("reports", total=started["total"])
        batch = vls.wait_reports(
            started["id"], patience, progress=lambda found: bar.update(task, completed=found["done"])
        )
    for issue in batch["issues"]:
        place = issue["room_external_id"] or issue["unit_external_id"]
        said.print(f"{place}: {issue['sentence'][asked['language']]}", markup=False, highlight=False)
    if batch["status"] != "done":
        quit_with(REFUSED, "the reports could not be made; order them again")
    saved = vls.download(f"/v1/report-batches/{batch['id']}/file", out)
    if as_json:
        print(json.dumps({"file": str(saved), **batch}, ensure_ascii=False, indent=2))
    else:
        print(saved)
    raise typer.Exit(REJECTED if batch["issues"] else 0)


@instruments.command()
def export(
    key: str,
    version: int,
    *,
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    out: Out = None,
    format: Annotated[Literal["xlsx", "yaml", "json"], typer.Option(help="A workbook, or text")] = "xlsx",
    as_json: AsJson = False,
) -> None:
    """A published version as a file to read, change and import as the next version."""
    with connected(url, client_id, client_secret) as vls:
        name = f"{key}-{version}.{format}"
        found = fetch(vls, f"/v1/instruments/{key}/versions/{version}", out or Path(name), format=format)
    tell(str(found), "file", as_json=as_json)
