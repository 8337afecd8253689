"""`vls`: what an operator types. Every setting is also an environment variable, `VLS_...`."""

import asyncio
import json
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from pydantic import SecretStr, ValidationError
from rich.console import Console

from api.embedded import EmbeddedPostgresError, embedded_postgres
from api.settings import Settings, same_database
from domain.retention import YEARS_AFTER_LEAVING

app = typer.Typer(
    help="The measuring system behind Vi lærer sammen.", no_args_is_help=True, pretty_exceptions_enable=False
)
municipality = typer.Typer(
    help="Municipalities: each is a world of its own.", no_args_is_help=True, pretty_exceptions_enable=False
)
client = typer.Typer(
    help="API clients: credentials for machines.", no_args_is_help=True, pretty_exceptions_enable=False
)
children = typer.Typer(
    help="Children who left: how long their data are kept.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(municipality, name="municipality")
app.add_typer(children, name="children")
app.add_typer(client, name="client")

DataDir = Annotated[Path | None, typer.Option(help="Folder of the embedded PostgreSQL")]
DatabaseUrl = Annotated[str | None, typer.Option(help="A PostgreSQL 15-18 instead of the embedded one")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as is done when the output is not a terminal")]
Host = Annotated[str | None, typer.Option(help="Address to listen on")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on")]


@app.command()
def serve(host: Host = None, port: Port = None, data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Serve the API. Without a database address the embedded PostgreSQL is started, migrated and stopped with it."""
    from api.migrate import with_owner  # noqa: PLC0415
    from api.serving import serve as serve_until_stopped  # noqa: PLC0415 - the other commands start without it

    settings = _settings(host=host, port=port, data_dir=data_dir, database_url=database_url)
    _refuse_taken_port(settings)
    with _database(settings) as ready:
        asyncio.run(with_owner(ready, lambda _: None))  # one sentence instead of a server that cannot start
        serve_until_stopped(ready)


@app.command()
def worker(data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Run queued jobs until told to stop; several workers share one queue."""
    from api.logs import log_as_json  # noqa: PLC0415 - as below: each command loads what it needs
    from api.worker import run_until_stopped  # noqa: PLC0415

    log_as_json()
    with _database(_settings(data_dir=data_dir, database_url=database_url)) as settings:
        asyncio.run(run_until_stopped(settings))


@app.command()
def migrate(data_dir: DataDir = None, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Bring the database to the newest version."""
    with _database(_settings(data_dir=data_dir, database_url=database_url), migrated=True):
        _print({"status": "up to date"}, as_json=as_json)


@app.command()
def demo(host: Host = None, port: Port = None, data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Fill a fictional municipality through the API, serve it, and print links to look at."""
    from api.demo import run, starting_server  # noqa: PLC0415

    settings = _settings(host=host, port=port, data_dir=data_dir, database_url=database_url)
    if database_url is None:  # the environment's may hold real people: fiction goes there only when told to
        settings = settings.model_copy(update={"database_url": None, "migrate_database_url": None})
    _refuse_taken_port(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with starting_server(settings.data_dir) as server, _database(settings, migrated=True) as ready:
        run(ready.model_copy(update={"secret_key": ready.secret_key or _kept_secret(settings.data_dir)}), server)


@municipality.command("create")
def municipality_create(
    code: Annotated[str, typer.Option(help="The three digits of the municipality")],
    name: Annotated[str, typer.Option(help="Its name")],
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Found a municipality and print its id."""
    made = _operate(
        "create_municipality", _settings(data_dir=data_dir, database_url=database_url), code=code, name=name
    )
    _print(made, as_json=as_json)


@client.command("create")
def client_create(
    municipality: Annotated[str, typer.Option(help="Code of the municipality")],
    name: Annotated[str, typer.Option(help="What the credentials are for; it stands in the log")],
    role: Annotated[str, typer.Option(help="administration, area_leader, leader, educator, researcher, integration")],
    place: Annotated[list[str] | None, typer.Option(help="area:KEY, unit:KEY or room:KEY; may be repeated")] = None,
    scope: Annotated[list[str] | None, typer.Option(help="Only these scopes; may be repeated")] = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Create credentials and print them; the secret is not shown again."""
    scopes = [word for words in scope or [] for word in words.replace(",", " ").split()]
    settings = _settings(data_dir=data_dir, database_url=database_url)
    wanted = {"municipality": municipality, "name": name, "role": role, "places": place or [], "scopes": scopes}
    made = _operate("create_client", settings, **wanted)
    _print(made, as_json=as_json)


@client.command("list")
def client_list(
    municipality: Annotated[str, typer.Option(help="Code of the municipality")],
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print who has credentials, and whose were revoked when."""
    settings = _settings(data_dir=data_dir, database_url=database_url)
    found = _operate("list_clients", settings, municipality=municipality)
    _print(found, as_json=as_json)


@client.command("revoke")
def client_revoke(
    client_id: Annotated[str, typer.Argument(help="The client_id that `create` printed")],
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """End credentials: no new tokens, links dead at once, tokens already handed out within seconds."""
    settings = _settings(data_dir=data_dir, database_url=database_url)
    ended = _operate("revoke_client", settings, client_id=client_id)
    _print(ended, as_json=as_json)


@children.command("expired")
def children_expired(
    municipality: Annotated[str, typer.Option(help="Code of the municipality")],
    years: Annotated[int, typer.Option(help="Kept so many years after a child left")] = YEARS_AFTER_LEAVING,
    erase: Annotated[
        bool, typer.Option("--erase", help="Erase them and all that is recorded of them, for good")
    ] = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print whose data have been kept long enough; with --erase they go. Made for a yearly job."""
    settings = _settings(data_dir=data_dir, database_url=database_url)
    found = _operate("expired_children", settings, municipality=municipality, years=years, erase=erase)
    _print(found, as_json=as_json)


def _settings(**given: Any) -> Settings:
    """The environment's settings, overruled by what was typed. A typed data folder means the embedded PostgreSQL.

    With a typed address the owner's login of the environment counts only where it is a login to the same database.
    """
    typed = {name: value for name, value in given.items() if value is not None}
    if "data_dir" in typed and "database_url" not in typed:
        typed |= {"database_url": None, "migrate_database_url": None}
    settings = Settings(**typed)
    owner = settings.migrate_database_url
    if "database_url" in typed and owner is not None and not same_database(owner, typed["database_url"]):
        return settings.model_copy(update={"migrate_database_url": None})
    return settings


@contextmanager
def _database(settings: Settings, *, migrated: bool = False) -> Iterator[Settings]:
    """Settings whose database runs and, when embedded or asked for, is migrated."""
    from api.migrate import migrate as migrate_database  # noqa: PLC0415
    from api.migrate import prepare_embedded  # noqa: PLC0415

    if settings.database_url is not None:
        if migrated:
            asyncio.run(migrate_database(settings))
        yield settings
        return
    with embedded_postgres(settings.data_dir) as superuser_url:
        ready = asyncio.run(prepare_embedded(settings, superuser_url))
        yield ready.model_copy(update={"secret_key": settings.secret_key or _kept_secret(settings.data_dir)})


def _operate(operation: str, settings: Settings, /, **wanted: Any) -> dict[str, Any]:
    """One of the operator's functions, in a transaction of the login that owns the tables."""
    from api import operator  # noqa: PLC0415

    function = getattr(operator, operation)
    with _database(settings) as ready:
        return asyncio.run(operator.as_owner(ready, lambda tx: function(tx, **wanted)))


def _refuse_taken_port(settings: Settings) -> None:
    """Whoever listens there already would answer in the place of the server that is to come."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError:
            raise ValueError(f"port {settings.port} is taken; choose another: --port, or PORT= with make") from None


def _leave(_: int, __: FrameType | None) -> NoReturn:
    """Unwind instead of dying, so that the embedded PostgreSQL is stopped."""
    raise SystemExit(0)


def _kept_secret(data_dir: Path) -> SecretStr:
    file = data_dir / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return SecretStr(file.read_text())


def _print(made: dict[str, Any], *, as_json: bool) -> None:
    if as_json or not sys.stdout.isatty():
        print(json.dumps(made, ensure_ascii=False))
        return
    for key, value in [pair for row in made.get("items", [made]) for pair in row.items()]:
        Console().print(f"[bold]{key}[/bold]  {value}", highlight=False)


def _foreseen(error: Exception) -> str | None:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    if isinstance(error, ValidationError):
        wrong = (f"VLS_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())
        return "; ".join(wrong)
    if isinstance(error, (EmbeddedPostgresError, ValueError)):
        return str(error)
    if isinstance(error, (OSError, DBAPIError)):
        return f"the database cannot be reached or refuses: {str(error).splitlines()[0]}"
    return None


def main() -> None:
    """The entry point of the `vls` command: a foreseen failure is a sentence, not a traceback."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        app()
    except Exception as error:
        reason = _foreseen(error)
        if reason is None:
            raise
    else:
        return
    typer.secho(f"vls: {reason}", err=True, fg=typer.colors.RED)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
