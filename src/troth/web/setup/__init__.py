"""Settings: oneself, people and roles, keys for machines, the house, the audit log, the data."""
