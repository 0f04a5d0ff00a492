"""Deeds about people who use the desk: one a file."""
