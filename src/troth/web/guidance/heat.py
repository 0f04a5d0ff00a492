"""Heat on the day's hard contacts, for those who lead; to a member of staff, on their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse

from troth.guidance.facts import DAY_US
from troth.guidance.heat import (
    BACK_DAYS,
    TENSE,
    Hard,
    hottest_first,
    left_waiting,
    signs_of,
    to_share,
)
from troth.web.accounts.access import may
from troth.web.ledger.models import Words as Said
from troth.web.ledger.taken_back import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.today import Today
    from troth.pages.words import Words
    from troth.web.accounts.models import User

#: So many contacts are shown.
MOST: Final = 4


@dataclass(frozen=True)
class Spoken:
    """Somebody's latest message: how angry, whether it threatens, its words and id."""

    anger: float
    threat: bool
    text: str
    event_id: str


def heat_shown(user: User, words: Words, today: Today) -> dict[str, Any]:
    """The section on the day's list; empty for whoever neither leads nor serves.

    Args:
        user: who reads.
        words: theirs, with the names of everybody on the list.
        today: the list, before it is cut.
    """
    leads, me = may(user, "see_colleagues"), str(user.party_id or "")
    tense = [one for one in hard_contacts(today) if one.level in TENSE]
    found = [one for one in tense if leads or (me and one.taker == me)]
    shown = found[:MOST]
    count = Counter(one.taker for one in found)
    return {
        "contacts": [_told(one, words, leads=leads) for one in shown],
        "left": len(found) - len(shown), "leads": leads,
        "share": [
            words.say("heat.share", name=words.set_in(words.name(one)).strip(), count=count[one])
            for one in to_share(found) if leads
        ],
    }  # fmt: skip


def _told(one: Hard, words: Words, *, leads: bool) -> dict[str, Any]:
    return {
        "who": words.name(one.truster), "house": words.name(one.trusted), "level": one.level,
        "address": reverse("relations:page", args=(one.truster, one.trusted)),
        "level_name": words.say(f"heat.level.{one.level}"),
        "signs": [words.say(f"heat.sign.{sign}") for sign in one.signs],
        "quote": words.quote(one.quote, 80), "variant": one.variant,
        "action": words.say(f"heat.do.{one.level}"),
        "taker": words.say("heat.taker", name=words.name(one.taker)) if leads else "",
    }  # fmt: skip


def hard_contacts(today: Today) -> list[Hard]:
    """The day's contacts that may be hard: open cases and late promises, with their latest words."""
    breaches = [item.breach for item in today.repairs]
    late = [item.promise for item in today.promises if item.promise.status == "overdue"]
    whose = {int(one.truster) for one in breaches} | {int(one.truster) for one in late}
    said = spoken_by(whose, today.at_us)
    found = [_case(one, said.get(_key(one)), today.at_us) for one in breaches]
    for promise in late:
        words = said.get(_key(promise))
        signs = signs_of(late=True, **_felt(words))
        own = (promise.text or "", promise.event_id)
        found.append(Hard(*_key(promise), promise.trustee, signs, *_quoted(words, own)))
    return hottest_first(found)


def _key(one: Any) -> tuple[str, str]:
    return one.truster, one.organisation or one.trustee


def _case(breach: OpenBreach, words: Spoken | None, at_us: int) -> Hard:
    latest = breach.latest
    signs = signs_of(
        reopened=breach.kind == "complaint_reopened", apologised=breach.apologised,
        unanswered=left_waiting(breach, at_us), **_felt(words),
    )  # fmt: skip
    taker = breach.trustee if latest is None else latest.trustee
    own = (breach.text or "", breach.event_id)
    return Hard(*_key(breach), taker, signs, *_quoted(words, own))


def _felt(words: Spoken | None) -> dict[str, Any]:
    return {"anger": words.anger, "threat": words.threat} if words else {}


def _quoted(words: Spoken | None, own: tuple[str, str]) -> tuple[str, str]:
    """The words that make it hard: the latest where they are angry or threaten, else the case's own."""
    tense = words is not None and signs_of(**_felt(words))
    if words and tense:
        return words.text, words.event_id
    return own if own[0] else ("", "")


def spoken_by(trusters: Iterable[int], at_us: int) -> dict[tuple[str, str], Spoken]:
    """The latest standing message of each of some customers with each house, as it was read when it came in.

    Args:
        trusters: numbers of customers.
        at_us: now, microseconds UTC.

    Returns:
        By customer and house (or party, where no house is named), both as text.
    """
    whose = set(trusters)
    if not whose:
        return {}
    rows = Said.objects.filter(
        ~is_gone("event__event_id"),
        Q(extras__speaker="customer") | Q(extras__speaker__isnull=True),
        event__truster__in=whose, event__kind="message", reading__isnull=False,
        event__t_us__gte=at_us - BACK_DAYS * DAY_US, event__t_us__lt=at_us,
    )  # fmt: skip
    who = ("event__truster_id", "event__organisation_id", "event__trustee_id", "pk")
    latest: dict[tuple[str, str], int] = {}
    # Readings are long, so only those of the latest messages are fetched.
    for truster, house, trustee, number in rows.order_by("-event__t_us").values_list(*who):
        latest.setdefault((str(truster), str(house or trustee)), number)
    kept = Said.objects.filter(pk__in=latest.values()).select_related("event")
    said = {row.pk: row for row in kept} if latest else {}
    return {who: _spoken(said[number]) for who, number in latest.items()}


def _spoken(row: Said) -> Spoken:
    told: Any = row.reading
    threat = any(act["act"] == "threat" for act in told["acts"])
    return Spoken(float(told["emotions"].get("anger", 0.0)), threat, row.text, row.event.event_id)
