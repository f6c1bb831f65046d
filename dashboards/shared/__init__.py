"""What all sessions of one process share: workspace, gatherings, who is here, what is new."""
