"""Several mornings beside each other, on pages: compared, through a teammate's eyes, earlier ones."""
