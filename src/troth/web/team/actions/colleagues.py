"""Between whom something may be recorded: two colleagues of one house, by the one who lived it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.accounts.actions.refused import RefusedError
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor

LONGEST = 1_000


def recorder(actor: Actor, other: Party) -> Party:
    """The doer as one of two colleagues.

    Args:
        actor: who records, in their own name alone.
        other: the colleague it is about.

    Raises:
        RefusedError: the doer is nobody of a house, or the other is no colleague, or themselves.
    """
    me = actor.user.party if actor.user else None
    if me is None or me.kind != Party.Kind.STAFF or me.house_id is None:
        raise RefusedError("team.refused.nobody")
    if other.pk == me.pk:
        raise RefusedError("team.refused.self", "to")
    here = other.kind == Party.Kind.STAFF and other.house_id == me.house_id
    if not here or other.merged_into_id:
        raise RefusedError("team.refused.stranger", "to")
    return me


def said(text: str) -> str:
    """What was said, as it is kept.

    Raises:
        RefusedError: it is too long.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise RefusedError("team.refused.long", "text", most=LONGEST)
    return text
