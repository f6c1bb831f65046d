"""The glossary: underlined words on every page, and its section of the knowledge page."""
