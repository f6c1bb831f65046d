"""A walk together: first looks, where people noticed the same, and keeping the vista."""
