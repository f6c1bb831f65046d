"""Ingress access logs: from files or the controllers' pods, in any of the known dialects, to summaries.

files · pods ─► blocks of whole lines ─► parsing (dialects) ─► summary ─► redacted ─► frames
"""

from connectors.ingress.source import IngressSource

__all__ = ["IngressSource"]
