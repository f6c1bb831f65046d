"""A ClickHouse behind its HTTP interface: the real engine, in this process.

It takes a statement, its parameters and its settings as ClickHouse does, as fields of a form, and runs nothing
that is not said to be read-only.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import HTTP
from threading import Lock
from types import TracebackType
from typing import cast

from chdb.session import Session

from tests.connectors.http.answering import AnsweringServer, Received, Reply

OTEL_LOGS = """
    Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    ServiceName LowCardinality(String) CODEC(ZSTD(1)),
    Body String CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1))
"""
"""What the exporter of OpenTelemetry's collector makes, as far as it matters here."""
SETTINGS = ("max_execution_time", "readonly")
STATUS = {"516": 403, "497": 403, "164": 403, "60": 404, "81": 404, "159": 408}
"""The status of some errors; of all others it is 400 here."""


class ClickHouse(AnsweringServer):
    """`read_only` says that its user may neither write nor set anything; `password` that it asks for one."""

    def __init__(self) -> None:
        super().__init__()
        self.read_only = False
        self.password = ""
        self._one_at_a_time = Lock()
        self._owner = Session()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._owner.close()

    def create(self, table: str, columns: str = OTEL_LOGS, order: str = "Timestamp") -> None:
        self.run(f"CREATE TABLE {table} ({columns}) ENGINE = MergeTree ORDER BY {order}")

    def insert(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        self.run(f"INSERT INTO {table} FORMAT JSONEachRow " + "\n".join(map(json.dumps, rows)))

    def run(self, statement: str) -> None:
        """As somebody who may do anything."""
        with self._one_at_a_time:
            self._owner.query(statement)

    def answer(self, request: Received) -> Reply:
        self.received.append(request)
        form = {name: values[-1] for name, values in request.form.items()} | fields(request)
        if self.password and not self._may_enter(request):
            return _error("Code: 516. DB::Exception: reader: Authentication failed. (AUTHENTICATION_FAILED)")
        if not self.read_only and form.get("readonly") != "1":
            return _error("Code: 497. DB::Exception: reader: Not enough privileges. (ACCESS_DENIED)")
        with self._one_at_a_time:
            session = Session()
            try:
                return Reply(self._run(session, form))
            except RuntimeError as error:
                return _error(str(error))
            finally:
                session.close()

    def _run(self, session: Session, form: Mapping[str, str]) -> bytes:
        if self.read_only:
            session.query("SET readonly = 1")
        for name in SETTINGS:
            if name in form:
                session.query(f"SET {name} = {int(form[name])}")
        values = {name.removeprefix("param_"): value for name, value in form.items() if name.startswith("param_")}
        return bytes(session.query(form["query"], params=values).bytes())

    def _may_enter(self, request: Received) -> bool:
        sent = request.headers.get("Authorization", "").removeprefix("Basic ")
        return base64.b64decode(sent).decode() == f"reader:{self.password}"


def fields(request: Received) -> dict[str, str]:
    """Those of a form in several parts."""
    kind = next((value for name, value in request.headers.items() if name.lower() == "content-type"), "")
    whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body, policy=HTTP)
    found = {}
    for part in cast("EmailMessage", whole).iter_parts():
        value = cast("bytes", part.get_payload(decode=True)).decode()
        found[str(part.get_param("name", header="content-disposition"))] = value
    return found


def _error(message: str) -> Reply:
    code = re.search(r"Code: (\d+)", message)
    return Reply(message.encode(), STATUS.get(code[1] if code else "", 400), "text/plain")
