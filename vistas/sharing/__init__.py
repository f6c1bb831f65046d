"""Taking a vista elsewhere: as a `.vista` bundle, which can be read back, as a page, and as notes."""

from vistas.sharing.bundle import read_bundle, write_bundle

__all__ = ["read_bundle", "write_bundle"]
