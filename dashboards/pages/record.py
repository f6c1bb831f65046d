"""Record by doing: look at whatever one would look at, and keep as stops what one would look at again."""

from __future__ import annotations

from dashboards.drafts import draw

draw()
