"""The card at the top: what one must know before a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from troth.guidance.promises import status_of
from troth.pages import story
from troth.trust.stage import STAGES
from troth.web.guidance.situation import channel_asked, preferences_of, situation_of
from troth.web.ledger.models import Promise

if TYPE_CHECKING:
    from troth.guidance.facts import Situation
    from troth.web.parties.models import Preference
    from troth.web.relations.opened import Opened


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
    """The last hurt: when, what, its sentence, and its place in the list of events."""

    date: str
    kind: str
    quote: str
    place: int | None


@dataclass(frozen=True)
class Card:
    """What the card says.

    Attributes:
        address: the form of address, or "".
        lang: the language spoken with them, or "".
        preferences: newest first, drafts among them.
        owed: promises that wait, late ones first.
        hurt: the last hurt, or None.
        situation: what the advice is made from.
        stage: number of the stage.
    """

    address: str
    lang: str
    preferences: list[Preference]
    owed: list[Owed]
    hurt: Hurt | None
    situation: Situation
    stage: int


def card_of(opened: Opened, request: Any) -> Card:
    """Gather the card of a relationship, for the way in which the address says one is in touch."""
    truster, words = opened.relationship.truster, opened.words
    lang = truster.lang if truster.lang in ("zh", "en") else ""
    preferences = preferences_of(opened.relationship)
    return Card(
        address=truster.address(words.lang) or truster.address_zh or truster.address_en,
        lang=words.say(f"reading.language.{lang}") if lang else "",
        preferences=preferences, owed=_owed(opened, request.now_us), hurt=_hurt(opened),
        situation=situation_of(
            opened.relationship, opened.told, opened.view.waiting, request,
            preferences=preferences, channel=channel_asked(request),
        ),
        stage=STAGES.index(opened.view.told.stage),
    )  # fmt: skip


def of_relationship(opened: Any) -> Any:
    """Promises made to the truster by the house or party trusted."""
    relationship = getattr(opened, "relationship", opened)
    trusted = relationship.trusted_id
    return Promise.objects.filter(
        Q(organisation=trusted) | Q(trustee=trusted), truster=relationship.truster_id
    )


def _owed(opened: Opened, now_us: int) -> list[Owed]:
    words = opened.words
    said = {row["event_id"]: row["text"] or "" for row in opened.told.rows}
    rows = of_relationship(opened).filter(state__in=(Promise.State.OPEN, Promise.State.DRAFT))
    found = []
    for promise in rows.order_by("due_us", "pk")[:30]:
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


def _hurt(opened: Opened) -> Hurt | None:
    worst, words = story.latest_hurt(opened.view.told), opened.words
    if worst is None:
        return None
    return Hurt(
        words.date(worst.t_us), words.start(words.kind(worst.kind)), words.quote(worst.text),
        opened.view.numbers.get(worst.event_id),
    )  # fmt: skip
