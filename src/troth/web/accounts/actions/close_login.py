"""A login is closed, or opened again; nobody is ever deleted, so that the log stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.seat import keep_an_admin, send_out
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import User

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def close_login(actor: Actor, user: User) -> None:
    """Let somebody in no more, and end their sessions; their tokens rest as well.

    Args:
        actor: who.
        user: whose login.

    Raises:
        RefusedError: the last admin would be lost.
    """
    with transaction.atomic():
        keep_an_admin(user)
        if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            send_out(user)
            write_audit(actor, "close_login", user.username)


def open_login(actor: Actor, user: User) -> None:
    """Let somebody in again; they log in anew.

    Args:
        actor: who.
        user: whose login.
    """
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            write_audit(actor, "open_login", user.username)
