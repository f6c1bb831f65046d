"""A comparison taken elsewhere: as Markdown, as a page, as JSON."""

from vistas.mornings.comparison.export.as_json import document
from vistas.mornings.comparison.export.markdown import write_markdown
from vistas.mornings.comparison.export.page import write_page

__all__ = ["document", "write_markdown", "write_page"]
