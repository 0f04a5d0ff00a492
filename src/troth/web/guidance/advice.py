"""A card as a part of a page: how to speak with somebody now, and what it looks like from their side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.guidance.card import MOST, card_of
from troth.guidance.empathy_map import empathy_map
from troth.guidance.facts import facts_of
from troth.pages.card import matters_shown, no_address, parts_shown, quarters_shown
from troth.web.guidance.situation import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.guidance.facts import Situation
    from troth.pages.card import Matter, Quarter, ShownLine, ShownPart
    from troth.pages.words import Words


@dataclass(frozen=True)
class Advice:
    """What is shown.

    Attributes:
        channel: how one is in touch.
        parts: of the card, those that have lines.
        quarters: of the empathy map.
        matters: what was noted as mattering to them, word for word.
        steady: which steadying routine fits before one speaks with them; "" where none is called for.
    """

    channel: str
    parts: list[ShownPart]
    quarters: list[Quarter]
    matters: list[Matter]
    steady: str = ""

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways of being in touch to choose from."""
        return CHANNELS

    @property
    def lines(self) -> list[ShownLine]:
        """All lines in order."""
        return [line for part in self.parts for line in part.lines]

    @property
    def citations(self) -> list[str]:
        """The studies that its lines rest on, in full, in order of author."""
        return sorted({line.citation for line in self.lines if line.citation})


def advice_shown(
    situation: Situation, words: Words, address: Callable[[str], str] = no_address
) -> Advice:
    """The whole card.

    Args:
        situation: what it is made from.
        words: of the reader, with everybody's names.
        address: where the page of an event is found.
    """
    facts = facts_of(situation)
    seen = quarters_shown(empathy_map(situation), words, address)
    steady = "mistake" if situation.told.repair else ""
    if facts.meets("emotion", "anger"):
        steady = "anger"
    notes = [one for one in situation.person.notes if one.until_us > situation.told.at_us]
    parts, matters = parts_shown(card_of(facts), words, address), matters_shown(notes, words)
    return Advice(situation.channel, parts, seen, matters, steady)


def short_advice(situation: Situation, words: Words, most: int) -> list[ShownPart]:
    """The lines to read first, for a place where a whole card is too much."""
    card = card_of(facts_of(situation), MOST).shortened(most)
    return parts_shown(card, words)
