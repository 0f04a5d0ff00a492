"""Tables of the app."""
