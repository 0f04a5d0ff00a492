"""What a link asks besides how they like to be met, and what a customer answered, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth.web.people.asked import besides
from troth.web.people.forms import named
from troth.web.people.models import OwnSitting, of_party
from troth.web.people.shown import result_of

if TYPE_CHECKING:
    from troth.pages.words import Words
    from troth.web.parties.models import Party
    from troth.web.people.models import FormLink
    from troth.web.people.shown import Bar


def asked_besides(link: FormLink, now_us: int, lang: str) -> list[dict[str, Any]]:
    """What a link asks besides, each with how far the customer is."""
    rows = OwnSitting.objects.filter(link=link, until_us__gt=now_us).order_by("begun_us")
    sat = {row.questionnaire: row for row in rows}
    return [
        {**named(one, lang), "sitting": sat.get(name)}
        for name, one in besides().items() if name in link.asks
    ]  # fmt: skip


@dataclass(frozen=True)
class Reported:
    """What a customer answered about a house.

    Attributes:
        title: of the questionnaire.
        bars: its scales.
        t_us: when.
        until_us: until when it is kept.
        limits: what it cannot tell.
    """

    title: str
    bars: list[Bar]
    t_us: int
    until_us: int
    limits: str


def reported_by(party: Party, house: Party | None, now_us: int, words: Words) -> list[Reported]:
    """What a customer answered about a house and still holds: their own report, no input to the belief.

    Args:
        party: the customer.
        house: about which.
        now_us: microseconds UTC.
        words: the reader's.
    """
    rows = OwnSitting.objects.filter(
        of_party(party), house=house, done_us__isnull=False, until_us__gt=now_us
    )
    return [
        Reported(
            besides()[row.questionnaire].title[words.lang],
            result_of(besides()[row.questionnaire], row.scores, words).bars,
            row.done_us or 0, row.until_us, besides()[row.questionnaire].limits[words.lang],
        )
        for row in rows if row.scores and row.questionnaire in besides()
    ]  # fmt: skip
