"""The shop's data: always the same, in step with its story, and enough for the built-in routines."""

import json
import re
from collections import Counter as Tally

import pytest

from tests.servers.shop import story
from tests.servers.shop.alerts import alerts, rules
from tests.servers.shop.inventory import WAYS_IN, pods, pods_at
from tests.servers.shop.metrics import all_metrics
from tests.servers.shop.metrics.containers import memory_used
from tests.servers.shop.metrics.series import Counter, escape, moments, write
from tests.servers.shop.objects import all_objects
from tests.servers.shop.traffic import Request, requests
from vistas.promql import metric_names
from vistas.routine.file import built_in_routines

MORNINGS = (story.FIRST_MORNING, story.SECOND_MORNING)
OF_INIT_CONTAINERS = frozenset({"kube_pod_init_container_status_restarts_total"})
"""Told only of pods that have one, and none has one here."""
SAMPLE = re.compile(r'[a-zA-Z_:][\w:]*\{([a-z_]+="[^"]*"(,|(?=\})))*\} [-+.\deE]+ \d+\n')


def failing(planned: list[Request], service: str) -> float:
    """The share of a service's requests whose pods all drop them."""
    answers = Tally(request.answer for request in planned if request.way.service == service)
    return answers["close"] / answers.total()


def test_the_same_visitors_come_every_time() -> None:
    """A recording made anew shows the same night."""
    begin = story.FIRST_MORNING - story.HOUR
    assert list(requests(begin, begin + 600)) == list(requests(begin, begin + 600))


def test_search_fails_while_its_pod_is_broken_and_only_then() -> None:
    """The log tells the same story as the metrics."""
    broken = list(requests(story.SEARCH_BREAKS, story.SEARCH_RECOVERS))
    before = list(requests(story.SEARCH_BREAKS - 3 * story.HOUR, story.SEARCH_BREAKS))
    assert 0.3 < failing(broken, "search") < 0.5
    assert failing(broken, "storefront") < 0.02
    assert failing(before, "search") < 0.02


@pytest.mark.parametrize("number", [0, 1])
def test_the_leak_reaches_the_limit_when_the_story_says(number: int) -> None:
    """Just before the kill memory is at the limit, just after it is not."""
    leaking = next(p for p in pods() if p.workload.version == "1.18.0" and p.number == number)
    kill = story.PARSER_OOM_KILLS[number]
    before, after = memory_used(leaking, kill - 60), memory_used(leaking, kill + 60)
    assert before is not None
    assert after is not None
    assert after < 0.5 * leaking.workload.memory_limit
    assert before > 0.97 * leaking.workload.memory_limit


def test_every_series_is_written_as_openmetrics() -> None:
    """Each line is a sample, and counters never fall."""
    hour = moments(story.BEGIN, story.BEGIN + story.HOUR)
    for metric in all_metrics():
        lines = list(write(metric, hour))
        assert all(SAMPLE.fullmatch(line) for line in lines), lines[:1]
        values = [float(line.split("} ")[1].split()[0]) for line in lines]
        if isinstance(metric, Counter):
            assert values == sorted(values)


def test_labels_are_escaped() -> None:
    """Quotes, backslashes and line ends."""
    assert escape('a"b\\c\nd') == 'a\\"b\\\\c\\nd'


def test_every_metric_of_the_first_routine_is_there() -> None:
    """Each look at a Prometheus finds the metrics of at least one of its alternatives."""
    known = OF_INIT_CONTAINERS.union(metric.name for metric in all_metrics())
    for stop, look in built_in_routines()[0].looks():
        if look.source == "prometheus" and look.query:
            assert any(metric_names(query) <= known for query in look.query), f"{stop.stop}/{look.look}"


@pytest.mark.parametrize("moment", MORNINGS)
def test_objects_are_whole_json_with_loopback_addresses(moment: float) -> None:
    """Whatever the API server might dial stays on this machine."""
    objects = all_objects(moment)
    addresses = re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", json.dumps(objects))
    assert addresses
    assert all(address.startswith("127.") for address in addresses)
    names = Tally((one["kind"], one["metadata"].get("namespace"), one["metadata"]["name"]) for one in objects)
    assert names.most_common(1)[0][1] == 1


def test_every_way_in_has_pods_behind_it_on_both_mornings() -> None:
    """nginx refuses an upstream without servers."""
    for moment in MORNINGS:
        behind = Tally(pod.workload.name for pod in pods_at(moment) if pod.starts)
        assert all(behind[way.service] for way in WAYS_IN)


def test_what_rings_on_the_second_morning() -> None:
    """The bad rollout and the certificate; the kills of the night have stopped ringing."""
    firing = {alert.name for alert in alerts() if alert.state(story.SECOND_MORNING) == "firing"}
    assert firing == {"Watchdog", "CertificateExpiresSoon", "PodCrashLooping", "RolloutStuck"}


def test_rules_look_at_the_asked_moment() -> None:
    """Every selector in a rule is pinned, so that the history is judged and not the present."""
    written = json.dumps(rules(story.SECOND_MORNING))
    assert "{at}" not in written
    selectors = re.findall(r"\b(?:nginx|kube)_\w+", written)
    assert selectors
    assert written.count(f"@ {story.SECOND_MORNING:.0f}") == len(selectors)
