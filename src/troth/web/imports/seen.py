"""Which imports somebody sees: those of the houses in their scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from troth.web.accounts.access import Scope
from troth.web.accounts.actor import Actor
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from troth.web.parties.models import Party


def batches_seen(request: Any) -> QuerySet[Batch]:
    """Imports, newest first."""
    rows = Batch.objects.order_by("-pk").select_related("user", "house")
    scope = Scope(request.user)
    return rows if scope.everything else rows.filter(house__in=scope.house_numbers())


def batch_or_404(request: Any, number: int) -> Batch:
    """One import.

    Raises:
        Http404: there is none, or it is of a house out of scope.
    """
    found = batches_seen(request).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def houses_of(request: Any) -> list[Party]:
    """Houses that a file may be about."""
    return list(Scope(request.user).houses().order_by("pk"))


def doer(request: Any) -> Actor:
    """Whoever asks, as actions want them."""
    return Actor(request.user, now_us=request.now_us)
