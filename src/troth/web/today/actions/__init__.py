"""Deeds of the day that leave no trace in the ledger."""
