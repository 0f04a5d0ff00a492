"""Between colleagues: thanks, help, hand-overs, two on one page, who suits whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import Query, Schema, Status
from pydantic import Field

from troth.web.accounts.access import Scope
from troth.web.api.doors import actor_of
from troth.web.api.once import once
from troth.web.api.routes import Routes, reading, writing
from troth.web.api.seen import house_of, named, party_or_404, wrong
from troth.web.api.shapes.plain import Key  # noqa: TC001 - pydantic reads it while it runs
from troth.web.api.shapes.team import (
    BetweenOut,
    ChoiceIn,
    CoachesOut,
    HandOverIn,
    HelpIn,
    MatchOut,
    PairOut,
    SkillsIn,
    SkillsOut,
    ThanksIn,
)
from troth.web.ledger.houses import house_for
from troth.web.ledger.models import Event
from troth.web.parties.models import Party
from troth.web.team.actions.choose_match import choose_match
from troth.web.team.actions.record_hand_over import record_hand_over
from troth.web.team.actions.record_help import record_help
from troth.web.team.actions.state_skills import state_skills
from troth.web.team.actions.thank_colleague import thank_colleague
from troth.web.team.coached import coached_at
from troth.web.team.match import LONGEST
from troth.web.team.pair import compared
from troth.web.team.said import reason_said, traits_said
from troth.web.team.stated import stated_by
from troth.web.team.suits import suits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from troth.guidance.matching import Reason

routes = Routes("team")


class Two(Schema):
    """Two colleagues."""

    first: Key
    second: Key


class For(Schema):
    """Which customer, at which house, and what else should be weighed."""

    customer: Key
    house: Key | None = None
    also: str = Field(
        "", max_length=LONGEST, description="In free words: a language, a colleague's name."
    )


class At(Schema):
    """At which house."""

    house: Key | None = None


@routes.at(writing("/team/thanks"), BetweenOut, status=201)
def post_thanks(request: Any, told: ThanksIn) -> Status[Any]:
    """Thank a colleague in the asker's own name."""
    to = named(request, "to", told.to)
    return _between(request, told, lambda: thank_colleague(actor_of(request), to, told.text))


@routes.at(writing("/team/help"), BetweenOut, status=201)
def post_help(request: Any, told: HelpIn) -> Status[Any]:
    """Record that a colleague helped the asker."""
    by = named(request, "by", told.by)
    return _between(request, told, lambda: record_help(actor_of(request), by, told.text))


@routes.at(writing("/team/hand-overs"), BetweenOut, status=201)
def post_hand_over(request: Any, told: HandOverIn) -> Status[Any]:
    """Record a hand-over that the asker took over, kept or dropped."""
    by = named(request, "by", told.by)
    customer = named(request, "customer", told.customer) if told.customer else None

    def deed() -> str:
        return record_hand_over(
            actor_of(request), by, kept=told.kept, text=told.text, customer=customer
        )

    return _between(request, told, deed)


def _between(request: Any, told: Schema, deed: Callable[[], str]) -> Status[Any]:
    event_id, _ = once(request, lambda: (deed(), {}), told.model_dump(exclude_unset=True))
    event = Event.objects.select_related("truster", "trustee").get(event_id=event_id)
    answer = {
        "event_id": event_id, "kind": event.kind, "truster": event.truster.key,
        "trustee": event.trustee.key,
    }  # fmt: skip
    return Status(201, answer)


@routes.at(reading("/team/pair"), PairOut, also=(404,))
def get_pair(request: Any, two: Query[Two]) -> dict[str, Any]:
    """Read trust between two colleagues, both ways, with suggestions for working together.

    For the two themselves, and for who leads or coaches them.
    """
    scope = Scope(request.user)
    rows = {one.key: one for one in Party.objects.filter(key__in=(two.first, two.second))}
    first, second = rows.get(two.first), rows.get(two.second)
    if first is None or second is None or not scope.sees_pair(first, second):
        raise Http404
    found = compared(scope, (first, second), request.now_us, request.words)
    return {
        "sides": [
            {
                "truster": side.truster.key, "trusted": side.trusted.key,
                "probability": side.belief and side.belief.probability,
                "low": side.belief and side.belief.low, "high": side.belief and side.belief.high,
                "enough": bool(side.belief and side.belief.enough),
            }
            for side in found.directions
        ],
        "advice": [{"say": one.say, "why": one.why} for one in found.advice],
    }  # fmt: skip


@routes.at(reading("/match", "see_colleagues"), MatchOut, also=(404,))
def get_match(request: Any, wanted: Query[For]) -> dict[str, Any]:
    """Propose who might look after a customer, with reasons.

    What can be weighed is a closed list. A request that names sex, age, origin, religion, looks or another
    protected trait is refused with 422; wishes of the customer that do are listed as unused.
    """
    scope = Scope(request.user)
    customer = party_or_404(scope, wanted.customer)
    house = house_of(request, "house", wanted.house) or house_for(scope, customer)
    if customer.kind != Party.Kind.CUSTOMER or house is None:
        raise Http404
    found = suits_of(scope, customer, house, request.now_us, wanted.also)
    if found.refused:
        traits = traits_said(found.refused, request.words)
        raise wrong(request, "also", "match.refused", traits=traits)
    return {
        "customer": customer.key, "house": house.key,
        "proposals": [
            {"staff": found.staff[one.id].key, "reasons": _told(request, one.reasons)}
            for one in found.proposals
        ],
        "unused": [
            {"text": what, "traits": [trait.key for trait in traits]} for what, traits in found.unused
        ],
    }  # fmt: skip


@routes.at(writing("/match/choices", "see_colleagues"), ChoiceIn, status=201)
def post_choice(request: Any, told: ChoiceIn) -> Status[Any]:
    """Note who was chosen for a customer, or as coach of a learner; nothing else changes."""
    whom, staff = named(request, "whom", told.whom), named(request, "staff", told.staff)

    def act() -> tuple[str, dict[str, Any]]:
        choose_match(actor_of(request), whom, staff, proposed=told.proposed)
        return whom.uid, {}

    once(request, act, told.model_dump(exclude_unset=True))
    return Status(201, told)


@routes.at(reading("/coaches", "see_colleagues"), CoachesOut, also=(404,))
def get_coaches(request: Any, at: Query[At]) -> dict[str, Any]:
    """Pair a house's learners with its coaches, one to one, with reasons."""
    scope = Scope(request.user)
    house = house_of(request, "house", at.house) or scope.user.house or scope.houses().first()
    if house is None:
        raise Http404
    found = coached_at(house, request.now_us)
    return {
        "house": house.key,
        "pairings": [
            {
                "learner": found.people[one.learner].key,
                "coach": found.people[one.coach].key if one.coach else None,
                "reasons": _told(request, one.reasons),
            }
            for one in found.pairings
        ],
    }


@routes.at(reading("/team/skills/{path:colleague}"), SkillsOut, also=(404,))
def get_skills(request: Any, colleague: str) -> dict[str, Any]:
    """Read what a colleague states: one's own, or of those one leads."""
    return _skills(_colleague(request, colleague))


@routes.at(writing("/team/skills/{path:colleague}", "see", "PUT"), SkillsOut, also=(404,))
def put_skills(request: Any, colleague: str, told: SkillsIn) -> dict[str, Any]:
    """State anew all that a colleague speaks, is good at, wants to learn and wishes."""
    party = _colleague(request, colleague)
    state_skills(actor_of(request), party, [(one.kind, one.value) for one in told.stated])
    return _skills(party)


def _colleague(request: Any, key: str) -> Party:
    party = party_or_404(Scope(request.user), key)
    if party.kind != Party.Kind.STAFF:
        raise Http404
    return party


def _skills(party: Party) -> dict[str, Any]:
    stated = stated_by([party.pk]).get(party.pk, {})
    told = [
        {"kind": kind, "value": value} for kind in sorted(stated) for value in sorted(stated[kind])
    ]
    return {"party": party.key, "stated": told}


def _told(request: Any, reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [
        {"what": one.what, "case": one.case, "points": one.points,
         "said": reason_said(one, request.words)}
        for one in reasons
    ]  # fmt: skip
