"""The words that queries are made of: metrics, labels and their values, found while somebody types."""

from __future__ import annotations

from vistas.vocabulary.model import HasWords, Question, Suggestions, Wanted, Word
from vistas.vocabulary.words import Words

__all__ = ["HasWords", "Question", "Suggestions", "Wanted", "Word", "Words"]
