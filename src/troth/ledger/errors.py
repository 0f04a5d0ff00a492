"""What goes wrong with a whole file; a bad row is no error but a rejection."""

from __future__ import annotations

from troth.content.text import phrase


class UnreadableError(Exception):
    """A file of which nothing can be used.

    Attributes:
        file: its name as the person gave it.
        key: phrase of ``content/text/errors.yaml``.
        values: what goes into the phrase.
    """

    def __init__(self, file: str, key: str, **values: object) -> None:
        self.file = file
        self.key = key
        self.values = values
        super().__init__(self.line("en"))

    def line(self, lang: str) -> str:
        """One line that says which file and why, in ``zh`` or ``en``."""
        separator = "：" if lang == "zh" else ": "
        return f"{self.file}{separator}{phrase(self.key, lang, **self.values)}"
