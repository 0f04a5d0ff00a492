"""Why a deed was refused, in whatever language it is asked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.content.text import phrase

if TYPE_CHECKING:
    from troth.pages.words import Words


class RefusedError(ValueError):
    """What was asked cannot be done.

    Attributes:
        key: phrase that says why.
        field: what it is about, as a form would name it; empty where it is about the whole.
        values: what fills the phrase.
    """

    def __init__(self, key: str, field: str = "", **values: object) -> None:
        self.key, self.field, self.values = key, field, values
        super().__init__(phrase(key, "en", **values))

    def said(self, words: Words) -> str:
        """Why, in a reader's language."""
        return words.say(self.key, **self.values)
