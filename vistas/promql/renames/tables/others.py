"""CoreDNS, cert-manager, Alertmanager and labels that whoever scrapes gives."""

from __future__ import annotations

from vistas.promql.renames.model import LabelRename, Origin, Rename
from vistas.promql.renames.tables.writing import pairs

COREDNS = Origin("CoreDNS", "1.7", "the release notes of 1.7.0")
ACME = Origin("cert-manager", "0.14", "pkg/metrics")
HONOUR = Origin("Prometheus", "any", "docs/configuration/configuration.md, honor_labels")
OPERATOR = Origin(
    "Prometheus Operator", "0.19", "CHANGELOG.md, kubernetes_ labels of older example configurations"
)

_COREDNS = """
coredns_request_block_count_total                 coredns_dns_blocked_requests_total
coredns_request_allow_count_total                 coredns_dns_allowed_requests_total
coredns_dns_acl_request_block_count_total         coredns_acl_blocked_requests_total
coredns_dns_acl_request_allow_count_total         coredns_acl_allowed_requests_total
coredns_autopath_success_count_total              coredns_autopath_success_total
coredns_forward_request_count_total               coredns_forward_requests_total
coredns_forward_response_rcode_count_total        coredns_forward_responses_total
coredns_forward_healthcheck_failure_count_total   coredns_forward_healthcheck_failures_total
coredns_forward_healthcheck_broken_count_total    coredns_forward_healthcheck_broken_total
coredns_forward_max_concurrent_reject_count_total coredns_forward_max_concurrent_rejects_total
coredns_grpc_request_count_total                  coredns_grpc_requests_total
coredns_grpc_response_rcode_count_total           coredns_grpc_responses_total
coredns_panic_count_total                         coredns_panics_total
coredns_dns_request_count_total                   coredns_dns_requests_total
coredns_dns_request_type_count_total              coredns_dns_requests_total
coredns_dns_request_do_count_total                coredns_dns_do_requests_total
coredns_dns_response_rcode_count_total            coredns_dns_responses_total
coredns_reload_failed_count_total                 coredns_reload_failed_total
coredns_cache_size                                coredns_cache_entries
"""

RENAMES = (
    *pairs(COREDNS, _COREDNS),
    *pairs(
        ACME,
        """
        certmanager_acme_client_request_count             certmanager_http_acme_client_request_count
        certmanager_acme_client_request_duration_seconds  certmanager_http_acme_client_request_duration_seconds
        """,
    ),
    Rename("coredns_proxy_request_count_total", "coredns_forward_requests_total", COREDNS),
)
LABELS = (
    *(
        LabelRename(old, new, HONOUR, ("",))
        for label in ("namespace", "pod", "container", "service", "job", "instance")
        for old, new in ((label, f"exported_{label}"), (f"exported_{label}", label))
    ),
    LabelRename("kubernetes_namespace", "namespace", OPERATOR, ("",)),
    LabelRename("kubernetes_pod_name", "pod", OPERATOR, ("",)),
)
