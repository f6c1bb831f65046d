"""Series as functions of time, and their lines in an OpenMetrics file."""

import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.servers.shop.story import Shape

STEP = 60.0
SEED = 20261119
SWELL = 17
"""Minutes from one slow rise or fall to the next."""
_WEATHER = random.Random(SEED)  # noqa: S311 - weather, not secrets
_NOISE = tuple(_WEATHER.gauss(0, 1) for _ in range(8191))


@dataclass(frozen=True)
class Gauge:
    name: str
    labels: Mapping[str, str]
    value: Shape


@dataclass(frozen=True)
class Counter:
    """Grows by `rate` a second; where the rate is None it is not reported and starts anew."""

    name: str
    labels: Mapping[str, str]
    rate: Shape
    start: float = 0.0


Metric = Gauge | Counter


def wobble(key: str, moment: float, share: float = 0.05) -> float:
    """A factor around 1 that differs from minute to minute and from key to key, and is always the same."""
    place = zlib.crc32(key.encode()) + int(moment // STEP)
    before, within = divmod(place, SWELL)
    swell = _noise(before) + (_noise(before + 1) - _noise(before)) * within / SWELL
    return max(0.05, 1 + share * (0.7 * swell + 0.3 * _noise(place)))


def _noise(place: int) -> float:
    return _NOISE[place % len(_NOISE)]


def constant(value: float) -> Shape:
    return lambda _: value


def moments(begin: float, until: float) -> list[float]:
    """When Prometheus scraped: every minute, `until` included."""
    return [begin + number * STEP for number in range(int((until - begin) // STEP) + 1)]


def write(metric: Metric, sampled_at: Sequence[float]) -> Iterator[str]:
    """The series' samples, oldest first."""
    inside = ",".join(f'{name}="{escape(value)}"' for name, value in metric.labels.items())
    head = f"{metric.name}{{{inside}}}"
    values = _counted(metric, sampled_at) if isinstance(metric, Counter) else map(metric.value, sampled_at)
    for moment, value in zip(sampled_at, values, strict=True):
        if value is not None:
            yield f"{head} {value:.9g} {moment:.0f}\n"


def escape(value: str) -> str:
    """A label's value as OpenMetrics writes it."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _counted(counter: Counter, sampled_at: Sequence[float]) -> Iterator[float | None]:
    total = counter.start
    for moment in sampled_at:
        rate = counter.rate(moment)
        if rate is None:
            total = 0.0
            yield None
        else:
            total += max(0.0, rate) * STEP
            yield total
