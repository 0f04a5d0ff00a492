"""The ledger and what is kept up to date beside it, in one transaction."""
