"""Prometheus as a source, and whatever else answers its API: Thanos, Mimir, VictoriaMetrics."""

from __future__ import annotations

from connectors.prometheus.source import PrometheusSettings, PrometheusSource

__all__ = ["PrometheusSettings", "PrometheusSource"]
