"""What controllers write for a service, and which service that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.services.names import Backend, Directory, IngressPath, Service

SHOP = Directory(
    [
        Service("shop", "web", ((8080, "http"),)),
        Service("shop", "orders", ((80, "http"), (9090, "metrics"))),
        Service("shop", "bank", ()),
        Service("mail", "out--box", ((25, ""),)),
    ],
    {
        ("shop", "orders-route"): (
            (Backend("shop", "web", "8080"),),
            (Backend("shop", "orders", "80"), Backend("shop", "web", "8080")),
        )
    },
    [
        IngressPath("shop", "front", "shop.example", "/checkout", Backend("shop", "orders", "http")),
        IngressPath("shop", "front", "shop.example", "/", Backend("shop", "web", "8080")),
    ],
)
KNOWN = {
    "shop-web-8080": "shop/web",
    "shop-web-http": "shop/web",
    "shop-orders-metrics": "shop/orders:9090",
    "shop-bank-443": "shop/bank",
    "shop-web-8080@kubernetes": "shop/web",
    "shop-orders-80@kubernetescrd": "shop/orders:80",
    "shop-orders-http-80@kubernetesgateway": "shop/orders:80",
    "mail-out-box-25@kubernetes": "mail/out--box",
    "shop-front-shop-example-checkout@kubernetes": "shop/orders:80",
    "websecure-shop-front-shop-example@kubernetes": "shop/web",
    "front-shop-shop-example@kubernetes": "shop/web",
    "httproute-shop-orders-route-gw-edge-main-ep-web-0-1c0cf64bde37d9d0df06@kubernetesgateway": "shop/web",
    "shop_svc_web_http": "shop/web",
    "shop_orders_9090": "shop/orders:9090",
    "shop_front_svc_web_8080": "shop/web",
    "outbound|80||orders.shop.svc.cluster.local": "shop/orders:80",
    "outbound_.80_.canary_.orders.shop.svc.cluster.local": "shop/orders:80",
    "shop/web/8080/da39a3ee5e": "shop/web",
    "httproute/shop/orders-route/rule/0/match/0/shop_example": "shop/web",
    "httproute/shop/orders-route/rule/1": "shop/orders-route (HTTPRoute)",
}
"""As written, and as told by a cluster that has these services."""
UNMISTAKABLE = {
    "outbound|8080|v1|web.shop.svc.cluster.local": "shop/web:8080",
    "outbound_.8080_._.web.shop.svc.corp.example": "shop/web:8080",
    "shop/web/8080/da39a3ee5e": "shop/web:8080",
    "shop_svc_web_http": "shop/web:http",
    "httproute/shop/orders-route/rule/0": "shop/orders-route (HTTPRoute)",
    "grpcroute/shop/orders-route/rule/2/backend/0": "shop/orders-route (GRPCRoute)",
}
"""As written, and as told without any cluster."""
LEFT = [
    "", "-", "<NOSRV>", "upstream-default-backend", "internal", "api@internal", "shop-web-8080@docker",
    "shop-web-8080@kubernetescrd@file", "shop-web-9999", "shop-web", "be_web_80", "inbound|8080||",
    "PassthroughCluster", "outbound|443||bank.example.com", "shop/web", "shop/web:8080", "shop/web/8080/nohash",
    "shop-front-6a0f1c2d3e4f5a6b7c8d@kubernetescrd",
    "a-namespace-far/a-name-too-lon-4f2a1b/8080/0123456789/abcdefghijkl",
    f"a-very-long-namespace/a-very-long-name-{'x' * 20}/8080/0123456789",
]  # fmt: skip
"""What means no service, or none that is known."""


@pytest.mark.parametrize("written", KNOWN)
def test_a_service_of_the_cluster_is_called_by_its_own_name(written: str) -> None:
    """The port is told only where the service has several."""
    assert SHOP.resolve([written]).names == {written: KNOWN[written]}


@pytest.mark.parametrize("written", UNMISTAKABLE)
def test_without_a_cluster_only_a_full_name_is_told(written: str) -> None:
    """Nobody knows how many ports it has, so the port stays."""
    assert Directory().resolve([written]).names == {written: UNMISTAKABLE[written]}


@pytest.mark.parametrize("written", ["shop-web-8080", "shop_web_8080", "shop-web-8080@kubernetes"])
def test_without_a_cluster_nobody_knows_where_one_part_ends(written: str) -> None:
    assert Directory().resolve([written]).names == {}


@pytest.mark.parametrize("written", LEFT)
def test_what_means_no_known_service_stays_as_it_was_written(written: str) -> None:
    resolved = SHOP.resolve([written])
    assert (resolved.names, resolved.ambiguous) == ({}, ())


def test_a_name_that_may_mean_two_services_stays_and_is_told() -> None:
    dashes = [Service("shop", "web-8080", ((80, ""),)), Service("shop-web", "8080", ((80, ""),))]
    resolved = Directory(dashes).resolve(["shop-web-8080-80"])
    assert (resolved.names, resolved.ambiguous) == ({}, ("shop-web-8080-80",))


def test_dashes_in_names_are_no_hindrance_where_one_service_alone_fits() -> None:
    dashes = [Service("shop", "web-8080", ((80, ""),)), Service("shop-web", "front", ((8080, ""),))]
    written = {"shop-web-8080-80": "shop/web-8080", "shop-web-front-8080": "shop-web/front"}
    assert Directory(dashes).resolve(written).names == written


label = st.from_regex(r"[ab](-?[ab0-9]){0,3}", fullmatch=True)
ports = st.lists(
    st.tuples(st.integers(1, 99), st.sampled_from(["", "a", "b-a"])),
    min_size=1,
    max_size=2,
    unique_by=lambda p: p[0],
).map(tuple)
clusters = st.lists(
    st.builds(Service, label, label, ports),
    min_size=1,
    max_size=8,
    unique_by=lambda one: (one.namespace, one.name),
)


def writings(service: Service) -> set[str]:
    """All that ingress-nginx may write for a service."""
    return {f"{service.namespace}-{service.name}-{port}" for port in service.written_ports}


@given(clusters)
def test_a_name_is_resolved_exactly_where_one_service_alone_is_written_so(services: list[Service]) -> None:
    everything = {written for service in services for written in writings(service)}
    resolved = Directory(services).resolve(everything)
    for written in everything:
        fitting = [service for service in services if written in writings(service)]
        if len(fitting) == 1:
            assert resolved.names[written].partition(":")[0] == f"{fitting[0].namespace}/{fitting[0].name}"
        else:
            assert written not in resolved.names
            assert written in resolved.ambiguous


@given(clusters, st.text(max_size=30) | label)
def test_any_text_is_resolved_or_left_and_a_name_that_is_told_is_told_again_as_it_is(
    services: list[Service], written: str
) -> None:
    directory = Directory(services)
    told = set(directory.resolve([written, *writings(services[0])]).names.values())
    assert directory.resolve(told).names == {}


@given(clusters)
def test_every_controller_s_writing_of_a_service_gives_one_name(services: list[Service]) -> None:
    """So that one service through two controllers is one row."""
    directory, service = Directory(services), services[0]
    number = service.ports[0][0]
    namespace, name = service.namespace, service.name
    told = directory.resolve(
        [
            f"outbound|{number}||{name}.{namespace}.svc.cluster.local",
            f"{namespace}/{name}/{number}/da39a3ee5e",
            f"{namespace}_svc_{name}_{number}",
            f"{namespace}_{name}_{number}",
        ]
    )
    assert len(set(told.names.values())) == 1
