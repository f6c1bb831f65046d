"""The steps from an empty database to today's tables. NEWEST is the last one's name."""

NEWEST = "0006_routine_versions"
