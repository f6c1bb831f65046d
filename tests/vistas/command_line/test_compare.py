"""`vistas compare`: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vistas.command_line import run
from vistas.workspace import bundled

THURSDAY, FRIDAY = (str(path) for path in bundled())
Vistas = Callable[..., tuple[int, str, str]]


@pytest.fixture
def vistas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Vistas:
    """Exit code, stdout and stderr of `vistas ARGUMENTS…`, in an empty folder."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISTAS_DATA", str(tmp_path / "data"))

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        written = capsys.readouterr()
        return code, written.out, written.err

    return called


def test_what_happened_since_thursday_is_told_at_the_top(vistas: Vistas) -> None:
    code, out, err = vistas("compare", THURSDAY, FRIDAY)
    assert (code, err) == (1, "")
    assert "RolloutStuck" in out
    assert "shop/checkout: images checkout:3.9.0, was checkout:3.8.1; status Stuck, was Complete" in out
    assert "shop · search: at most 0.0208 %, was 42.5 % (03:14 to 03:42 then)" in out
    assert out.index("RolloutStuck") < out.index("Days left on certificates")


def test_a_vista_and_itself_end_with_0(vistas: Vistas) -> None:
    code, out, _ = vistas("compare", THURSDAY, THURSDAY)
    assert code == 0
    assert "Everything is as it was." in out


def test_ids_of_the_library_are_taken_as_well_as_files(vistas: Vistas) -> None:
    vistas("import", THURSDAY)
    short = vistas("list")[1].split()[0]
    assert vistas("compare", short, THURSDAY)[0] == 0
    code, out, _ = vistas("compare", short, FRIDAY, "--json")
    assert (code, json.loads(out)["then"]["name"]) == (1, "Search stumbled at three")


def test_markdown_and_a_page(vistas: Vistas, tmp_path: Path) -> None:
    code, out, _ = vistas("compare", THURSDAY, FRIDAY, "--md", "--html", "difference.html")
    assert code == 1
    assert out.startswith("# Search stumbled at three → Checkout is stuck, and parser leaks\n")
    assert "<h1>What is different</h1>" in (tmp_path / "difference.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", FRIDAY), "no vistas have an id that begins or ends with nowhere"),
        (("missing.vista", FRIDAY), "missing.vista: No such file"),
        ((THURSDAY,), "Missing argument 'B'"),
        ((THURSDAY, FRIDAY, "--md", "--json"), "choose either --md or --json"),
        ((THURSDAY, FRIDAY, "--html", "difference.txt"), "difference.txt must end in .html"),
    ],
)
def test_wrong_use_is_one_line_and_ends_with_2(vistas: Vistas, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = vistas("compare", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_guide_tells_every_key_of_the_json(vistas: Vistas) -> None:
    page = (Path(__file__).parents[3] / "docs" / "guide" / "comparing.md").read_text(encoding="utf-8")
    keys: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            keys.update(name for name in value if name != "about")
            for name, each in value.items():
                if name != "about":
                    collect(each)
        elif isinstance(value, list):
            for each in value:
                collect(each)

    collect(json.loads(vistas("compare", THURSDAY, FRIDAY, "--json")[1]))
    assert {key for key in keys if f"`{key}`" not in page} == set()
