"""Promises that one is reminded of: late, or due within the next two hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import SimpleLazyObject

from troth.web.accounts.access import may
from troth.web.ledger.models import Promise

if TYPE_CHECKING:
    from django.http import HttpRequest

#: Hours before the due time in which a promise is a reminder's business.
AHEAD_HOURS: Final = 2
AHEAD_US: Final = AHEAD_HOURS * 3_600_000_000


def waiting_count(user: Any, now_us: int) -> int:
    """How many of somebody's own promises are late or due soon.

    Args:
        user: who; nobody has promises before logging in.
        now_us: microseconds UTC.
    """
    if not may(user, "see") or user.party_id is None:
        return 0
    return Promise.objects.filter(
        trustee=user.party_id, state=Promise.State.OPEN, due_us__lte=now_us + AHEAD_US
    ).count()


def notices(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``promises_waiting``, counted only by a template that shows it."""
    now_us: int = request.now_us  # type: ignore[attr-defined] # set by ReaderMiddleware
    return {"promises_waiting": SimpleLazyObject(lambda: waiting_count(request.user, now_us))}
