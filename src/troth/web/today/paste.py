"""The box that a message is pasted into: read at once, kept only when asked to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.views.decorators.http import require_POST

from troth.guidance.facts import Message
from troth.pages.pieces import Piece, pieces
from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.guidance.advice import short_advice
from troth.web.guidance.customers import customer_named, customers_called, latest_of, met
from troth.web.ledger.actions.messages import Said, micros, read_only, record_message
from troth.web.parties.models import Party
from troth.web.today.staff import staff_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.pages.card import ShownPart
    from troth.pages.words import Words
    from troth.reading.schema import TurnReading

LONGEST: Final = 4000
#: Lines of the card beside a pasted message.
SHORT: Final = 5
#: A feeling weaker than this is not spoken of.
_FELT: Final = 0.15
_SHOWN: Final = 0.3


@dataclass
class Read:
    """What the page says of a message.

    Attributes:
        pieces: its words, cut where they do something.
        feeling: how it sounds, in words.
        promises: (words, due time or "") of promises found.
        wishes: (words, whether wanted).
        customer: whom it is about, where that is known.
        choices: who may be meant, where it is not.
        advice: how to speak with them now.
        said: the message on record, where it was recorded.
        problem: why it was not, or what is missing.
    """

    pieces: list[Piece] = field(default_factory=list)
    feeling: str = ""
    promises: list[tuple[str, str]] = field(default_factory=list)
    wishes: list[tuple[str, bool]] = field(default_factory=list)
    customer: Party | None = None
    choices: list[Party] = field(default_factory=list)
    advice: list[ShownPart] = field(default_factory=list)
    said: Said | None = None
    drafts: list[tuple[int, str, str]] = field(default_factory=list)
    problem: str = ""


@need("see")
def who(request: Any) -> HttpResponse:
    """Customers to choose from, as one types."""
    asked = request.GET.get("about", "").strip()[:60]
    found = customers_called(Scope(request.user), asked)
    return render(request, "today/who.html", {"found": found, "asked": asked})


@need("see")
@require_POST
def paste(request: Any) -> HttpResponse:
    """Read a pasted message; record it where that is asked and somebody is named."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    speaker = "staff" if request.POST.get("speaker") == "staff" else "customer"
    words = request.words
    found = Read()
    if not text:
        found.problem = words.say("today.paste.empty")
    else:
        found.customer, found.choices = customer_named(request)
        reading = _reading(request, found, text, speaker)
        _tell(found, text, reading, words)
        if found.customer is not None:
            own = _message(text, reading, request.now_us) if speaker == "customer" else None
            found.advice = _advice(request, found.customer, own)
    page = "today/read.html" if request.htmx else "today/read_page.html"
    context = {"read": found, "text": text, "speaker": speaker}
    context["may_record"] = may(request.user, "record")
    return render(request, page, context, status=422 if not text else 200)


def _reading(request: Any, found: Read, text: str, speaker: str) -> TurnReading:
    """Record the message where that is asked and can be; else only read it."""
    user, words = request.user, request.words
    if request.POST.get("deed") == "record" and may(user, "record"):
        relationship = latest_of(request, found.customer) if found.customer else None
        house = user.house or (relationship.trusted if relationship else None)
        staff = _staff(request)
        if found.customer is None or staff is None:
            missing = "today.paste.who" if found.customer is None else "today.paste.staff"
            found.problem = words.say(missing)
        else:
            try:
                found.said = record_message(
                    Actor(user, now_us=request.now_us), customer=found.customer, staff=staff,
                    house=house, text=text, speaker=speaker,
                )  # fmt: skip
            except RefusedError as refused:
                found.problem = refused.said(request.words.lang)
            else:
                return found.said.reading
    return read_only(text, speaker, request.now_us, str(words.zone))


def _advice(request: Any, customer: Party, own: Message | None) -> list[ShownPart]:
    """The lines to read before a reply, with the pasted words as the latest where they are theirs."""
    now = met(request, customer)
    if now is None:
        return []
    situation = now.situation
    if own is not None:
        situation = replace(situation, messages=(own, *situation.messages))
    return short_advice(situation, request.words, SHORT)


def _message(text: str, reading: TurnReading, at_us: int) -> Message:
    """The pasted words as the latest of the customer's own."""
    acts = tuple((act.act, act.text) for act in reading.acts)
    return Message("", at_us, text, reading.emotions, acts)


def _staff(request: Any) -> Party | None:
    """Who of the team wrote or got it: the user, or whom they chose."""
    user = request.user
    if user.party_id:
        own: Party = user.party
        return own if own.kind == Party.Kind.STAFF else None
    chosen = request.POST.get("staff", "")
    return next((one for one in staff_of(user) if str(one.pk) == chosen), None)


def _tell(found: Read, text: str, reading: TurnReading, words: Words) -> None:
    from datetime import datetime

    def due(told: dict[str, Any]) -> str:
        if not told.get("due"):
            return ""
        return words.moment(micros(datetime.fromisoformat(told["due"])))

    found.pieces = pieces(text, [act.to_json() for act in reading.acts], words)
    found.feeling = _feeling(reading, words)
    found.promises = [(words.quote(p["text"]), due(p)) for p in reading.promises]
    found.wishes = [(p["what"], p["wanted"]) for p in reading.preferences]
    if found.said is not None:
        found.drafts = [
            (d.pk, words.quote(text[d.start : d.end]), words.moment(d.due_us) if d.due_us else "")
            for d in found.said.drafts
        ]


def _feeling(reading: TurnReading, words: Words) -> str:
    """How a message sounds: pleasant or not, and which emotions show."""
    tone = reading.sentiment
    key = "unsure" if tone is None else "even"
    if tone is not None and abs(tone) >= _FELT:
        key = "pleasant" if tone > 0 else "unpleasant"
    felt = sorted(reading.emotions.items(), key=lambda item: -item[1])
    names = [words.say(f"reading.emotion.{name}") for name, value in felt if value >= _SHOWN]
    said = words.say(f"today.paste.{key}")
    return said + (
        words.say("reading.colon") + words.say("list.between").join(names[:3]) if names else ""
    )
