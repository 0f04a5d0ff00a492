"""What a file of someone else's making comes to: records, the people in them, their wishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from troth.ledger.raw import Raw

#: What a party is.
Side = Literal["customer", "staff", "team", "organisation"]


@dataclass(frozen=True)
class Person:
    """A party as the file names it.

    Attributes:
        name: as written there; the id itself where the file gives no name.
        kind: what it is.
        lang: its language, ``zh`` or ``en``, where the file says so.
    """

    name: str
    kind: Side
    lang: str | None = None


@dataclass(frozen=True)
class Wish:
    """A preference that somebody stated.

    Attributes:
        party: whose it is.
        what: in the words of the file.
        at: when, in microseconds UTC.
        source: ``event_id`` of the record beside which it stood.
    """

    party: str
    what: str
    at: int
    source: str


@dataclass(frozen=True)
class Sheet:
    """One file, ready to be checked by ``read_raws``.

    Attributes:
        raw: its records under our column names, with ``speaker`` (``customer`` or ``staff``) and
            ``thread`` (the conversation) as extras; what could not become a record is refused there.
        people: by party id; empty where the file is one of our own events.
        wishes: preferences stated in it.
    """

    raw: Raw
    people: dict[str, Person] = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)
