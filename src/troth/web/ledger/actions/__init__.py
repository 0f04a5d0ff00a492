"""Deeds at the desk: each one transaction that records, keeps and audits."""
