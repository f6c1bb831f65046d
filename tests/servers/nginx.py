"""A real nginx, by default logging like ingress-nginx in front of a small shop."""

import os
from pathlib import Path

from tests.servers.process import Server

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


class Nginx(Server):
    """`http` is the content of the configuration's `http` block.

    In it, `@PORT@` and `@DIR@` stand for the server's port and directory. A readiness path,
    `/healthz`, must answer 200 on that port.
    """

    name = "nginx"
    ready_path = "/healthz"

    def __init__(self, *, http: str = SHOP, directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self.http = http
        self.access_log = self.directory / "access.log"

    def prepare(self) -> None:
        # The master of a root-owned nginx gives its workers away to another user, who could not write here.
        user = "user root;" if os.geteuid() == 0 else ""
        kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "\n".join(f"{kind}_temp_path {self.directory}/{kind};" for kind in kept)
        placed = self.http.replace("@PORT@", str(self.port)).replace("@DIR@", str(self.directory))
        (self.directory / "nginx.conf").write_text(
            f"daemon off; pid {self.directory}/nginx.pid; worker_processes 1; {user}\n"
            f"error_log {self.directory}/error.log notice;\n"
            f"events {{}}\nhttp {{\n{places}\n{placed}}}\n"
        )

    def command(self) -> list[str]:
        early_errors = str(self.directory / "error.log")
        return [self.program(), "-p", str(self.directory), "-c", "nginx.conf", "-e", early_errors]
