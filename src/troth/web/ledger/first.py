"""What colleagues note of one another, left out of a relationship for who may not see it yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from troth.web.ledger.aliases import aliases, with_aliases
from troth.web.ledger.models import Event

if TYPE_CHECKING:
    from troth.web.accounts.access import Scope
    from troth.web.ledger.models import Relationship
    from troth.web.ledger.standing import Told


def as_seen(found: Told, relationship: Relationship, scope: Scope) -> Told:
    """Leave out events, and points of the course, that the reader may not see yet.

    The figures themselves are not reckoned anew: they rest on all that is on record.

    Args:
        found: the relationship as reckoned.
        relationship: which.
        scope: who looks. Whoever trusts sees all of it.
    """
    truster = relationship.truster_id
    if not relationship.inside or scope.user.party_id == truster:
        return found
    rows = Event.objects.filter(
        truster__in=with_aliases({truster, relationship.trusted_id}, aliases())
    )
    hidden = dict(rows.exclude(scope.between()).values_list("event_id", "t_us"))
    if not hidden:
        return found
    told, times = found.explanation, set(hidden.values())
    kept = tuple(one for one in told.contributions if one.event_id not in hidden)
    course = [one for one in told.timeline[:-1] if one.t_us not in times]
    by_staff: dict[int, float] = defaultdict(float)
    for one in kept:
        if one.own:
            by_staff[int(one.trustee)] += one.phi
    shown = replace(told, contributions=kept, timeline=(*course, told.timeline[-1]))
    events = [row for row in found.rows if row["event_id"] not in hidden]
    return replace(found, explanation=shown, rows=events, by_staff=dict(by_staff))
