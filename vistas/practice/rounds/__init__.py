"""Question rounds: a question, silent writing, reveal together, group, note what was learned."""

from __future__ import annotations

from vistas.practice.rounds.state import Answer, Group, Phase, Round

__all__ = ["Answer", "Group", "Phase", "Round"]
