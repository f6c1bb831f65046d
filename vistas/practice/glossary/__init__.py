"""The team's glossary: what a word means here, for somebody who has never heard it."""

from __future__ import annotations

from vistas.practice.glossary.state import Glossary, Term

__all__ = ["Glossary", "Term"]
