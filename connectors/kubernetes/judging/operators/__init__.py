"""What stands out of delivery, certificates and backups, where their operators are installed."""
