"""The commands about one child: its record, and its erasure."""

import json
from pathlib import Path
from typing import Annotated

import typer

from vls_client.console import AsJson, Id, Out, Secret, Url, connected, fetch, said, tell

children = typer.Typer(no_args_is_help=True, help="A child's record, and its erasure.")


@children.command("record")
def record_(
    child_id: str, *, url: Url = None, client_id: Id = None, client_secret: Secret = None, out: Out = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Everything that is recorded about a child, as a file."""
    with connected(url, client_id, client_secret) as vls:
        found = fetch(vls, f"/v1/children/{child_id}/record", out or Path(f"child-{child_id}.json"))
    tell(str(found), "file", as_json=as_json)


@children.command()
def erase(
    child_id: str,
    *,
    key: Annotated[str, typer.Option(help="The child's own key, so that a wrong id erases nobody")],
    url: Url = None,
    client_id: Id = None,
    client_secret: Secret = None,
) -> None:
    """Erase a child and everything recorded about it, from history too. It cannot be brought back."""
    with connected(url, client_id, client_secret) as vls:
        told = vls.post(f"/v1/children/{child_id}/erasure", {"external_id": key})
    said.print("erased", highlight=False)
    print(json.dumps(told))
