"""A house, a team or a colleague is put on record by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.name_party import check_names
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actions.seat import check_team
from troth.web.accounts.actor import write_audit
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party, random_id

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


@dataclass(frozen=True)
class Body:
    """Who or what is new in the house.

    Attributes:
        kind: organisation, team or staff.
        name_zh: what it is called in Chinese; one of the two names must be there.
        name_en: likewise in English.
        key: what files and other systems call it; one is made up where it is empty.
        house: of a team or colleague.
        team: of a colleague.
    """

    kind: str
    name_zh: str
    name_en: str
    key: str = ""
    house: Party | None = None
    team: Party | None = None


def add_party(actor: Actor, body: Body) -> Party:
    """Put a house, a team or a colleague on record.

    Args:
        actor: who.
        body: what is new.

    Returns:
        The party.

    Raises:
        RefusedError: it has no name, its key is taken, or house and team do not fit.
    """
    kinds = Party.Kind
    names = check_names(body.name_zh, body.name_en)
    if body.kind not in (kinds.ORGANISATION, kinds.TEAM, kinds.STAFF):
        raise RefusedError("setup.refused.kind")
    if body.kind != kinds.ORGANISATION and body.house is None:
        raise RefusedError("setup.refused.house_needed", "house")
    check_team(body.house, body.team)
    key = body.key.strip() or f"{body.kind}:{random_id()}"
    places = {"house": body.house, "team": body.team}
    with transaction.atomic():
        if Party.objects.filter(key=key).exists():
            raise RefusedError("setup.refused.key_taken", "key")
        made = add_parties([Newcomer(key, body.kind, *names, places)])
        party = Party.objects.get(pk=made[key])
        write_audit(actor, "add_party", party.uid, kind=body.kind)
    return party
