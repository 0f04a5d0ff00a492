"""Two names for one party: joined by an event of the ledger, and parted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.ledger.aliases import aliases, with_aliases
from troth.web.ledger.models import Event
from troth.web.ledger.rebuild import rebuild_parties
from troth.web.ledger.record import record_one
from troth.web.parties.models import Party, Preference

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def _house_of(party: Party) -> tuple[Party, Party | None]:
    """Somebody of the house that knows a party, to write the event with."""
    last = (
        Event.objects.filter(truster=party)
        .select_related("trustee", "organisation")
        .order_by("-t_us")
        .first()
    )
    if last is None:
        raise Event.DoesNotExist
    return last.trustee, last.organisation


def merge_parties(actor: Actor, *, keep: Party, other: Party, reason: str) -> str:
    """Take two parties for one; sums are then made of both, and can be parted again.

    Args:
        actor: who.
        keep: whose name stays.
        other: the other name.
        reason: how it is known that they are one.

    Returns:
        The merging event's id.

    Raises:
        RefusedError: they are one already, of different kinds, or nothing is known of the first.
    """
    if keep.pk == other.pk or other.merged_into_id or keep.merged_into_id:
        raise RefusedError("desk.refused.merged")
    if keep.kind != other.kind:
        raise RefusedError("desk.refused.kinds")
    with transaction.atomic():
        try:
            trustee, house = _house_of(keep)
        except Event.DoesNotExist:
            raise RefusedError("desk.refused.unknown_party") from None
        row = {
            "truster": keep.key, "trustee": trustee.key, "kind": "merge", "text": other.key,
            "organisation": house.key if house else None, "reason": reason.strip(),
        }  # fmt: skip
        name = record_one(actor, "merge_parties", row)
        Party.objects.filter(pk=other.pk).update(merged_into=keep)
        likes = Preference.objects.filter(party=other)
        likes.filter(moved_from=None).update(moved_from=other)
        likes.update(party=keep)
        rebuild_parties(with_aliases({keep.pk}, aliases()), actor.now_us)
        write_audit(actor, "merge_parties", keep.uid, other=other.uid)
    return name


def split_party(actor: Actor, party: Party, reason: str) -> str:
    """Part a merged party again.

    Args:
        actor: who.
        party: the name that was merged into another.
        reason: how it is known that they are two.

    Returns:
        The splitting event's id.

    Raises:
        RefusedError: it is not merged.
    """
    keep = party.merged_into
    if keep is None:
        raise RefusedError("desk.refused.not_merged")
    with transaction.atomic():
        merge = Event.objects.filter(kind="merge", truster=keep).order_by("-id").first()
        trustee, house = _house_of(keep)
        row = {
            "truster": keep.key, "trustee": trustee.key, "kind": "split", "text": party.key,
            "organisation": house.key if house else None, "reason": reason.strip(),
            "ref": merge.event_id if merge else None,
        }  # fmt: skip
        name = record_one(actor, "split_party", row)
        both = with_aliases({keep.pk}, aliases())
        Party.objects.filter(pk=party.pk).update(merged_into=None)
        back = Preference.objects.filter(moved_from=party)
        back.update(party=party, moved_from=None)
        rebuild_parties(both, actor.now_us)
        write_audit(actor, "split_party", keep.uid, other=party.uid)
    return name
