"""Operations of configuration. Written from openapi.yaml; change that, and `make openapi`."""

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part, query


def get_calendar(*, on: str | None = None) -> Call[models.PublishedOutCalendarIO]:
    """The calendar that holds on a day; the default where none was published"""
    return Call("GET", "/v1/configuration/calendar", query({"on": on}))


def publish_calendar(body: models.PublishInCalendarIO) -> Call[models.PublishedOutCalendarIO]:
    """Publish a version of the calendar; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/configuration/calendar", json=body)


def list_calendar_versions(
    *, limit: int | None = None, cursor: str | None = None
) -> Call[models.PagePublishedOutCalendarIO]:
    """Every published version of the calendar"""
    return Call("GET", "/v1/configuration/calendar/versions", query({"limit": limit, "cursor": cursor}))


def get_calendar_version(version: str) -> Call[models.PublishedOutCalendarIO]:
    """One version of the calendar; 0 is the default"""
    return Call("GET", f"/v1/configuration/calendar/versions/{part(version)}")


def get_vocabulary(*, on: str | None = None) -> Call[models.PublishedOutVocabularyIO]:
    """The vocabulary that holds on a day; the default where none was published"""
    return Call("GET", "/v1/configuration/vocabulary", query({"on": on}))


def publish_vocabulary(body: models.PublishInVocabularyIO) -> Call[models.PublishedOutVocabularyIO]:
    """Publish a version of the vocabulary; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/configuration/vocabulary", json=body)


def list_vocabulary_versions(
    *, limit: int | None = None, cursor: str | None = None
) -> Call[models.PagePublishedOutVocabularyIO]:
    """Every published version of the vocabulary"""
    return Call("GET", "/v1/configuration/vocabulary/versions", query({"limit": limit, "cursor": cursor}))


def get_vocabulary_version(version: str) -> Call[models.PublishedOutVocabularyIO]:
    """One version of the vocabulary; 0 is the default"""
    return Call("GET", f"/v1/configuration/vocabulary/versions/{part(version)}")


def get_thresholds(*, on: str | None = None) -> Call[models.PublishedOutThresholdsIO]:
    """The thresholds that holds on a day; the default where none was published"""
    return Call("GET", "/v1/configuration/thresholds", query({"on": on}))


def publish_thresholds(body: models.PublishInThresholdsIO) -> Call[models.PublishedOutThresholdsIO]:
    """Publish a version of the thresholds; the same again answers 200 and changes nothing"""
    return Call("POST", "/v1/configuration/thresholds", json=body)


def list_thresholds_versions(
    *, limit: int | None = None, cursor: str | None = None
) -> Call[models.PagePublishedOutThresholdsIO]:
    """Every published version of the thresholds"""
    return Call("GET", "/v1/configuration/thresholds/versions", query({"limit": limit, "cursor": cursor}))


def get_thresholds_version(version: str) -> Call[models.PublishedOutThresholdsIO]:
    """One version of the thresholds; 0 is the default"""
    return Call("GET", f"/v1/configuration/thresholds/versions/{part(version)}")


def get_calendar_preview(
    *, from_: str | None = None, weeks: int | None = None, unit_id: str | None = None
) -> Call[models.YearOut]:
    """The coming year as it is planned: closed weeks, themes, phases, and when room data reports open."""
    return Call("GET", "/v1/calendar/preview", query({"from": from_, "weeks": weeks, "unit_id": unit_id}))


def preview_calendar(
    body: models.CalendarIO, *, from_: str | None = None, weeks: int | None = None
) -> Call[models.YearOut]:
    """The coming year as it would be with this calendar. Nothing is published."""
    return Call("POST", "/v1/calendar/preview", query({"from": from_, "weeks": weeks}), json=body, again=True)
