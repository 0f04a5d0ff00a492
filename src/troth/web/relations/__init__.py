"""The page of one relationship: where trust stands, why, what to do, and all that happened."""
