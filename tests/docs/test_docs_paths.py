"""What the documents name is there: files, folders, scripts and commands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vistas.command_line import COMMANDS

PROJECT = Path(__file__).parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]
FOLDERS = ("benchmarks", "connectors", "dashboards", "docs", "scripts", "static", "tests", "vistas")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))


@each_page
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@each_page
def test_paths_in_text_exist(page: Path) -> None:
    """Whatever begins with one of the project's folders is a path, globs included."""
    paths = re.findall(rf"(?<![\w/.-])(?:{'|'.join(FOLDERS)})/[\w.*/-]*[\w*/]", page.read_text(encoding="utf-8"))
    assert [path for path in paths if not list(PROJECT.glob(path))] == []


@each_page
def test_scripts_can_be_called(page: Path) -> None:
    scripts = set(re.findall(r"(?<![\w/])scripts/[\w-]+", page.read_text(encoding="utf-8")))
    assert [script for script in scripts if not os.access(PROJECT / script, os.X_OK)] == []


@each_page
def test_commands_are_known(page: Path) -> None:
    """`vistas WORD` in code is one of its commands."""
    code = re.findall(r"`([^`\n]+)`|^\$ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    called = {found[2] for each in code for found in re.finditer(r"(^|/)vistas ([a-z]+)", "".join(each))}
    assert called <= COMMANDS.keys()


def layout() -> Iterator[str]:
    """The paths of the map in docs/architecture.md: under each folder, what stands in the left column."""
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?s)## Where things live.*?\n```\n(vistas/\n.*?)```", text)
    folder = ""
    for line in block.splitlines():
        if not line.startswith(" "):
            folder = line.strip()
        elif not line.startswith("   "):
            yield from (folder + name for name in re.split(r" {3,}", line.strip())[0].split())


def test_the_map_of_the_architecture_is_right() -> None:
    paths = list(layout())
    assert len(paths) > 20
    assert [path for path in paths if not list(PROJECT.glob(path))] == []
