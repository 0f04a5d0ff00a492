"""A colleague moves to another house or team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actions.seat import changes, check_team
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import User
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def assign_member(actor: Actor, member: Party, house: Party | None, team: Party | None) -> None:
    """Move a colleague; what happened stays with the house where it happened.

    Their login follows, so that nobody goes on seeing the customers of a team they have left.

    Args:
        actor: who.
        member: the colleague.
        house: where they work now.
        team: of that house.

    Raises:
        RefusedError: this is no colleague, there is no house, or the team is another house's.
    """
    if member.kind != Party.Kind.STAFF:
        raise RefusedError("setup.refused.no_staff")
    if house is None or house.kind != Party.Kind.ORGANISATION:
        raise RefusedError("setup.refused.house_needed", "house")
    check_team(house, team)
    if (member.house_id, member.team_id) == (house.pk, team.pk if team else None):
        return
    with transaction.atomic():
        before = _named(member.house, member.team)
        member.house, member.team = house, team
        member.save(update_fields=["house", "team"])
        followed = User.objects.filter(party=member).update(house=house, team=team)
        differs = changes(before, _named(house, team))
        write_audit(actor, "assign_member", member.uid, **differs, login=bool(followed))


def _named(house: Party | None, team: Party | None) -> dict[str, str | None]:
    return {"house": house.uid if house else None, "team": team.uid if team else None}
