"""A touch by hand, in a few taps."""
