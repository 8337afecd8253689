"""The thin clients that run in a browser, as they were built: /app/NAME/, and the questionnaire at /svar as well."""

import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB = Path(str(files("api"))) / "web"
NAMES = ("survey", "mobile", "leader")
FOREVER = "public, max-age=31536000, immutable"  # names under assets/ change with their content


def install(app: FastAPI, *, issuers: Iterable[str] = ()) -> None:
    """Serve the apps that stand in the package. They hold no data: everything they show comes through the API.

    `issuers` are the origins that the leader's page gets tokens from.
    """
    for name in NAMES:
        if (WEB / name / "index.html").is_file():
            guard = guarded(issuers if name == "leader" else ())
            built = _Built(directory=WEB / name, html=True, guard=guard)
            app.mount(f"/app/{name}", GZipMiddleware(built, minimum_size=1000))
    app.add_route("/svar", _questionnaire, include_in_schema=False)


class _Built(StaticFiles):
    """A built app: its page is asked for anew each time, what the page names is kept for ever."""

    def __init__(self, *, directory: Path, html: bool, guard: dict[str, str]) -> None:
        super().__init__(directory=directory, html=html)
        self._guard = guard

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOREVER if Path(full_path).parent.name == "assets" else "no-cache"
        response.headers.update(self._guard)
        return response


async def _questionnaire(_: object) -> Response:
    """The page behind the links of an invitation: `/svar#TOKEN`. What stands behind # is not sent to us."""
    return FileResponse(WEB / "survey" / "index.html", headers={"Cache-Control": "no-cache", **guarded()})


def guarded(issuers: Iterable[str] = ()) -> dict[str, str]:
    """Nothing but our own files runs, nothing is sent elsewhere but to `issuers`, and nobody frames the page."""
    allowed = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": " ".join(("'self'", *issuers)),
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "frame-src": "'self' blob:",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    policy = "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
    }
