"""Prometheus' and Alertmanager's own metrics, and functions of PromQL."""

from __future__ import annotations

from vistas.promql.renames.model import FunctionRename, Origin, Rename
from vistas.promql.renames.tables.writing import pairs

PROJECT = "Prometheus"
SECOND = Origin(PROJECT, "2.0", "CHANGELOG.md, 2.0.0")
DISCOVERY = Origin(PROJECT, "2.13", "CHANGELOG.md, 2.13.0")
REMOTE = Origin(PROJECT, "2.23", "CHANGELOG.md, 2.23.0")
THIRD = Origin(PROJECT, "3.0", "docs/migration.md")

RENAMES = (
    *pairs(
        SECOND,
        """
        prometheus_local_storage_memory_series           prometheus_tsdb_head_series
        prometheus_local_storage_memory_chunks           prometheus_tsdb_head_chunks
        prometheus_local_storage_ingested_samples_total  prometheus_tsdb_head_samples_appended_total
        prometheus_evaluator_iterations_total            prometheus_rule_group_iterations_total
        prometheus_evaluator_iterations_missed_total     prometheus_rule_group_iterations_missed_total
        prometheus_evaluator_duration_seconds            prometheus_rule_group_duration_seconds
        """,
    ),
    Rename("prometheus_sd_configs_failed_total", "prometheus_sd_failed_configs", DISCOVERY),
    *pairs(
        REMOTE,
        """
        prometheus_remote_storage_succeeded_samples_total  prometheus_remote_storage_samples_total
        prometheus_remote_storage_failed_samples_total     prometheus_remote_storage_samples_failed_total
        prometheus_remote_storage_retried_samples_total    prometheus_remote_storage_samples_retried_total
        prometheus_remote_storage_dropped_samples_total    prometheus_remote_storage_samples_dropped_total
        prometheus_remote_storage_pending_samples          prometheus_remote_storage_samples_pending
        """,
    ),
)
FUNCTIONS = (FunctionRename("holt_winters", "double_exponential_smoothing", THIRD),)
