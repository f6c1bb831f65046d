"""The steps from an empty database to today's tables. NEWEST is the last one's name."""

NEWEST = "0007_discarded_journals"
