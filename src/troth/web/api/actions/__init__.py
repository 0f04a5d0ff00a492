"""Deeds that only programs do: one event with an id of its own, many at once, a party put in place."""
