"""Which log engine is meant by the settings."""

from __future__ import annotations

from connectors.http.client import BoundedSession
from connectors.ingress.engines.clickhouse import ClickHouse
from connectors.ingress.engines.engine import LogEngine
from connectors.ingress.engines.loki import Loki
from connectors.ingress.engines.victoria_logs import VictoriaLogs
from connectors.ingress.settings import ClickHouseSettings, LogEngineSettings, LokiSettings, VictoriaLogsSettings
from connectors.log_engines.clickhouse import ClickHouseApi, LogTable
from connectors.log_engines.loki import LokiApi
from connectors.log_engines.victoria_logs import VictoriaLogsApi


def open_engine(settings: LogEngineSettings) -> LogEngine:
    """Nothing is asked of it yet."""
    session = BoundedSession(settings)
    match settings:
        case LokiSettings():
            return Loki(settings.selector, LokiApi(settings.url, session, settings.tenant))
        case VictoriaLogsSettings():
            return VictoriaLogs(settings.selector, VictoriaLogsApi(settings.url, session, settings.tenant))
        case ClickHouseSettings():
            table = LogTable(settings.database, settings.table, settings.time, settings.body, settings.where)
            return ClickHouse(ClickHouseApi(settings.url, session), table)
    raise TypeError(type(settings))
