"""vistas.toml and the environment."""

from __future__ import annotations

import json
import re
import stat
import threading
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from connectors.http.settings import HttpSettings
from connectors.ingress.settings import (
    ClickHouseSettings,
    IngressSettings,
    LogEngineSettings,
    LokiSettings,
    PodsSettings,
    VictoriaLogsSettings,
)
from connectors.kubernetes.settings import KubernetesSettings
from connectors.prometheus import PrometheusSettings
from connectors.recording import RecordingSettings
from vistas.errors import SettingsError
from vistas.redaction import Clients, Redactor
from vistas.redaction.key import workspace_key
from vistas.settings import Settings, load_settings
from vistas.source import build_source

EXAMPLE = Path(__file__).parents[3] / "vistas.example.toml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder without anybody's settings in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def settings(folder: Path, toml: str, **environ: str) -> Settings:
    (folder / "vistas.toml").write_text(toml, encoding="utf-8")
    return load_settings(environ, folder)


@pytest.mark.parametrize(
    ("written", "said"),
    [("true", ""), ('"true"', ""), ('"by Ann"', "by Ann"), ("false", None), ('"false"', None), ('""', None)],
)
def test_a_source_may_be_paused(folder: Path, written: str, said: str | None) -> None:
    """Whoever is paused is no source, and no connector sees the key."""
    table = {"type": "prometheus", "url": "http://x"}
    found = settings(folder, f'[sources.main]\ntype = "prometheus"\nurl = "http://x"\npaused = {written}\n')
    assert found.sources == ({"main": table} if said is None else {})
    assert {name: source.said for name, source in found.paused.items()} == ({} if said is None else {"main": said})


def test_the_environment_may_pause_a_source(folder: Path) -> None:
    table = '[sources.Main]\ntype = "prometheus"\nurl = "http://x"\n'
    assert list(settings(folder, table, VISTAS_SOURCES__MAIN__PAUSED="true").paused) == ["Main"]


def test_a_pause_that_is_neither_said_nor_true(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"sources\.main: paused is true, false, or a text"):
        settings(folder, '[sources.main]\ntype = "prometheus"\npaused = 3\n')


def test_no_settings_at_all_is_fine(folder: Path, home: Path) -> None:
    """Everything has a default, and what is kept is kept in the user's own data folder."""
    found = load_settings({}, folder)
    assert found.sources == {}
    assert found.store.blobs.is_relative_to(home)
    assert found.store.database == f"sqlite:///{found.data / 'vistas.db'}"
    assert found.gather.deadline == timedelta(seconds=30)
    assert found.server.address == "127.0.0.1"


def test_named_file_wins_over_the_working_directory_and_that_over_the_users(folder: Path, home: Path) -> None:
    own = home / "morning-vistas"
    own.mkdir()
    (own / "vistas.toml").write_text('team = "own"')
    assert load_settings({}, folder).team == "own"
    assert settings(folder, 'team = "here"').team == "here"
    (folder / "other.toml").write_text('team = "named"')
    assert load_settings({"VISTAS_CONFIG": "other.toml"}, folder).team == "named"


def test_environment_wins_over_the_file(folder: Path) -> None:
    """A variable changes one value of a table and leaves the others, by names a shell can write."""
    found = settings(
        folder,
        '[server]\nport = 1\naddress = "::1"\n[sources.Main-EU]\ntype = "prometheus"\nurl = "a"\ntimeout = 3',
        VISTAS_SERVER__PORT="2",
        VISTAS_SOURCES__MAIN_EU__URL="http://b",
        VISTAS_STORE__DATABASE="postgresql://ann:secret@db/vistas",
        VISTAS_ROUTINES="mine",
    )
    assert (found.server.port, found.server.address) == (2, "::1")
    assert found.sources == {"Main-EU": {"type": "prometheus", "url": "http://b", "timeout": 3}}
    assert found.store.database == "postgresql://ann:secret@db/vistas"
    assert found.routines == (folder / "mine",)


def test_relative_paths_are_relative_to_the_file(folder: Path) -> None:
    """Wherever the app is started from, in tables of sources too."""
    (folder / "conf").mkdir()
    (folder / "conf" / "v.toml").write_text(
        """
        routines = "r"
        [store]
        database = "sqlite:///a.db"
        blobs = "~/b"
        [sources.logs]
        type = "ingress"
        files = ["l/*.log", "/var/log/x"]
        ca_file = "ca"
        headers = { A = { file = "token" }, B = "plain" }
        """
    )
    found = load_settings({"VISTAS_CONFIG": "conf/v.toml"}, folder)
    conf = folder / "conf"
    assert found.routines == (conf / "r",)
    assert found.store.database == f"sqlite:///{conf}/a.db"
    assert found.store.blobs == Path.home() / "b"
    assert found.sources["logs"] == {
        "type": "ingress",
        "files": [f"{conf}/l/*.log", "/var/log/x"],
        "ca_file": f"{conf}/ca",
        "headers": {"A": {"file": f"{conf}/token"}, "B": "plain"},
    }


MISTAKES = [
    ('[store]\ndatabse = "x"', {}, "vistas.toml: store.databse is not a setting: did you mean database?"),
    ("stor = 1", {}, "vistas.toml: stor is not a setting: did you mean store?"),
    ('[store]\ndatabase = "x"', {}, "vistas.toml: store.database: the value given is not a database URL"),
    ('[store]\ndatabase = "postgresql://a:b@c/d"', {}, "vistas.toml: store.database holds a password"),
    (
        '[gather]\ndeadline = "1w"',
        {},
        "vistas.toml: gather.deadline: the value given is not a duration: write 30s",
    ),
    ('[gather]\ndeadline = "9h"', {}, "gather.deadline: the value given is not a duration"),
    ("[gather]\ndeadline = 0.1", {}, "gather.deadline: 0.1 is out of range"),
    ('[gather]\nwindow = "12"', {}, "gather.window: the value given is not a time span"),
    ("[server]\nport = 0", {}, "vistas.toml: server.port: "),
    ("", {"VISTAS_SERVER__PORT": "no"}, "VISTAS_SERVER__PORT in the environment: server.port: "),
    ("", {"VISTAS_SERVER__PROT": "1"}, "VISTAS_SERVER__PROT in the environment: server.prot is not a setting"),
    ("", {"VISTAS_SEVER__PORT": "1"}, "VISTAS_SEVER__PORT in the environment is not a setting: did you mean"),
    ("", {"VISTAS_SOURCES__A__URL": "x"}, "VISTAS_SOURCES__A__URL in the environment: sources.a: needs a type"),
    ("", {"VISTAS_PORT": "8600"}, "VISTAS_PORT in the environment is not a setting"),
    ("", {"VISTAS_SERVICE_HOSTS": "10.0.0.1"}, "VISTAS_SERVICE_HOSTS in the environment is not a setting"),
    ("", {"VISTAS_PORT_HTTP_TCP": "x"}, "VISTAS_PORT_HTTP_TCP in the environment is not a setting"),
    ('server = { hosts = ["https://vistas.example.org"] }', {}, "is not a host name: write vistas.example.org"),
    ('server = { hosts = ["*"] }', {}, "is not a host name"),
    (
        "",
        {"VISTAS_SERVER": "{"},
        "VISTAS_SERVER in the environment is not valid JSON: write VISTAS_SERVER__KEY=… for each key",
    ),
    ("", {"VISTAS_CONFIG": "nowhere.toml"}, "VISTAS_CONFIG names "),
    ('[sources."a b"]\ntype = "x"', {}, "vistas.toml: sources.a b: "),
    ("sources = 1", {}, "vistas.toml: sources: "),
    ("[store", {}, "vistas.toml is not TOML: "),
    (
        '[redaction]\nclients = "keep"',
        {},
        "redaction: keeping more than the default needs i_know",
    ),
    ('[redaction]\noff = ["e-mail"]', {}, "needs i_know"),
    (
        '[redaction]\noff = ["mail"]\ni_know = true',
        {},
        "redaction.off.0: the value given is not a rule; there are ",
    ),
    ('[redaction]\nalso = ["("]', {}, "redaction.also.0: the value given is not a regular expression"),
    ('[redaction]\nalso = ["a*"]', {}, "redaction.also.0: the value given matches the empty text"),
]


@pytest.mark.parametrize(("toml", "environ", "says"), MISTAKES)
def test_mistake_is_told_with_its_key_and_its_place(
    toml: str, environ: dict[str, str], says: str, folder: Path
) -> None:
    """One line: the file or the variable, the key, what is expected."""
    with pytest.raises(SettingsError) as told:
        settings(folder, toml, **environ)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_may_begin_with_a_byte_order_mark(folder: Path) -> None:
    """Editors on Windows put one there."""
    assert settings(folder, '\ufeffteam = "Night owls"').team == "Night owls"


def test_stricter_redaction_needs_no_word_and_laxer_does(folder: Path) -> None:
    strict = settings(folder, '[redaction]\nclients = "truncate"\nalso = ["order-[0-9]+"]\naddresses = true')
    assert strict.redactor().begin().text("order-12 from 192.0.2.7") == "*** from 192.0.2.0/24"
    lax = settings(folder, '[redaction]\nclients = "keep"\noff = ["e-mail"]\ni_know = true')
    assert lax.redaction.clients is Clients.KEEP
    assert lax.redactor().begin().text("ann@example.com") == "ann@example.com"
    assert lax.redactor().begin().client("192.0.2.7") == "192.0.2.7"


def test_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    """Pseudonyms survive a restart, and nobody else on the machine can undo them."""
    key = workspace_key(tmp_path / "data")
    assert workspace_key(tmp_path / "data") == key
    assert workspace_key(tmp_path / "other") != key
    assert stat.S_IMODE((tmp_path / "data" / "redaction.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["redaction.key"]


def test_programs_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    keys: list[bytes] = []
    starters = [threading.Thread(target=lambda: keys.append(workspace_key(tmp_path / "data"))) for _ in range(16)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(keys) == 16
    assert len(set(keys)) == 1


def test_key_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be saved"):
        workspace_key(tmp_path / "file")
    (tmp_path / "redaction.key").write_bytes(b"short")
    with pytest.raises(SettingsError, match="damaged"):
        workspace_key(tmp_path)


def settings_of(model: type[BaseModel], above: str = "") -> set[str]:
    """Every key of a settings model, dotted."""
    keys: set[str] = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        table = isinstance(inner, type) and issubclass(inner, BaseModel)
        keys |= settings_of(inner, f"{above}{name}.") if table else {f"{above}{name}"}
    return keys


def dotted(tree: dict[str, object], above: str = "") -> set[str]:
    keys: set[str] = set()
    for name, value in tree.items():
        keys |= {f"{above}{name}"} | (dotted(value, f"{above}{name}.") if isinstance(value, dict) else set())
    return keys


def uncommented() -> str:
    return re.sub(r"(?m)^#(?=[a-z_\[])", "", EXAMPLE.read_text(encoding="utf-8"))


def test_every_setting_is_documented() -> None:
    """vistas.example.toml shows each one, and nothing that is none."""
    shown = dotted(tomllib.loads(uncommented()))
    assert settings_of(Settings) - shown == set()


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("prometheus", PrometheusSettings),
        ("cluster", KubernetesSettings),
        ("door", IngressSettings),
        ("door", PodsSettings),
        ("door", LokiSettings),
        ("door", VictoriaLogsSettings),
        ("door", ClickHouseSettings),
        ("recording", RecordingSettings),
    ],
)
def test_every_setting_of_a_source_is_documented(name: str, model: type[BaseModel]) -> None:
    """In its own table, as a setting or in prose beside it; HTTP settings of log engines are Prometheus'."""
    elsewhere = HttpSettings.model_fields.keys() if issubclass(model, LogEngineSettings) else set()
    (table,) = re.findall(rf"(?ms)^# ?\[sources\.{name}\]$(.*?)(?=^# ---|\Z)", EXAMPLE.read_text(encoding="utf-8"))
    assert {key for key in model.model_fields if not re.search(rf"\b{key} =", table)} <= elsewhere


def test_the_example_is_right(folder: Path) -> None:
    """As it stands, and with every line of it in use; its sources can be built."""
    assert settings(folder, EXAMPLE.read_text(encoding="utf-8")) == load_settings({}, folder)
    everything = settings(folder, uncommented())
    assert everything.store.database == f"sqlite:///{folder}/vistas.db"
    for name, table in everything.sources.items():
        assert build_source(name, table, Redactor(b"key")).name == name


@pytest.mark.parametrize(
    "name",
    [
        *("STORE__DATABASE", "GATHER__DEADLINE", "GATHER__WINDOW", "REDACTION__CLIENTS", "SERVER__PORT"),
        *("REDACTION__ADDRESSES", "REDACTION__ALSO", "REDACTION__OFF", "SOURCES", "SERVER", "CHAT", "ROUTINES__X"),
    ],
)
def test_what_is_written_in_a_wrong_place_is_not_told(folder: Path, name: str) -> None:
    """It may be a secret: a database without its scheme is its password, too."""
    for value in ("svc:hunter2@db.example/vistas", '["hunter2("]'):
        with pytest.raises(SettingsError) as refused:
            load_settings({f"VISTAS_{name}": value}, folder)
        assert "hunter2" not in str(refused.value)


def test_a_password_after_the_question_mark_is_one_too(folder: Path) -> None:
    (folder / "vistas.toml").write_text('[store]\ndatabase = "postgresql://db/v?user=a&password=hunter2"')
    with pytest.raises(SettingsError, match="holds a password") as refused:
        load_settings({}, folder)
    assert "hunter2" not in str(refused.value)


OF_SERVICES = {
    "VISTAS_SERVICE_HOST": "10.96.4.7",
    "VISTAS_SERVICE_PORT": "8501",
    "VISTAS_SERVICE_PORT_HTTP": "8501",
    "VISTAS_PORT": "tcp://10.96.4.7:8501",
    "VISTAS_PORT_8501_TCP": "tcp://10.96.4.7:8501",
    "VISTAS_PORT_8501_TCP_PROTO": "tcp",
    "VISTAS_PORT_8501_TCP_PORT": "8501",
    "VISTAS_PORT_8501_TCP_ADDR": "10.96.4.7",
    "VISTAS_DB_SERVICE_HOST": "10.96.4.8",
    "VISTAS_UI_PORT_80_TCP_ADDR": "10.96.4.9",
    "VISTAS_DNS_PORT_53_UDP": "udp://10.96.4.10:53",
    "VISTAS_SERVER_PORT": "tcp://10.96.4.11:80",
    "VISTAS_SOURCES_SERVICE_PORT_WEB_UI": "80",
}
"""What every pod of a namespace is told of Services called vistas, vistas-db, vistas-ui, … beside it."""


def test_a_service_of_the_same_name_stops_nobody(folder: Path) -> None:
    assert load_settings(OF_SERVICES, folder) == load_settings({}, folder)


def test_settings_that_read_like_a_service_are_settings(folder: Path) -> None:
    """A source may be called as it likes."""
    variables = {
        "VISTAS_SERVER__PORT": "8600",
        "VISTAS_SOURCES__SERVICE_PORT__TYPE": "prometheus",
        "VISTAS_SOURCES__A_SERVICE_HOST__TYPE": "prometheus",
        "VISTAS_SOURCES__A_SERVICE_HOST__PORT": "tcp://a",
    }
    found = load_settings(OF_SERVICES | variables, folder)
    assert found.server.port == 8600
    assert found.sources == {
        "service_port": {"type": "prometheus"},
        "a_service_host": {"type": "prometheus", "port": "tcp://a"},
    }


def test_hosts_are_names_as_browsers_send_them(folder: Path) -> None:
    named = ["vistas.example.org", "*.example.org", "fd00::7"]
    assert load_settings({"VISTAS_SERVER__HOSTS": json.dumps(named)}, folder).server.hosts == tuple(named)
