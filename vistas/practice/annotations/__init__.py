"""Notices that were put into Grafana as annotations: what is sent, and what has been."""

from __future__ import annotations

from vistas.practice.annotations.annotation import TAG, annotation_of
from vistas.practice.annotations.state import Annotations, Placed

__all__ = ["TAG", "Annotations", "Placed", "annotation_of"]
