"""Access logs that a Loki keeps: read where they are few, counted there where they are many."""
