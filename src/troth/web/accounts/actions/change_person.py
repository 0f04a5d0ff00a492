"""Somebody's role, house, team or name changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.seat import Seat, changes, check_seat, keep_an_admin, send_out
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import User

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def change_person(actor: Actor, user: User, seat: Seat, name: str) -> bool:
    """Give somebody another seat; with another role they have to log in anew.

    Args:
        actor: who.
        user: whose seat.
        seat: the new one.
        name: what colleagues call them.

    Returns:
        Whether anything changed.

    Raises:
        RefusedError: the seat does not fit together, or the last admin would be lost.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        before = Seat(user.role, user.house, user.team, user.party)
        name = name.strip()[:150]
        if before == seat and user.first_name == name:
            return False
        check_seat(seat, user)
        if seat.role != User.Role.ADMIN:
            keep_an_admin(user)
        for column, value in seat.as_columns().items():
            setattr(user, column, value)
        renamed, user.first_name = user.first_name != name, name
        user.save(update_fields=["role", "house", "team", "party", "first_name"])
        if before.role != seat.role:
            send_out(user)
        differs = changes(before.as_details(), seat.as_details())
        write_audit(actor, "change_person", user.username, **differs, renamed=renamed)
    return True
