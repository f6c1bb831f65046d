"""What the server loads while a browser starts is what the first page needs; to answer it needs none of it."""

from __future__ import annotations

import subprocess
import sys

SINCE = """
import ast, sys
from importlib import import_module
from pathlib import Path
from dashboards.serving import warming

def ours():
    return {name for name in sys.modules if name.partition(".")[0] in {"dashboards", "vistas", "connectors"}}

before = ours()
for name in warming.FIRST_PAGE:
    import_module(name)
warm = ours()
page = ast.parse(Path("dashboards/pages/morning.py").read_text())
page.body = [each for each in page.body if isinstance(each, ast.Import | ast.ImportFrom)]
exec(compile(page, "morning.py", "exec"), {})
print(sorted(ours() - warm), len(warm - before) > 100)
"""
SERVER = """
import sys, streamlit_app
print(sorted(name for name in ("sqlalchemy", "polars", "vistas.workspace") if name in sys.modules))
"""


def run(script: str) -> str:
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_first_page_finds_all_of_it_loaded() -> None:
    assert run(SINCE) == "[] True"


def test_server_answers_before_any_of_it_is_loaded() -> None:
    assert run(SERVER) == "[]"
