"""Who uses the desk: people, roles, what each may see, tokens, the audit log."""
