"""`vistas gather --set`, and what the check says of variables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.command_line import run
from vistas.settings import load_settings
from vistas.store import Search
from vistas.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]

SHOP = """\
routine: shop
title: The shop
about: One namespace.
window: 1h
variables:
  - {variable: namespace, several: true}
  - {variable: node, every: .+}
stops:
  - stop: pods
    title: Pods
    question: How is $namespace?
    why: To know.
    normal: Well.
    plainly: Programs.
    looks:
      - {look: up, title: Up, source: main, take: instant, query: 'up{namespace=~"$namespace", node=~"$node"}'}
"""


def up(request: Received) -> Reply:
    return told(
        {"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}, "value": [0, "1"]}]}}
    )


@pytest.fixture
def vistas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(SHOP)

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        written = capsys.readouterr()
        return code, written.out, written.err

    return called


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    with AnsweringServer(**{"/api/v1/query": up}) as tool:
        monkeypatch.setenv("VISTAS_CONFIG", str(tmp_path / "vistas.toml"))
        (tmp_path / "vistas.toml").write_text(
            f'data = "data"\nperson = "ann"\n[sources.main]\ntype = "prometheus"\nurl = "{tool.url}"\n'
        )
        yield tool


@pytest.mark.parametrize("given", [["namespace=shop,ops"], ["namespace=shop", "$namespace=ops"]])
def test_chosen_values_are_asked_for_and_kept(given: list[str], vistas: Command, tool: AnsweringServer) -> None:
    """Several with commas or repeated; what is not set is its default, or all."""
    code, out, _ = vistas("gather", "shop.yaml", "--json", *(word for each in given for word in ("--set", each)))
    assert code == 0
    assert json.loads(out)["chosen"] == {"namespace": ["shop", "ops"], "node": []}
    assert tool.forms("/api/v1/query")[0]["query"] == ['up{namespace=~"(shop|ops)", node=~".+"}']
    opened = Workspace.open(load_settings({"VISTAS_CONFIG": "vistas.toml"}, Path.cwd()))
    [kept] = opened.store.library(Search()).vistas
    assert kept.name == "The shop · shop, ops"


def test_a_walk_without_a_value_does_not_begin_and_says_which(vistas: Command, tool: AnsweringServer) -> None:
    code, _, err = vistas("gather", "shop.yaml")
    assert code == 2
    assert err == "vistas: namespace needs a value: nothing was chosen, and it has no default\n"
    assert not tool.received


def test_an_unknown_variable_is_wrong_use(vistas: Command, tool: AnsweringServer) -> None:
    code, _, err = vistas("gather", "shop.yaml", "--set", "namspace=a")
    assert code == 2
    assert "shop has no variable namspace; there are namespace, node" in err


def test_the_check_notes_names_that_are_no_variable_and_variables_without_use(vistas: Command) -> None:
    """`$1` of label_replace is neither; both can be walked all the same."""
    odd = SHOP.replace('node=~"$node"}', 'node=~"$nod"}').replace(
        "query: 'up{", 'query: \'label_replace(up, "a", "$1", "b", "(.*)") + up{'
    )
    Path("odd.yaml").write_text(odd)
    code, out, err = vistas("routines", "check", "odd.yaml")
    assert code == 0
    assert err.splitlines() == [
        "vistas: odd.yaml: note: pods/up: $nod is no variable of this routine, and is asked as it is",
        "vistas: odd.yaml: note: variable node: nothing uses it",
    ]
    assert "OK" in out
    assert vistas("routines", "check", "shop.yaml")[2] == ""


def test_the_check_refuses_an_offset_for_what_is_always_of_now(vistas: Command) -> None:
    pods = "source: kubernetes, take: pods, offset: 7d, where: {namespace: $namespace, labels: $node}}"
    Path("pods.yaml").write_text(SHOP[: SHOP.index("source: main")] + pods + "\n")
    code, _, err = vistas("routines", "check", "pods.yaml")
    assert code == 2
    assert "pods/up: pods are always as of now, so offset cannot be" in err
