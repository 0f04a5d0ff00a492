"""The settings' own navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.web.accounts.access import may

if TYPE_CHECKING:
    from troth.web.accounts.models import User


@dataclass(frozen=True)
class Tab:
    """One subject of the settings.

    Attributes:
        url: name of its first page.
        phrase: key of the words on it.
        deed: what one must be allowed to do to be led there.
        here: whether the reader is there now.
    """

    url: str
    phrase: str
    deed: str
    here: bool = False


TABS: Final = {
    "me": Tab("settings:me", "setup.tab.me", "see"),
    "house": Tab("settings:house", "setup.tab.house", "see"),
    "people": Tab("settings:people", "setup.tab.people", "govern"),
    "tokens": Tab("settings:tokens", "setup.tab.tokens", "token"),
    "data": Tab("settings:data", "setup.tab.data", "export"),
    "audit": Tab("settings:audit", "setup.tab.audit", "audit"),
}


def tabs_of(user: User, here: str) -> list[Tab]:
    """The tabs that somebody is led to."""
    return [
        Tab(tab.url, tab.phrase, tab.deed, name == here)
        for name, tab in TABS.items()
        if may(user, tab.deed)
    ]
