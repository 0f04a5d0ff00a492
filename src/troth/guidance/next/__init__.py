"""The next action of a relationship, and the quiet budget that keeps it from nagging."""
