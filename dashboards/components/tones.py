"""The tones of status words, which exported pages share."""

from vistas.tones import Tone, tone, tones

__all__ = ["Tone", "tone", "tones"]
