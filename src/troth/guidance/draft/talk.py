"""What a reply answers: what was said before, who reads it, what is owed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from troth.people.known import Person

if TYPE_CHECKING:
    from datetime import datetime

    from troth.guidance.facts import Wish
    from troth.reading.schema import Turn


@dataclass(frozen=True)
class HouseTerm:
    """A word of the house.

    Attributes:
        zh: the agreed Chinese.
        en: the agreed English.
        means_zh: what it means, in plain Chinese; empty where everybody knows it.
        means_en: the same in English.
    """

    zh: str
    en: str
    means_zh: str = ""
    means_en: str = ""


@dataclass(frozen=True)
class Talk:
    """What a reply stands in. Whatever is not known is left out, and nothing is guessed.

    Attributes:
        said: earlier messages of both sides, oldest first; the last one of the customer alone will do.
        apologies: made in this case so far; None counts those in ``said``.
        person: what is known of the reader.
        wishes: the reader's likes and dislikes on record.
        now: when it is written, with a zone; without it due times are not reckoned.
        terms: words of the house.
        plain: whether the house asks for plain language everywhere.
    """

    said: tuple[Turn, ...] = ()
    apologies: int | None = None
    person: Person = field(default_factory=Person)
    wishes: tuple[Wish, ...] = ()
    now: datetime | None = None
    terms: tuple[HouseTerm, ...] = ()
    plain: bool = False
