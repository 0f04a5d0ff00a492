"""Somebody took a proposal, or chose otherwise: noted for whoever asks later; nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.access import Scope
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def choose_match(actor: Actor, whom: Party, staff: Party, *, proposed: bool) -> None:
    """Note who is to look after a customer, or to coach a learner.

    Args:
        actor: who decides.
        whom: the customer or learner.
        staff: who was chosen.
        proposed: whether it is the one whom the helper put first.

    Raises:
        RefusedError: one of them is nobody whom the doer may place.
    """
    user = actor.user
    scope = Scope(user) if user else None
    ours = scope and staff.kind == Party.Kind.STAFF and scope.sees(staff) and scope.sees(whom)
    if not ours or staff.pk == whom.pk or whom.kind not in (Party.Kind.CUSTOMER, Party.Kind.STAFF):
        raise RefusedError("match.refused.place")
    part = "customer" if whom.kind == Party.Kind.CUSTOMER else "learner"
    with transaction.atomic():
        write_audit(actor, "choose_match", whom.key, part=part, staff=staff.key, proposed=proposed)
