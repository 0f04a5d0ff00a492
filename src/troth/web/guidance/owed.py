"""What a customer was promised and what last hurt them: first on every card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from troth.guidance.promises import status_of
from troth.pages import story
from troth.web.ledger.models import Promise

if TYPE_CHECKING:
    from troth.pages.words import Words
    from troth.trust.explain import Explanation
    from troth.web.ledger.models import Relationship
    from troth.web.ledger.standing import Told

#: More promises than that are no card.
_MOST = 30


@dataclass(frozen=True)
class Owed:
    """A promise that waits, or a draft of one.

    Attributes:
        promise: as kept.
        quote: its words.
        by: who made it.
        status: as in ``troth.guidance.promises``, or ``draft``.
        due: when it is due as a form's field holds it, or "".
    """

    promise: Promise
    quote: str
    by: str
    status: str
    due: str


@dataclass(frozen=True)
class Hurt:
    """The last hurt: when, what, its sentence, and the id of its event."""

    date: str
    kind: str
    quote: str
    event_id: str


def of_relationship(relationship: Relationship) -> Any:
    """Promises made to the truster by the house or party trusted."""
    trusted = relationship.trusted_id
    return Promise.objects.filter(
        Q(organisation=trusted) | Q(trustee=trusted), truster=relationship.truster_id
    )


def owed_in(relationship: Relationship, told: Told, words: Words, now_us: int) -> list[Owed]:
    """Promises that wait, and drafts of some, those due first at the top.

    Args:
        relationship: whose.
        told: as reckoned now.
        words: of the reader, with everybody's names.
        now_us: microseconds UTC.
    """
    said = {row["event_id"]: row["text"] or "" for row in told.rows}
    rows = of_relationship(relationship).filter(state__in=(Promise.State.OPEN, Promise.State.DRAFT))
    found = []
    for promise in rows.order_by("due_us", "pk")[:_MOST]:
        text = said.get(promise.said_in, "")
        if promise.start is not None:
            text = text[promise.start : promise.end]
        draft = promise.state == Promise.State.DRAFT
        status = "draft" if draft else status_of(promise.due_us, now_us, words.zone)
        due = "" if promise.due_us is None else words.typed(promise.due_us)
        found.append(
            Owed(promise, words.quote(text), words.name(str(promise.trustee_id)), status, due)
        )
    return found


def hurt_in(told: Explanation, words: Words) -> Hurt | None:
    """The last hurt; None where there is none."""
    worst = story.latest_hurt(told)
    if worst is None:
        return None
    return Hurt(
        words.date(worst.t_us), words.start(words.kind(worst.kind)), words.quote(worst.text),
        worst.event_id,
    )  # fmt: skip
