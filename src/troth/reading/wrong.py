"""What is wrong with a line, where, and how it is told."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from typing import Any, Final

from troth.content.text import phrase

LONGEST_RECORD: Final = 2_000
_LONGEST_VALUE: Final = 60


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line that was refused.

    Attributes:
        file: as the person named it.
        row: number of the line, from 1.
        column: the field at fault, as ``turns[2].at``; empty where it is the whole line.
        reason: in the reader's language.
        record: the line, cut to 2,000 characters.
    """

    file: str
    row: int
    column: str
    reason: str
    record: str


class WrongLineError(ValueError):
    """A line that cannot be used.

    Attributes:
        column: the field at fault.
        key: phrase that says why.
        values: what goes into its gaps.
    """

    def __init__(self, column: str, key: str, value: Any = None, **values: object) -> None:
        self.column, self.key = column, key
        self.values: dict[str, object] = {"value": shown(value), **values}
        super().__init__(self.reason("en"))

    def reason(self, lang: str) -> str:
        """Why, in ``zh`` or ``en``."""
        return phrase(self.key, lang, **self.values)


def shown(value: Any) -> str:
    """A value quoted in a reason: short, on one line."""
    # A huge or deeply nested value is cut before it is spelled out.
    text = value[: 2 * _LONGEST_VALUE] if isinstance(value, str) else reprlib.repr(value)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
