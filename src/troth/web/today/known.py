"""What is known of somebody whom a message is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.pages.avoid import advice_of
from troth.web.accounts.access import Scope
from troth.web.ledger.day import case_told, open_cases
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from troth.pages.avoid import Advice
    from troth.web.ledger.models import Relationship
    from troth.web.parties.models import Party


def latest_of(request: Any, customer: Party) -> Relationship | None:
    """The liveliest relationship of a customer with a house that the reader sees."""
    rows = Scope(request.user).relationships().filter(truster=customer, inside=False)
    found: Relationship | None = rows.select_related("trusted").order_by("-last_us").first()
    return found


def advice_for(request: Any, customer: Party) -> list[Advice]:
    """What not to say to a customer now."""
    relationship = latest_of(request, customer)
    if relationship is None:
        return []
    now = max(request.now_us, relationship.last_us + 1)
    found = told(relationship, now, desk_parameters())
    quiet = relationship.quiet_us is not None and relationship.quiet_us < now
    waiting = [case_told(case, {}) for case in open_cases(relationship)]
    return advice_of(found.explanation, found.rows, waiting, request.words, quiet=quiet)
