"""What came of an import: relationships touched, promises found, how far an undo is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.web.accounts.access import Scope
from troth.web.ledger.models import Batch, Event, Promise

if TYPE_CHECKING:
    from troth.web.ledger.models import Relationship

#: Of the newest events of a batch, so many are looked at for relationships to show.
_LOOKED_AT: Final = 2_000
_SHOWN: Final = 8
State = Batch.State


@dataclass(frozen=True)
class Progress:
    """How far an import or its undoing is.

    Attributes:
        busy: whether it is under way.
        phase: ``reading`` the file, ``taking`` events in, ``understanding`` messages, or ``undoing``.
        done: events so far.
        total: events in all; 0 where that is not known yet.
    """

    busy: bool
    phase: str = ""
    done: int = 0
    total: int = 0

    @property
    def share(self) -> int:
        """Percent done."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def progress_of(batch: Batch) -> Progress:
    """How far a batch is."""
    if batch.state == State.UNDOING:
        corrections = Event.objects.filter(
            event_id__gte=f"undo:{batch.pk}:", event_id__lt=f"undo:{batch.pk};"
        )
        total = Event.objects.filter(batch=batch.pk).count()
        return Progress(True, "undoing", corrections.count(), total)
    if batch.state != State.RUNNING:
        return Progress(False)
    if not batch.total:
        return Progress(True, "reading")
    phase = "taking" if batch.done < batch.total else "understanding"
    return Progress(True, phase, batch.done, batch.total)


def relationships_of(request: Any, batch: Batch) -> list[Relationship]:
    """Some of the relationships that a batch says something about, those with most events first."""
    rows = Event.objects.filter(batch=batch.pk).order_by("-pk")
    pairs = rows.values_list("truster_id", "organisation_id", "trustee_id")[:_LOOKED_AT]
    touched = Counter((truster, house or trustee) for truster, house, trustee in pairs)
    most = [pair for pair, _ in touched.most_common(_SHOWN * 4)]
    found = (
        Scope(request.user)
        .relationships()
        .filter(truster__in={one for one, _ in most}, trusted__in={one for _, one in most})
        .select_related("truster", "trusted")
    )
    known = {(row.truster_id, row.trusted_id): row for row in found}
    return [known[pair] for pair in most if pair in known][:_SHOWN]


def drafts_of(batch: Batch) -> int:
    """How many promises were found in the messages of a batch and wait for somebody's word."""
    said = Event.objects.filter(batch=batch.pk).values("event_id")
    return Promise.objects.filter(state=Promise.State.DRAFT, said_in__in=said).count()
