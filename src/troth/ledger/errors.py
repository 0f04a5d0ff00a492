"""What goes wrong with a whole file; a bad row is no error but a rejection."""

from __future__ import annotations

from troth.content.told import ToldError


class UnreadableError(ToldError):
    """A file of which nothing can be used.

    Attributes:
        file: its name as the person gave it.
    """

    def __init__(self, file: str, key: str, **values: object) -> None:
        super().__init__(key, **values)
        self.file = file

    def __str__(self) -> str:
        return self.line("en")

    def line(self, lang: str) -> str:
        """One line that says which file and why, in ``zh`` or ``en``."""
        separator = "：" if lang == "zh" else ": "
        return f"{self.file}{separator}{self.said(lang)}"
