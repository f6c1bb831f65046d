"""What a page says while there is nothing on it: what people use it for, with a picture of it filled."""

from __future__ import annotations

from dashboards.ui.empty.page import Picture, draw

__all__ = ["Picture", "draw"]
