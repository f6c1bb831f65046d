"""The conversation with a Prometheus API: what is asked, and how an answer of another implementation is taken.

`prometheus-api-client` gives label values and the connection check, on a bounded session. The rest is read here
on that session: the client drops warnings and infos, does not look at an answer's shape, and makes objects of all
of it.

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

from connectors.http.client import BoundedSession, not_json
from connectors.http.failures import FAILED, Refused, expect_success
from connectors.http.json_answers import NOTHING, NoJson, each_as, read_any, read_as
from connectors.http.shapes import Misshapen, Shape, shaped
from connectors.object_frame import quoted
from connectors.prometheus.relatives import PRETENDED, victoria_metrics
from connectors.prometheus.samples import SampleReader
from connectors.prometheus.step import QueryRange
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline

Data = TypeVar("Data")

Parameters = Mapping[str, str | list[str]]

_POST_REFUSED = frozenset({403, 405, 501})
"""How a proxy that lets read only refuses POST, such as Kubernetes' service proxy under a narrow role."""
_NO_SUCH_API = frozenset({404, 405, 501})
_BAD_REQUEST = 400
"""VictoriaMetrics says so of a path that it does not have. Others may mean it."""
_MAY_KEEP_TO_ITSELF = (GapReason.REFUSED, GapReason.NOT_HERE, GapReason.GARBLED)
"""Why a tool that answers queries may not say what it is, beside refusing to."""
_CONFIRMED = 12
"""Metrics of a query of which it is asked whether they have samples within the window."""
_TIME_FOR_THE_WAY_BACK = 0.5
_ADDRESS = "Or check the address: many installations are under a path prefix, such as /prometheus."


@dataclass(frozen=True, slots=True)
class Build:
    """`version` is empty where the tool keeps it to itself."""

    version: str = ""
    application: str = "Prometheus"


class _DataEnvelope(msgspec.Struct):
    """What every answer of the API is."""

    data: msgspec.Raw = NOTHING
    status: Any = None


class _AnyRules(msgspec.Struct):
    """A group of rules, as far as it matters whether it has any."""

    rules: list[msgspec.Raw] | None = None


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

    def query(self, query: str, at: datetime, deadline: Deadline) -> SampleReader:
        """An instant query's answer."""
        return self._ask("query", {"query": query, "time": _seconds(at)}, deadline)

    def query_range(self, query: str, grid: QueryRange, deadline: Deadline) -> SampleReader:
        """A range query's answer."""
        moments = {"start": _seconds(grid.start), "end": _seconds(grid.end)}
        return self._ask(
            "query_range", {"query": query, **moments, "step": str(int(grid.step.total_seconds()))}, deadline
        )

    def _ask(self, path: str, form: dict[str, str], deadline: Deadline) -> SampleReader:
        url, samples = f"{self._url}/api/v1/{path}", SampleReader()
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
        found = frozenset(self.read(lambda: shaped(names or [], list[str]))) & frozenset(alternatives)
        named = sorted(found)[:_CONFIRMED]
        gone = {each for each in named if not self._has_samples(f"{{__name__={quoted(each)}}}", window, deadline)}
        return found - gone

    def has(self, matching: str, window: Window, deadline: Deadline) -> bool:
        """Whether any series that matches a selector had a sample within the window."""
        bounds = {"start": _seconds(window.start), "end": _seconds(window.end), "limit": "1"}
        known = self.ask_list("label/__name__/values", {"match[]": matching, **bounds}, deadline)
        return bool(known) and self._has_samples(matching, window, deadline)

    def _has_samples(self, matching: str, window: Window, deadline: Deadline) -> bool:
        """Label values are those of whole blocks, however short the window; series have samples within it.

        True where there are too many to be told: a tool may not know the limit.
        """
        bounds = {"start": _seconds(window.start), "end": _seconds(window.end), "limit": "1"}
        asked = {**self._parameters, "match[]": matching, **bounds}
        try:
            # A union is a shape, too.
            return bool(self._data("series", list[dict[str, str]] | None, deadline, asked))  # type: ignore[arg-type]
        except Unobtainable:
            return True

    def alerts(self, deadline: Deadline) -> tuple[list[msgspec.Raw], tuple[str, ...]]:
        """Active alerts, and warnings. Unobtainable where there is none because nobody evaluates rules."""
        found = self._list("alerts", "alerts", deadline)
        if found:
            return found, ()
        try:
            groups = self._list("rules", "groups", deadline, {"type": "alert"})
        except Unobtainable as failure:
            return [], (f"Could not find out whether any rules are evaluated here: {failure.gap.message}",)
        self._expect_rules(groups)
        return [], ()

    def rule_groups(self, deadline: Deadline) -> list[msgspec.Raw]:
        """Groups of rules. Unobtainable where nobody evaluates any."""
        found = self._list("rules", "groups", deadline)
        self._expect_rules(found)
        return found

    def targets(self, deadline: Deadline) -> list[msgspec.Raw]:
        """The targets being scraped, as the API tells them: with discovered labels, which must go no further.

        Unobtainable where nothing is scraped.
        """
        if found := self._list("targets", "activeTargets", deadline, {"state": "active"}):
            return found
        raise Unobtainable(
            GapReason.NOT_HERE,
            f"{self._url} scrapes nothing itself.",
            "Whatever sends it samples (vmagent, another Prometheus) knows the targets: connect that as a source.",
        )

    def _expect_rules(self, groups: list[msgspec.Raw]) -> None:
        """Raises Unobtainable where nobody evaluates rules."""
        if self.read(lambda: any(group.rules for group in each_as(groups, _AnyRules))):
            return
        raise Unobtainable(
            GapReason.NOT_HERE,
            f"{self._url} evaluates no rules, so no alert can come from it.",
            "Rules may be evaluated elsewhere (vmalert, a Thanos or Mimir ruler): connect that as a source.",
        )

    def _list(self, path: str, key: str, deadline: Deadline, asked: Parameters | None = None) -> list[msgspec.Raw]:
        told = self._offered(path, deadline, lambda: self._data(path, dict[str, msgspec.Raw], deadline, asked))
        return self.read(lambda: _listed(told, key))

    def ask_list(self, path: str, asked: Parameters, deadline: Deadline) -> list[str]:
        """What the API lists under a path, such as the values of a label."""
        # A union is a shape, too.
        told = self._data(path, list[str] | None, deadline, {**self._parameters, **asked})  # type: ignore[arg-type]
        return told or []

    def ask_map(self, path: str, shape: type[Shape], asked: Parameters, deadline: Deadline) -> Mapping[str, Shape]:
        """What the API tells by name under a path."""
        return self._data(path, dict[str, shape], deadline, asked)  # type: ignore[valid-type]

    def build(self, deadline: Deadline) -> Build:
        """What answers. Where it does not say that properly, whether it can answer a query at all."""
        try:
            build = self._data("status/buildinfo", Build, deadline)
        except Unobtainable as failure:
            if not isinstance(failure, Refused) and failure.gap.reason not in _MAY_KEEP_TO_ITSELF:
                raise
            return self._nameless_build(failure, deadline)
        victoria = victoria_metrics(self._session, deadline) if build.version == PRETENDED else None
        return Build(victoria, "VictoriaMetrics") if victoria else build

    def _nameless_build(self, failure: Unobtainable, deadline: Deadline) -> Build:
        """`failure` is why it is nameless."""
        try:
            self._ask_for_nothing(deadline)
        except Refused as refusal:
            if refusal.status not in _NO_SUCH_API:
                raise
            if not (isinstance(failure, Refused) and failure.status in _NO_SUCH_API):
                raise failure from refusal
            if not self._answers_at_all(deadline):
                raise
            message = f"Something answers at {self._url}, but there is no Prometheus API under it."
            raise Unobtainable(GapReason.NOT_HERE, message, refusal.gap.hint) from refusal
        return Build()

    def _ask_for_nothing(self, deadline: Deadline) -> None:
        """A query that needs no data. Raises Unobtainable where queries are not answered."""
        self._data("query", dict[str, msgspec.Raw], deadline, {**self._parameters, "query": "vector(1)"})

    def _answers_at_all(self, deadline: Deadline) -> bool:
        try:
            with self._session.within(deadline, pages=True):
                return bool(self._connect.check_prometheus_connection())
        except Unobtainable:
            return False

    def _data(self, path: str, shape: type[Shape], deadline: Deadline, asked: Parameters | None = None) -> Shape:
        """The `data` of an answer."""
        with self._session.within(deadline):
            answer = self._session.request("GET", f"{self._url}/api/v1/{path}", params=asked)
        try:
            told = self.read(lambda: read_as(answer.content, _DataEnvelope))
            if told.data == NOTHING or told.status in FAILED:
                expect_success(self.origin, read_any(answer.content))
            return self.read(lambda: read_as(told.data, shape))
        except NoJson as error:
            raise not_json(answer, self.origin) from error

    def _offered(self, path: str, deadline: Deadline, ask: Callable[[], Data]) -> Data:
        try:
            return ask()
        except Refused as refusal:
            if refusal.status == _BAD_REQUEST:
                self._ask_for_nothing(deadline)
            elif refusal.status not in _NO_SUCH_API:
                raise
            raise Unobtainable(
                GapReason.NOT_HERE,
                f"{self._url} does not provide {path}.",
                f"Not everything that answers queries does: connect the Prometheus that has them. {_ADDRESS}",
            ) from refusal

    def read(self, read: Callable[[], Data]) -> Data:
        """What `read` makes of an answer. Raises Unobtainable where that is Misshapen."""
        try:
            return read()
        except Misshapen as error:
            raise Unobtainable(
                GapReason.GARBLED,
                f"What {self.origin} returned is not a Prometheus answer.",
                "Is this the address of a Prometheus API, path prefix included? If so, try again.",
            ) from error


def _seconds(moment: datetime) -> str:
    return f"{moment.timestamp():.3f}"


def _by_client(ask: Callable[[], Data]) -> Data:
    """What the client reads: it looks into an answer without asking whether it is as expected."""
    try:
        return ask()
    except (
        PrometheusApiClientException,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise Misshapen(str(error)) from error


def _listed(told: Mapping[str, msgspec.Raw], key: str) -> list[msgspec.Raw]:
    if key not in told:
        raise Misshapen(f"no {key} in the answer")
    return read_as(told[key], list[msgspec.Raw] | None) or []  # type: ignore[arg-type]  # a union is a shape, too
