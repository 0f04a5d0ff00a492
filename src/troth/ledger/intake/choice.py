"""What the person who brings a file knows about it and the file does not say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from troth.ledger.intake.mapping import Mapping


@dataclass(frozen=True)
class Choice:
    """How to read a file.

    Attributes:
        house: id of the organisation whose service it is about.
        zone: IANA name, for times without a zone.
        now_us: microseconds UTC; the day of a chat that names none.
        lang: ``zh`` or ``en``.
        staff: names, ids, addresses or mail domains (``@house.com``) known as staff.
        format: one of ``open.FORMATS``; recognised from the file where None.
        mapping: which column means what, for tables.
        preset: a mapping that ships, by name; ``mapping`` goes first.
    """

    house: str
    zone: str
    now_us: int
    lang: str = "en"
    staff: frozenset[str] = frozenset()
    format: str | None = None
    mapping: Mapping | None = None
    preset: str | None = None

    def __post_init__(self) -> None:
        """Refuse a zone that is none before any file is opened.

        Raises:
            ValueError: there is no such zone.
        """
        try:
            _ = self.clock
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            msg = f"unknown time zone {self.zone!r}"
            raise ValueError(msg) from error

    @cached_property
    def clock(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)

    def is_staff(self, source: str, *said: str) -> bool:
        """Whether one of the names or ids by which a file calls somebody is known as staff."""
        return any(word in self.staff or f"{source}:{word}" in self.staff for word in said)


def party_id(source: str, said: str, choice: Choice) -> str:
    """The id of a party that a file names.

    An id that is known as staff and has a namespace already stays as it is, so that a colleague is
    one party whatever the file.

    Args:
        source: the namespace: a format or a preset.
        said: their id or name.
        choice: who is known.

    >>> party_id("wecom", "wmAAA", Choice("house", "UTC", 0))
    'wecom:wmAAA'
    """
    said = said.strip()
    return said if ":" in said and said in choice.staff else f"{source}:{said}"
