"""What happened between colleagues: thanks, help, hand-overs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, Q

from troth.traces.decay import DAY_US
from troth.web.ledger.models import Event
from troth.web.ledger.models import Words as Said
from troth.web.ledger.own_name import INSIDE
from troth.web.ledger.rows import retracting
from troth.web.parties.models import Party
from troth.web.team.actions.record_hand_over import ABOUT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from troth.pages.words import Words
    from troth.web.accounts.access import Scope

KINDS: Final = INSIDE
RECENT_DAYS: Final = 30
_SHOWN, _LOOKED_AT = 12, 200


@dataclass(frozen=True)
class Between:
    """One thing that happened between two colleagues.

    Attributes:
        event: it.
        kind: what people call it.
        text: what was said.
        customer: whose matter it was, where the reader may see them.
    """

    event: Event
    kind: str
    text: str
    customer: Party | None = None

    @property
    def side(self) -> str:
        """``good``, ``bad`` or empty: what it does to trust."""
        if self.event.outcome == 0.5:
            return ""
        return "good" if self.event.outcome > 0.5 else "bad"


def standing() -> QuerySet[Event]:
    """Events that nobody took back."""
    back = Event.objects.filter(ref=OuterRef("event_id"), kind__in=retracting())
    return Event.objects.filter(~Exists(back), weight__gt=0)


def rows_between(scope: Scope, first: int, second: int) -> QuerySet[Event]:
    """What stands between two parties, either way, as far as it is seen, newest first."""
    either = Q(truster=first, trustee=second) | Q(truster=second, trustee=first)
    return standing().filter(either).filter(scope.between()).order_by("-t_us", "-pk")


def between(scope: Scope, pair: tuple[Party, Party], words: Words) -> list[Between]:
    """What happened between two colleagues lately.

    Args:
        scope: who looks; others than the two see it only some days later.
        pair: the two.
        words: the reader's.
    """
    rows = rows_between(scope, pair[0].pk, pair[1].pk).select_related("truster", "trustee")
    return told(scope, list(rows[:_SHOWN]), words)


def told(scope: Scope, events: list[Event], words: Words) -> list[Between]:
    """Events with their words, and the customers they name."""
    said = {row.event_id: row for row in Said.objects.filter(event__in=[e.pk for e in events])}
    uids = {row.extras[ABOUT] for row in said.values() if row.extras.get(ABOUT)}
    seen = {one.uid: one for one in scope.customers().filter(uid__in=uids)} if uids else {}
    found = []
    for event in events:
        row = said.get(event.pk)
        about = seen.get(row.extras.get(ABOUT, "")) if row else None
        kind = words.start(words.kind(event.kind))
        found.append(Between(event, kind, row.text if row else "", about))
    return found


def latest_by_colleague(scope: Scope, words: Words) -> dict[int, Between]:
    """The last thing between the reader and each colleague, by the colleague's number."""
    me = scope.user.party_id or 0
    rows = standing().filter(Q(truster=me) | Q(trustee=me), kind__in=KINDS)
    rows = rows.select_related("truster", "trustee").order_by("-t_us", "-pk")
    latest: dict[int, Event] = {}
    for event in rows[:_LOOKED_AT]:
        other = event.trustee_id if event.truster_id == me else event.truster_id
        latest.setdefault(other, event)
    shown = told(scope, list(latest.values()), words)
    return dict(zip(latest, shown, strict=True))


def counts(body: Party, now_us: int) -> dict[str, int]:
    """How often each kind happened in a house or team of late; nobody is named."""
    house = body.kind == Party.Kind.ORGANISATION
    whose = Q(organisation=body) if house else Q(organisation=body.house_id, truster__team=body)
    rows = standing().filter(whose, kind__in=KINDS, t_us__gt=now_us - RECENT_DAYS * DAY_US)
    found = dict(rows.order_by().values_list("kind").annotate(count=Count("pk")))
    return {kind: found.get(kind, 0) for kind in KINDS}
