"""Measured, not shipped."""
