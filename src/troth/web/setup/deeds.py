"""What the audit log calls deeds and doors, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.content.text import phrases

if TYPE_CHECKING:
    from troth.pages.words import Words

#: A deed's phrase is this and its name.
PREFIX: Final = "setup.deed."
#: So is that of what is told beside it.
DETAIL: Final = "setup.detail."
DOORS: Final = {
    "page": "setup.door.page",
    "api": "setup.door.api",
    "command": "setup.door.command",
    "job": "setup.door.job",
}


def deed_said(deed: str, words: Words) -> str:
    """A deed in words; one that has none yet goes by its name."""
    key = PREFIX + deed
    return words.say(key) if key in phrases() else deed


def detail_said(detail: str, words: Words) -> str:
    """What a detail is about."""
    key = DETAIL + detail
    return words.say(key) if key in phrases() else detail


def door_said(door: str, words: Words) -> str:
    """By which door a deed came."""
    return words.say(DOORS[door]) if door in DOORS else door
