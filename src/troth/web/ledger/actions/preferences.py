"""How a customer likes things: noted, confirmed from a draft, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.parties.models import Preference

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

_LONGEST = 300


def note_preference(
    actor: Actor,
    *,
    party: Party,
    house: Party | None,
    what: str,
    wanted: bool = True,
    source: str = "",
) -> Preference:
    """Note how a party likes things. It says nothing about trust, so the ledger has no event of it.

    Args:
        actor: who notes it.
        party: whose preference it is.
        house: where it holds; None for everywhere.
        what: in their or a colleague's words.
        wanted: False for a dislike.
        source: where it comes from.

    Raises:
        RefusedError: nothing is said, or too much.
    """
    if not what.strip() or len(what) > _LONGEST:
        raise RefusedError("desk.refused.preference", most=_LONGEST)
    with transaction.atomic():
        noted = Preference.objects.create(
            party=party, house=house, what=what.strip(), wanted=wanted,
            source=(source or actor.name)[:200], t_us=actor.now_us,
        )  # fmt: skip
        write_audit(actor, "note_preference", party.uid, preference=noted.pk)
    return noted


def confirm_preference(actor: Actor, preference: Preference) -> None:
    """Take a draft that the reader found as the customer's own word."""
    with transaction.atomic():
        Preference.objects.filter(pk=preference.pk).update(draft=False)
        write_audit(actor, "confirm_preference", preference.party.uid, preference=preference.pk)


def drop_preference(actor: Actor, preference: Preference) -> None:
    """Forget a preference that does not hold."""
    with transaction.atomic():
        write_audit(actor, "drop_preference", preference.party.uid, preference=preference.pk)
        preference.delete()
