"""The next action of a relationship, decisions on it, and the log of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import Query, Status

from troth.pages.next_action import choice_shown
from troth.web.accounts.access import Scope
from troth.web.api.beliefs import relationship_or_404
from troth.web.api.doors import actor_of
from troth.web.api.once import once
from troth.web.api.paging import Paged, page_of
from troth.web.api.routes import Routes, reading, writing
from troth.web.api.shapes.advice import AdviceOut, AdvicePage, DecisionIn, NextOut
from troth.web.guidance.actions.decide_action import Decision, decide_action
from troth.web.guidance.log import logged, pseudonym
from troth.web.guidance.models import Advised
from troth.web.guidance.next import answered, offer_of
from troth.web.relations.card import card_of
from troth.web.relations.opened import open_one

if TYPE_CHECKING:
    from troth.guidance.next.action import Action
    from troth.pages.next_action import ShownAction

routes = Routes("actions")


@routes.at(reading("/actions/{truster}/{trusted}"), NextOut, also=(404,))
def get_next_action(request: Any, truster: str, trusted: str) -> dict[str, Any]:
    """Read what to do next for a customer, and why.

    What is owed comes first; whatever else reaches out unasked waits for the quiet budget. Send `token` back
    with a decision: it is logged as it was shown.
    """
    row = relationship_or_404(Scope(request.user), truster, trusted)
    if row.inside:
        raise Http404
    opened = open_one(row, request)
    situation, words = card_of(opened, request).situation, opened.words
    offer = offer_of(row, situation, words.lang)
    choice = offer.choice
    shown = choice_shown(choice, situation.told.at_us, words)
    told = [
        _action(one, read)
        for one, read in zip(choice.actions, (shown.best, *shown.others), strict=True)
    ]
    budget = choice.budget
    return {
        "truster": truster, "trusted": trusted, "lang": words.lang, "best": told[0],
        "others": told[1:], "channel": choice.channel, "token": offer.token(request.user.pk),
        "budget": {"days": budget.days, "last_us": budget.last_us, "free_us": budget.free_us},
    }  # fmt: skip


def _action(one: Action, read: ShownAction) -> dict[str, Any]:
    return {
        "action": one.key, "name": read.name, "do": read.do, "why": read.why.text,
        "quote": read.why.quote, "event_id": one.why.event_id, "effect": read.effect,
        "source": read.source, "by_us": one.by_us, "spends": one.spends, "held_by": one.held_by,
    }  # fmt: skip


@routes.at(writing("/actions/{truster}/{trusted}"), AdviceOut, status=201, also=(404,))
def post_decision(request: Any, truster: str, trusted: str, told: DecisionIn) -> Status[Any]:
    """Accept, adapt or decline what was shown; a decline says why, a change says how."""
    row = relationship_or_404(Scope(request.user), truster, trusted)

    def act() -> tuple[str, dict[str, Any]]:
        *whose, shown = answered(told.token, request.user.pk)
        if whose != [row.truster_id, row.trusted_id]:
            raise Http404
        decided = Decision(told.decision, told.reason, told.changes, told.words)
        return str(decide_action(actor_of(request), row, shown, decided).pk), {}

    made, _ = once(request, act, told.model_dump(exclude_unset=True))
    return Status(201, _row(_read(Advised.objects.filter(pk=int(made))).get()))


@routes.at(reading("/advice"), AdvicePage)
def list_advice(request: Any, paged: Query[Paged]) -> dict[str, Any]:
    """List what was advised and what people made of it.

    One's own; for who leads, coaches or analyses, that of every relationship they see. Colleagues stand as
    pseudonyms. What came of it is not told here: join later events by truster, trusted and time.
    """
    rows, following = page_of(_read(logged(Scope(request.user))), paged)
    return {"items": [_row(row) for row in rows], "next": following}


def _read(rows: Any) -> Any:
    return rows.select_related("truster", "trusted")


def _row(row: Advised) -> dict[str, Any]:
    plain = (
        "action", "spends", "lang", "first_us", "last_us", "times", "decision", "decided_us",
        "reason", "words",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        **{name: row.shown[name] for name in ("rules", "parameters", "propensity")},
        "advice_id": row.pk, "truster": row.truster.key, "trusted": row.trusted.key,
        "who": pseudonym(row.user_id), "changes": row.adapted.get("changes", []),
    }  # fmt: skip
