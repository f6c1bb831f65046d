"""Taking a vista elsewhere: as a `.vista` bundle, which can be read back, as a page, and as notes."""

from vistas.sharing.bundle import read_bundle, write_bundle
from vistas.sharing.markdown import write_markdown
from vistas.sharing.page import write_page

__all__ = ["read_bundle", "write_bundle", "write_markdown", "write_page"]
