"""A real nginx, by default logging like ingress-nginx in front of a small shop."""

import os
from pathlib import Path

from tests.servers.ports import free_port, has_ipv6
from tests.servers.process import Server, placed

INGRESS_NGINX_FORMAT = """\
log_format upstreaminfo '$remote_addr - $remote_user [$time_local] "$request" '
    '$status $body_bytes_sent "$http_referer" "$http_user_agent" '
    '$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr '
    '$upstream_response_length $upstream_response_time $upstream_status $request_id';
"""
"""ingress-nginx's default access-log line (its `internal/ingress/controller/config/config.go`)."""

SHOP = (
    INGRESS_NGINX_FORMAT
    + """\
access_log @DIR@/access.log upstreaminfo;
server {
    listen 127.0.0.1:@PORT@;
    set $proxy_upstream_name "";
    set $proxy_alternative_upstream_name "";
    location = /healthz { access_log off; return 200 "ok"; }
    location / {
        set $proxy_upstream_name "shop-storefront-80";
        proxy_pass http://unix:@DIR@/storefront.sock;
    }
    location /checkout {
        set $proxy_upstream_name "shop-checkout-80";
        proxy_pass http://127.0.0.1:1;
    }
}
server {
    listen unix:@DIR@/storefront.sock;
    access_log off;
    location / { return 200 "a page of the shop\\n"; }
    location /missing { return 404 "no such book\\n"; }
}
"""
)
"""`/` is served, `/missing` is a 404, `/checkout` a 502 because nothing listens behind it."""


PROXY = (
    INGRESS_NGINX_FORMAT
    + """\
log_format f5 '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent" "$http_x_forwarded_for"';
log_format kong '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent" kong_request_id: "$request_id"';
access_log @DIR@/ingress.log upstreaminfo;
error_log @DIR@/ingress.log notice;
access_log @DIR@/combined.log combined;
access_log @DIR@/f5.log f5;
access_log @DIR@/kong.log kong;
proxy_next_upstream error timeout;
proxy_next_upstream_tries 3;
upstream shop { server @BACKEND@ max_fails=0; server @BACKEND@ max_fails=0; server @BACKEND@ max_fails=0; }
upstream gone { server 127.0.0.1:1 max_fails=0; server 127.0.0.2:1 max_fails=0; server 127.0.0.3:1 max_fails=0; }
server {
    listen 127.0.0.1:@PORT@;
    listen 127.0.0.1:@HTTP2_PORT@ http2;  # without TLS nginx 1.22 speaks one of the two on a port
    @LISTEN6@
    set $proxy_upstream_name "shop-web-80";
    set $proxy_alternative_upstream_name "";
    location = /healthz { access_log off; return 200 "ok"; }
    location / { proxy_pass http://shop; }
    location /refused { set $proxy_upstream_name "shop-gone-80"; proxy_pass http://gone; }
}
"""
)
"""A proxy that logs each request in four formats, the default of ingress-nginx together with its errors as in a
container. Nothing listens behind `/refused`, and a request is tried three times at most."""


def in_front_of(backend: str) -> str:
    """`PROXY` before a backend, for `Nginx`."""
    return placed(PROXY, {"BACKEND": backend, "LISTEN6": "listen [::1]:@PORT@;" if has_ipv6() else ""})


class Nginx(Server):
    """`http` is the content of the configuration's `http` block.

    In it, `@PORT@`, `@HTTP2_PORT@` and `@DIR@` stand for the server's ports and directory. A readiness path,
    `/healthz`, must answer 200 on the first port.
    """

    name = "nginx"
    ready_path = "/healthz"

    def __init__(self, *, http: str = SHOP, directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self.http = http
        self.http2_port = free_port()
        self.access_log = self.directory / "access.log"

    def prepare(self) -> None:
        # The master of a root-owned nginx gives its workers away to another user, who could not write here.
        user = "user root;" if os.geteuid() == 0 else ""
        kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "\n".join(f"{kind}_temp_path {self.directory}/{kind};" for kind in kept)
        http = placed(self.http, self.places())
        (self.directory / "nginx.conf").write_text(
            f"daemon off; pid {self.directory}/nginx.pid; worker_processes 1; {user}\n"
            f"error_log {self.directory}/error.log notice;\n"
            f"events {{}}\nhttp {{\n{places}\n{http}}}\n"
        )

    def places(self) -> dict[str, str]:
        return {"PORT": str(self.port), "HTTP2_PORT": str(self.http2_port), "DIR": str(self.directory)}

    def command(self) -> list[str]:
        early_errors = str(self.directory / "error.log")
        return [self.program(), "-p", str(self.directory), "-c", "nginx.conf", "-e", early_errors]
