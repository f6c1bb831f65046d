"""Panels in the classic shape as looks: how each is drawn, in which unit, and what is lost."""
