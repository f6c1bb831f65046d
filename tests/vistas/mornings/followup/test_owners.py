"""Whose pod it is, by its name alone."""

from __future__ import annotations

import pytest

from vistas.mornings.followup.owners import Thing, by_name, thing_of


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("cart-7d9f8b6c54-x2x4z", "cart"),
        ("ingress-nginx-controller-5c6b7d8f9-b2b2b", "ingress-nginx-controller"),
        ("web-0", None),
        ("fluent-bit-x2x4z", None),
        ("backup-28391230-x2x4z", None),
        ("my-service-api", None),
        ("cart-7d9f8b6c54-x2x4", None),
    ],
)
def test_only_a_deployments_pods_tell_it_by_their_names(name: str, owner: str | None) -> None:
    """Those of a StatefulSet, a DaemonSet or a CronJob are of other shapes, and what people name of any."""
    found = by_name(Thing("Pod", "shop", name))
    assert found == (None if owner is None else Thing("Deployment", "shop", owner))


def test_what_is_no_pod_has_no_owner_by_its_name() -> None:
    assert by_name(Thing("Job", "shop", "cart-7d9f8b6c54-x2x4z")) is None


@pytest.mark.parametrize(
    ("take", "labels", "thing"),
    [
        ("pods", {"namespace": "shop", "name": "a"}, Thing("Pod", "shop", "a")),
        ("stands-out", {"kind": "Deployment", "namespace": "shop", "name": "a"}, Thing("Deployment", "shop", "a")),
        ("events", {"kind": "Pod", "namespace": "shop", "object": "a"}, Thing("Pod", "shop", "a")),
        ("range", {"namespace": "shop", "pod": "a", "name": "eth0"}, Thing("Pod", "shop", "a")),
        ("range", {"name": "eth0"}, None),
        ("pods", {"namespace": "shop", "name": ""}, None),
    ],
)
def test_labels_name_an_object(take: str, labels: dict[str, str], thing: Thing | None) -> None:
    assert thing_of(take, labels) == thing
