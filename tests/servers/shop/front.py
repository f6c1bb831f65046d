"""The planned requests sent through a real nginx to pods that answer as planned.

nginx itself writes the log, in ingress-nginx's default format. Two things cannot be waited for or had on one
machine, so each request brings them along in a header: when it happened (a night lasts too long), and from
which address it came. Everything else in a line, retries and timings included, is what nginx saw.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.servers.proxies.nginx import INGRESS_NGINX_FORMAT, Nginx
from tests.servers.shop.inventory import WAYS_IN, Pod, WayIn, pods_at
from tests.servers.shop.traffic import SLOW_ANSWER, Request

POD_PORT = 8080
CONTROLLERS = ("0", "1")
TIME = "%d/%b/%Y:%H:%M:%S %z"
AT_ONCE = 220
"""Two connections of nginx each, of which it has 512."""
SHOP_LOG = (
    INGRESS_NGINX_FORMAT.replace("$time_local", "$http_x_shop_time")
    + """\
access_log @DIR@/controller-$http_x_controller.log upstreaminfo;
open_log_file_cache max=4;
# A log file named by a variable is written only below a root that exists.
root @DIR@;
set_real_ip_from 127.0.0.0/8;
real_ip_header X-Client;
proxy_read_timeout 5s;
keepalive_requests 100000;
"""
)
DEFAULT_HOST = """\
server {
    listen 127.0.0.1:@PORT@ default_server;
    location = /healthz { access_log off; return 200 "ok"; }
}
"""
REASONS = {"200": "OK", "302": "Found", "304": "Not Modified", "404": "Not Found"}


@dataclass(frozen=True)
class Answering:
    """One pod's web server: it does what the request's `X-Plan` header says."""

    place: int

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._answer(_headers(await reader.readuntil(b"\r\n\r\n")), writer)
        writer.close()

    async def _answer(self, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        answers = headers["x-plan"].split(",")
        answer = answers[min(self.place, len(answers) - 1)]
        await asyncio.sleep(SLOW_ANSWER if answer == "hang" else float(headers["x-seconds"]))
        if answer in {"close", "hang"}:
            return
        body = b"x" * int(headers["x-size"])
        writer.write(f"HTTP/1.1 {answer} {REASONS[answer]}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()


@dataclass
class Visiting:
    """Sends the planned requests over a few kept connections."""

    port: int

    async def send(self, requests: Iterable[Request]) -> None:
        todo = iter(requests)
        await asyncio.gather(*(self._visit(todo, number) for number in range(AT_ONCE)))

    async def _visit(self, todo: Iterator[Request], number: int) -> None:
        connection = None
        for request in todo:
            connection = connection or await asyncio.open_connection("127.0.0.1", self.port)
            controller = CONTROLLERS[number % len(CONTROLLERS)]
            try:
                async with asyncio.timeout(request.patience):
                    await _exchange(request, controller, *connection)
            except TimeoutError:
                connection[1].close()
                connection = None
        if connection:
            connection[1].close()


async def _exchange(
    request: Request, controller: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    when = datetime.fromtimestamp(request.at, UTC).strftime(TIME)
    lines = (
        f"{request.method} {request.target} HTTP/1.1",
        f"Host: {request.way.host}",
        f"User-Agent: {request.agent}",
        f"X-Shop-Time: {when}",
        f"X-Client: {request.client}",
        f"X-Controller: {controller}",
        f"X-Plan: {request.answer}",
        f"X-Seconds: {request.seconds:.3f}",
        f"X-Size: {request.size}",
        "Content-Length: 0",
    )
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    answered = _headers(await reader.readuntil(b"\r\n\r\n"))
    await reader.readexactly(int(answered.get("content-length", 0)))


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:] if ": " in line)
    return {name.lower(): value for name, value in pairs}


def write_logs(requests: Sequence[Request], moment: float, into: Path) -> list[Path]:
    """Send the requests through nginx to the pods of a moment; one log file for each of two controllers."""
    with Nginx(http=configuration(moment)) as nginx:
        asyncio.run(_send(requests, moment, nginx.port))
        nginx.stop()
        return [_in_order(nginx.directory / f"controller-{name}.log", into) for name in CONTROLLERS]


async def _send(requests: Sequence[Request], moment: float, port: int) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for way in WAYS_IN:
            for place, pod in enumerate(_behind(way, moment)):
                served = await asyncio.start_server(Answering(place).serve, pod.address, POD_PORT)
                await stack.enter_async_context(served)
        await Visiting(port).send(requests)
        # Where a client has gone early, its pod still works.
        await asyncio.sleep(SLOW_ANSWER)


def _in_order(log: Path, into: Path) -> Path:
    """Requests overlapped while they were sent; a night's log is in the order of its times."""
    lines = log.read_text().splitlines(keepends=True)
    lines.sort(key=_time_of)
    ordered = into / log.name
    ordered.write_text("".join(lines))
    return ordered


def _time_of(line: str) -> datetime:
    return datetime.strptime(line.split("[", 1)[1].split("]", 1)[0], TIME).astimezone(UTC)


def _behind(way: WayIn, moment: float) -> list[Pod]:
    return [pod for pod in pods_at(moment) if pod.workload.name == way.service and pod.starts]


def configuration(moment: float) -> str:
    """The `http` block: a server for each host, a location for each way in, the pods of a moment behind them."""
    pods = {
        way.upstream: " ".join(f"server {pod.address}:{POD_PORT} max_fails=0;" for pod in _behind(way, moment))
        for way in WAYS_IN
    }
    upstreams = "\n".join(f"upstream {name} {{ {servers} }}" for name, servers in pods.items())
    hosts = sorted({way.host for way in WAYS_IN})
    return f"{SHOP_LOG}{upstreams}\n{DEFAULT_HOST}" + "\n".join(map(_host, hosts))


def _host(host: str) -> str:
    locations = "\n".join(_location(way) for way in WAYS_IN if way.host == host)
    names = 'set $proxy_upstream_name ""; set $proxy_alternative_upstream_name "";'
    return f"server {{\n    listen 127.0.0.1:@PORT@; server_name {host}; {names}\n{locations}\n}}\n"


def _location(way: WayIn) -> str:
    name = way.upstream
    return f'    location {way.path} {{ set $proxy_upstream_name "{name}"; proxy_pass http://{name}; }}'
