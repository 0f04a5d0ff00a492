"""The card at the top: what one must know before a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth.trust.stage import STAGES
from troth.web.guidance.owed import hurt_in, owed_in
from troth.web.guidance.situation import channel_asked, preferences_of, situation_of

if TYPE_CHECKING:
    from troth.guidance.facts import Situation
    from troth.web.guidance.owed import Hurt, Owed
    from troth.web.parties.models import Preference
    from troth.web.relations.opened import Opened


@dataclass(frozen=True)
class Card:
    """What the card says.

    Attributes:
        address: the form of address, or "".
        lang: the language spoken with them, or "".
        preferences: newest first, drafts among them.
        owed: promises that wait, late ones first.
        hurt: the last hurt, or None.
        place: of the last hurt in the list of events, where it is there.
        situation: what the advice is made from.
        stage: number of the stage.
    """

    address: str
    lang: str
    preferences: list[Preference]
    owed: list[Owed]
    hurt: Hurt | None
    place: int | None
    situation: Situation
    stage: int


def card_of(opened: Opened, request: Any) -> Card:
    """Gather the card of a relationship, for the way in which the address says one is in touch."""
    truster, words = opened.relationship.truster, opened.words
    lang = truster.lang if truster.lang in ("zh", "en") else ""
    preferences = preferences_of(opened.relationship)
    hurt = hurt_in(opened.view.told, words)
    return Card(
        address=truster.address(words.lang) or truster.address_zh or truster.address_en,
        lang=words.say(f"reading.language.{lang}") if lang else "",
        preferences=preferences,
        owed=owed_in(opened.relationship, opened.told, words, request.now_us), hurt=hurt,
        place=opened.view.numbers.get(hurt.event_id) if hurt else None,
        situation=situation_of(
            opened.relationship, opened.told, opened.view.waiting, request,
            preferences=preferences, channel=channel_asked(request),
        ),
        stage=STAGES.index(opened.view.told.stage),
    )  # fmt: skip
