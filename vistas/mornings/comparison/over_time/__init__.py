"""Series: paired by their labels, and compared on the same clock."""
