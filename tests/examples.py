"""How many examples a property is tried on."""

from hypothesis import settings

ORDINARY = 30
"""Where a property says no number of its own, in an ordinary run."""


def examples(number: int) -> settings:
    """`number` in an ordinary run, and as many times fewer or more in others as the run's profile has."""
    return settings(max_examples=-(-number * settings.default.max_examples // ORDINARY))
