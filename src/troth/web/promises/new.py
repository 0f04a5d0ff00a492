"""A new promise: a sentence is pasted, the reader proposes what and by when, a person says yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.actions.messages import STAFF, micros, read_only
from troth.web.ledger.actions.promises import make_promise
from troth.web.parties.models import Party
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from troth.web.accounts.models import User

_LONGEST: Final = 1_000
_PROPOSED: Final = 5
_STAFF: Final = 200


@dataclass(frozen=True)
class Proposal:
    """What one part of a sentence promises.

    Attributes:
        text: the words.
        due: what the field of its due time is filled with.
        found: whether the reader found it; else it waits to be filled in.
    """

    text: str
    due: str
    found: bool = True


def proposals_of(request: Any, sentence: str) -> list[Proposal]:
    """What a sentence promises; one empty proposal where the reader finds nothing."""
    words = request.words
    if not sentence.strip():
        return []
    read = read_only(sentence, STAFF, request.now_us, str(words.zone))
    found = [
        Proposal(
            promise["text"],
            words.typed(micros(datetime.fromisoformat(promise["due"])))
            if promise.get("due")
            else "",
        )
        for promise in read.promises[:_PROPOSED]
    ]  # fmt: skip
    return found or [Proposal(sentence.strip(), "", found=False)]


@need("record")
@require_POST
def read(request: Any) -> HttpResponse:
    """What a sentence promises, as a part of the form."""
    sentence = request.POST.get("sentence", "")[:_LONGEST]
    return render(request, "promises/read.html", {"proposals": proposals_of(request, sentence)})


@need("record")
def new(request: Any) -> HttpResponse:
    """The form, and its saving."""
    told = _told(request)
    if request.method != "POST":
        return render(request, "promises/new.html", told)
    if request.POST.get("do") == "read":
        told["proposals"] = proposals_of(request, told["sentence"])
        return render(request, "promises/new.html", told)
    told["proposals"] = taken = _sent(request)
    error = _missing(request, told, taken)
    if not error:
        try:
            _save(request, told, taken)
        except RefusedError as refused:
            error = refused.said(request.words.lang)
    if error:
        return render(request, "promises/new.html", {**told, "error": error}, status=422)
    messages.success(request, request.words.count("promises.made", len(taken)))
    return redirect("promises:board")


def _told(request: Any) -> dict[str, Any]:
    scope = Scope(request.user)
    asked = request.POST.get("to") or request.GET.get("to", "")
    number = number_of(asked)
    sentence = (request.POST.get("sentence") or request.GET.get("text", ""))[:_LONGEST]
    told: dict[str, Any] = {
        "to": scope.customers().filter(pk=number).first(), "sentence": sentence,
        "staff": list(colleagues(request.user)[:_STAFF]),
    }  # fmt: skip
    chosen = request.POST.get("by", str(request.user.party_id or ""))
    told["by"] = next((one for one in told["staff"] if str(one.pk) == chosen), None)
    if request.method != "POST" and sentence:
        told["proposals"] = proposals_of(request, sentence)
    return told


def colleagues(user: User) -> QuerySet[Party]:
    """Those in whose name somebody may record: themselves; for leads and admins, their colleagues too."""
    staff = Party.objects.filter(merged_into=None).select_related("house").order_by("key")
    if may(user, "see_colleagues"):
        rows = staff.filter(kind=Party.Kind.STAFF)
        return rows.filter(house=user.house_id) if user.house_id else rows
    return staff.filter(pk=user.party_id or 0)


def _sent(request: Any) -> list[Proposal]:
    """What was filled in, as far as it is to be kept."""
    found = []
    for place in range(_PROPOSED):
        text = request.POST.get(f"what-{place}", "").strip()[:_LONGEST]
        if text and request.POST.get(f"take-{place}"):
            found.append(Proposal(text, request.POST.get(f"due-{place}", "")))
    return found


def _missing(request: Any, told: dict[str, Any], taken: list[Proposal]) -> str:
    """What is still needed, in words; empty where nothing is."""
    if told["to"] is None:
        return str(request.words.say("promises.who_missing"))
    if told["by"] is None:
        return str(request.words.say("promises.by_missing"))
    return "" if taken else str(request.words.say("promises.what_missing"))


def _save(request: Any, told: dict[str, Any], taken: list[Proposal]) -> None:
    """All of them, or none."""
    actor = Actor(request.user, now_us=request.now_us)
    house = told["by"].house or request.user.house
    with transaction.atomic():
        for proposal in taken:
            due = request.words.typed_us(proposal.due)
            make_promise(
                actor, to=told["to"], by=told["by"], house=house, text=proposal.text, due_us=due
            )
