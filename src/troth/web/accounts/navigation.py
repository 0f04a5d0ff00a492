"""Which pages somebody is led to: those that their role may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.web.accounts.access import may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


@dataclass(frozen=True)
class Place:
    """A page of the main navigation.

    Attributes:
        name: ends the key of its phrase, ``ui.nav.NAME``.
        address: its path.
        deed: what one must be allowed to do to be led there.
        icon: its drawing.
        here: whether the reader is there now.
    """

    name: str
    address: str
    deed: str
    icon: str
    here: bool = False

    @property
    def phrase(self) -> str:
        """Key of the words on it."""
        return f"ui.nav.{self.name}"


PLACES: Final = (
    Place("today", "/", "see", "today"),
    Place("parties", "/parties/", "see", "people"),
    Place("draft", "/draft/", "see", "message"),
    Place("promises", "/promises/", "see", "promise"),
    Place("add", "/add/", "record", "plus"),
    Place("team", "/team/", "see", "people"),
    Place("import", "/import/", "import", "import"),
    Place("settings", "/settings/", "see", "settings"),
)
#: On a phone's bar, in this order; the rest stand behind "more".
BAR: Final = ("today", "add", "promises", "parties")


def nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav.places`` for the header, ``nav.bar`` and ``nav.more`` for a phone."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    places = [
        Place(p.name, p.address, p.deed, p.icon, _here(p.address, request.path))
        for p in PLACES
        if may(user, p.deed)
    ]
    more = [place for place in places if place.name not in BAR]
    told = {"places": places, "bar": _bar(places), "more": more}
    return {"nav": told | {"more_here": any(place.here for place in more)}}


def _bar(places: Sequence[Place]) -> list[Place]:
    by_name = {place.name: place for place in places}
    return [by_name[name] for name in BAR if name in by_name]


def _here(address: str, path: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
