"""What somebody still has to see today: without what the team has dealt with already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q

from troth.guidance.falling import FALL
from troth.web.accounts.access import Scope
from troth.web.guidance.models import Rest
from troth.web.ledger.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
