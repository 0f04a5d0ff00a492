"""Files brought in: recognised, mapped, tried, imported in the background, undone."""
