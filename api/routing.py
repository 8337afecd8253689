"""Which operations lie behind an address."""

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Match


def operations_at(app: FastAPI, path: str) -> list[APIRoute]:
    """Every operation at `path`, whatever its method."""
    scope = {"type": "http", "method": "", "path": path, "root_path": "", "headers": []}
    routes = (context.original_route for context in iter_route_contexts(app.routes))
    return [route for route in routes if isinstance(route, APIRoute) and route.matches(scope)[0] is not Match.NONE]
