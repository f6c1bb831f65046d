"""What the operators that people check in the morning say of their work: delivery, certificates, backups."""
