"""A dashboard's variables, as they become a routine's or as what they stand for."""

from __future__ import annotations

from vistas.importing.variables.choices import Choice
from vistas.importing.variables.fixed import Known, read_variables

__all__ = ["Choice", "Known", "read_variables"]
