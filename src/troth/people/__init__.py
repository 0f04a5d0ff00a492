"""Who they are, as far as they said so themselves or a colleague noted it."""
