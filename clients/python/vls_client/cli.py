"""`vls-client`: the client on the command line."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import DownloadColumn, Progress
from rich.table import Table
from rich.text import Text

from vls_client.access import Access, forget, keep
from vls_client.cli_children import children
from vls_client.cli_reports import instruments, reports
from vls_client.console import (
    REFUSED,
    REJECTED,
    AsJson,
    Id,
    Language,
    Patience,
    Secret,
    Url,
    connected,
    quit_with,
    said,
    tell,
)  # fmt: skip
from vls_client.files import whole_file
from vls_client.problems import VlsError

Dataset = Literal["roster", "survey-answers", "instruments", "practice-evaluations", "development-assessments"]
COUNTS = ("created", "updated", "unchanged", "removed", "rejected")
SHOWN_ISSUES = 50

# A traceback that shows values would show the secret.
app = typer.Typer(
    no_args_is_help=True, help="Send files to a VLS service and fetch its reports.", pretty_exceptions_show_locals=False
)
app.add_typer(reports, name="report")
app.add_typer(instruments, name="instrument")
app.add_typer(children, name="child")
changes = typer.Typer(no_args_is_help=True, help="What changes in the municipality.")
app.add_typer(changes, name="changes")


@app.command()
def token(url: Url = None, client_id: Id = None, client_secret: Secret = None, as_json: AsJson = False) -> None:
    """Print a token, for use with other programs."""
    with connected(url, client_id, client_secret) as vls:
        tell(vls.token(), "access_token", as_json=as_json)


@app.command()
def login(
    url: Annotated[str, typer.Option(envvar="VLS_URL", prompt="Address of the service")],
    client_id: Annotated[str, typer.Option(envvar="VLS_CLIENT_ID", prompt="Client id")],
    client_secret: Annotated[
        str, typer.Option(envvar="VLS_CLIENT_SECRET", prompt="Client secret", hide_input=True, show_default=False)
    ],
) -> None:
    """Try credentials and keep them: address and id in a file, the secret in the machine's keyring."""
    with connected(url, client_id, client_secret) as vls:
        who = vls.get("/v1/me")
        file = keep(Access(url, client_id, client_secret))
    said.print(f"{who['name']} ({who['role']}), kept in {file} and the keyring", markup=False, highlight=False)


@app.command()
def logout() -> None:
    """Forget what `login` kept, here and in the keyring."""
    try:
        said.print("forgotten" if forget() else "there was nothing to forget")
    except VlsError as error:
        quit_with(REFUSED, str(error))


@changes.command()
def follow(
    *,
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    after: Annotated[str | None, typer.Option(help="Go on from this cursor; from the beginning if left out")] = None,
    cursor_file: Annotated[Path | None, typer.Option(help="Where the cursor is kept, to go on from next time")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="child, room, activity, ...; may be repeated")] = None,
    every: Annotated[float, typer.Option(min=1, help="Seconds between looks")] = 60.0,
    once: Annotated[bool, typer.Option("--once", help="What there is now, then end (for cron)")] = False,
) -> None:
    """Print what changes in the municipality, one JSON object a line, as it happens.

    The cursor is written when the lines are out: after an interruption a line may come again, none is missed.
    """
    while True:
        with connected(url, client_id, client_secret, stay=not once) as vls:
            if after is None and cursor_file is not None and cursor_file.exists():
                after = cursor_file.read_text().strip() or None
            for items, cursor in vls.changes(after, kind=kind, limit=500):
                for item in items:
                    print(json.dumps(item, ensure_ascii=False))
                sys.stdout.flush()
                after = cursor
                if cursor_file is not None and cursor is not None:
                    with whole_file(cursor_file) as file:
                        file.write(cursor.encode())
        if once:
            return
        time.sleep(every)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, help="A file, or a folder of CSV files")],
    *,
    dataset: Annotated[Dataset, typer.Option(help="What is in it")],
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
    commit: Annotated[bool, typer.Option("--commit/--check", help="Take it in, or only say what would happen")] = False,
    round_id: Annotated[str | None, typer.Option(help="The survey round that answers belong to")] = None,
    key: Annotated[str | None, typer.Option(help="The form or instrument of ratings; the newest if left out")] = None,
    version: Annotated[int | None, typer.Option(help="Its version, with --key")] = None,
    atomic: Annotated[
        Literal["all", "rows"] | None, typer.Option(help="all: nothing unless everything is right; rows: what is right")
    ] = None,
    language: Language = "da",
    as_json: AsJson = False,
    patience: Patience = 600.0,
) -> None:
    """Send a file, wait, and say what became of it: 0 all taken, 1 rows rejected, 2 refused, 3 no answer, 4 not
    finished yet."""
    with connected(url, client_id, client_secret) as vls:
        mode, name = "commit" if commit else "check", escape(file.name)
        named: dict[str, Any] = {"round_id": round_id, "key": key, "version": version, "atomic": atomic}
        with Progress(*Progress.get_default_columns(), DownloadColumn(), console=said, transient=True) as bar:
            task = bar.add_task(f"{name}: sending", total=None)
            started = vls.upload(
                dataset, file, mode=mode, sent=lambda gone, size: bar.update(task, completed=gone, total=size), **named
            )
        with said.status(f"{name}: received") as status:
            receipt = vls.wait_import(
                started["id"], patience, progress=lambda found: status.update(f"{name}: {found['status']}")
            )
        issues = list(vls.import_issues(receipt["id"]))
    if as_json:
        print(json.dumps(receipt | {"issues": issues}, ensure_ascii=False, indent=2))
    else:
        show(receipt, issues, language=language)
    raise typer.Exit(exit_code(receipt))


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
        cells = (*place, issue["sentence"][language], issue["hint"][language])
        table.add_row(*map(Text, cells))  # what somebody wrote in a file is no markup
    out.print(table)
    if len(issues) > SHOWN_ISSUES:
        out.print(f"and {len(issues) - SHOWN_ISSUES} more; --json prints them all")


def _count(receipt: dict[str, Any], name: str) -> int:
    return int((receipt["report"] or {}).get(name, 0))


def main() -> None:
    app()
