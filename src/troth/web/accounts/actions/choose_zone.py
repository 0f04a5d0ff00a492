"""Somebody chooses the clock that the desk shows them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


@cache
def zones() -> tuple[str, ...]:
    """IANA names of places, and UTC; without the doubles that only machines use.

    >>> "Asia/Shanghai" in zones(), "Etc/GMT+8" in zones(), "UTC" in zones()
    (True, False, True)
    """
    regions = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/",
               "Indian/", "Pacific/")  # fmt: skip
    places = (name for name in available_timezones() if name.startswith(regions))
    return ("UTC", *sorted(places))


def choose_zone(actor: Actor, zone: str) -> None:
    """Set the doer's own time zone.

    Args:
        actor: who; with a user.
        zone: IANA name.

    Raises:
        RefusedError: there is no such zone.
        ValueError: nobody is there whose clock it would be.
    """
    if zone not in zones():
        raise RefusedError("setup.refused.zone", "zone")
    if actor.user is None:
        raise ValueError("only a person has a clock of their own")
    if actor.user.zone == zone:
        return
    with transaction.atomic():
        actor.user.zone = zone
        actor.user.save(update_fields=["zone"])
        write_audit(actor, "choose_zone", zone)
