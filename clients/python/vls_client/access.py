"""Which service the command line speaks to, and as whom: from an option, else the environment, else what `login` kept.

The address and the client's id are kept in a file, the secret in the keyring of the machine and nowhere else.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import typer

from vls_client.problems import VlsError

SERVICE = "vls-client"


class NoAccess(VlsError):
    """It is not known which service to speak to, or as whom; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Access:
    url: str
    client_id: str
    client_secret: str


def config_file() -> Path:
    """As the system wants it, such as `~/.config/vls-client/config.toml`."""
    return Path(typer.get_app_dir(SERVICE)) / "config.toml"


def access(url: str | None, client_id: str | None, client_secret: str | None) -> Access:
    """What was given, filled up with what `login` kept. Raises `NoAccess` where something is missing."""
    known = _kept()
    url, client_id = url or known.get("url"), client_id or known.get("client_id")
    if not url or not client_id:
        raise NoAccess("say which service: vls-client login, or VLS_URL, VLS_CLIENT_ID and VLS_CLIENT_SECRET")
    if not url.startswith(("http://", "https://")):
        raise NoAccess(f"an address begins with https:// (or http://), not {url}")
    secret = client_secret or _secret(url, client_id)
    if not secret:
        raise NoAccess(f"no secret of {client_id} is known: vls-client login, or VLS_CLIENT_SECRET")
    return Access(url, client_id, secret)


def keep(found: Access) -> Path:
    """The secret first: without a keyring nothing is kept."""
    _keyring().set_password(SERVICE, _name(found.url, found.client_id), found.client_secret)
    file = config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f'{key} = "{_quoted(getattr(found, key))}"\n' for key in ("url", "client_id")))
    return file


def forget() -> bool:
    """Whether there was anything to forget."""
    known = _kept()
    if not known:
        return False
    if _secret(known["url"], known["client_id"]):
        _keyring().delete_password(SERVICE, _name(known["url"], known["client_id"]))
    config_file().unlink()
    return True


def _kept() -> dict[str, str]:
    try:
        return {key: str(value) for key, value in tomllib.loads(config_file().read_text()).items()}
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise NoAccess(f"{config_file()} cannot be read: {error}") from None


def _secret(url: str, client_id: str) -> str | None:
    try:
        found = _keyring().get_password(SERVICE, _name(url, client_id))
    except NoAccess:
        return None
    return None if found is None else str(found)


def _name(url: str, client_id: str) -> str:
    return f"{client_id} at {url}"


def _keyring() -> ModuleType:
    try:
        import keyring  # noqa: PLC0415 - who uses the environment need not have it
        from keyring.backends.fail import Keyring  # noqa: PLC0415
    except ImportError:
        raise NoAccess("pip install 'vls-client[keyring]' to keep secrets, or use VLS_CLIENT_SECRET") from None
    if isinstance(keyring.get_keyring(), Keyring):
        raise NoAccess("this machine has no keyring to keep secrets in; use VLS_CLIENT_SECRET")
    found: ModuleType = keyring
    return found


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
