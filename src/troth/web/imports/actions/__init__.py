"""Deeds about files: one a file."""
