"""What holds for every test: how far properties are searched, how long a real server or a browser may take, and
that what fails with one of them is tried once more.

A run says the same each time it is made: Hypothesis takes the same examples, few of them, and fewer still with
`scripts/test --fast`. To search further, with examples that nobody has seen:
`scripts/test --thorough`.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.examples import ORDINARY
from tests.plugins.missing_servers import MissingServers
from tests.plugins.second_tries import SecondTries, is_real
from tests.plugins.two_workers import TwoWorkers

if "PYTEST_XDIST_WORKER" in os.environ:
    # As many workers as cores: with more threads they would only wait for each other: a third of the
    # CPU of tests that make many small queries (tests/connectors/ingress/origins/test_wrapped_lines.py).
    os.environ.setdefault("POLARS_MAX_THREADS", "1")

UNHURRIED = 600
"""Seconds after which a test with real servers or a browser is hung rather than slowed down by others."""
BUSY_MACHINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "quick",
    max_examples=ORDINARY,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=BUSY_MACHINE,
)
settings.register_profile("fast", settings.get_profile("quick"), max_examples=ORDINARY // 5)
settings.register_profile("thorough", max_examples=500, deadline=None, suppress_health_check=BUSY_MACHINE)
settings.load_profile("quick")


def keep_to_the_same_examples() -> None:
    """Hypothesis also tries constants of whichever of our modules a process has loaded, in each worker others."""
    assert hasattr(providers, "is_local_module_file")
    providers.is_local_module_file = lambda _: False  # type: ignore[attr-defined]


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("hypothesis_profile", None) != "thorough":
        keep_to_the_same_examples()
    config.pluginmanager.register(SecondTries())
    config.pluginmanager.register(TwoWorkers())
    config.pluginmanager.register(MissingServers())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if is_real(item) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(UNHURRIED))
