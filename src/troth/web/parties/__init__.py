"""Who the parties are: names, contacts, search, preferences."""
