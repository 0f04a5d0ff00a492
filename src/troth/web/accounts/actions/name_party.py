"""A house, a team or a colleague gets another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.parties.known import renew_terms

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party


def check_names(name_zh: str, name_en: str) -> tuple[str, str]:
    """Both names, trimmed.

    Args:
        name_zh: in Chinese.
        name_en: in English.

    Raises:
        RefusedError: both are empty.
    """
    names = name_zh.strip()[:120], name_en.strip()[:120]
    if not any(names):
        raise RefusedError("setup.refused.name", "name_zh")
    return names


def name_party(actor: Actor, party: Party, name_zh: str, name_en: str) -> None:
    """Give a party its names; the ledger knows it by an id, so nothing there changes.

    Args:
        actor: who.
        party: which.
        name_zh: in Chinese.
        name_en: in English.

    Raises:
        RefusedError: both are empty.
    """
    names = check_names(name_zh, name_en)
    if names == (party.name_zh, party.name_en):
        return
    with transaction.atomic():
        party.name_zh, party.name_en = names
        party.save(update_fields=["name_zh", "name_en"])
        renew_terms(party)
        write_audit(actor, "name_party", party.uid)
