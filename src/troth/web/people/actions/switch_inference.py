"""A house lets style be guessed from the shape of messages, or stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.people.models import HouseChoice

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party


def switch_inference(actor: Actor, house: Party, *, on: bool) -> None:
    """Switch guessing on or off for one house; each customer must also agree.

    Args:
        actor: an admin.
        house: which.
        on: whether it may be done.
    """
    with transaction.atomic():
        choice, _ = HouseChoice.objects.get_or_create(house=house)
        if choice.infer_style == on:
            return
        choice.infer_style = on
        choice.save(update_fields=["infer_style"])
        write_audit(actor, "switch_inference", house.uid, on=on)
