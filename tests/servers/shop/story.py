"""What happens at the shop between Wednesday morning and Friday morning, and when.

Times are Unix seconds in UTC, as the metrics carry them.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

HOUR: Final = 3600.0
DAY: Final = 24 * HOUR


def at(day: int, clock: str) -> float:
    """A moment in November 2026: `at(19, "07:30")`."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC).timestamp()


BEGIN = at(18, "07:30")
FIRST_MORNING = at(19, "07:30")
SECOND_MORNING = at(20, "07:30")

# The first night: one of search's pods loses its index and answers 502 until it is restarted.
SEARCH_BREAKS = at(19, "03:12")
SEARCH_RECOVERS = at(19, "03:41")

# The first night, too: a new parser is rolled out, and it leaks.
PARSER_ROLLED_OUT = at(19, "00:20")
# The second night: the leak meets the limit, in one pod after the other.
PARSER_OOM_KILLS = (at(20, "02:47"), at(20, "05:19"))

# The second morning: a rollout of checkout whose new pods cannot start.
CHECKOUT_ROLLED_OUT = at(20, "06:20")

# Nobody renewed the certificate of the picture host.
MEDIA_CERTIFICATE_EXPIRES = at(25, "16:00")

# Every night, and normal: the backup.
BACKUP_AT = 2.0 * HOUR
BACKUP_TAKES = 0.4 * HOUR

Shape = Callable[[float], float | None]
"""A value at a moment; None where nothing was reported."""


def rhythm(moment: float) -> float:
    """How busy the shop is, 1 on average: quiet before dawn, busiest in the evening."""
    hour = moment % DAY / HOUR
    evening = math.exp(-(((hour - 20.0) / 2.6) ** 2))
    midday = math.exp(-(((hour - 12.5) / 3.4) ** 2))
    return 0.28 + 1.25 * evening + 0.95 * midday


def during_backup(moment: float) -> bool:
    """Whether the nightly backup is running."""
    return BACKUP_AT <= moment % DAY < BACKUP_AT + BACKUP_TAKES


def search_is_broken(moment: float) -> bool:
    return SEARCH_BREAKS <= moment < SEARCH_RECOVERS


def checkout_is_short(moment: float) -> bool:
    """Whether one of checkout's two pods is gone and its successor does not start."""
    return moment >= CHECKOUT_ROLLED_OUT
