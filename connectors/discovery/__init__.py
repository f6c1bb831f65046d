"""What connectors share to find the tool they are for: addresses, who answers on this machine, introductions."""

from __future__ import annotations

from connectors.discovery.addresses import addresses
from connectors.discovery.answering import answers
from connectors.discovery.introducing import TENANT, introduced, listing, standing_of
from connectors.discovery.paths import is_path, path_of

__all__ = ["TENANT", "addresses", "answers", "introduced", "is_path", "listing", "path_of", "standing_of"]
