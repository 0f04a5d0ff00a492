"""The day's list: what waits, sorted by what is at stake, each with one thing to do next."""
