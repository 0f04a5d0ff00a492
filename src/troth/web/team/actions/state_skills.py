"""What a colleague states of themselves: a whole list at once, from closed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.access import Scope
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.parties.models import Party
from troth.web.team.models import Skill
from troth.web.team.stated import choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.web.accounts.actor import Actor


def state_skills(actor: Actor, party: Party, stated: Iterable[tuple[str, str]]) -> int:
    """Say anew all that a colleague speaks, is good at, wants to learn and wishes.

    Args:
        actor: themselves, or who leads them.
        party: whom it is about.
        stated: (kind, value), each of the closed lists.

    Returns:
        How many statements changed.

    Raises:
        RefusedError: it is nobody of theirs, or something is of no list.
    """
    if actor.user is None or party.kind != Party.Kind.STAFF or not Scope(actor.user).sees(party):
        raise RefusedError("team.refused.skills")
    wanted = set(stated)
    offered = {(kind, value) for kind, values in choices().items() for value in values}
    if not wanted <= offered or len([one for one in wanted if one[0] == Skill.Kind.LEARNERS]) > 1:
        raise RefusedError("team.refused.list")
    with transaction.atomic():
        rows = {(row.kind, row.value): row.pk for row in Skill.objects.filter(party=party)}
        gone, new = rows.keys() - wanted, sorted(wanted - rows.keys())
        Skill.objects.filter(pk__in=[rows[one] for one in gone]).delete()
        Skill.objects.bulk_create(
            Skill(party=party, kind=kind, value=value, by=actor.user, t_us=actor.now_us)
            for kind, value in new
        )
        if gone or new:
            write_audit(actor, "state_skills", party.key, added=len(new), removed=len(gone))
    return len(gone) + len(new)
