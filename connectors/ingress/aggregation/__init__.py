"""From records to what a look shows: folded, grouped, added up, redacted."""
