"""Promises as the board has them: by due time, drafts apart, the latest ends below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from troth.guidance.promises import status_of
from troth.traces.decay import DAY_US
from troth.web.ledger.models import Promise
from troth.web.ledger.rows import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from troth.pages.words import Words
    from troth.web.accounts.access import Scope

State = Promise.State
COLUMNS: Final = ("overdue", "due_today", "due_soon", "later", "undated")
WHOSE: Final = ("mine", "team", "house")
_DATED, _UNDATED, _DRAFTS, _ENDED = 120, 40, 30, 12
#: What ended so many days ago is not lately.
_LATELY_DAYS: Final = 7
#: Ends are looked for among promises due since, so that the index of due times serves.
_DUE_DAYS: Final = 60


@dataclass(frozen=True)
class Card:
    """A promise on the board.

    Attributes:
        promise: it, with its parties.
        before: the sentence before the part that promises.
        part: the words that promise.
        after: the rest of the sentence.
        latest: what was said when it was last moved.
        status: how close it is to falling due.
        late: how late it is, in words; empty where it is not.
        due: what a field of its due time is filled with.
        moved_to: what a field for a new due time is filled with.
    """

    promise: Promise
    before: str
    part: str
    after: str
    latest: str
    status: str
    late: str
    due: str
    moved_to: str


@dataclass(frozen=True)
class Board:
    """All of it.

    Attributes:
        drafts: found in messages, waiting for a tap.
        columns: (name, cards).
        ended: kept or broken in the last days.
        cut: whether there are more than are shown.
    """

    drafts: list[Card]
    columns: list[tuple[str, list[Card]]]
    ended: list[Card]
    cut: bool

    @property
    def empty(self) -> bool:
        """Whether nothing is open."""
        return not any(cards for _, cards in self.columns)


def seen_promises(scope: Scope, whose: str) -> QuerySet[Promise]:
    """Promises that somebody sees, narrowed to their own, their team's or their house's.

    Args:
        scope: who asks.
        whose: one of ``WHOSE``.
    """
    user = scope.user
    rows: QuerySet[Promise] = scope.of_house(Promise.objects.all())
    if scope.everything:
        houses = scope.houses().filter(pk=user.house_id) if user.house_id else scope.houses()
        rows = rows.filter(organisation__in=list(houses.values_list("pk", flat=True)))
    if whose == "mine":
        rows = rows.filter(trustee=user.party_id or 0)
    elif whose == "team" and user.team_id:
        rows = rows.filter(Q(trustee__team=user.team_id) | Q(trustee=user.team_id))
    return rows.select_related("truster", "trustee")


def board_of(scope: Scope, whose: str, now_us: int, words: Words) -> Board:
    """The board.

    Args:
        scope: who asks.
        whose: one of ``WHOSE``.
        now_us: microseconds UTC.
        words: the reader's.
    """
    rows = seen_promises(scope, whose)
    opened = rows.filter(state=State.OPEN)
    dated = list(opened.filter(due_us__isnull=False).order_by("due_us", "pk")[: _DATED + 1])
    undated = list(opened.filter(due_us__isnull=True).order_by("-made_us")[: _UNDATED + 1])
    drafts = list(rows.filter(state=State.DRAFT).order_by("-made_us")[:_DRAFTS])
    ended = rows.filter(
        state__in=(State.KEPT, State.BROKEN), ended_us__gte=now_us - _LATELY_DAYS * DAY_US,
        due_us__gte=now_us - _DUE_DAYS * DAY_US,
    ).order_by("-ended_us")[:_ENDED]  # fmt: skip
    shown = [*dated[:_DATED], *undated[:_UNDATED]]
    cards = cards_of([*shown, *drafts, *ended], now_us, words)
    columns: dict[str, list[Card]] = {name: [] for name in COLUMNS}
    for card in cards[: len(shown)]:
        columns[card.status].append(card)
    end = len(shown) + len(drafts)
    return Board(
        cards[len(shown) : end], list(columns.items()), cards[end:],
        len(dated) > _DATED or len(undated) > _UNDATED,
    )  # fmt: skip


def cards_of(promises: Iterable[Promise], now_us: int, words: Words) -> list[Card]:
    """Promises with their sentences and times in words."""
    found = list(promises)
    names = [name for promise in found for name in (promise.event_id, promise.said_in)]
    said = words_of(names)
    return [_card(promise, said, now_us, words) for promise in found]


def _card(promise: Promise, said: dict[str, str], now_us: int, words: Words) -> Card:
    text = said.get(promise.event_id) or said.get(promise.said_in, "")
    start, end = promise.start or 0, promise.end if promise.end is not None else len(text)
    latest = said.get(promise.said_in, "")
    due = promise.due_us
    late = due is not None and promise.state == State.OPEN and due < now_us
    return Card(
        promise=promise, before=text[:start], part=text[start:end], after=text[end:],
        latest=latest if latest != text else "",
        status=status_of(due, now_us, words.zone),
        late=words.span((now_us - (due or 0)) / DAY_US) if late else "",
        due="" if due is None else words.typed(due),
        moved_to=words.typed(max(due or 0, now_us) + DAY_US),
    )  # fmt: skip
