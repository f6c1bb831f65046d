"""The only SQL, so that nothing acknowledged is lost.

It keeps vistas with their evidence, walks and notices, and the journals of what people write together.
"""

from vistas.store.journals import Head, Journals
from vistas.store.library import LibraryPage, Search, VistaSummary
from vistas.store.store import Store

__all__ = ["Head", "Journals", "LibraryPage", "Search", "Store", "VistaSummary"]
