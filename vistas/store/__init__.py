"""The only SQL, so that nothing acknowledged is lost.

It keeps vistas with their evidence, walks and notices, and the journals of what people write together.
"""

from vistas.store.bringing_in import BroughtIn
from vistas.store.checking import DamagedFrame, Examination
from vistas.store.earlier import EarlierNotice, Place
from vistas.store.journals import Head, Journals, WholeJournal
from vistas.store.library import LibraryPage, Search, VistaSummary
from vistas.store.store import Store
from vistas.store.traces import Marker, Trace, TracedMorning
from vistas.store.walked import WalkedVersion

__all__ = [
    "BroughtIn",
    "DamagedFrame",
    "EarlierNotice",
    "Examination",
    "Head",
    "Journals",
    "LibraryPage",
    "Marker",
    "Place",
    "Search",
    "Store",
    "Trace",
    "TracedMorning",
    "VistaSummary",
    "WalkedVersion",
    "WholeJournal",
]
