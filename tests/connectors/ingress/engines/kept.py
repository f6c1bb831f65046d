"""Lines kept in a real log engine, and what an ingress source makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import polars as pl

from connectors.ingress import IngressSource
from connectors.ingress.dialects import Dialect, load_dialects
from connectors.ingress.engines.counted import add_up
from connectors.ingress.engines.counting import counting
from connectors.ingress.engines.opening import open_engine
from connectors.ingress.reading.reader import Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.ingress.settings import ClickHouseSettings, LogEngineSettings, VictoriaLogsSettings
from connectors.log_engines.lines import MINUTE, NANOSECONDS, LabelledCount, TimeSpan, moment
from tests.connectors.http.answering import AnsweringServer
from tests.connectors.ingress.engines.mixture import START, WINDOW
from tests.servers import VictoriaLogs
from tests.servers.logs.clickhouse import ClickHouse
from vistas.redaction import Redactor
from vistas.requests.summary import bucket_numbers
from vistas.routine import Look
from vistas.snapshot import Snapshot
from vistas.source import Deadline, Health

UTC_ZONE = ZoneInfo("UTC")
_NUMBERS = count()
MANY = 0
"""Whatever there is, is too many lines to be read."""
COUNTED = [dialect for dialect in load_dialects() if not dialect.set_aside and not dialect.last_resort]
MENDED = {"blanks without quotes and leading zeros are no JSON, and are written all the same"}
"""JSON that our reader mends, and a strict parser does not take."""


@dataclass
class InVictoriaLogs:
    """One stream of a VictoriaLogs."""

    server: VictoriaLogs | AnsweringServer
    app: str = field(default_factory=lambda: f"door-{next(_NUMBERS)}")
    table: ClassVar[str] = "victoria_logs"

    def another(self) -> InVictoriaLogs:
        return InVictoriaLogs(self.server)

    @property
    def url(self) -> str:
        return self.server.url

    def push(self, entries: Sequence[tuple[int, str | Mapping[str, Any]]]) -> None:
        assert isinstance(self.server, VictoriaLogs)
        self.server.push(entries, {"app": self.app})

    def asked(self, **changed: Any) -> dict[str, Any]:
        return {"url": self.url, "selector": f'{{app="{self.app}"}}', **changed}

    def settings(self) -> LogEngineSettings:
        return VictoriaLogsSettings.model_validate(self.asked())


@dataclass
class InClickHouse:
    """One service in a table of a ClickHouse, as OpenTelemetry's collector writes it."""

    server: ClickHouse | AnsweringServer
    app: str = field(default_factory=lambda: f"door-{next(_NUMBERS)}")
    table: ClassVar[str] = "clickhouse"

    def another(self) -> InClickHouse:
        return InClickHouse(self.server)

    @property
    def url(self) -> str:
        return self.server.url

    def push(self, entries: Sequence[tuple[int, str]]) -> None:
        """In a namespace of its own."""
        same = {"ServiceName": self.app, "ResourceAttributes": {"k8s.namespace.name": f"{self.app}'s"}}
        rows = ({"Timestamp": at_as_text(at), "Body": line, **same} for at, line in entries)
        assert isinstance(self.server, ClickHouse)
        self.server.insert("otel_logs", rows)

    def asked(self, **changed: Any) -> dict[str, Any]:
        where = {"ServiceName": self.app, "ResourceAttributes.k8s.namespace.name": f"{self.app}'s"}
        return {"url": self.url, "where": where, **changed}

    def settings(self) -> LogEngineSettings:
        return ClickHouseSettings.model_validate(self.asked())


def at_as_text(at: int) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M:%S}.{at % NANOSECONDS:09}"


Kept = InVictoriaLogs | InClickHouse


def source_of(kept: Kept, **changed: Any) -> IngressSource:
    return IngressSource.from_settings(
        "edge", {kept.table: kept.asked(**changed)}, Redactor(b"a key for these tests")
    )


def patience() -> Deadline:
    return Deadline(timedelta(seconds=60))


def taken(source: IngressSource, what: str, **where: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="edge", take=what, where=where)
    return source.take("front-door", look, WINDOW, patience())


def frame(snapshot: Snapshot) -> pl.DataFrame:
    assert snapshot.frame, snapshot.gap
    return snapshot.frame.data


def check(source: IngressSource) -> Health:
    return source.check(patience())


def read(dialect: Dialect, line: str) -> list[dict[str, Any]]:
    """What a line is counted as, once it is read."""
    records = make_reader(dialect, UTC_ZONE).read(Text(line.encode() + b"\n")).records
    host = pl.lit("") if dialect.host_in_target else pl.col("host")
    told = records.with_columns(retried=pl.col("retries"), bucket=bucket_numbers(records["seconds"]))
    return told.select(
        host.alias("host"), "service", "status", "bucket", pl.col("retried").cast(pl.UInt64)
    ).to_dicts()


def assert_adds_up(dialect: Dialect, cells: Sequence[LabelledCount], written: Sequence[str]) -> None:
    """Each line, in a minute of its own, was counted as what it is read as."""
    for place, line in enumerate(written):
        in_it = [cell for cell in cells if cell.end == START + (place + 1) * MINUTE]
        counted = add_up(counting(dialect), in_it, dialect.samples[0].line, UTC_ZONE).minutes
        assert counted.select("host", "service", "status", "bucket", "retried").to_dicts() == read(dialect, line)


def assert_counted_as_read(kept: Kept, dialect: Dialect, written: Sequence[str]) -> None:
    engine, span = open_engine(kept.settings()), TimeSpan(START, START + len(written) * MINUTE)
    assert_adds_up(dialect, engine.count_requests(counting(dialect), span, patience()), written)
    left = engine.some(engine.others([dialect]), span, patience(), limit=1_000)
    assert not {line.line for line in left} & {line for line in written if read(dialect, line)}
