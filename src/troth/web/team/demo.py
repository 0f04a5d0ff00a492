"""What the demo's staff state of themselves, so that proposals have something to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.lab.demo.pages import page
from troth.web.accounts.actor import write_audit
from troth.web.parties.models import Party
from troth.web.team.models import Skill

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def dress_team(actor: Actor) -> None:
    """Let the demo's staff state languages, strengths and what they want to learn.

    Args:
        actor: with the demo's present as its time.
    """
    told = page("team")
    staff = {party.key: party for party in Party.objects.filter(demo=True, key__in=told)}
    with transaction.atomic():
        made = Skill.objects.bulk_create(
            Skill(party=staff[key], kind=kind, value=value, t_us=actor.now_us)
            for key, kinds in told.items()
            if key in staff
            for kind, values in kinds.items()
            for value in values
        )
        write_audit(actor, "dress_team", stated=len(made))
