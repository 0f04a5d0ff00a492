"""Remarks on a reply before it is sent: at most three, each with its reason and a better wording."""
