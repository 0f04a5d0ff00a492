"""Breaches that wait for repair, kept in step with the ledger."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from troth.content.kinds import codebook
from troth.guidance.breaches import open_breaches
from troth.ledger.schema import LAST_US
from troth.web.ledger.models import Case
from troth.web.ledger.rows import events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.web.ledger.rows import Record


@cache
def case_kinds() -> frozenset[str]:
    """Kinds of event that may open a case, be a step in it, or close it."""
    kinds = codebook().values()
    moving = {k.name for k in kinds if k.opens or k.closes or k.repairs or k.retracts}
    return frozenset(moving | {"promise_made"})


def keep_cases(records: Sequence[Record]) -> None:
    """Bring the open cases of some trusters in step.

    Args:
        records: all their events, in order.
    """
    opening = {kind.name for kind in codebook().values() if kind.opens}
    hurt = {row[3] for row in records if row[6] in opening}
    if not hurt:
        return
    events = events_of([row for row in records if row[3] in hurt])
    Case.objects.filter(truster__in=hurt).delete()
    Case.objects.bulk_create(
        Case(
            root=breach.root,
            event_id=breach.event_id,
            kind=breach.kind,
            truster_id=int(breach.truster),
            trustee_id=int(breach.trustee),
            organisation_id=None if breach.organisation is None else int(breach.organisation),
            since_us=breach.since_us,
            steps=[[s.event_id, s.kind, s.t_us, int(s.trustee)] for s in breach.steps],
            answered=bool(breach.steps),
        )
        for breach in open_breaches(events.table, LAST_US)
    )
