"""The link under which a customer opens their own form: made, shown once, revoked."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F

from troth.traces.decay import DAY_US
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.people.asked import besides
from troth.web.people.models import FormLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

#: A link opens the form so long.
LINK_DAYS: Final = 14
#: So often may a form be saved or deleted under one link.
MOST_SAVES: Final = 40


def digest(token: str) -> str:
    """What is kept of a token; it is random, so a plain digest cannot be guessed backwards."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make_form_link(
    actor: Actor, party: Party, house: Party, asks: Sequence[str] = ()
) -> tuple[FormLink, str]:
    """Make a link for one customer and house; older ones end.

    Args:
        actor: the colleague.
        party: the customer.
        house: which asks.
        asks: names of questionnaires asked besides how they like to be met.

    Returns:
        The link, and its token, which is shown once and kept nowhere.

    Raises:
        RefusedError: one of them is not for customers.
    """
    if not set(asks) <= set(besides()):
        raise RefusedError("people.refused.choice", "asks")
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        FormLink.objects.filter(party=party, house=house, revoked_us=None).update(
            revoked_us=actor.now_us
        )
        link = FormLink.objects.create(
            party=party, house=house, digest=digest(token), made_us=actor.now_us, by=actor.user,
            asks=[name for name in besides() if name in asks],
            until_us=actor.now_us + LINK_DAYS * DAY_US,
        )  # fmt: skip
        write_audit(actor, "make_form_link", party.uid)
    return link, token


def revoke_form_link(actor: Actor, link: FormLink) -> None:
    """End a link; what was answered under it stays."""
    with transaction.atomic():
        if FormLink.objects.filter(pk=link.pk, revoked_us=None).update(revoked_us=actor.now_us):
            write_audit(actor, "revoke_form_link", link.party.uid)


def link_of(token: str, now_us: int) -> FormLink | None:
    """The link that a token opens; None where it is unknown, revoked, too old, or of a merged name."""
    rows = FormLink.objects.select_related("party", "house", "by__party")
    return rows.filter(
        digest=digest(token), revoked_us=None, until_us__gt=now_us, party__merged_into=None
    ).first()


def count_save(link: FormLink, now_us: int, *, answered: bool) -> None:
    """Count a use of a link, inside the deed's own transaction.

    Raises:
        RefusedError: it was used too often.
    """
    fresh = FormLink.objects.filter(pk=link.pk, saves__lt=MOST_SAVES)
    told = {"answered_us": now_us} if answered else {}
    if not fresh.update(saves=F("saves") + 1, **told):
        raise RefusedError("people.refused.often")
