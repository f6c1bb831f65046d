"""What people do together in a session: walks, decision tables, matrices, question rounds, the wheel.

Each module is one kind of thing that is written together: the entries of its journal, and the state they add up to
(`vistas.practice.notebook`). No page, no SQL, no live tool.
"""

from vistas.practice.notebook import EntryBody, Notebook, Stamp, Written
from vistas.practice.notebooks import Notebooks

__all__ = ["EntryBody", "Notebook", "Notebooks", "Stamp", "Written"]
