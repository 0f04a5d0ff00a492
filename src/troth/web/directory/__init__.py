"""Parties: found, listed, looked at, put right."""
