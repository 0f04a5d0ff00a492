"""Deeds of this page."""
