"""What ingress-nginx tells: requests, how long they took, and how long its certificates hold."""

import math
from collections.abc import Iterator

from tests.servers.shop import story
from tests.servers.shop.inventory import CERTIFICATES, REQUESTS_PER_SECOND, WAYS_IN, WayIn
from tests.servers.shop.metrics.series import Counter, Gauge, Metric, constant, wobble
from tests.servers.shop.story import Shape

CONTROLLER = {"job": "ingress-nginx", "namespace": "ingress", "controller_class": "k8s.io/ingress-nginx"}
SHARES = {"200": 0.905, "304": 0.056, "404": 0.022, "302": 0.016, "499": 0.00085, "502": 0.0001, "504": 0.00005}
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SPREAD = 0.75
"""Of the logarithm of how long answers take."""


def metrics() -> Iterator[Metric]:
    for way in WAYS_IN:
        yield from _requests(way)
        for kind, slower in (("request", 1.12), ("response", 1.0)):
            yield from _durations(way, kind, slower)
    for host, expires in CERTIFICATES.items():
        yield Gauge(
            "nginx_ingress_controller_ssl_expire_time_seconds", {**CONTROLLER, "host": host}, constant(expires)
        )
    yield Gauge("nginx_ingress_controller_config_last_reload_successful", CONTROLLER, constant(1))
    for state, share in (("active", 9.0), ("reading", 0.1), ("writing", 2.0), ("waiting", 7.0)):
        labels = {**CONTROLLER, "state": state}
        yield Gauge("nginx_ingress_controller_nginx_process_connections", labels, _busy(share))


def requests_per_second(way: WayIn, moment: float) -> float:
    rhythm = story.rhythm(moment - way.later * story.HOUR)
    return REQUESTS_PER_SECOND * way.share * rhythm * wobble(way.name, moment, 0.12)


def share_of(way: WayIn, status: str, moment: float) -> float:
    """The share of the way's requests that are answered so."""
    failing = failures(way, moment)
    share = SHARES[status]
    if status in failing:
        return failing[status]
    return share - sum(failing.values()) if status == "200" else share


def failures(way: WayIn, moment: float) -> dict[str, float]:
    """What the story adds: shares by status, while something is wrong with the way's service."""
    if way.service == "search" and story.search_is_broken(moment):
        return {"502": 0.41}
    if way.service == "checkout" and story.checkout_is_short(moment):
        return {"504": 0.035, "499": 0.02}
    return {}


def typical_seconds(way: WayIn, moment: float) -> float:
    """The median time to answer."""
    slower = 1.0 + 0.25 * (story.rhythm(moment) - 0.6)
    if way.service == "search" and story.search_is_broken(moment):
        slower *= 2.6
    if way.service == "checkout" and story.checkout_is_short(moment):
        slower *= 3.1
    if story.during_backup(moment):
        slower *= 1.25
    return way.typical * slower


def _requests(way: WayIn) -> Iterator[Metric]:
    def rate(status: str) -> Shape:
        uneven = 0.02 if status == "200" else 0.3
        return lambda moment: (
            requests_per_second(way, moment)
            * share_of(way, status, moment)
            * wobble(f"{way.name} {status}", moment, uneven)
        )

    for status in SHARES:
        yield Counter("nginx_ingress_controller_requests", {**_labels(way), "status": status}, rate(status))


def _durations(way: WayIn, kind: str, slower: float) -> Iterator[Metric]:
    name = f"nginx_ingress_controller_{kind}_duration_seconds"

    def within(bound: float) -> Shape:
        def rate(moment: float) -> float:
            typical = typical_seconds(way, moment) * slower * wobble(f"{way.name} slow", moment, 0.06)
            share = 0.5 * (1 + math.erf(math.log(bound / typical) / SPREAD / math.sqrt(2)))
            return requests_per_second(way, moment) * share

        return rate

    for bound in BUCKETS:
        yield Counter(f"{name}_bucket", {**_labels(way), "le": f"{bound:g}"}, within(bound))
    yield Counter(f"{name}_bucket", {**_labels(way), "le": "+Inf"}, lambda t: requests_per_second(way, t))
    yield Counter(f"{name}_count", _labels(way), lambda t: requests_per_second(way, t))
    mean = math.exp(SPREAD**2 / 2)
    yield Counter(
        f"{name}_sum",
        _labels(way),
        lambda t: requests_per_second(way, t) * typical_seconds(way, t) * slower * mean,
    )


def _labels(way: WayIn) -> dict[str, str]:
    return {
        **CONTROLLER,
        "ingress": way.name,
        "host": way.host,
        "path": way.path,
        "exported_namespace": way.namespace,
        "exported_service": way.service,
    }


def _busy(share: float) -> Shape:
    return lambda moment: float(round(share * story.rhythm(moment) * wobble(f"connections {share}", moment, 0.2)))
