"""Dashboards in all their forms and wrappings, read as bands of panels in the classic shape."""
