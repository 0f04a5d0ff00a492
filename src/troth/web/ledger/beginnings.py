"""A desk's first house and first admin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.new_password import new_password
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import User
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party, random_id

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def house_key(name: str) -> str:
    """An id for a house from its name.

    >>> house_key("Linjiang Hotel")
    'house:linjiang-hotel'
    """
    plain = re.sub(r"[^0-9a-z]+", "-", name.lower()).strip("-")
    return f"house:{plain or random_id()}"


def begin_desk(actor: Actor, *, user: str, house: str | None, zone: str, lang: str) -> str:
    """Make the first admin, and the house where one is named.

    Args:
        actor: the command.
        user: the admin's name.
        house: what the house is called, or None.
        zone: IANA name.
        lang: of the admin.

    Returns:
        The admin's password, kept nowhere else.
    """
    password = new_password()
    with transaction.atomic():
        place = None
        if house:
            chinese = any("\u3400" <= letter <= "\u9fff" for letter in house)
            names = (house, "") if chinese else ("", house)
            key = house_key(house)
            add_parties([Newcomer(key, str(Party.Kind.ORGANISATION), *names)])
            place = Party.objects.get(key=key)
        User.objects.create_user(
            username=user,
            password=password,
            role=User.Role.ADMIN,
            lang=lang,
            zone=zone,
            house=place,
        )
        write_audit(actor, "begin_desk", user)
    return password
