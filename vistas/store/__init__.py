"""The only SQL: vistas, their evidence, walks and notices, kept so that nothing acknowledged is lost."""

from vistas.store.library import LibraryPage, Search, VistaSummary
from vistas.store.store import Store

__all__ = ["LibraryPage", "Search", "Store", "VistaSummary"]
