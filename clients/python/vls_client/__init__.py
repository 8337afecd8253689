"""A thin client of the VLS API.

>>> from vls_client import Client
>>> with Client("https://vls.example.dk", client_id="...", client_secret="...") as vls:  # doctest: +SKIP
...     receipt = vls.wait_import(vls.upload("roster", "roster/", mode="check")["id"])
...     rooms = list(vls.pages("/v1/rooms"))

Everything it raises:

    VlsError
    ├── Problem       the service answered no, and says why (`code`, `detail`, `errors`)
    ├── Unreachable   nothing answered, also after trying again
    └── NotFinished   an import was still running when the patience ran out

`AsyncClient` has the same methods for asynchronous programs. Every operation of the service is in
`vls_client.operations`, its bodies and answers in `vls_client.models`; a client does them:

>>> from vls_client.operations import roster
>>> roster.list_rooms(limit=5).path
'/v1/rooms'
"""

from vls_client.aio import AsyncClient
from vls_client.client import Client
from vls_client.flow import Call
from vls_client.problems import FieldError, NotFinished, Problem, Unreachable, VlsError
from vls_client.retry import Retry

__all__ = ["AsyncClient", "Call", "Client", "FieldError", "NotFinished", "Problem", "Retry", "Unreachable", "VlsError"]
