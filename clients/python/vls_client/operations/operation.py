"""Operations of operation. Written from openapi.yaml; change that, and `make openapi`."""

from vls_client import models
from vls_client.flow import Call


def get_liveness() -> Call[models.Health]:
    """The process answers."""
    return Call("GET", "/health/live")


def get_readiness() -> Call[models.Health]:
    """The process can serve: it reaches its database."""
    return Call("GET", "/health/ready")


def get_metrics() -> Call[bytes]:
    """Measurements in the text format of Prometheus. Keep it inside: the proxy should not pass it on."""
    return Call("GET", "/metrics")
