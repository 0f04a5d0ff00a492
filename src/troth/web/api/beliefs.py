"""Beliefs: lists as they were last reckoned, and one with its reasons, reckoned for this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import Http404
from ninja import Query  # noqa: TC002 - ninja reads it while it runs
from pydantic import Field

from troth import __version__
from troth.guidance.falling import FALL
from troth.trust.stage import STAGES
from troth.web.accounts.access import Scope
from troth.web.api.paging import Paged, page_of
from troth.web.api.routes import Routes, reading
from troth.web.api.seen import party_today
from troth.web.api.shapes.beliefs import BeliefPage, ReasonsOut
from troth.web.api.shapes.events import Standing
from troth.web.ledger.aliases import aliases
from troth.web.ledger.first import as_seen
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.trust.explain import Explanation
    from troth.web.ledger.models import Relationship

routes = Routes("beliefs")
Stage = Literal["first_contact", "understanding", "building", "maintenance"]
Trend = Literal["falling", "steady", "rising"]


class Wanted(Paged):
    """Which relationships."""

    truster: str | None = Field(None, max_length=200, description="Key of who trusts.")
    trusted: str | None = Field(
        None, max_length=200, description="Key of the house or party trusted."
    )
    stage: Stage | None = None
    trend: Trend | None = None


@routes.at(reading("/beliefs"), BeliefPage)
def list_beliefs(request: Any, wanted: Query[Wanted]) -> dict[str, Any]:
    """List relationships with where they stand.

    Figures stand at `at_us`, when the relationship was last reckoned. Programs get the probability even
    where `enough` is false; show people "too early to tell" there.
    """
    rows = Scope(request.user).relationships().select_related("truster", "trusted")
    if wanted.truster is not None:
        rows = rows.filter(truster__key=wanted.truster)
    if wanted.trusted is not None:
        rows = rows.filter(trusted__key=wanted.trusted)
    if wanted.stage is not None:
        rows = rows.filter(stage=STAGES.index(wanted.stage))
    if wanted.trend is not None:
        rows = rows.filter(enough=True, **_TRENDS[wanted.trend])
    found, following = page_of(rows, wanted)
    return {"items": [told_belief(row) for row in found], "next": following}


_TRENDS: dict[str, dict[str, float]] = {
    "falling": {"trend__lte": FALL},
    "steady": {"trend__gt": FALL, "trend__lt": -FALL},
    "rising": {"trend__gte": -FALL},
}


def told_belief(row: Relationship) -> dict[str, Any]:
    """A relationship as lists answer it."""
    plain = ("inside", "probability", "low", "high", "enough", "trend", "repair", "open_breaches",
             "last_us", "at_us")  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "truster": row.truster.key,
        "trusted": row.trusted.key,
        "evidence": row.mass,
        "stage": STAGES[row.stage],
    }


@routes.at(reading("/beliefs/{truster}/{trusted}"), ReasonsOut, also=(404,))
def get_belief(request: Any, truster: str, trusted: str) -> dict[str, Any]:
    """Read one belief and all that is behind it, reckoned for this moment."""
    scope = Scope(request.user)
    row = relationship_or_404(scope, truster, trusted)
    known = as_seen(told(row, request.now_us, desk_parameters()), row, scope)
    explanation = known.explanation
    keys = _keys(explanation, known.by_staff)
    plain = explanation.to_dict()
    for contribution in plain["contributions"]:
        for who in ("truster", "trustee"):
            contribution[who] = keys.get(int(contribution[who]), "")
    return {
        **plain, "truster": row.truster.key, "trusted": row.trusted.key, "version": __version__,
        "by_staff": {keys.get(number, ""): phi for number, phi in known.by_staff.items()},
    }  # fmt: skip


def _keys(explanation: Explanation, by_staff: dict[int, float]) -> dict[int, str]:
    numbers = {int(who) for c in explanation.contributions for who in (c.truster, c.trustee)}
    wanted = numbers | set(by_staff)
    return dict(Party.objects.filter(pk__in=wanted).values_list("id", "key"))


def relationship_or_404(scope: Scope, truster: str, trusted: str) -> Relationship:
    """A relationship that may be seen, by the keys of its parties; a merged name leads to who it is today.

    Raises:
        Http404: there is none.
    """
    rows = scope.relationships().select_related("truster", "trusted", "hurt")
    who, whom = (party.pk if (party := party_today(key)) else 0 for key in (truster, trusted))
    row: Relationship | None = rows.filter(truster=who, trusted=whom).first()
    if row is None:
        raise Http404
    return row


def standing_after(scope: Scope, who: tuple[int, int, int | None]) -> dict[str, Any] | None:
    """Where the relationship of an event just recorded stands, if it may be seen.

    Args:
        scope: who asks.
        who: numbers of truster, trustee and organisation.
    """
    truster, trustee, house = who
    about = [number for number in (house, trustee) if number]
    rows = scope.relationships().select_related("truster", "trusted")
    found = {row.trusted_id: row for row in rows.filter(truster=truster, trusted__in=about)}
    if not found:  # a merged party: trust stands under the name it has today
        found = {
            row.trusted_id: row
            for row in rows.filter(truster=aliases().get(truster, truster), trusted__in=about)
        }
    row = next((found[number] for number in about if number in found), None)
    if row is None:
        return None
    plain = told_belief(row)
    return {name: plain[name] for name in Standing.model_fields}
