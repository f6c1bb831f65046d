"""From lines to records: dialects, readers, clocks, units."""
