"""The shop's metrics as OpenMetrics text, to be laid into a real Prometheus."""

from collections.abc import Iterator

from tests.servers.shop import story
from tests.servers.shop.metrics import cluster, containers, front_door, nodes, watching
from tests.servers.shop.metrics.series import Metric, moments, write


def all_metrics() -> Iterator[Metric]:
    """Every series of the shop, the alerts that rang among them."""
    for part in (nodes, cluster, containers, front_door, watching):
        yield from part.metrics()


def openmetrics(until: float) -> Iterator[str]:
    """The lines of one file for `promtool tsdb create-blocks-from openmetrics`, from the story's beginning."""
    sampled_at = moments(story.BEGIN, until)
    for metric in all_metrics():
        yield from write(metric, sampled_at)
    yield "# EOF\n"
