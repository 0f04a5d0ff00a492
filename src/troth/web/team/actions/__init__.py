"""Deeds of this subject."""
