"""What is known of how somebody likes to be met, each part with who said so and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from troth.content.origins import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What may be known → the values it may have.
WISHES: Final[dict[str, tuple[str, ...]]] = {
    "channel": ("message", "phone", "email", "in_person"),
    "detail": ("short", "full"),
    "pace": ("quick", "steady"),
    "focus": ("task", "person"),
    "form": ("formal", "first_name"),
    "lang": ("zh", "en"),
    "attachment": ("anxious", "avoidant"),
}
#: What a note on somebody may be about.
SUBJECTS: Final = ("need", "motive", "value")


@dataclass(frozen=True)
class Known:
    """One thing known of somebody.

    Attributes:
        what: a key of ``WISHES``.
        value: one of its values.
        origin: one of ``troth.content.origins.ORIGINS``.
        t_us: when it was said, microseconds UTC.
        by: who said or noted it, as people call them.
        until_us: when it is no longer taken as known.
    """

    what: str
    value: str
    origin: str
    t_us: int
    by: str
    until_us: int


@dataclass(frozen=True)
class Note:
    """A need, motive or value somebody has, as noted: ``subject`` is one of ``SUBJECTS``."""

    subject: str
    text: str
    origin: str
    t_us: int
    by: str
    until_us: int


@dataclass(frozen=True)
class Person:
    """All that is known of one person and still holds.

    Attributes:
        known: every statement, also where two origins differ.
        notes: newest first.
        called: by language, what they asked to be called.
    """

    known: tuple[Known, ...] = ()
    notes: tuple[Note, ...] = field(default=())
    called: Mapping[str, str] = field(default_factory=dict)

    def wish(self, what: str) -> Known | None:
        """The statement that counts: of the most telling origin, then the newest.

        Args:
            what: a key of ``WISHES``.

        >>> said = Known("pace", "steady", "own_words", 1, "Ms Chen", 9)
        >>> noted = Known("pace", "quick", "colleague_note", 2, "Li Na", 9)
        >>> Person((noted, said)).wish("pace").value
        'steady'
        """
        rows = [row for row in self.known if row.what == what]
        rows.sort(key=lambda row: (ORIGINS.index(row.origin), -row.t_us))
        return rows[0] if rows else None
