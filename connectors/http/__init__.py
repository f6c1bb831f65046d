"""Bounded HTTP: however a tool misbehaves, an answer is complete, in time and of bounded size, or a reason."""
