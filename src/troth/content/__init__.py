"""Our words as data: event kinds, sources and everything that people read, zh and en side by side."""
