"""Events about a member of staff: they see them first, and their answers stand beside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from troth.web.accounts.access import FIRST_HOURS
from troth.web.directory.models import Seen
from troth.web.ledger.models import Event
from troth.web.ledger.rows import retracting, words_of
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from troth.pages.words import Words
    from troth.web.accounts.access import Scope

PAGE: Final = 20
_HOUR_US: Final = 3_600_000_000
_ANSWER: Final = "staff_answer"


@dataclass(frozen=True)
class About:
    """An event about somebody.

    Attributes:
        event: it.
        kind: what people call what happened.
        text: what was said.
        fresh: whether they have not seen it yet.
        struck: whether it was taken back.
        answers: (t_us, text) of what they said about it.
    """

    event: Event
    kind: str
    text: str
    fresh: bool
    struck: bool
    answers: list[tuple[int, str]] = field(default_factory=list)

    @property
    def side(self) -> str:
        """``good``, ``bad`` or empty: what it does to trust."""
        if self.event.outcome == 0.5:
            return ""
        return "good" if self.event.outcome > 0.5 else "bad"


def events_about(
    scope: Scope, party: Party, now_us: int, words: Words, before: int = 0
) -> list[About]:
    """What happened with a member of staff, newest first.

    Args:
        scope: who looks; others than themselves see what they have seen, or what waited long enough.
        party: the member of staff.
        now_us: microseconds UTC.
        words: the reader's.
        before: number of the event that the page goes on after; 0 for the newest.

    Returns:
        Up to ``PAGE`` + 1 events; the last one only says that there are more.
    """
    seen = Seen.objects.filter(event=OuterRef("pk"), user__party=party)
    rows: QuerySet[Event] = Event.objects.filter(trustee=party, weight__gt=0)
    rows = rows.annotate(seen=Exists(seen)).select_related("truster")
    if scope.user.party_id != party.pk:
        rows = rows.filter(Q(seen=True) | Q(known_us__lte=now_us - FIRST_HOURS * _HOUR_US))
        rows = rows.filter(Q(truster__kind=Party.Kind.CUSTOMER) | scope.between())
    last = Event.objects.filter(pk=before, trustee=party).first() if before else None
    if last is not None:
        beyond = Q(t_us__lt=last.t_us) | Q(pk__lt=last.pk)
        rows = rows.filter(beyond, t_us__lte=last.t_us)
    found = list(rows.order_by("-t_us", "-pk")[: PAGE + 1])
    said = words_of(event.event_id for event in found)
    struck, answers = _beside(event.event_id for event in found)
    return [
        About(
            event, words.start(words.kind(event.kind)), said.get(event.event_id, ""),
            not event.seen,
            event.event_id in struck, answers[event.event_id],
        )
        for event in found
    ]  # fmt: skip


def _beside(names: Iterable[str]) -> tuple[set[str], dict[str, list[tuple[int, str]]]]:
    """Which of some events were taken back, and what was answered to them."""
    kinds = retracting()
    rows = Event.objects.filter(ref__in=list(names), kind__in=[*kinds, _ANSWER])
    found = list(rows.select_related("words").order_by("t_us"))
    undone = Event.objects.filter(ref__in=[row.event_id for row in found], kind__in=kinds)
    gone = set(undone.values_list("ref", flat=True)) if found else set()
    struck: set[str] = set()
    answers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in found:
        if row.event_id in gone or row.ref is None:
            continue
        if row.kind == _ANSWER:
            answers[row.ref].append((row.t_us, row.words.text))
        else:
            struck.add(row.ref)
    return struck, answers
