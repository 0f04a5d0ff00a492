"""The page on which a reply is written: remarks as one types, and what is done with the draft."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from troth.content.sources import sources
from troth.guidance.draft.review import review
from troth.pages.draft import reasons_of
from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.guidance.customers import customers_called
from troth.web.guidance.drafting import drafted, due_us, lines, talk_of
from troth.web.guidance.model_server import host_named
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.actions.promises import dismiss_promise, make_promise, promise_words
from troth.web.ledger.models import Promise
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.guidance.draft.remark import Remark
    from troth.pages.words import Words
    from troth.web.guidance.drafting import Drafted

_DAY_US = 86_400_000_000


@dataclass(frozen=True)
class ShownRemark:
    """A remark as a page shows it; ``start`` and ``end`` count characters, ``key`` is what a button sends."""

    key: str
    start: int
    end: int
    own: str
    label: str
    why: str
    rewrite: str | None
    source: str
    drops: bool


@need("see")
@require_http_methods(["GET", "POST"])
def page(request: Any) -> HttpResponse:
    """Write a draft; without a script, look it over, or use a better wording."""
    draft = drafted(request)
    if used := lines(request.POST.get("use", "")):
        remark = next((r for r in draft.review.remarks if key_of(r, draft.text) == used), None)
        if remark is None:
            messages.warning(request, request.words.say("draft.changed"))
        else:
            draft = _with_text(request, draft, remark.applied(draft.text))
    return _shown(request, draft)


def _with_text(request: Any, draft: Drafted, text: str) -> Drafted:
    talk = talk_of(request, draft.customer, draft.house, draft.asked, plain=draft.plain)
    return replace(draft, text=text, review=review(text, talk))


@need("see")
@require_POST
def live(request: Any) -> HttpResponse:
    """What is said of the draft, as one types."""
    draft = drafted(request)
    return render(request, "guidance/draft_review.html", context_of(request, draft))


@need("see")
def who(request: Any) -> HttpResponse:
    """Customers to choose from, as one types."""
    asked = request.GET.get("about", "").strip()[:60]
    found = customers_called(Scope(request.user), asked)
    return render(request, "guidance/draft_who.html", {"found": found, "asked": asked})


@need("record")
@require_POST
def promise(request: Any) -> HttpResponse:
    """Put a promise of the draft on record."""
    draft, words = drafted(request), request.words
    asked = lines(request.POST.get("promise", ""))
    found = next((one for one in draft.review.promises if promise_key(one) == asked), None)
    if draft.customer is None:
        messages.error(request, words.say("draft.who.missing"))
    elif found is None:
        messages.warning(request, words.say("draft.changed"))
    else:
        if _is_on_record(request.now_us, draft.customer, draft.house, found["text"]):
            messages.success(request, words.say("draft.promise.made"))
            return _shown(request, draft)
        try:
            make_promise(
                _actor(request), to=draft.customer, by=_writer(request, draft), house=draft.house,
                text=found["text"], due_us=due_us(found),
            )  # fmt: skip
        except RefusedError as refused:
            messages.error(request, refused.said(words.lang))
        else:
            messages.success(request, words.say("draft.promise.made"))
    return _shown(request, draft)


@need("record")
@require_POST
def sent(request: Any) -> HttpResponse:
    """The draft was sent: record it as a message; promises on record already are not asked about."""
    draft, words = drafted(request), request.words
    if draft.customer is None or not draft.text.strip():
        messages.error(
            request, words.say("draft.who.missing" if draft.text.strip() else "draft.empty")
        )
        return _shown(request, draft)
    actor = _actor(request)
    try:
        said = record_message(
            actor, customer=draft.customer, staff=_writer(request, draft), house=draft.house,
            text=draft.text, speaker="staff", name=_name(request, draft),
        )  # fmt: skip
    except RefusedError as refused:
        messages.error(request, refused.said(words.lang))
        return _shown(request, draft)
    waiting = [one for one in said.drafts if not _is_kept(actor, one)]
    shown = [
        (one.pk, draft.text[one.start : one.end], words.moment(one.due_us) if one.due_us else "")
        for one in waiting
    ]
    context = {"customer": draft.customer, "text": draft.text, "drafts": shown}
    return render(request, "guidance/draft_sent.html", context)


def _name(request: Any, draft: Drafted) -> str:
    """An id that is the same for the same words of one form, so that a second tap records nothing."""
    once = request.POST.get("once", "")[:32]
    if not once or draft.customer is None:
        return ""
    said = f"draft:{request.user.pk}:{once}:{draft.customer.pk}:{draft.text}".encode()
    return f"desk:{hmac.digest(settings.DIGEST_KEY, said, 'sha256').hex()[:16]}"


def _is_kept(actor: Actor, one: Promise) -> bool:
    """Whether a promise found in what was sent is on record already; then its draft is set aside."""
    if not _is_on_record(actor.now_us, one.truster, one.organisation, promise_words(one)):
        return False
    dismiss_promise(actor, one)
    return True


def _is_on_record(now_us: int, to: Party, house: Party | None, said: str) -> bool:
    """Whether these words were put on record as a promise of today, by this button or another."""
    rows = Promise.objects.filter(
        truster=to, organisation=house, state=Promise.State.OPEN, made_us__gte=now_us - _DAY_US
    )
    return said in {promise_words(row) for row in rows}


def _actor(request: Any) -> Actor:
    return Actor(request.user, now_us=request.now_us)


def _writer(request: Any, draft: Drafted) -> Party:
    """Who promises: the user, where they serve customers; else the house."""
    own: Party | None = request.user.party
    if own is not None and own.kind == Party.Kind.STAFF:
        return own
    if draft.house is None:
        raise RefusedError("draft.no_house")
    return draft.house


def _shown(request: Any, draft: Drafted) -> HttpResponse:
    return render(request, "guidance/draft.html", context_of(request, draft))


def context_of(request: Any, draft: Drafted) -> dict[str, Any]:
    """What the templates of the draft need."""
    words = request.words
    remarks = [_remark(r, draft.text, words) for r in draft.review.remarks]
    return {
        "draft": draft, "text": draft.text, "remarks": remarks,
        "pieces": marked(draft.text, draft.review.remarks),
        "direction": draft.review.direction, "reasons": reasons_of(draft.review.direction, words.lang),
        "promises": [
            (promise_key(one), one["text"], words.moment(due_us(one)) if one.get("due") else "")
            for one in draft.review.promises
        ],
        "may_record": may(request.user, "record"), "host": host_named(),
        "once": request.POST.get("once", "")[:32] or secrets.token_hex(8),
    }  # fmt: skip


def key_of(remark: Remark, text: str) -> str:
    """What tells a remark from every other: its kind, its place and the words it is about."""
    return f"{remark.kind}:{remark.start}:{text[remark.start : remark.end]}"


def promise_key(found: dict[str, Any]) -> str:
    """What tells a promise from every other in a draft: its place and its words."""
    return f"{found['start']}:{found['text']}"


def _remark(remark: Remark, text: str, words: Words) -> ShownRemark:
    lang = words.lang
    told = sources()[remark.source]
    rests_on = told.zh if lang == "zh" else told.en
    source = "" if remark.source == "our_choice" or not told.verified else rests_on
    return ShownRemark(
        key_of(remark, text), remark.start, remark.end, text[remark.start : remark.end], remark.label(lang),
        remark.why(lang), remark.rewrite, source, remark.rewrite == "",
    )  # fmt: skip


def marked(text: str, remarks: Any) -> list[tuple[str, bool]]:
    """The draft cut into pieces, each with whether something is said of it."""
    edges = {0, len(text)} | {r.start for r in remarks} | {r.end for r in remarks}
    cuts = sorted(edges)
    pieces = []
    for low, high in pairwise(cuts):
        hit = any(r.start <= low and high <= r.end for r in remarks)
        pieces.append((text[low:high], hit))
    return pieces
