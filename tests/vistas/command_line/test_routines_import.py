"""`vistas routines import`: what it prints, what it writes, and that it overwrites nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vistas.importing import forms
from tests.vistas.importing.small import dashboard, panel
from vistas.command_line import run

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def vistas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Exit code, stdout and stderr of `vistas routines ARGUMENTS…` beside two dashboards."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("VISTAS_CONFIG", str(tmp_path / "vistas.toml"))
    (tmp_path / "vistas.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "machines.json").write_text(json.dumps(forms.modern()))
    one = [{"name": "cluster", "type": "adhoc"}]
    told = dashboard(panel(expr='x{c="$cluster"}'), panel("logs", '{a="b"}'), variables=one)
    (tmp_path / "told.json").write_text(json.dumps({**told, "title": "Told"}))

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(["routines", *arguments])
        written = capsys.readouterr()
        return code, written.out, written.err

    return called


def test_written_routine_passes_the_check(vistas: Command, tmp_path: Path) -> None:
    code, out, err = vistas("import", "machines.json", "told.json", "--out", "new/routines")
    assert (code, err) == (0, "")
    assert "routine machines: 2 stops, 3 looks, written to new/routines/machines.yaml" in out
    assert "carried: 4 of 4 panels, 4 of 4 queries, 2 of 2 variables" in out
    assert sorted(path.name for path in (tmp_path / "new/routines").iterdir()) == ["machines.yaml", "told.yaml"]
    code, out, err = vistas("check", "new/routines/machines.yaml", "new/routines/told.yaml")
    assert code == 0
    assert "note: one/one: $cluster is no variable of this routine" in err
    assert out.count("OK") == 2


def test_what_was_not_carried_is_told_with_its_reason(vistas: Command) -> None:
    code, out, _ = vistas("import", "told.json")
    assert code == 0
    for line in (
        "carried: 1 of 2 panels, 1 of 2 queries, 0 of 1 variable",
        "panel “One”: log lines are no look that can be imported yet",
        "variable $cluster: is a filter that is chosen while looking: routines have none",
        "panel “One”, query A: $cluster has no value here and stays as it is",
        "A variable gets a value by --set NAME=VALUE.",
        "Nothing was written. Add --out FOLDER to write routine files.",
    ):
        assert line in out


def test_value_is_set(vistas: Command, tmp_path: Path) -> None:
    vistas("import", "told.json", "--out", ".", "--set", "cluster=ours")
    assert 'x{c="ours"}' in (tmp_path / "told.yaml").read_text()
    code, _, err = vistas("import", "told.json", "--set", "cluster")
    assert code == 2
    assert "must be NAME=VALUE, such as cluster=production" in err


def test_nothing_is_overwritten(vistas: Command, tmp_path: Path) -> None:
    """Not one of several files is written where one of them is there already."""
    (tmp_path / "told.yaml").write_text("mine")
    code, _, err = vistas("import", "machines.json", "told.json", "--out", ".")
    assert code == 2
    assert (
        err == "vistas: told.yaml is already there, nothing was written: move it away, or choose another --out\n"
    )
    assert (tmp_path / "told.yaml").read_text() == "mine"
    assert not (tmp_path / "machines.yaml").exists()


def test_name_of_a_built_in_routine_is_not_taken(vistas: Command, tmp_path: Path) -> None:
    """It would stand in for the built-in one."""
    (tmp_path / "a.json").write_text(json.dumps({**dashboard(panel()), "title": "Landscape"}))
    vistas("import", "a.json", "--out", ".")
    assert (tmp_path / "landscape-2.yaml").exists()


def test_json_has_it_all(vistas: Command) -> None:
    code, out, _ = vistas("import", "machines.json", "told.json", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["mistakes"] == told["unusable"] == []
    machines, other = told["dashboards"]
    assert machines["routines"] == [{"routine": "machines", "stops": 2, "looks": 3, "file": None}]
    assert machines["counts"]["query"] == {"in": 4, "carried": 4}
    assert {each["before"] for each in machines["changed"]} == {forms.CPU, None}
    assert [each["what"] for each in other["not_carried"]] == ["panel", "query", "variable"]


def test_one_wrong_file_keeps_nobody_from_the_rest(vistas: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"panels": 1}')
    (tmp_path / "bytes.json").write_bytes(b"\xff")
    code, out, err = vistas("import", "bad.json", "bytes.json", "none.json", "machines.json", "--out", ".")
    assert code == 2
    assert err.splitlines() == [
        "vistas: bad.json: panels must be a list",
        "vistas: bytes.json is not UTF-8 text (byte 0)",
        "vistas: none.json cannot be read: No such file or directory",
    ]
    assert "written to machines.yaml" in out


def test_no_secret_is_printed_nor_kept_as_prose(vistas: Command, tmp_path: Path) -> None:
    """Neither on the screen nor in JSON, whatever it stands in; nor what drives a terminal."""
    secret = "hunter2secret"
    url = f"https://ann:{secret}@example.com/"
    tree = dashboard(
        panel(expr=f'x{{u="{url}"}}', title=f"a \x1b[31m {url}", description=f"see {url}", timeFrom=url),
        panel("logs", f'{{u="{url}"}}'),
        {"type": "row", "title": url, "gridPos": {"y": 1}},
        variables=[{"name": url, "type": "textbox"}],
        time={"from": url, "to": "now"},
        description=url,
    )
    (tmp_path / "leaky.json").write_text(json.dumps({**tree, "title": url}))
    for extra in ([], ["--json"]):
        _, out, err = vistas("import", "leaky.json", *extra)
        assert secret not in out + err
        assert "\x1b" not in out
    vistas("import", "leaky.json", "--out", "out")
    (path,) = (tmp_path / "out").iterdir()
    assert path.read_text().count(secret) == 1, "in the query alone, of which it is told"
