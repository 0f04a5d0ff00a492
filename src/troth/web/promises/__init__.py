"""Promises by due time: drafts, deeds, reminders."""
