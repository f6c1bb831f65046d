"""A session told to those who were not there."""
