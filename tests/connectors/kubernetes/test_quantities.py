"""Kubernetes quantities, image names, and what pods ask for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.kubernetes.kinds.images import short_image
from connectors.kubernetes.kinds.pod_resources import Needs, needs
from connectors.kubernetes.quantities import parse_quantity, ratio


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("250m", 0.25),
        ("2", 2.0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1Ki", 1024.0),
        ("1.5Gi", 1.5 * 2**30),
        ("128M", 128e6),
        ("100k", 1e5),
        ("123456789n", 0.123456789),
        ("1e3", 1000.0),
        ("12E-1", 1.2),
        ("2E", 2e18),
        ("-1", -1.0),
        (3, 3.0),
    ],
)
def test_a_quantity_is_read(text: Any, number: float) -> None:
    assert parse_quantity(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "Mi", "1 Gi", "1KiB", "one", None, [], {}, "1e999", "1e9999"])
def test_what_is_no_quantity_is_nothing(text: Any) -> None:
    assert parse_quantity(text) is None


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    number = parse_quantity(text)
    assert number is None or abs(number) < float("inf")


@given(st.integers(0, 10**9), st.sampled_from(["", "m", "Ki", "Mi", "M"]))
def test_larger_stays_larger(number: int, suffix: str) -> None:
    smaller, larger = parse_quantity(f"{number}{suffix}"), parse_quantity(f"{number + 1}{suffix}")
    assert smaller is not None
    assert larger is not None
    assert smaller < larger


def test_a_share_of_nothing_is_unknown() -> None:
    assert [ratio(1, 4), ratio(1, 0), ratio(None, 4), ratio(1, None)] == [0.25, None, None, None]


@pytest.mark.parametrize(
    ("image", "short"),
    [
        ("nginx", "nginx"),
        ("nginx:1.27", "nginx:1.27"),
        ("docker.io/library/nginx:1.27", "nginx:1.27"),
        (
            "registry.k8s.io/ingress-nginx/controller:v1.9.4@sha256:abcdef0123456789",
            "ingress-nginx/controller:v1.9.4",
        ),
        ("localhost:5000/shop/web:2", "shop/web:2"),
        ("localhost/web:2", "web:2"),
        ("shop/web@sha256:abcdef0123456789", "shop/web@abcdef012345"),
        ("shop/web:0123456789abcdef0123456789abcdef01234567", "shop/web:0123456789ab"),
        ("shop/web:a-long-name-of-a-branch-that-tells", "shop/web:a-long-name-of-a-branch-that-tells"),
    ],
)
def test_an_image_s_name_is_short_and_still_tells_versions_apart(image: str, short: str) -> None:
    assert short_image(image) == short


def container(request: str = "", limit: str = "", **more: Any) -> dict[str, Any]:
    sides = {"requests": request, "limits": limit}
    return {"resources": {side: {"cpu": amount} for side, amount in sides.items() if amount}, **more}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"containers": [container("1", "2"), container("500m", "1")]}, Needs(1.5, 3.0)),
        ({"containers": [container("1", "2"), container()]}, Needs(1.0, None)),
        ({"containers": [container()]}, Needs(None, None)),
        ({"containers": [container("1")], "initContainers": [container("4")]}, Needs(4.0, None)),
        (
            {"containers": [container("1", "1")], "initContainers": [container("1", "1", restartPolicy="Always")]},
            Needs(2.0, 2.0),
        ),
        ({"containers": [container("1")], "overhead": {"cpu": "250m"}}, Needs(1.25, None)),
        (
            {"containers": [container("1")], "resources": {"requests": {"cpu": "3"}, "limits": {"cpu": "4"}}},
            Needs(3.0, 4.0),
        ),
    ],
    ids=["sum", "one without limit", "nothing", "init peak", "sidecar", "overhead", "of the pod itself"],
)
def test_what_a_pod_needs_is_added_up_as_the_scheduler_does(spec: dict[str, Any], expected: Needs) -> None:
    assert needs({"spec": spec}, "cpu") == expected
