"""Somebody gets a login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from troth.web.accounts.actions.new_password import new_password
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actions.seat import check_seat
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import User

if TYPE_CHECKING:
    from troth.web.accounts.actions.seat import Seat
    from troth.web.accounts.actor import Actor


@dataclass(frozen=True)
class Newcomer:
    """Somebody who has no login yet.

    Attributes:
        username: what they log in with.
        name: what colleagues call them; may be empty.
        lang: language that the desk speaks with them, until they choose.
        zone: IANA name of their time zone, until they choose.
    """

    username: str
    name: str = ""
    lang: str = "zh"
    zone: str = "Asia/Shanghai"


def add_person(actor: Actor, newcomer: Newcomer, seat: Seat) -> tuple[User, str]:
    """Give somebody a login with a password made up for them.

    Args:
        actor: who.
        newcomer: whom.
        seat: their role, house, team and party.

    Returns:
        The person, and the password, which is kept nowhere in the clear.

    Raises:
        RefusedError: the name is taken or cannot be one, or the seat does not fit together.
    """
    username = User.normalize_username(newcomer.username.strip())
    try:
        User._meta.get_field("username").clean(username, None)  # noqa: SLF001 - Django's documented door
    except ValidationError:
        if username:
            _refuse_taken(username)
        raise RefusedError("setup.refused.username", "username") from None
    password = new_password()
    with transaction.atomic():
        _refuse_taken(username)
        check_seat(seat)
        user = User(
            username=username, first_name=newcomer.name.strip()[:150], lang=newcomer.lang,
            zone=newcomer.zone, **seat.as_columns(),
        )  # fmt: skip
        user.set_password(password)
        user.save()
        write_audit(actor, "add_person", username, **seat.as_details())
    return user, password


def _refuse_taken(username: str) -> None:
    """Names that differ in capitals alone would be mistaken for one another."""
    if User.objects.filter(username__iexact=username).exists():
        raise RefusedError("setup.refused.username_taken", "username")
