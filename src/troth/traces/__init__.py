"""Evidence summed over time, several ways with one answer."""
