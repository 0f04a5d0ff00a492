"""Pages of the settings: one module a subject."""
