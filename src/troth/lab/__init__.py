"""Worlds with known causes: the demo year, and later trust games and recovery of parameters."""
