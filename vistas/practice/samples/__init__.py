"""What a new store begins with: recorded mornings, a session held on one of them, and what came out of it.

They show what the pages are for, are marked as samples wherever they are shown, and go together.
"""

from __future__ import annotations

from vistas.practice.samples.bringing import Samples, is_sample
from vistas.practice.samples.reading import Sampled, sampled

__all__ = ["Sampled", "Samples", "is_sample", "sampled"]
