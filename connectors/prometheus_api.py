"""The conversation with a Prometheus API: what is asked, and how an answer of another implementation is taken.

`prometheus-api-client` gives label values, targets and the connection check, on a bounded session. The rest is
read here on that session: the client drops warnings and infos, and does not look at an answer's shape.

Source: prometheus `docs/querying/api.md`; thanos `docs/components/query.md`; VictoriaMetrics README.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from prometheus_api_client import PrometheusConnect
from prometheus_api_client.exceptions import PrometheusApiClientException

from connectors.http import BoundedSession, read_json
from connectors.http_failures import Refused
from connectors.object_frame import quoted
from connectors.prometheus_samples import Samples
from connectors.prometheus_step import Grid
from connectors.shapes import Misshapen, Shape, shaped
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline

Told = TypeVar("Told")

Parameters = Mapping[str, str | list[str]]

_POST_REFUSED = frozenset({403, 405, 501})
"""How a proxy that lets read only refuses POST, such as Kubernetes' service proxy under a narrow role."""
_NO_SUCH_API = frozenset({404, 405, 501})
_TIME_FOR_THE_WAY_BACK = 0.5


@dataclass(frozen=True, slots=True)
class Build:
    """`version` is empty where the tool keeps it to itself."""

    version: str = ""
    application: str = "Prometheus"


class _Lists(msgspec.Struct):
    data: dict[str, Any]


class _About(msgspec.Struct):
    data: Build


class PrometheusApi:
    """One tool. Whatever it does wrong, every method raises Unobtainable and nothing else."""

    def __init__(self, url: str, session: BoundedSession, parameters: Parameters) -> None:
        self._url = url
        self._session = session
        self._parameters = dict(parameters)
        self._connect = PrometheusConnect(url=url, session=session)
        self._method = "POST"

    @property
    def origin(self) -> str:
        return self._session.origin

    def query(self, query: str, at: datetime, deadline: Deadline) -> Samples:
        """An instant query's answer."""
        return self._ask("query", {"query": query, "time": _seconds(at)}, deadline)

    def query_range(self, query: str, grid: Grid, deadline: Deadline) -> Samples:
        """A range query's answer."""
        moments = {"start": _seconds(grid.start), "end": _seconds(grid.end)}
        return self._ask(
            "query_range", {"query": query, **moments, "step": str(int(grid.step.total_seconds()))}, deadline
        )

    def _ask(self, path: str, form: dict[str, str], deadline: Deadline) -> Samples:
        url, samples = f"{self._url}/api/v1/{path}", Samples()
        with self._session.within(deadline, into=samples.feed):
            patience = max(self._session.remaining() - _TIME_FOR_THE_WAY_BACK, _TIME_FOR_THE_WAY_BACK)
            asked = {**self._parameters, **form, "timeout": f"{patience:.3f}"}
            if self._method == "POST":
                try:
                    self._session.request("POST", url, data=asked)
                except Refused as refusal:
                    if refusal.status not in _POST_REFUSED:
                        raise
                else:
                    return samples
            self._session.request("GET", url, params=asked)
            self._method = "GET"
        return samples

    def present(self, names: Iterable[str], window: Window, deadline: Deadline) -> frozenset[str]:
        """Those of the metrics that had a sample within the window."""
        alternatives = sorted(names)
        matches = [f"{{__name__={quoted(name)}}}" for name in alternatives]
        bounds = {"start": _seconds(window.start), "end": _seconds(window.end)}
        asked = {**self._parameters, "match[]": matches, **bounds}
        with self._session.within(deadline):
            names = self.read(lambda: _by_client(lambda: self._connect.get_label_values("__name__", params=asked)))
        found = self.read(lambda: shaped(names or [], list[str]))
        return frozenset(found) & frozenset(alternatives)

    def alerts(self, deadline: Deadline) -> list[dict[str, Any]]:
        return self._list("alerts", "alerts", deadline)

    def rule_groups(self, deadline: Deadline) -> list[dict[str, Any]]:
        return self._list("rules", "groups", deadline)

    def targets(self, deadline: Deadline) -> list[dict[str, Any]]:
        """The targets being scraped, as the API tells them: with discovered labels, which must go no further."""
        with self._session.within(deadline):
            told = self._offered("targets", lambda: self.read(lambda: _by_client(self._ask_targets)))
        return self.read(lambda: _listed(shaped(told, dict[str, Any]), "activeTargets"))

    def _ask_targets(self) -> Any:
        return self._connect.get_targets(state="active")

    def _list(self, path: str, key: str, deadline: Deadline) -> list[dict[str, Any]]:
        with self._session.within(deadline):
            told = self._offered(path, lambda: self._told(path, _Lists)).data
        return self.read(lambda: _listed(told, key))

    def build(self, deadline: Deadline) -> Build:
        """What answers. Where it keeps that to itself, whether it can answer a query at all."""
        try:
            with self._session.within(deadline):
                return self._told("status/buildinfo", _About).data
        except Refused as refusal:
            if refusal.status not in _NO_SUCH_API:
                raise
        return self._nameless_build(deadline)

    def _nameless_build(self, deadline: Deadline) -> Build:
        try:
            with self._session.within(deadline):
                self._told("query", _Lists, {**self._parameters, "query": "vector(1)"})
        except Refused as refusal:
            if refusal.status not in _NO_SUCH_API or not self._answers_at_all(deadline):
                raise
            says = f"Something answers at {self._url}, but there is no Prometheus API below it."
            raise Unobtainable(GapReason.NOT_HERE, says, refusal.gap.hint) from refusal
        return Build()

    def _answers_at_all(self, deadline: Deadline) -> bool:
        try:
            with self._session.within(deadline, pages=True):
                return bool(self._connect.check_prometheus_connection())
        except Unobtainable:
            return False

    def _told(self, path: str, shape: type[Shape], asked: Parameters | None = None) -> Shape:
        answer = self._session.request("GET", f"{self._url}/api/v1/{path}", params=asked)
        return self.read(lambda: shaped(read_json(answer, self.origin), shape))

    def _offered(self, path: str, ask: Callable[[], Told]) -> Told:
        try:
            return ask()
        except Refused as refusal:
            if refusal.status not in _NO_SUCH_API:
                raise
            raise Unobtainable(
                GapReason.NOT_HERE,
                f"{self._url} does not tell its {path}.",
                f"Thanos and Mimir do not always: ask the Prometheus that has them. {refusal.gap.hint}",
            ) from refusal

    def read(self, read: Callable[[], Told]) -> Told:
        """What `read` makes of an answer. Raises Unobtainable where that is Misshapen."""
        try:
            return read()
        except Misshapen as error:
            raise Unobtainable(
                GapReason.GARBLED,
                f"What {self.origin} answered is not the Prometheus API's.",
                "Does the address lead to a Prometheus API, path prefix included? If so, try again.",
            ) from error


def _seconds(moment: datetime) -> str:
    return f"{moment.timestamp():.3f}"


def _by_client(ask: Callable[[], Told]) -> Told:
    """What the client reads: it looks into an answer without asking whether it is as expected."""
    try:
        return ask()
    except (PrometheusApiClientException, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Misshapen(str(error)) from error


def _listed(told: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    if key not in told:
        raise Misshapen(f"no {key} in the answer")
    return shaped([] if told[key] is None else told[key], list[dict[str, Any]])
