"""Talking to one API server: connections, deadlines, discovery, lists page by page, failures in plain words."""
