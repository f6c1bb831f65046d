"""Where the cluster is and who we are there."""
