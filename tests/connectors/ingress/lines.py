"""Access-log lines for tests, as the products write them."""

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
REQUEST_ID = "0be411044cb1cb67580e115413b2da60"


def clf(at: datetime) -> str:
    return at.strftime("%d/%b/%Y:%H:%M:%S %z")


def ingress_line(
    at: datetime = MORNING,
    *,
    client: str = "203.0.113.9",
    user: str = "-",
    request: str = "GET / HTTP/1.1",
    status: str = "200",
    seconds: str = "0.010",
    service: str = "shop-web-80",
    upstream: str = "10.0.0.1:8080 12 0.009 200",
) -> str:
    """ingress-nginx's default format; `upstream` is the address, length, time and status."""
    return (
        f'{client} - {user} [{clf(at)}] "{request}" {status} 12 "-" "curl/8.5.0" 94 {seconds} '
        f"[{service}] [] {upstream} {REQUEST_ID}"
    )


def combined_line(at: datetime = MORNING, *, request: str = "GET / HTTP/1.1", status: str = "200") -> str:
    return f'203.0.113.9 - - [{clf(at)}] "{request}" {status} 12 "-" "curl/8.5.0"'


def json_line(at: datetime = MORNING, *, path: str = "/", status: str = "200", host: str = "shop.example") -> str:
    """The documented recipe; numbers are unquoted."""
    return (
        f'{{"time": "{at.isoformat()}", "remote_addr": "203.0.113.9", "x_forwarded_for": "203.0.113.9", '
        f'"request_id": "{REQUEST_ID}", "remote_user": "", "bytes_sent": 150, "request_time": 0.012, '
        f'"status": {status}, "vhost": "{host}", "request_proto": "HTTP/1.1", "path": "{path}", '
        f'"request_query": "token=hunter2", "request_length": 94, "duration": 0.012,"method": "GET", '
        f'"http_referrer": "", "http_user_agent": "curl/8.5.0" }}'
    )


def stream_line(at: datetime = MORNING) -> str:
    return f"[203.0.113.9] [{clf(at)}] TCP 200 1024 512 3.207"


def cri(line: str, at: datetime = MORNING, *, stream: str = "stdout", tag: str = "F") -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.413656027Z {stream} {tag} {line}"


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


KLOG_INFO = 'I1122 06:00:01.123456       7 controller.go:152] "Backend successfully reloaded"'
KLOG_WARNING = 'W1122 06:00:02.123456       7 controller.go:1112] Service "shop/web" has no active Endpoint.'
NGINX_ERROR = (
    "2026/11/22 06:00:03 [error] 32#32: *1180 connect() failed (111: Connection refused) while connecting to "
    'upstream, client: 203.0.113.9, server: shop.example, request: "GET /pay?card=4111 HTTP/1.1", '
    'upstream: "http://10.42.1.9:8080/pay?card=4111", host: "shop.example", referrer: "https://else.example/me"'
)
