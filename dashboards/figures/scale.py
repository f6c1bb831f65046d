"""The value axis, which exported pages share."""

from vistas.scale import Scale, scale

__all__ = ["Scale", "scale"]
