"""What a party is called and how it is reached, put right by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.parties.known import renew_terms
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.web.accounts.actor import Actor

FIELDS: Final = ("name_zh", "name_en", "address_zh", "address_en", "contact", "lang")


def edit_party(actor: Actor, party: Party, told: Mapping[str, str]) -> list[str]:
    """Change a party's names, forms of address, contact or language.

    Args:
        actor: who.
        party: whose.
        told: new values of some of ``FIELDS``.

    Returns:
        The fields that changed; the audit log names them and never their values.

    Raises:
        ValueError: a field is not one of ``FIELDS``.
    """
    unknown = sorted(set(told) - set(FIELDS))
    if unknown:
        raise ValueError(f"a party has no {', '.join(unknown)} to change")
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party.pk)
        changed = [name for name in FIELDS if name in told and getattr(party, name) != told[name]]
        if not changed:
            return []
        for name in changed:
            setattr(party, name, told[name])
        party.save(update_fields=changed)
        renew_terms(party)
        write_audit(actor, "edit_party", party.key, fields=changed)
    return changed
