"""The next action of a relationship as it is offered to one reader, signed so that it can be logged."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.core import signing
from django.db.models import F, Q

from troth.content.actions import rules_version
from troth.guidance.facts import DAY_US
from troth.guidance.next.action import Decided, Standing
from troth.guidance.next.budget import budget_of, contacts_of
from troth.guidance.next.choice import next_actions
from troth.web.accounts.actions.refused import RefusedError
from troth.web.guidance.models import Advised, Rest
from troth.web.ledger.models import Words as Said
from troth.web.ledger.taken_back import not_taken_back
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.known import under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.facts import Situation
    from troth.guidance.next.action import Action, Choice
    from troth.guidance.next.budget import Budget
    from troth.guidance.standing import Row
    from troth.web.ledger.models import Relationship

#: So long an offer may be answered, seconds.
OPEN_S: Final = 86_400
#: So far back decisions and messages are looked at.
_BACK_DAYS: Final = 60
_SALT: Final = "troth.next"
_STAFF: Final = "staff"


@dataclass(frozen=True)
class Offer:
    """A proposal made to one reader.

    Attributes:
        relationship: whose.
        choice: what is proposed, and what else was considered.
        shown: the same as it is logged: ids of events, never words of people.
    """

    relationship: Relationship
    choice: Choice
    shown: dict[str, Any]

    def token(self, user: int) -> str:
        """What was shown, signed: whoever answers sends it back, and it is logged as it was shown."""
        told = [self.relationship.truster_id, self.relationship.trusted_id, user, self.shown]
        return signing.dumps(told, salt=_SALT, compress=True)


def offer_of(relationship: Relationship, situation: Situation, lang: str) -> Offer:
    """What to do next for a relationship.

    Args:
        relationship: which.
        situation: as its card is made from.
        lang: in which it is shown.
    """
    at_us = situation.told.at_us
    standing = Standing(
        situation, ours_of(situation.rows, at_us), decided_of(relationship, at_us),
        rest_of(relationship),
    )  # fmt: skip
    choice = next_actions(standing)
    return Offer(relationship, choice, shown_of(choice, at_us, lang))


def shown_of(choice: Choice, at_us: int, lang: str) -> dict[str, Any]:
    """What the log keeps of a proposal.

    ``propensity`` is the chance with which it was proposed: 1 as long as rules alone choose.
    """
    return {
        "rules": rules_version(), "parameters": _weights(), "lang": lang, "at_us": at_us,
        "propensity": 1.0, "channel": choice.channel,
        "budget": {
            "days": choice.budget.days, "last_us": choice.budget.last_us,
            "free_us": choice.budget.free_us,
        },
        "actions": [_kept(one) for one in choice.actions],
    }  # fmt: skip


def digest_of(shown: dict[str, Any]) -> str:
    """The same for two proposals that a reader could not tell apart."""
    told = {**shown, "at_us": 0, "actions": [{**one, "by_us": 0} for one in shown["actions"]]}
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def answered(token: str, user: int) -> tuple[int, int, dict[str, Any]]:
    """Truster, trusted, and what was shown to this reader.

    Raises:
        RefusedError: it was not shown to them, or more than a day ago.
    """
    try:
        truster, trusted, whose, shown = signing.loads(token, salt=_SALT, max_age=OPEN_S)
    except (signing.BadSignature, ValueError):
        raise RefusedError("next.refused.stale", "token") from None
    if whose != user:
        raise RefusedError("next.refused.stale", "token")
    return truster, trusted, shown


def ours_of(rows: Sequence[Row], at_us: int) -> frozenset[str]:
    """Ids of the latest messages that we wrote."""
    since = at_us - _BACK_DAYS * DAY_US
    said = {
        row["number"]: row["event_id"]
        for row in rows
        if row["kind"] == "message" and row["t_us"] >= since
    }
    if not said:
        return frozenset()
    ours = Said.objects.filter(event_id__in=list(said), extras__speaker=_STAFF)
    return frozenset(said[number] for number in ours.values_list("event_id", flat=True))


def decided_of(relationship: Relationship, at_us: int) -> list[Decided]:
    """What was decided lately about a relationship, whoever did."""
    return [
        Decided(
            row.action, row.shown["actions"][0]["event_id"], row.decision, row.decided_us or 0,
            row.spends,
        )
        for row in decisions(relationship).filter(decided_us__gte=at_us - _BACK_DAYS * DAY_US)
    ]  # fmt: skip


def decisions(relationship: Relationship) -> Any:
    """Rows of what was decided about a relationship, the latest first; a merged customer's too."""
    who = under(relationship.truster_id)
    rows = Advised.objects.filter(
        truster__in=who, trusted=relationship.trusted_id, decided_us__isnull=False
    )
    return rows.select_related("user__party").order_by("-decided_us")


def budget_now(relationship: Relationship, at_us: int, days: int) -> Budget:
    """What is left of the quiet budget by now, whatever a page said when it was opened.

    Args:
        relationship: whose.
        at_us: now, microseconds UTC.
        days: how far apart outreaches are.
    """
    trusted, since = relationship.trusted_id, at_us - _BACK_DAYS * DAY_US
    who = under(relationship.truster_id)
    whom = Q(organisation=trusted) | Q(trustee=trusted)
    found = not_taken_back().filter(whom, truster__in=who, t_us__gte=since, t_us__lte=at_us)
    rows: Any = list(
        found.values("event_id", "kind", "t_us", "source", "ref", number=F("pk")).order_by("t_us")
    )
    accepted = [one.t_us for one in decided_of(relationship, at_us) if one.spends and one.taken]
    return budget_of(contacts_of(rows, ours_of(rows, at_us)), accepted, at_us, days)


def rest_of(relationship: Relationship) -> int | None:
    """Since when they are left in peace; None where they are not, or were in touch since."""
    rows = Rest.objects.filter(relationship=relationship, last_us=relationship.last_us)
    return rows.values_list("since_us", flat=True).first()


def _weights() -> str:
    told = orjson.dumps(desk_parameters().to_dict(), option=orjson.OPT_SORT_KEYS)
    return sha256(told).hexdigest()[:12]


def _kept(one: Action) -> dict[str, Any]:
    why = one.why
    return {
        "action": one.key, "why": why.how, "kind": why.kind, "event_id": why.event_id,
        "t_us": why.t_us, "by_us": one.by_us, "spends": one.spends, "held_by": one.held_by,
    }  # fmt: skip
