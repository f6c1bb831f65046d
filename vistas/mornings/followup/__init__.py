"""What became of a notice in another vista: found again by its labels, or honestly not."""

from __future__ import annotations

from vistas.mornings.followup.following import Sighting, follow_all, follow_through, follow_up
from vistas.mornings.followup.labels import VOLATILE
from vistas.mornings.followup.outcome import FollowUp, Outcome

__all__ = ["VOLATILE", "FollowUp", "Outcome", "Sighting", "follow_all", "follow_through", "follow_up"]
