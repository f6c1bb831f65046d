"""Requests as ingress logs tell them, added up: rates, outcomes, latencies, one controller beside another."""
