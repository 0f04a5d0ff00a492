"""A program says what a party is called: put right where it is on record, put there where it is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from troth.web.accounts.access import may
from troth.web.accounts.actor import write_audit
from troth.web.directory.actions.edit_party import edit_party
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.web.accounts.actor import Actor

NAMES: Final = ("name_zh", "name_en")
MORE: Final = ("address_zh", "address_en", "contact", "lang")


def put_party(
    actor: Actor, party: Party | None, key: str, kind: str, told: Mapping[str, Any]
) -> Party:
    """Put a party in place.

    Args:
        actor: who, with a user.
        party: it, where it is on record.
        key: its id in the team's own systems.
        kind: of ``Party.Kind``; counts only where it is new.
        told: new values of some of ``NAMES`` and ``MORE``; ``house`` (a party) where it is new.

    Returns:
        The party as it stands now.

    Raises:
        PermissionDenied: this role changes nobody inside the house.
    """
    inside = (kind if party is None else party.kind) != Party.Kind.CUSTOMER
    if inside and not may(actor.user, "govern"):
        raise PermissionDenied
    fields = {name: told[name] for name in (*NAMES, *MORE) if told.get(name) is not None}
    with transaction.atomic():
        if party is not None:
            edit_party(actor, party, fields)
            party.refresh_from_db()
            return party
        name_zh, name_en = (fields.pop(name, "") for name in NAMES)
        more = fields | ({"house": told["house"]} if told.get("house") else {})
        made = add_parties([Newcomer(key, kind, name_zh, name_en, more)])
        write_audit(actor, "put_party", key, kind=kind)
        return Party.objects.select_related("house", "team").get(pk=made[key])
