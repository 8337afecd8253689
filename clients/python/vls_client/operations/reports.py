"""Operations of reports. Written from openapi.yaml; change that, and `make openapi`."""

from typing import Any, Literal

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part, query, with_id


def get_readiness_report(
    id: str,
    *,
    version: Literal["full", "wall"] | None = None,
    scope: str | None = None,
    since: str | None = None,
    format: Literal["pdf", "png", "svg", "html", "json", "csv"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """The readiness report of a place. `png` and `svg` are its first chart, `json` and `csv` the same as data."""
    return Call(
        "GET",
        f"/v1/survey-rounds/{part(id)}/report",
        query({"version": version, "scope": scope, "since": since, "format": format, "language": language}),
    )


def get_readiness_chart(
    id: str,
    chart: str,
    *,
    scope: str | None = None,
    since: str | None = None,
    format: Literal["png", "svg"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[bytes]:
    """One chart of the readiness report, for a presentation."""
    return Call(
        "GET",
        f"/v1/survey-rounds/{part(id)}/charts/{part(chart)}",
        query({"scope": scope, "since": since, "format": format, "language": language}),
    )


def get_room_report(
    id: str,
    *,
    names: bool | None = None,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["pdf", "png", "svg", "html", "json", "csv"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """The data report of a room; the children's development is in it for those with `development:read`."""
    return Call(
        "GET",
        f"/v1/rooms/{part(id)}/report",
        query({"names": names, "from": from_, "to": to, "format": format, "language": language}),
    )


def get_room_chart(
    id: str,
    chart: str,
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["png", "svg"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[bytes]:
    """One chart of the room data report, for a meeting."""
    return Call(
        "GET",
        f"/v1/rooms/{part(id)}/charts/{part(chart)}",
        query({"from": from_, "to": to, "format": format, "language": language}),
    )


def get_unit_report(
    id: str,
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["pdf", "png", "svg", "html", "json", "csv"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """The data report of a unit and its rooms. `png` and `svg` are its first chart, `json` and `csv` the same data."""
    return Call(
        "GET", f"/v1/units/{part(id)}/report", query({"from": from_, "to": to, "format": format, "language": language})
    )


def get_area_report(
    id: str,
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["pdf", "png", "svg", "html", "json", "csv"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """The data report of an area and its units."""
    return Call(
        "GET", f"/v1/areas/{part(id)}/report", query({"from": from_, "to": to, "format": format, "language": language})
    )


def get_municipality_report(
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["pdf", "png", "svg", "html", "json", "csv"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[Any]:
    """The data report of the municipality, its areas, kinds of unit, and units."""
    return Call(
        "GET", "/v1/municipality/report", query({"from": from_, "to": to, "format": format, "language": language})
    )


def get_unit_chart(
    id: str,
    chart: str,
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["png", "svg"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[bytes]:
    """One chart of the report of a unit, for a meeting."""
    return Call(
        "GET",
        f"/v1/units/{part(id)}/charts/{part(chart)}",
        query({"from": from_, "to": to, "format": format, "language": language}),
    )


def get_area_chart(
    id: str,
    chart: str,
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["png", "svg"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[bytes]:
    """One chart of the report of an area; `development-` and the key of a learning area is the funnel of its units."""
    return Call(
        "GET",
        f"/v1/areas/{part(id)}/charts/{part(chart)}",
        query({"from": from_, "to": to, "format": format, "language": language}),
    )


def get_municipality_chart(
    chart: str,
    *,
    from_: str | None = None,
    to: str | None = None,
    format: Literal["png", "svg"] | None = None,
    language: Literal["da", "en"] | None = None,
) -> Call[bytes]:
    """One chart of the report of the municipality."""
    return Call(
        "GET",
        f"/v1/municipality/charts/{part(chart)}",
        query({"from": from_, "to": to, "format": format, "language": language}),
    )


def create_report_batch(body: models.ReportBatchIn) -> Call[models.ReportBatchOut]:
    """Order the reports of all units or all rooms of a place; follow `Location` until they are done."""
    return Call("POST", "/v1/report-batches", json=with_id(body), again=True)


def get_report_batch(id: str) -> Call[models.ReportBatchOut]:
    """How many of the documents are made, and which could not be."""
    return Call("GET", f"/v1/report-batches/{part(id)}")


def get_report_batch_file(id: str) -> Call[bytes]:
    """The documents of a batch that is over, as a ZIP: named by their places' external ids, in their order."""
    return Call("GET", f"/v1/report-batches/{part(id)}/file")


def verify_report(code: str) -> Call[models.VerificationOut]:
    """What the document with this code was made from, and whether the same data give the same numbers today."""
    return Call("GET", f"/v1/reports/{part(code)}/verification")
