"""Robots are named, switched and forgotten by an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.promises.models import RobotHook

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

_LONGEST = 500


def add_robot(actor: Actor, *, kind: str, url: str, house: Party) -> RobotHook:
    """Name a robot; reminders of the house leave for its server from now on.

    It speaks the language of whoever names it, and tells the time on their clock.

    Args:
        actor: who.
        kind: one of ``RobotHook.Kind``.
        url: its address, with the secret that lets one post.
        house: whose promises it is told.

    Raises:
        RefusedError: the address is not one that begins with https.
    """
    try:
        parts = urlsplit(url.strip())
        good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or kind not in RobotHook.Kind.values or len(url) > _LONGEST:
        raise RefusedError("promises.robot.refused")
    with transaction.atomic():
        made = RobotHook.objects.create(
            kind=kind, url=url.strip(), house=house, lang=actor.lang,
            zone=actor.user.zone if actor.user else "UTC", created_us=actor.now_us,
        )  # fmt: skip
        write_audit(actor, "add_robot", made.server, kind=kind, house=house.key)
    return made


def switch_robot(actor: Actor, hook: RobotHook, *, active: bool) -> None:
    """Let a robot be told, or not."""
    with transaction.atomic():
        RobotHook.objects.filter(pk=hook.pk).update(active=active)
        write_audit(actor, "switch_robot", hook.server, active=active)


def forget_robot(actor: Actor, hook: RobotHook) -> None:
    """Forget a robot and its address."""
    with transaction.atomic():
        write_audit(actor, "forget_robot", hook.server)
        hook.delete()
