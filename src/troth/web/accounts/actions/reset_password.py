"""Somebody has forgotten their password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.utils import reset
from django.db import transaction

from troth.web.accounts.actions.new_password import new_password
from troth.web.accounts.actions.seat import send_out
from troth.web.accounts.actor import write_audit

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.accounts.models import User


def reset_password(actor: Actor, user: User) -> str:
    """Make up a new password, end their sessions, and lift the lock of too many wrong ones.

    Args:
        actor: who.
        user: whose password.

    Returns:
        The password, which is kept nowhere in the clear.
    """
    password = new_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        send_out(user)
        reset(username=user.username)
        write_audit(actor, "reset_password", user.username)
    return password
