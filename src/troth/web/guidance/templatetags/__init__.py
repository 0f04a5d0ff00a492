"""Tags that put guidance on the pages of other apps."""
