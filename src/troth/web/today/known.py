"""What is known of somebody whom a message is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from troth.web.accounts.access import Scope
from troth.web.guidance.advice import short_advice
from troth.web.guidance.situation import situation_of
from troth.web.ledger.day import case_told, open_cases
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from troth.guidance.facts import Message
    from troth.pages.card import ShownPart
    from troth.web.ledger.models import Relationship
    from troth.web.parties.models import Party

#: Lines beside a pasted message.
SHORT: Final = 5


def latest_of(request: Any, customer: Party) -> Relationship | None:
    """The liveliest relationship of a customer with a house that the reader sees."""
    rows = Scope(request.user).relationships().filter(truster=customer, inside=False)
    found: Relationship | None = (
        rows.select_related("truster", "trusted__house").order_by("-last_us").first()
    )
    return found


def advice_for(request: Any, customer: Party, pasted: Message | None = None) -> list[ShownPart]:
    """The lines to read before a reply to a customer now.

    Args:
        request: of the reader.
        customer: whom the reply is for.
        pasted: the message that was pasted, where it is the customer's own.
    """
    relationship = latest_of(request, customer)
    if relationship is None:
        return []
    now = max(request.now_us, relationship.last_us + 1)
    found = told(relationship, now, desk_parameters())
    waiting = [case_told(case, {}) for case in open_cases(relationship)]
    situation = situation_of(relationship, found, waiting, request)
    if pasted is not None:
        situation = replace(situation, messages=(pasted, *situation.messages))
    return short_advice(situation, request.words, SHORT)
