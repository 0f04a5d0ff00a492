"""Errors whose reason is a phrase, so that each reader has it in their own language."""

from __future__ import annotations

from troth.content.text import phrase


class ToldError(Exception):
    """What was asked cannot be done, and a person can read why.

    Attributes:
        key: phrase that says why.
        values: what fills the phrase.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)

    def __str__(self) -> str:
        return self.said("en")

    def said(self, lang: str) -> str:
        """Why, in ``zh`` or ``en``."""
        return phrase(self.key, lang, **self.values)
