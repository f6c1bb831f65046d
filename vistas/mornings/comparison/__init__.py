"""Then and now: what is different between two mornings, look by look, most different first."""

from vistas.mornings.comparison.alignment import Aligned, Looked, align
from vistas.mornings.comparison.clock import Clock
from vistas.mornings.comparison.looks import compare_frames, compare_snapshots
from vistas.mornings.comparison.model import (
    MOST,
    Cell,
    Change,
    ChangeKind,
    Difference,
    LookAt,
    LookDifference,
    Side,
    StopDifference,
    VistaDifference,
)
from vistas.mornings.comparison.shown import WRITTEN, Outline, ShownLook, ShownStop, outline
from vistas.mornings.comparison.telling import then_and_now
from vistas.mornings.comparison.volatile import let_go, stable_labels, stable_name
from vistas.mornings.comparison.whole import compare_looked, compare_vistas, put_together

__all__ = [
    "MOST",
    "WRITTEN",
    "Aligned",
    "Cell",
    "Change",
    "ChangeKind",
    "Clock",
    "Difference",
    "LookAt",
    "LookDifference",
    "Looked",
    "Outline",
    "ShownLook",
    "ShownStop",
    "Side",
    "StopDifference",
    "VistaDifference",
    "align",
    "compare_frames",
    "compare_looked",
    "compare_snapshots",
    "compare_vistas",
    "let_go",
    "outline",
    "put_together",
    "stable_labels",
    "stable_name",
    "then_and_now",
]
