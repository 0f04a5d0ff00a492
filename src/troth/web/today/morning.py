"""What somebody still has to see today: without what the team has dealt with already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q

from troth.guidance.facts import DAY_US
from troth.guidance.falling import FALL
from troth.guidance.next.action import TAKEN
from troth.guidance.next.budget import DAYS, ROOMY_DAYS
from troth.web.accounts.access import Scope
from troth.web.guidance.models import Advised, Rest
from troth.web.ledger.models import Event
from troth.web.parties.known import under

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from troth.guidance.today import Today

PASSED_ON: Final = "praise_passed_on"


class Morning(Scope):
    """A person's scope without quiet ones left in peace and praise that was passed on."""

    def relationships_in(self, house: int) -> QuerySet[Any]:
        """Those seen; who is left in peace stays away unless their trust falls."""
        rows = super().relationships_in(house)
        resting = Rest.objects.filter(relationship=OuterRef("pk"), last_us=OuterRef("last_us"))
        return rows.filter(Q(trend__lte=FALL) | ~Exists(resting))

    def of_house(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of the house; of events those that nobody has passed on yet."""
        seen = super().of_house(rows)
        if rows.model is not Event:
            return seen
        passed = Event.objects.filter(ref=OuterRef("event_id"), kind=PASSED_ON)
        return seen.filter(~Exists(passed))


def spared(today: Today) -> Today:
    """The list without quiet ones whom somebody agreed to contact lately: one colleague is enough.

    Args:
        today: as reckoned.
    """
    at_us, whose = today.at_us, {int(one.truster) for one in today.quiet}
    if not whose:
        return today
    rows = Advised.objects.filter(
        truster__in=under(*whose), spends=True, decision__in=TAKEN,
        decided_us__gt=at_us - ROOMY_DAYS * DAY_US,
    ).select_related("truster")  # fmt: skip
    taken = {
        (str(row.truster.merged_into_id or row.truster_id), str(row.trusted_id)) for row in rows
        if (row.decided_us or 0) > at_us - row.shown["budget"].get("days", DAYS) * DAY_US
    }  # fmt: skip
    quiet = (one for one in today.quiet if (one.truster, one.trustee) not in taken)
    return replace(today, quiet=tuple(quiet))
