"""Dependency matrices on the page: as a grid and as a graph, in a room and on the knowledge page."""
