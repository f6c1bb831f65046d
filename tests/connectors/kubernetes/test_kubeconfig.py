"""Kubeconfigs as kubectl reads them: what a real one makes of the same files, and what it says without secrets."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from connectors.kubernetes.api.access import Request
from connectors.kubernetes.credentials.cluster import load_credentials
from connectors.kubernetes.kubeconfig import Kubeconfig, read_kubeconfig
from connectors.kubernetes.settings import KubernetesSettings
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.connectors.kubernetes.canned import NOW, REDACTOR, canned_access, kubeconfig, seconds
from tests.examples import examples

KUBECTL = Path(sys.executable).parent / "kubectl"
SECRET = "NOT-TO-BE-SHOWN"


def kubectl_view(paths: Sequence[Path], *options: str) -> Any:
    """What `kubectl config view --raw` prints of these files; None where it refuses them."""
    done = subprocess.run(
        [KUBECTL, "config", "view", "--raw", "--output", "json", *options],
        env={"KUBECONFIG": os.pathsep.join(map(str, paths)), "HOME": "/nonexistent"},
        capture_output=True,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def our_view(paths: Sequence[Path]) -> Kubeconfig | None:
    try:
        return read_kubeconfig([str(path) for path in paths])
    except Unobtainable:
        return None


def filled(value: Any) -> Any:
    """Without what is empty, which kubectl now writes and now leaves out."""
    if isinstance(value, Mapping):
        return {
            key: inner for key, one in value.items() if (inner := filled(one)) not in (None, "", [], {}, False)
        }
    return [filled(one) for one in value] if isinstance(value, list) else value


def entries(view: Any) -> dict[str, Any]:
    """By section and name, as kubectl has them; Base64 without its line ends."""
    named = {
        section: {one["name"]: filled(one[section[:-1]]) for one in view[section] or ()}
        for section in ("clusters", "users", "contexts")
    }
    return {**named, "current-context": view["current-context"]}


def ours(config: Kubeconfig) -> dict[str, Any]:
    sections = {"clusters": config.clusters, "users": config.users, "contexts": config.contexts}
    named = {
        section: {name: filled(_unwrapped(msgspec.to_builtins(kept.entry))) for name, kept in kept_by_name.items()}
        for section, kept_by_name in sections.items()
    }
    return {**named, "current-context": config.current_context}


def _unwrapped(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value.replace("\n", "") if key.endswith("-data") else value for key, value in entry.items()}


def agree(paths: Sequence[Path]) -> None:
    reference, read = kubectl_view(paths), our_view(paths)
    assert (reference is None) == (read is None)
    if reference is not None and read is not None:
        assert ours(read) == entries(reference)


CERTIFICATE = base64.b64encode(b"-----BEGIN CERTIFICATE-----\n").decode()
FILES = {
    "empty": "",
    "blank": " \n",
    "only a comment": "# nothing yet\n",
    "null": "null\n",
    "a list": "- a\n",
    "plain text": f"{SECRET}\n",
    "no kind": "clusters: []\n",
    "another kind": "kind: Secret\napiVersion: v1\n",
    "another version": "kind: Config\napiVersion: v2\n",
    "a key twice": "current-context: a\ncurrent-context: b\n",
    "a name twice": f"users: [{{name: a, user: {{token: {SECRET}}}}}, {{name: a, user: {{token: x}}}}]\n",
    "JSON with tabs": '{\n\t"current-context":\t"a",\n\t"users": [\n\t\t{"name": "u"}\n\t]\n}\n',
    "a byte order mark": "\ufeffcurrent-context: a\n",
    "a number for a name": "users: [{name: 123, user: {token: x}}]\n",
    "a number for a token": "users: [{name: a, user: {token: 20261123}}]\n",
    "a truth value for a token": "users: [{name: a, user: {token: yes}}]\n",
    "a letter that is a truth value": "users: [{name: a, user: {token: y}}]\n",
    "a day for a token": "users: [{name: a, user: {token: 2026-11-23}}]\n",
    "a time for a password": "users: [{name: a, user: {username: a, password: 12:34:56}}]\n",
    "text for a truth value": 'clusters: [{name: a, cluster: {insecure-skip-tls-verify: "true"}}]\n',
    "two documents": "current-context: a\n---\ncurrent-context: b\n",
    "a user without user": "users: [{name: a}]\n",
    "a context without context": "contexts: [{name: a}]\n",
    "an entry without name": "users: [{user: {token: x}}]\n",
    "an entry that is null": "users: [null]\n",
    "unknown keys": "color: red\nusers: [{name: a, user: {tokn: x}}]\n",
    "keys without value": "users: [{name: a, user: {token: }}]\ncurrent-context:\n",
    "not Base64": f"users: [{{name: a, user: {{client-key-data: '{SECRET}!'}}}}]\n",
    "Base64 in lines": (
        f"users:\n- name: a\n  user:\n    client-key-data: |\n      {CERTIFICATE[:8]}\n      {CERTIFICATE[8:]}\n"
    ),
    "Base64 with a gap": 'users: [{name: a, user: {client-key-data: "YWJj ZGVm"}}]\n',
    "users by name": f"users: {{a: {{token: {SECRET}}}}}\n",
    "an anchor and a merge": "base: &b {token: x}\nusers: [{name: a, user: {<<: *b, username: z}}]\n",
    "lines as Windows ends them": "current-context: a\r\nusers:\r\n- name: a\r\n  user: {token: x}\r\n",
    "indented with tabs": "users:\n\t- name: a\n",
    "an unknown anchor": f"users: [{{name: a, user: {{token: *{SECRET}}}}}]\n",
    "quotes that stay open": f"users: [{{name: a, user: {{token: '{SECRET}}}}}]\n",
    "keys in capitals": "Users: [{name: a}]\nCURRENT-CONTEXT: a\n",
    "a whole user": (
        "users: [{name: a, user: {client-certificate: c, client-key: k, tokenFile: t, username: u, password: p,"
        " as: b, as-uid: '7', as-groups: [g], as-user-extra: {scopes: [s]},"
        " exec: {apiVersion: v1, command: ./c, args: [a], env: [{name: REGION, value: eu}], installHint: Go}}}]\n"
    ),
    "a user with an identity provider": (
        "users: [{name: a, user: {auth-provider: {name: oidc, config: {client-id: x, id-token: x.x.x}}}}]\n"
    ),
    "a whole cluster": (
        "clusters: [{name: a, cluster: {server: 'https://127.0.0.1:6443/k8s', tls-server-name: kube,"
        f" certificate-authority-data: {CERTIFICATE}, proxy-url: 'http://127.0.0.1:1',"
        " insecure-skip-tls-verify: true}}]\n"
    ),
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_a_file_is_read_as_kubectl_reads_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config"
    path.write_bytes(text.encode())
    agree([path])


NAMES = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(["", "x", "y/z", "/abs", "../up"])
CLUSTERS = st.fixed_dictionaries(
    {},
    optional={
        "server": st.sampled_from(["https://127.0.0.1:6443", "http://127.0.0.1/k8s"]),
        "certificate-authority": WORDS,
        "insecure-skip-tls-verify": st.booleans(),
        "tls-server-name": WORDS,
    },
)
USERS = st.fixed_dictionaries(
    {},
    optional={
        "token": WORDS,
        "tokenFile": WORDS,
        "client-certificate": WORDS,
        "client-key": WORDS,
        "exec": st.fixed_dictionaries({"apiVersion": st.just("v1"), "command": st.sampled_from(["get", "./get"])}),
    },
)
CONTEXTS = st.fixed_dictionaries({}, optional={"cluster": NAMES, "user": NAMES, "namespace": NAMES})


def named(section: str, bodies: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    entry = st.fixed_dictionaries({"name": NAMES}, optional={section: bodies})
    return st.lists(entry, max_size=3, unique_by=lambda one: one["name"])


CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        "clusters": named("cluster", CLUSTERS),
        "users": named("user", USERS),
        "contexts": named("context", CONTEXTS),
        "current-context": st.sampled_from(["", "a", "b", "nobody"]),
    },
)


@examples(40)
@given(st.lists(st.none() | CONFIGS, min_size=1, max_size=3), st.booleans())
def test_several_files_are_merged_as_kubectl_merges_them(
    files: list[dict[str, Any] | None], as_json: bool
) -> None:
    """None stands for a file that is not there."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"config-{number}" for number in range(len(files))]
        for path, config in zip(paths, files, strict=True):
            if config is not None:
                path.write_text(json.dumps(config, indent="\t") if as_json else yaml.safe_dump(config))
        agree(paths)


def test_a_folder_is_refused_as_kubectl_refuses_it(tmp_path: Path) -> None:
    agree([tmp_path])


def test_certificates_are_found_where_kubectl_finds_them(tmp_path: Path) -> None:
    """Each relative to its own file, wherever we are."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, name in ((one, "main"), (two, "other")):
        (folder / "pki").mkdir(parents=True)
        (folder / "pki" / "ca.crt").write_text(f"the authority of {name}")
        (folder / "pki" / "client.key").write_text(f"the key of {name}")
        config = {
            "clusters": [{"name": name, "cluster": {"server": "x", "certificate-authority": "pki/../pki/ca.crt"}}],
            "users": [{"name": name, "user": {"client-key": "./pki/client.key", "tokenFile": "../token"}}],
            "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        }
        (folder / "config").write_text(yaml.safe_dump(config))
    paths = [one / "config", two / "config"]
    flat = entries(kubectl_view(paths, "--flatten"))
    for name in ("main", "other"):
        chosen = read_kubeconfig([str(path) for path in paths]).choose(name)
        authority = Path(chosen.cluster.certificate_authority).read_bytes()
        assert base64.b64encode(authority).decode() == flat["clusters"][name]["certificate-authority-data"]
        key = Path(chosen.user.client_key).read_bytes()
        assert base64.b64encode(key).decode() == flat["users"][name]["client-key-data"]
        assert chosen.user.token_file == str(tmp_path / "token")


def test_a_plugin_with_a_folder_is_relative_to_its_file_and_one_without_is_looked_for(tmp_path: Path) -> None:
    for command, found in (("bin/get", str(tmp_path / "bin" / "get")), ("get", "get"), ("/opt/get", "/opt/get")):
        path = kubeconfig(tmp_path, "https://127.0.0.1", {"exec": {"apiVersion": "v1", "command": command}})
        plugin = read_kubeconfig([str(path)]).choose(None).user.exec
        assert plugin is not None
        assert plugin.command == found


def refused(directory: Path, text: str) -> str:
    path = directory / "config"
    path.write_text(text)
    with pytest.raises(Unobtainable) as caught:
        load_credentials(KubernetesSettings(kubeconfig=path), REDACTOR.begin(), patience=5, now=NOW)
    assert SECRET not in caught.value.gap.message + caught.value.gap.hint
    return caught.value.gap.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"users:\n- name: a\n  user: {{token: '{SECRET}\n", "line 4"),
        (f"users:\n- name: a\n  user: {{token: *{SECRET}}}\n", "line 3, column 17"),
        ("users: [{name: a, user: {token: 123}}]\n", "users[0].user.token must be text: put it in quotes"),
        (
            "clusters: [{name: a, cluster: {insecure-skip-tls-verify: 'no'}}]\n",
            "insecure-skip-tls-verify must be true",
        ),
        (f"users: {{a: {{token: {SECRET}}}}}\n", "users must be a list"),
        (
            f"users: [{{name: a, user: {{client-key-data: '{SECRET}!'}}}}]\n",
            "users[0].user.client-key-data is not Base64",
        ),
        (f"users: [{{name: a}}, {{name: a, user: {{token: {SECRET}}}}}]\n", "users has 'a' twice"),
    ],
)
def test_a_mistake_is_told_by_its_file_and_place(tmp_path: Path, text: str, place: str) -> None:
    says = refused(tmp_path, text)
    assert str(tmp_path / "config") in says
    assert place in says


def context(cluster: Any, user: Any = None) -> str:
    named_user = [{"name": "u", "user": user}] if user is not None else []
    config = {
        "clusters": [{"name": "c", "cluster": cluster}],
        "users": named_user,
        "contexts": [{"name": "here", "context": {"cluster": "c", **({"user": "u"} if named_user else {})}}],
        "current-context": "here",
    }
    return yaml.safe_dump(config)


@pytest.mark.parametrize(
    ("cluster", "user", "says"),
    [
        ({}, None, "has no server for its cluster 'c'"),
        ({"server": "ftp://127.0.0.1"}, None, "not an http:// or https:// address"),
        ({"server": "http://127.0.0.1:port"}, None, "not an http:// or https:// address"),
        ({"server": "http://[::1"}, None, "not an http:// or https:// address"),
        ({"server": "https://127.0.0.1", "certificate-authority": "gone.crt"}, None, "certificate-authority"),
        ({"server": "https://127.0.0.1"}, {"client-certificate-data": CERTIFICATE}, "no client-key"),
        ({"server": "https://127.0.0.1"}, {"tokenFile": "gone"}, "tokenFile"),
        ({"server": "https://127.0.0.1"}, {"token": f"{SECRET}\n2"}, "characters that tokens cannot have"),
        ({"server": "https://127.0.0.1", "proxy-url": f"socks9://a:{SECRET}@h"}, None, "proxy-url"),
        ({"server": "https://127.0.0.1", "proxy-url": f"http://[a:{SECRET}"}, None, "proxy-url"),
        ({"server": "https://127.0.0.1"}, {"auth-provider": {"name": "gcp"}}, "gke-gcloud-auth-plugin"),
    ],
)
def test_what_cannot_be_used_is_told_by_its_key(tmp_path: Path, cluster: Any, user: Any, says: str) -> None:
    assert says in refused(tmp_path, context(cluster, user))


def configuration(directory: Path, text: str) -> Any:
    path = directory / "config"
    path.write_text(text)
    got = load_credentials(KubernetesSettings(kubeconfig=path), REDACTOR.begin(), patience=5, now=NOW)
    return got.configuration


def test_a_token_file_that_others_renew_comes_first_and_its_line_end_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xef\xbb\xbffresh\r\n")
    user = {"tokenFile": "token", "token": "written"}
    assert configuration(tmp_path, context({"server": "https://127.0.0.1"}, user)).api_key == {
        "BearerToken": "Bearer fresh"
    }
    (tmp_path / "token").unlink()
    assert configuration(tmp_path, context({"server": "https://127.0.0.1"}, user)).api_key == {
        "BearerToken": "Bearer written"
    }


def test_a_name_and_a_password_are_basic_authentication(tmp_path: Path) -> None:
    got = configuration(tmp_path, context({"server": "https://127.0.0.1"}, {"username": "a", "password": "b:ü"}))
    assert got.api_key == {"BearerToken": f"Basic {base64.b64encode('a:b:ü'.encode()).decode()}"}


@pytest.mark.parametrize(
    ("cluster", "host"),
    [
        ({"server": "127.0.0.1:8080"}, "http://127.0.0.1:8080"),
        ({"server": "127.0.0.1:6443", "insecure-skip-tls-verify": True}, "https://127.0.0.1:6443"),
        ({"server": "https://127.0.0.1/k8s/clusters/c-1/"}, "https://127.0.0.1/k8s/clusters/c-1"),
    ],
)
def test_an_address_is_completed_as_kubectl_completes_it(tmp_path: Path, cluster: Any, host: str) -> None:
    assert configuration(tmp_path, context(cluster)).host == host


def test_what_a_cluster_says_about_trust_and_proxies_is_kept(tmp_path: Path) -> None:
    cluster = {
        "server": "https://127.0.0.1",
        "certificate-authority-data": CERTIFICATE,
        "tls-server-name": "kube",
        "insecure-skip-tls-verify": True,
        "proxy-url": "http://127.0.0.1:3128",
    }
    got = configuration(tmp_path, context(cluster))
    assert (got.tls_server_name, got.verify_ssl, got.proxy) == ("kube", False, "http://127.0.0.1:3128")
    assert Path(got.ssl_ca_cert).read_text() == "-----BEGIN CERTIFICATE-----\n"
    assert Path(got.ssl_ca_cert).stat().st_mode & 0o077 == 0


def test_who_acts_for_somebody_else_asks_so(tmp_path: Path) -> None:
    """Otherwise an account would see more here than with kubectl."""
    user = {"token": "t", "as": "bob", "as-groups": ["shop", "mail"], "as-user-extra": {"scope": ["view"]}}
    with AnsweringServer(**{"/version": told({})}) as server:
        access = canned_access(tmp_path, server.url)
        path = kubeconfig(tmp_path, server.url, user)
        access.get(Request("/version", "its version"), seconds(60))
        [request] = server.received
    assert (request.headers["Impersonate-User"], request.headers["Impersonate-Extra-scope"]) == ("bob", "view")
    got = load_credentials(KubernetesSettings(kubeconfig=path), REDACTOR.begin(), patience=5, now=NOW)
    assert [value for name, value in got.headers if name == "Impersonate-Group"] == ["shop", "mail"]


def web_token(expires: datetime) -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"exp": expires.timestamp()}).encode()).decode().rstrip("=")
    return f"e30.{claims}.c2ln"


def oidc(**config: str) -> str:
    provider = {"name": "oidc", "config": {"client-id": "k8s", "client-secret": f"{SECRET}-1", **config}}
    return context({"server": "http://127.0.0.1"}, {"auth-provider": provider})


def test_an_id_token_that_is_good_is_used(tmp_path: Path) -> None:
    token = web_token(NOW + timedelta(hours=1))
    assert configuration(tmp_path, oidc(**{"id-token": token})).api_key == {"BearerToken": f"Bearer {token}"}


def test_an_id_token_that_is_over_is_renewed(tmp_path: Path) -> None:
    fresh = web_token(NOW + timedelta(hours=1))

    def give(request: Received) -> Reply:
        assert request.form["refresh_token"] == [f"{SECRET}-2"]
        assert request.form["grant_type"] == ["refresh_token"]
        return told({"id_token": fresh})

    with AnsweringServer() as provider:
        provider.answers["/.well-known/openid-configuration"] = told({"token_endpoint": f"{provider.url}/token"})
        provider.answers["/token"] = give
        old = {"id-token": web_token(NOW), "refresh-token": f"{SECRET}-2", "idp-issuer-url": provider.url}
        assert configuration(tmp_path, oidc(**old)).api_key == {"BearerToken": f"Bearer {fresh}"}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Reply(b"<html>", media_type="text/html"), "cannot be reached"),
        (told([SECRET]), "cannot be reached"),
        (told({"token_endpoint": f"nowhere {SECRET}"}), "cannot be reached"),
        (told({"error": SECRET}, 400), "cannot be reached"),
    ],
)
def test_an_identity_provider_that_does_not_answer_as_one_is_a_reason(
    tmp_path: Path, answer: Reply, says: str
) -> None:
    with AnsweringServer(**{"/.well-known/openid-configuration": answer}) as provider:
        assert says in refused(tmp_path, oidc(**{"refresh-token": f"{SECRET}-2", "idp-issuer-url": provider.url}))


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9", "", "http://[::1", "https://127.0.0.1:9", "no address"])
def test_an_identity_provider_that_is_away_is_a_reason(tmp_path: Path, issuer: str) -> None:
    old = {"id-token": web_token(NOW), "refresh-token": f"{SECRET}-2", "idp-issuer-url": issuer}
    assert "identity provider" in refused(tmp_path, oidc(**old))
