"""What vistas.toml may say about ingress logs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from connectors.http.settings import HttpSettings
from connectors.ingress.dialects import ORDER, Dialect, load_dialects
from connectors.ingress.reading.custom import CUSTOM, JsonKeys, from_json_keys, from_log_format
from connectors.opening import OpenInGrafana

_MATCHER = r"""\s*[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*(?:"(?:[^"\\]|\\.)*"|`[^`]*`)\s*"""
_TABLES = "[pods], [loki], [victoria_logs] and [clickhouse]"
SELECTOR = re.compile(rf"\{{{_MATCHER}(?:,{_MATCHER})*,?\s*\}}")
"""A LogQL stream selector without a pipeline."""
LOGSQL_FILTER = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[^"'`|#])+""")
"""A filter of LogsQL: what is quoted, and whatever else is neither a pipe nor a comment."""
INGRESS_NGINX = "app.kubernetes.io/name=ingress-nginx,app.kubernetes.io/component=controller"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PodsSettings(_Table):
    """The controllers' pods, read through the Kubernetes API."""

    namespace: str | None = Field(default="ingress-nginx", description="where they run; null means anywhere")
    selector: str = Field(default=INGRESS_NGINX, min_length=1, description="a label selector that chooses them")
    container: str | None = Field(default=None, description="by default `controller`, or else the first container")
    kubeconfig: Path | None = Field(default=None, description="by default as for a kubernetes source")
    context: str | None = Field(default=None, min_length=1, description="by default the kubeconfig's current one")

    @model_validator(mode="before")
    @classmethod
    def _labels_are_a_selector(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or "labels" not in value:
            return value
        if "selector" in value or not isinstance(value["labels"], Mapping):
            raise ValueError("write either selector, or labels as a table such as {app = 'ingress'}")
        labels = ",".join(f"{name}={label}" for name, label in value["labels"].items())
        return {**{key: kept for key, kept in value.items() if key != "labels"}, "selector": labels}


class ClusterSettings(_Table):
    """The cluster that the services live in."""

    kubeconfig: Path | None = Field(default=None, description="by default as for a kubernetes source")
    context: str | None = Field(default=None, min_length=1, description="by default the kubeconfig's current one")


class LogEngineSettings(HttpSettings):
    """What keeps the logs, whichever it is."""

    max_lines: Annotated[int, Field(ge=0, le=100_000_000)] = Field(
        default=200_000,
        description="how many lines of a window are read; where there are more, they are counted there, and a "
        "sample is read",
    )


class LokiSettings(LogEngineSettings):
    """The Loki that keeps the logs, and which of its streams are the controllers'."""

    selector: str = Field(description='which streams, as LogQL writes it: {app="ingress-nginx"}')
    tenant: str | None = Field(
        default=None, pattern=r"^[\w!.*'()|-]+$", description="sent as X-Scope-OrgID; several are written A|B"
    )
    open: OpenInGrafana = Field(
        default=OpenInGrafana(), description="where people see its lines in a tool of its own"
    )

    @field_validator("selector")
    @classmethod
    def _is_a_selector(cls, value: str) -> str:
        if not SELECTOR.fullmatch(value.strip()):
            raise ValueError('write a stream selector alone, such as {app="ingress-nginx"}')
        return value.strip()


class VictoriaLogsSettings(LogEngineSettings):
    """The VictoriaLogs that keeps the logs, and which of its lines are the controllers'."""

    selector: str = Field(description='which lines, as a filter of LogsQL: {app="ingress-nginx"}')
    tenant: str | None = Field(
        default=None, pattern=r"^\d{1,10}(:\d{1,10})?$", description="sent as AccountID and ProjectID: 12:34"
    )

    @field_validator("selector")
    @classmethod
    def _is_a_filter(cls, value: str) -> str:
        if not LOGSQL_FILTER.fullmatch(value) or not value.strip():
            raise ValueError('write a filter alone, without pipes, such as {app="ingress-nginx"}')
        bare = value.strip()
        return bare if SELECTOR.fullmatch(bare) else f"({bare})"


class ClickHouseSettings(LogEngineSettings):
    """The ClickHouse that keeps the logs, by default as OpenTelemetry's collector writes them."""

    database: str = Field(default="default", min_length=1, description="where the table is")
    table: str = Field(default="otel_logs", min_length=1, description="the table that has a row for each line")
    time: str = Field(default="Timestamp", min_length=1, description="its column for when, DateTime or DateTime64")
    body: str = Field(default="Body", min_length=1, description="its column for the line")
    where: dict[Annotated[str, Field(pattern=r"^[^.]+(\..+)?$")], str] = Field(
        default={},
        description="what other columns have to be, or keys of a map: ResourceAttributes.k8s.namespace.name",
    )


class IngressSettings(_Table):
    """Logs of one ingress: files, pods, or what a log engine keeps of them."""

    files: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        default=(),
        description="paths and globs, rotated and .gz files included, such as /var/log/nginx/access.log*",
    )
    pods: tuple[PodsSettings, ...] = Field(
        default=(), description="the controllers' pods: one table, or several as [[sources.NAME.pods]]"
    )
    loki: LokiSettings | None = None
    victoria_logs: VictoriaLogsSettings | None = None
    clickhouse: ClickHouseSettings | None = None
    cluster: ClusterSettings | None = Field(
        default=None, description="whose services the logs name, so that they are shown as namespace/service"
    )
    dialect: str = Field(default="auto", description="auto, or the dialect that its lines are in")
    log_format: str = Field(default="", description="a format of your own, as nginx writes it in log_format")
    json_keys: JsonKeys = Field(
        default={}, description="a JSON format of your own: columns of a record, and the key where each stands"
    )
    controller: str = Field(
        default="", description="the name shown for what wrote the lines, where you know better"
    )
    timezone: str = Field(default="UTC", description="the zone of clocks that are written without one")
    at_once: Annotated[int, Field(ge=1, le=16)] = Field(default=8, description="looks run at the same time")
    max_bytes: Annotated[int, Field(ge=10_000, le=1 << 40)] = Field(
        default=8 << 30, description="how much log is read for one window, in bytes of text"
    )
    sample_lines: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=100, description="how many patterns of odd lines are shown, with one redacted sample each"
    )

    @field_validator("files", mode="before")
    @classmethod
    def _one_file_is_a_list_of_one(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("pods", mode="before")
    @classmethod
    def _one_table_is_a_list_of_one(cls, value: Any) -> Any:
        return (value,) if isinstance(value, Mapping) else value

    @field_validator("dialect")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in ("auto", CUSTOM, *ORDER):
            raise ValueError(f"there are auto, {CUSTOM}, {', '.join(ORDER)}")
        return value

    @field_validator("log_format")
    @classmethod
    def _is_a_format(cls, value: str) -> str:
        if value:
            from_log_format(value)
        return value

    @field_validator("json_keys")
    @classmethod
    def _are_keys(cls, value: JsonKeys) -> JsonKeys:
        if value:
            from_json_keys(value)
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise ValueError("write a zone such as UTC or Europe/Berlin") from unknown

    @model_validator(mode="after")
    def _has_one_format_of_its_own(self) -> IngressSettings:
        if self.log_format and self.json_keys:
            raise ValueError("set either log_format or json_keys, not both")
        if self.dialect == CUSTOM and not (self.log_format or self.json_keys):
            raise ValueError(f"dialect = {CUSTOM!r} needs log_format or json_keys")
        return self

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """Those its lines may be in, one of its own first."""
        own = from_log_format(self.log_format) if self.log_format else None
        own = from_json_keys(self.json_keys) if self.json_keys else own
        known = (*([own] if own else []), *load_dialects())
        chosen = [each for each in known if self.dialect in ("auto", each.name) or each.set_aside]
        named = {"controller": self.controller} if self.controller else {}
        return tuple(each.model_copy(update=named) for each in chosen)

    @property
    def log_engine(self) -> LogEngineSettings | None:
        return self.loki or self.victoria_logs or self.clickhouse

    @model_validator(mode="after")
    def _has_one_origin(self) -> IngressSettings:
        engines = [each is not None for each in (self.loki, self.victoria_logs, self.clickhouse)]
        if [bool(self.files), bool(self.pods), *engines].count(True) != 1:
            raise ValueError(f"set one of files = [...], {_TABLES}, to say where the logs are")
        return self
