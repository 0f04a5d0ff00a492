"""What has reached its end is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.people.actions.culture import quarter_of
from troth.web.people.actions.statements import erase
from troth.web.people.models import (
    CultureAnswer,
    CultureTaken,
    FormLink,
    Guess,
    OwnSitting,
    Sitting,
    Statement,
)

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor

#: Quarters for which answers on how a team works together are kept.
CULTURE_QUARTERS: Final = 8
_YEAR_US: Final = 365 * 86_400_000_000


def delete_expired(actor: Actor) -> int:
    """Delete answers, statements, consents and links whose time is over.

    Args:
        actor: the desk itself, as a rule.

    Returns:
        How many rows are gone.
    """
    now_us = actor.now_us
    oldest = quarter_of(now_us - CULTURE_QUARTERS // 4 * _YEAR_US)
    with transaction.atomic():
        over = Statement.objects.filter(until_us__lte=now_us)
        count = erase(over.select_related("party", "preference"))
        for model in (Sitting, OwnSitting, Guess, FormLink):
            count += model.objects.filter(until_us__lte=now_us).delete()[0]
        count += CultureAnswer.objects.filter(quarter__lt=oldest).delete()[0]
        count += CultureTaken.objects.filter(quarter__lt=quarter_of(now_us)).delete()[0]
        if count:
            write_audit(actor, "delete_expired", rows=count)
    return count
