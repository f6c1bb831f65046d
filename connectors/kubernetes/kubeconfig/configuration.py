"""A chosen context as the configuration of the official client, which speaks TLS, HTTP and with proxies for us."""

from __future__ import annotations

import base64
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from connectors.kubernetes.failures import unusable
from connectors.kubernetes.kubeconfig.entries import Cluster, User
from connectors.kubernetes.kubeconfig.pem_files import pem_file
from connectors.kubernetes.kubeconfig.reading import decoded

BEARER = "BearerToken"
"""What the client calls the header Authorization."""
SOCKS = {"socks4", "socks4a", "socks5", "socks5h"}
PROXIES = {"http", "https", *SOCKS}


def configure(cluster: Cluster, user: User) -> Any:
    """A `kubernetes.client.Configuration`. Unobtainable where a file is missing or a value cannot be used."""
    from kubernetes.client import Configuration

    configuration = Configuration()
    configuration.host = _address(cluster, user)
    if authorization := _authorization(user):
        configuration.api_key[BEARER] = authorization
    if configuration.host.startswith("https:"):
        _secure(configuration, cluster, user)
    if cluster.proxy_url:
        configuration.proxy, configuration.no_proxy = _proxy(cluster.proxy_url), None
    return configuration


def _address(cluster: Cluster, user: User) -> str:
    """As kubectl completes it where it lacks a scheme."""
    server = cluster.server.strip().rstrip("/")
    if "://" not in server:
        trusted = cluster.certificate_authority or cluster.certificate_authority_data
        secure = (
            trusted or cluster.insecure_skip_tls_verify or user.client_certificate or user.client_certificate_data
        )
        server = f"{'https' if secure else 'http'}://{server}"
    try:
        parts = urlsplit(server)
        wrong = parts.scheme not in {"http", "https"} or not parts.hostname or (parts.port or 1) < 1
    except ValueError:
        wrong = True
    if wrong or any(letter.isspace() or not letter.isprintable() for letter in server):
        raise unusable("the cluster's server is not an http:// or https:// address")
    return server


def _authorization(user: User) -> str:
    """A token file, which others renew, comes before the token that is written down."""
    if token := _token(user):
        if not token.isascii() or not token.isprintable():
            raise unusable("the user's token contains characters that tokens cannot have")
        return f"Bearer {token}"
    if user.username or user.password:
        return f"Basic {base64.b64encode(f'{user.username}:{user.password}'.encode()).decode()}"
    return ""


def _token(user: User) -> str:
    """Without the line end that editors and shells put at a file's end."""
    if not user.token_file:
        return user.token.strip()
    try:
        token = Path(user.token_file).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as failure:
        if user.token:
            return user.token.strip()
        why = failure.strerror if isinstance(failure, OSError) else "it is not text"
        raise unusable(f"its tokenFile {user.token_file} cannot be read ({why})") from None
    if not token and not user.token:
        raise unusable(f"its tokenFile {user.token_file} is empty")
    return token or user.token.strip()


def _secure(configuration: Any, cluster: Cluster, user: User) -> None:
    """What is written down comes before a file of the same meaning."""
    configuration.verify_ssl = not cluster.insecure_skip_tls_verify
    configuration.tls_server_name = cluster.tls_server_name or None
    configuration.ssl_ca_cert = _pem(
        "certificate-authority", cluster.certificate_authority, cluster.certificate_authority_data
    )
    configuration.cert_file = _pem("client-certificate", user.client_certificate, user.client_certificate_data)
    configuration.key_file = _pem("client-key", user.client_key, user.client_key_data)
    if configuration.cert_file and not configuration.key_file:
        raise unusable("its user has a client-certificate but no client-key")


def _pem(what: str, path: str, data: str) -> str | None:
    if data:
        return pem_file(decoded(data))
    if not path:
        return None
    try:
        with Path(path).open("rb"):
            return path
    except OSError as failure:
        raise unusable(f"its {what} {path} cannot be read ({failure.strerror})") from None


def _proxy(address: str) -> str:
    """The address may hold a password, so it is not told."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in PROXIES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known:
        raise unusable("its proxy-url does not begin with http://, https:// or socks5:// and a host")
    if parts.scheme in SOCKS and find_spec("socks") is None:
        raise unusable(
            f"its proxy-url begins with {parts.scheme}://, which needs the package PySocks",
            "Install PySocks alongside Morning Vistas, or set proxy-url to an HTTP proxy.",
        )
    return address
