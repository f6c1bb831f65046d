"""The table *tested with* says what the tests run on."""

from pathlib import Path

import pytest

from tests.servers.current import NAMES, version_of
from tests.servers.fetch import OLDEST, PROMISED
from tests.servers.fixtures import require, require_current
from tests.servers.packages import distribution
from tests.servers.tested_with import PAGES, ROWS, on, table


@pytest.mark.live
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.parent.name))
def test_the_table_says_what_the_servers_say(page: Path) -> None:
    """Where it does not, `scripts/servers tested-with` writes it anew."""
    require_current(*(row.server for row in ROWS if row.server in NAMES))
    require(*(row.server for row in ROWS), *PROMISED)
    if distribution() != "bookworm":
        pytest.skip("another distribution ships other versions of nginx and HAProxy")
    assert on(page) == table()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.parent.name))
def test_what_is_pinned_is_in_the_table(page: Path) -> None:
    """On a machine without any of them, too."""
    written = on(page)
    for row in ROWS:
        if row.server in NAMES:
            assert f"| {row.tool} | {version_of(row.server)} |" in written
    assert {row.server for row in ROWS if row.oldest} == {name.removeprefix(OLDEST) for name in PROMISED} - {
        "etcd"
    }
