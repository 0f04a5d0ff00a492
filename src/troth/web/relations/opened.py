"""One relationship opened for a reader: told for this moment, with everybody's names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import Http404

from troth.pages.relationship import RelationshipView
from troth.web.accounts.access import Scope
from troth.web.ledger.day import case_told, names_of, open_cases
from troth.web.ledger.first import as_seen
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.pages.words import Words
    from troth.web.accounts.models import User
    from troth.web.ledger.models import Relationship
    from troth.web.ledger.standing import Told


@dataclass(frozen=True)
class Opened:
    """A relationship as its page needs it.

    Attributes:
        relationship: as kept.
        told: as reckoned for this moment.
        view: its parts in the reader's words.
        user: who reads.
    """

    relationship: Relationship
    told: Told
    view: RelationshipView
    user: User

    @property
    def words(self) -> Words:
        """The reader's words, with the names of everybody in it."""
        return self.view.words

    @property
    def house(self) -> Party | None:
        """The house trusted; None where a party stands for itself."""
        return house_of(self.relationship)


def house_of(relationship: Relationship) -> Party | None:
    """The house trusted; None where a party stands for itself."""
    trusted = relationship.trusted
    return trusted if trusted.kind == Party.Kind.ORGANISATION else trusted.house


def in_scope(request: Any, truster: int, trusted: int) -> Relationship:
    """A relationship that the reader may see.

    Raises:
        Http404: there is none, or it is not for them.
    """
    rows = Scope(request.user).relationships().select_related("truster", "trusted__house")
    found: Relationship | None = rows.filter(truster=truster, trusted=trusted).first()
    if found is None:
        raise Http404
    return found


def opened(request: Any, truster: int, trusted: int) -> Opened:
    """Open a relationship.

    Raises:
        Http404: there is none, or it is not for the reader.
    """
    relationship = in_scope(request, truster, trusted)
    return open_one(relationship, request)


def open_one(relationship: Relationship, request: Any) -> Opened:
    """Tell a relationship that is known to be in scope, as of now."""
    now = max(request.now_us, relationship.last_us + 1)
    found = as_seen(told(relationship, now, desk_parameters()), relationship, Scope(request.user))
    numbers = {relationship.truster_id, relationship.trusted_id}
    numbers |= {int(row["trustee"]) for row in found.rows}
    words = replace(request.words, names=names_of(numbers))
    texts = {row["event_id"]: row["text"] for row in found.rows}
    waiting = [case_told(case, texts) for case in open_cases(relationship)]
    view = RelationshipView(found.explanation, found.rows, waiting, words)
    return Opened(relationship, found, view, request.user)
