"""The next action as a part of a page, and what its buttons do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from troth.content.actions import deeds
from troth.guidance.heat import TENSE, hard_of
from troth.pages.next_action import ADAPTS, REASONS, choice_shown
from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.guidance.actions.decide_action import Decision, decide_action
from troth.web.guidance.actions.show_action import day_of, show_action
from troth.web.guidance.next import answered, decisions, digest_of, offer_of

if TYPE_CHECKING:
    from troth.guidance.facts import Situation
    from troth.pages.words import Words
    from troth.web.guidance.models import Advised
    from troth.web.ledger.models import Relationship

#: So many earlier decisions are shown.
PAST: Final = 5


def next_shown(
    request: Any, words: Words, relationship: Relationship, situation: Situation
) -> dict[str, Any]:
    """Everything that the part needs.

    Args:
        request: of the reader.
        words: of the reader, with everybody's names.
        relationship: whose.
        situation: as its card is made from.
    """
    user = request.user
    offer = offer_of(relationship, situation, words.lang)
    places = {row["event_id"]: place for place, row in enumerate(situation.rows)}

    def address(name: str) -> str:
        place = places.get(name)
        return "" if place is None else f"?to={place}#e-{place}"

    past = list(decisions(relationship)[: 4 * PAST])
    today = (user.pk, day_of(Actor(user, now_us=request.now_us)), digest_of(offer.shown))
    mine = next((row for row in past if (row.user_id, row.day, row.digest) == today), None)
    hard = hard_of(situation)
    settled = offer.choice.best.why.how == "rests"
    seen = past if may(user, "see_colleagues") else [row for row in past if row.user_id == user.pk]
    return {
        "shown": choice_shown(offer.choice, situation.told.at_us, words, address),
        "words": words, "may_decide": may(user, "record") and not settled,
        "token": offer.token(user.pk),
        "past": [_past(row, words) for row in seen[:PAST]], "reasons": _phrases("reason", REASONS, words),
        "adapts": _phrases("adapt", ADAPTS, words), "truster": relationship.truster_id,
        "hard": hard.variant if hard.level in TENSE else "",
        "decided": mine and words.say(f"next.done.{mine.decision}"),
        "lead": lead_of(offer.choice.best.key, relationship.truster_id, words),
    }  # fmt: skip


def _phrases(name: str, ends: tuple[str, ...], words: Words) -> list[tuple[str, str]]:
    return [(end, words.say(f"next.{name}.{end}")) for end in ends]


def _past(row: Advised, words: Words) -> dict[str, str]:
    """An earlier decision in words; an action that is no longer in use keeps its key."""
    deed, user = deeds().get(row.action), row.user
    who = "" if user is None else user.get_full_name() or user.get_username()
    if user is not None and user.party is not None:
        who = user.party.name(words.lang)
    reason = words.say(f"next.reason.{row.reason}") if row.reason in REASONS else ""
    date = words.date(row.decided_us or 0)
    return {
        "name": deed.name[words.lang] if deed else row.action,
        "decision": words.say(f"next.past.{row.decision}"), "key": row.decision,
        "by": words.say("next.past.by", who=who or "?", date=date),
        "reason": reason, "quote": words.quote(row.words),
    }  # fmt: skip


def lead_of(action: str, truster: int, words: Words) -> tuple[str, str] | None:
    """(address, words) of where accepting an action leads; None where there is nothing to do."""
    leads = deeds()[action].leads
    addresses = {
        "promise": "#card", "repair": "?step=1#repair", "reply": "#advice", "card": "#history",
        "add": f"/add/?to={truster}", "today": "/#praise",
    }  # fmt: skip
    return (addresses[leads], words.say(f"next.lead.{leads}")) if leads in addresses else None


def _told(request: Any) -> tuple[Relationship, dict[str, Any]]:
    """The relationship, still in scope, and what was shown of it.

    Raises:
        Http404: it is not theirs to see.
        RefusedError: what came back was never shown to them, or too long ago.
    """
    truster, trusted, shown = answered(request.POST.get("token", ""), request.user.pk)
    rows = Scope(request.user).relationships().select_related("truster", "trusted__house")
    found: Relationship | None = rows.filter(truster=truster, trusted=trusted).first()
    if found is None:
        raise Http404
    return found, shown


@need("record")
@require_POST
def seen(request: Any) -> HttpResponse:
    """A proposal came into view; the page says so by itself, once each time it is opened."""
    try:
        relationship, shown = _told(request)
    except RefusedError:
        return HttpResponse(status=422)
    show_action(Actor(request.user, now_us=request.now_us), relationship, shown)
    return HttpResponse(status=204)


@need("record")
@require_POST
def decide(request: Any) -> HttpResponse:
    """Accept, adapt or decline."""
    sent, words = request.POST, request.words
    decided = Decision(
        sent.get("decision", ""), sent.get("reason", ""), sent.getlist("changes"),
        sent.get("words", ""),
    )  # fmt: skip
    refused: RefusedError | None = None
    where, row = "today:day", None
    try:
        relationship, shown = _told(request)
        where = reverse("relations:page", args=(relationship.truster_id, relationship.trusted_id))
        row = decide_action(
            Actor(request.user, now_us=request.now_us), relationship, shown, decided
        )
    except RefusedError as error:
        refused = error
    if row is None or refused is not None:
        return _refused(request, where, refused)
    said = words.say(f"next.done.{row.decision}")
    if not request.htmx:
        messages.success(request, said)
        return redirect(where if row.decision == "declined" else f"{where}#next")
    lead = None if row.decision == "declined" else lead_of(row.action, row.truster_id, words)
    return render(request, "guidance/next_done.html", {"said": said, "lead": lead, "words": words})


def _refused(request: Any, where: str, why: RefusedError | None) -> HttpResponse:
    """The form stays as it was typed; only a toast comes. What no longer holds is shown anew."""
    if why is not None:
        messages.error(request, why.said(request.words.lang))
    over = why is not None and why.key == "next.refused.budget"
    if not request.htmx:
        return redirect(f"{where}#next" if over else where)
    if over:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    answer = render(request, "ui/toasts_oob.html")
    answer["HX-Reswap"] = "none"
    return answer
