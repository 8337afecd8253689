"""The application: features plugged together. Everything it holds lives as long as its lifespan."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

import api.access.routes
import api.assessments.development_routes
import api.assessments.overview_routes
import api.assessments.practice_routes
import api.changes.routes
import api.children.routes
import api.configuration.routes
import api.devices.routes
import api.explanations.routes
import api.imports.routes
import api.learning.goal_routes
import api.learning.meeting_routes
import api.observations.due_routes
import api.observations.overview_routes
import api.observations.routes
import api.operation
import api.reports.batch_routes
import api.reports.overview_routes
import api.reports.room_routes
import api.reports.routes
import api.reports.verification
import api.roster.routes
import api.surveys.answering_routes
import api.surveys.change_routes
import api.surveys.instrument_routes
import api.surveys.invitation_routes
import api.surveys.routes
from api import apps, handlers, openapi
from api.access.clients import Clients, Verifier
from api.access.issuers import Issuers
from api.access.links import LinkSigner
from api.access.people import People
from api.access.tokens import Signer
from api.clock import local_today
from api.db import Database
from api.demo_issuer import DemoIssuer
from api.devices.recognised import Devices
from api.devices.secrets import DeviceKeys
from api.edge import Edge
from api.reports.rendering import Renderer
from api.settings import Settings
from api.worker import working

FEATURES = (
    api.access.routes,
    api.roster.routes,
    api.children.routes,
    api.devices.routes,
    api.configuration.routes,
    api.surveys.instrument_routes,
    api.surveys.routes,
    api.surveys.invitation_routes,
    api.surveys.answering_routes,
    api.surveys.change_routes,
    api.observations.routes,
    api.observations.due_routes,
    api.observations.overview_routes,
    api.assessments.practice_routes,
    api.assessments.development_routes,
    api.assessments.overview_routes,
    api.learning.goal_routes,
    api.learning.meeting_routes,
    api.explanations.routes,
    api.reports.routes,
    api.reports.room_routes,
    api.reports.overview_routes,
    api.reports.batch_routes,
    api.reports.verification,
    api.imports.routes,
    api.changes.routes,
    api.operation,
)


def create_app(
    settings: Settings, *, today: Callable[[], date] = local_today, demo: DemoIssuer | None = None
) -> FastAPI:
    """The API for `settings`: a migrated database and a secret. `today` is the only clock of the rules.

    `demo` lets people choose who to be; the demo alone passes one.
    """
    secret = settings.secret
    database = Database(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            renderer = app.state.renderer = await stack.enter_async_context(Renderer.running(settings))
            if settings.worker:
                await stack.enter_async_context(working(settings, database, renderer=renderer, today=today))
            yield

    app = FastAPIOffline(
        title="Vi lærer sammen", version=version("vls"), lifespan=lifespan, docs_url="/docs", redoc_url=None
    )
    app.state.settings, app.state.database, app.state.today = settings, database, today
    app.state.signer = Signer(secret, token_seconds=settings.token_minutes * 60)
    app.state.links = LinkSigner(secret)
    app.state.clients = Clients(database)
    app.state.verifier = Verifier(app.state.clients)
    app.state.people = People(database, Issuers((*settings.oidc_issuers, *([demo.issuer] if demo else []))))
    app.state.devices, app.state.device_keys = Devices(database), DeviceKeys(secret)
    app.add_api_route("/", lambda: RedirectResponse("/docs"), include_in_schema=False)
    for feature in FEATURES:
        app.include_router(feature.router)
    apps.install(app, issuers=[issuer.origin for issuer in settings.oidc_issuers])
    if demo is not None:
        demo.install(app)
    handlers.install(app)
    openapi.install(app)
    app.add_middleware(Edge, max_body=settings.max_body_bytes, max_import=settings.max_import_bytes)
    return app
