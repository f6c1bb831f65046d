"""What holds for every test: how far properties are searched, and how long a real server or a browser may take.

A run says the same each time it is made: Hypothesis takes the same examples, few of them. To search further, with
examples that nobody has seen: `scripts/test --hypothesis-profile=thorough`.
"""

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = 30
UNHURRIED = 600
"""Seconds after which a test with real servers or a browser is hung rather than slowed down by others."""
BUSY_MACHINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "quick",
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=BUSY_MACHINE,
)
settings.register_profile("thorough", max_examples=500, deadline=None, suppress_health_check=BUSY_MACHINE)
settings.load_profile("quick")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        real = item.get_closest_marker("live") or item.get_closest_marker("browser")
        if real and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(UNHURRIED))
