"""Sources kept in vistas.toml, their secrets beside it, and all of that undone."""

from __future__ import annotations

import os
import stat
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from vistas.connecting import Change, Credentials, Keeper
from vistas.errors import SettingsError, SettingsMoved
from vistas.settings import Settings, load_settings

PROMETHEUS = {"type": "prometheus", "url": "http://prometheus.example:9090"}
LOKI = {"type": "ingress", "loki": {"url": "http://loki", "selector": '{app="ingress-nginx"}'}}
NOBODY = 65534
TOKEN = Credentials(token="s3cr3t-t0ken")
WRITTEN = """\
# Ours.
team = "Night owls"

[sources.main]  # eu
type = "prometheus"
url = "http://one:9090"  # as it is
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own settings."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "vistas.toml").write_text(WRITTEN)
    return folder


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    return Keeper({}, folder)


def held(folder: Path) -> Settings:
    return load_settings({}, folder)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_source_is_added_and_the_rest_stays(keeper: Keeper, folder: Path) -> None:
    change = keeper.add("second", PROMETHEUS)
    assert (folder / "vistas.toml").read_text().startswith(WRITTEN)
    assert held(folder).sources["second"] == PROMETHEUS
    assert change.told == "second was connected."


def test_the_first_of_all_makes_the_file(tmp_path: Path) -> None:
    keeper = Keeper({}, tmp_path)
    change = keeper.add("main", PROMETHEUS)
    assert held(tmp_path).sources == {"main": PROMETHEUS}
    keeper.undo(change)
    assert everything(tmp_path) == {}


def test_a_file_that_is_named_and_not_there_is_made(tmp_path: Path) -> None:
    named = tmp_path / "mine.toml"
    Keeper({"VISTAS_CONFIG": "mine.toml"}, tmp_path).add("main", PROMETHEUS)
    assert "main" in load_settings({"VISTAS_CONFIG": str(named)}, tmp_path).sources


def test_a_token_goes_into_a_file_that_only_its_owner_reads(keeper: Keeper, folder: Path) -> None:
    change = keeper.add("second", PROMETHEUS, credentials=TOKEN, sign_in=())
    secret = folder / "secrets" / "second.token"
    assert secret.read_text() == "s3cr3t-t0ken\n"
    assert (mode(secret), mode(secret.parent)) == (0o600, 0o700)
    assert held(folder).sources["second"] == {**PROMETHEUS, "bearer_token_file": str(secret)}
    assert "s3cr3t" not in (folder / "vistas.toml").read_text() + repr(change) + repr(TOKEN)


def test_a_password_of_a_loki_stands_with_its_address(keeper: Keeper, folder: Path) -> None:
    keeper.add("door", LOKI, credentials=Credentials("reader", "pass word"), sign_in=("loki",))
    loki = held(folder).sources["door"]["loki"]
    assert (loki["username"], Path(folder / loki["password_file"]).read_text()) == ("reader", "pass word\n")


def test_a_file_of_ones_own_is_only_named(keeper: Keeper, folder: Path) -> None:
    own = folder / "mine"
    own.write_text("token")
    keeper.add("second", PROMETHEUS, credentials=Credentials(token_file=own), sign_in=())
    assert held(folder).sources["second"]["bearer_token_file"] == str(own)
    keeper.remove("second")
    assert own.read_text() == "token"


def test_removing_takes_the_secret_and_undoing_brings_it_back(keeper: Keeper, folder: Path) -> None:
    keeper.add("second", PROMETHEUS, credentials=TOKEN, sign_in=())
    before = everything(folder)
    change = keeper.remove("second")
    assert everything(folder) == {"vistas.toml": WRITTEN.encode() + b"\n"}
    keeper.undo(change)
    assert everything(folder) == before
    assert mode(folder / "secrets" / "second.token") == 0o600


def test_renaming_takes_the_secret_along(keeper: Keeper, folder: Path) -> None:
    keeper.add("second", PROMETHEUS, credentials=TOKEN, sign_in=())
    keeper.add("door", LOKI, credentials=TOKEN, sign_in=("loki",))
    keeper.rename("second", "third")
    keeper.rename("door", "gate")
    assert held(folder).sources["third"]["bearer_token_file"] == str(folder / "secrets" / "third.token")
    assert held(folder).sources["gate"]["loki"]["bearer_token_file"].endswith("secrets/gate.token")
    assert sorted(path.name for path in (folder / "secrets").iterdir()) == ["gate.token", "third.token"]


def test_another_way_to_sign_in_takes_the_place_of_the_first(keeper: Keeper, folder: Path) -> None:
    keeper.add("second", PROMETHEUS, credentials=TOKEN, sign_in=())
    keeper.change("second", {"url": "http://two"}, credentials=Credentials("me", "pw"), sign_in=())
    password = folder / "secrets" / "second.password"
    assert held(folder).sources["second"] == {
        **PROMETHEUS,
        "url": "http://two",
        "username": "me",
        "password_file": str(password),
    }
    assert [path.name for path in password.parent.iterdir()] == ["second.password"]


def test_taking_the_token_away_takes_its_file_away(keeper: Keeper, folder: Path) -> None:
    keeper.add("second", PROMETHEUS, credentials=TOKEN, sign_in=())
    keeper.change("second", {"bearer_token_file": None})
    assert not (folder / "secrets").exists()


def test_a_paused_source_is_kept_and_not_asked(keeper: Keeper, folder: Path) -> None:
    keeper.pause("main", by="Jonas", on=date(2026, 11, 24))
    assert (folder / "vistas.toml").read_text() == WRITTEN + 'paused = "by Jonas on 2026-11-24"\n'
    settings = held(folder)
    assert settings.sources == {}
    assert (settings.paused["main"].said, settings.paused["main"].type) == ("by Jonas on 2026-11-24", "prometheus")
    keeper.resume("main")
    assert (folder / "vistas.toml").read_text() == WRITTEN
    assert (held(folder).sources.keys(), dict(held(folder).paused)) == ({"main"}, {})


CHANGES: dict[str, Callable[[Keeper], Change]] = {
    "add": lambda keeper: keeper.add("second", PROMETHEUS, credentials=TOKEN, sign_in=()),
    "change": lambda keeper: keeper.change("main", {"url": "http://x"}, credentials=TOKEN, sign_in=()),
    "rename": lambda keeper: keeper.rename("main", "eu"),
    "pause": lambda keeper: keeper.pause("main"),
    "remove": lambda keeper: keeper.remove("main"),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize(
    "text", [WRITTEN, "\ufeff" + WRITTEN, WRITTEN.replace("\n", "\r\n")], ids=["lf", "bom", "crlf"]
)
def test_undoing_gives_the_same_bytes(keeper: Keeper, folder: Path, name: str, text: str) -> None:
    (folder / "vistas.toml").write_bytes(text.encode())
    before = everything(folder)
    change = CHANGES[name](keeper)
    after = everything(folder)
    assert after != before
    back = keeper.undo(change)
    assert everything(folder) == before
    keeper.undo(back)
    assert everything(folder) == after


@pytest.mark.parametrize("name", CHANGES)
def test_what_somebody_else_wrote_meanwhile_is_not_lost(keeper: Keeper, folder: Path, name: str) -> None:
    change = CHANGES[name](keeper)
    with (folder / "vistas.toml").open("a") as file:
        file.write("# mine\n")
    before = everything(folder)
    with pytest.raises(SettingsMoved, match="was changed meanwhile by somebody else"):
        keeper.undo(change)
    assert everything(folder) == before


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder of nobody's, for whom vistas.toml in it is read-only: root has more rights than that."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "vistas.toml").write_text(WRITTEN)
        (folder / "vistas.toml").chmod(0o444)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, 0)
        try:
            yield folder
        finally:
            if is_root:
                os.setresuid(0, 0, 0)


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="has other rights")
def test_where_settings_cannot_be_written_no_secret_is_left_behind() -> None:
    with as_nobody() as folder:
        said = r"vistas\.toml cannot be written: it is read-only; the settings come from there"
        with pytest.raises(SettingsError, match=said):
            Keeper({}, folder).add("second", PROMETHEUS, credentials=TOKEN, sign_in=())
        assert everything(folder) == {"vistas.toml": WRITTEN.encode()}


@pytest.mark.parametrize(
    ("variable", "value", "name"),
    [
        ("VISTAS_SOURCES__MAIN__URL", "http://x", "main"),
        ("VISTAS_SOURCES__OTHER", '{"type": "prometheus"}', "other"),
    ],
)
def test_the_environment_wins_and_is_named(folder: Path, variable: str, value: str, name: str) -> None:
    keeper = Keeper({variable: value}, folder)
    for change in (lambda: keeper.remove(name), lambda: keeper.rename(name, "x"), lambda: keeper.change(name, {})):
        with pytest.raises(SettingsError, match=f"{variable} in the environment"):
            change()
    with pytest.raises(SettingsError, match="already"):
        keeper.add(name.upper(), PROMETHEUS)
    assert (folder / "vistas.toml").read_text() == WRITTEN


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"type": "prometheus", "url": "prometheus"}, "sources.second.url"),
        ({"type": "prometheus", "url": "http://x", "tiemout": 3}, "sources.second.tiemout"),
        ({"type": "promethoos"}, "promethoos"),
        ({"url": "http://x"}, "needs a type"),
    ],
)
def test_what_no_source_can_be_built_of_is_not_kept(
    keeper: Keeper, folder: Path, table: dict[str, object], said: str
) -> None:
    with pytest.raises(Exception, match=said) as failure:
        keeper.add("second", table, credentials=TOKEN, sign_in=())
    assert "s3cr3t" not in str(failure.value)
    assert everything(folder) == {"vistas.toml": WRITTEN.encode()}


def test_names(keeper: Keeper) -> None:
    assert (keeper.free_name("main"), keeper.free_name("a b/c"), keeper.free_name("…")) == (
        "main-2",
        "a-b-c",
        "source",
    )
    with pytest.raises(SettingsError, match="is no name for a source"):
        keeper.add("../up", PROMETHEUS)
    with pytest.raises(SettingsError, match="is no name for a source"):
        keeper.rename("main", "")


def test_a_file_that_is_wrong_already_is_told_by_its_mistake(keeper: Keeper, folder: Path) -> None:
    (folder / "vistas.toml").write_text("tema = 1\n")
    with pytest.raises(SettingsError, match="did you mean team"):
        keeper.add("second", PROMETHEUS)
    assert tomllib.loads((folder / "vistas.toml").read_text()) == {"tema": 1}


def test_two_ways_to_sign_in_at_once() -> None:
    for wrong in ({"token": "a", "username": "b", "password": "c"}, {"username": "b"}, {"token": "a\nb"}):
        with pytest.raises(SettingsError):
            Credentials(**wrong)  # type: ignore[arg-type]
