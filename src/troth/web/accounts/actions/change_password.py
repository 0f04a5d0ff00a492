"""Somebody changes their own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actor import write_audit

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def change_password(actor: Actor, password: str) -> None:
    """Set the doer's password; sessions on other devices end by it.

    Args:
        actor: who; with a user.
        password: the new one, already held against the rules for passwords.

    Raises:
        ValueError: nobody is there whose password it would be.
    """
    if actor.user is None:
        raise ValueError("only a person has a password")
    with transaction.atomic():
        actor.user.set_password(password)
        actor.user.save(update_fields=["password"])
        write_audit(actor, "change_password")
