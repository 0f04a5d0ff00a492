"""What every page shares: base templates, styles, words, times, language."""
