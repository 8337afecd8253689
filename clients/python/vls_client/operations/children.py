"""Operations of children. Written from openapi.yaml; change that, and `make openapi`."""

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part


def get_child_record(id: str) -> Call[models.RecordOut]:
    """Everything that is recorded about the child, as a file; also of a child that was deleted."""
    return Call("GET", f"/v1/children/{part(id)}/record")


def erase_child(id: str, body: models.ErasureIn) -> Call[models.ErasureOut]:
    """Erase the child and everything recorded about it, from history too. It cannot be brought back."""
    return Call("POST", f"/v1/children/{part(id)}/erasure", json=body)
