"""Annotations in Grafana.

Source: Grafana's documentation, "Annotations HTTP API" and "Create a service account"; grafana/grafana
`pkg/api/annotations.go`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from connectors.http.client import BoundedSession, read_json
from connectors.http.failures import Refused
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from vistas.errors import PostError
from vistas.extensions.annotators import Annotation
from vistas.settings import GrafanaSettings
from vistas.source import Deadline, Health

ANSWER_AT_MOST = 1 << 16
_NOT_KNOWN = (
    "Grafana does not know the token: make one for a service account (Administration, Users and access, Service "
    "accounts) and put it where the settings under [grafana] say."
)


class GrafanaAnnotator:
    """Of one Grafana, with the token of a service account."""

    def __init__(self, settings: GrafanaSettings) -> None:
        if settings.url is None:
            raise PostError("no Grafana is configured: set url under [grafana]")
        try:
            http = HttpSettings(
                url=settings.url,
                bearer_token_file=None if settings.token_env else settings.token_file,
                bearer_token_env=settings.token_env,
                ca_file=settings.ca_file,
                max_bytes=ANSWER_AT_MOST,
            )
        except ValidationError as error:
            raise PostError("the settings under [grafana] do not fit together") from error
        self._url = f"{settings.url}/api/annotations"
        self._org = f"{settings.url}/api/org"
        self._http = http

    def add(self, annotation: Annotation, deadline: Deadline) -> int:
        """Of the organisation, and so of no dashboard: those that show its tags show it."""
        sent: dict[str, Any] = {**_words(annotation), "time": _milliseconds(annotation.start)}
        if annotation.end is not None:
            sent["timeEnd"] = _milliseconds(annotation.end)
        with self._speaking(deadline, "create") as session:
            told = read_json(session.post(self._url, json=sent), session.origin)
        given = told.get("id") if isinstance(told, dict) else None
        if not isinstance(given, int) or given <= 0:
            raise PostError("Grafana took the annotation, but did not say under which number it keeps it.")
        return given

    def revise(self, annotation_id: int, annotation: Annotation, deadline: Deadline) -> bool:
        """False where it was deleted there."""
        return self._about_one("patch", annotation_id, deadline, "write", json=_words(annotation))

    def remove(self, annotation_id: int, deadline: Deadline) -> None:
        self._about_one("delete", annotation_id, deadline, "delete")

    def check(self, deadline: Deadline) -> Health:
        """Whether it answers and knows the token; nothing is written."""
        try:
            with self._speaking(deadline, "create") as session:
                try:
                    session.get(self._org)
                except Refused as refused:
                    if refused.status != 403:  # noqa: PLR2004 - an account that may not even see its organisation
                        raise
        except PostError as error:
            return Health(False, str(error))
        return Health(True, f"Grafana answers at {self._http.url} and knows the token.")

    def _about_one(self, method: str, annotation_id: int, deadline: Deadline, may: str, **sent: Any) -> bool:
        with self._speaking(deadline, may) as session:
            try:
                session.request(method.upper(), f"{self._url}/{annotation_id}", **sent)
            except Refused as refused:
                if refused.status != 404:  # noqa: PLR2004 - deleted there
                    raise
                return False
        return True

    @contextmanager
    def _speaking(self, deadline: Deadline, may: str) -> Iterator[BoundedSession]:
        """`may` is what of annotations the account has to be allowed."""
        session = BoundedSession(self._http)
        try:
            with session.within(deadline):
                yield session
        except Refused as refused:
            raise PostError(_in_words(refused, may)) from refused
        except Unobtainable as failure:
            raise PostError(f"{failure.gap.message} {failure.gap.hint}".strip()) from failure
        finally:
            session.close()


def _in_words(refused: Refused, may: str) -> str:
    match refused.status:
        case 401:
            return _NOT_KNOWN
        case 403:
            return (
                "The service account may not do this: it needs the permission "
                f"annotations:{may} on annotations:type:organization."
            )
        case 404:
            return f"{refused.gap.message} Check url under [grafana]: it ends where /api begins."
        case _:
            return f"{refused.gap.message} {refused.gap.hint}".strip()


def _words(annotation: Annotation) -> dict[str, Any]:
    return {"text": annotation.text, "tags": list(annotation.tags)}


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
