"""What several mornings say beside each other: what differs, what became of a notice, what is unusual, ways."""
