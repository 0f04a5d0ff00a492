"""The day's list, read from what is kept and told for this moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from troth.guidance.breaches import OpenBreach
from troth.guidance.falling import FALL, Falling
from troth.guidance.promises import OpenPromise
from troth.guidance.quiet import Quiet
from troth.guidance.standing import Deed
from troth.guidance.today import (
    MOST,
    PRAISE_DAYS,
    PRAISE_KINDS,
    PRAISE_OUTCOME,
    Praise,
    Today,
    arranged,
)
from troth.traces.decay import DAY_US
from troth.web.ledger import rows as records_of
from troth.web.ledger.models import Case, Event, Promise, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

#: So many of a kind are looked at in a house, and the worst of them shown; a longer list is none for a day.
LOOKED_AT: Final = 24
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def todays(scope: Scope, at_us: int, zone: tzinfo) -> Today:
    """What to do today, for one person.

    Args:
        scope: what they see.
        at_us: now, microseconds UTC.
        zone: whose calendar says what today is.

    Returns:
        The list; parties are named by their numbers, as text.
    """
    promises, cases = _promises(scope, at_us, zone), _cases(scope)
    falls, quiets = _falls(scope, at_us), _quiets(scope, at_us)
    praise = _praise(scope, at_us)
    names = [p.said_in for p in promises]
    names += [name for case in cases for name in (case.event_id, case.root)]
    names += [event.event_id for event in praise]
    names += [row.hurt.event_id for row in falls if row.hurt is not None]
    words = records_of.words_of(names)
    waiting = {(str(c.truster_id), str(c.organisation_id or c.trustee_id)) for c in cases}
    return arranged(
        at_us,
        zone,
        [_promise(p, words) for p in promises],
        [case_told(c, words) for c in cases],
        [_fall(row, words, waiting) for row in falls],
        [_quiet(row, at_us) for row in quiets],
        [_kind_words(event, words) for event in praise],
    )


def end_of_day(at_us: int, zone: tzinfo, days: int = 0) -> int:
    """The end of a day on a zone's calendar, so many days from now; microseconds UTC."""
    local = (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone)
    day = (local + timedelta(days=days + 1)).date()
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (midnight - _EPOCH) // timedelta(microseconds=1)


def _by_house(scope: Scope, rows: QuerySet[Any], order: str, most: int) -> list[Any]:
    """The first rows of each house in scope; one index range a house, whatever the ledger's size."""
    found: list[Any] = []
    houses = scope.house_numbers()
    for number in houses:
        found += rows.filter(organisation=number).order_by(*order.split())[: _each(most, houses)]
    return found


def _each(most: int, houses: list[int]) -> int:
    """How many rows of each of several houses: fewer of each, but never fewer than are shown."""
    return max(MOST + 2, most // max(1, len(houses)))


def _promises(scope: Scope, at_us: int, zone: tzinfo) -> list[Promise]:
    due = end_of_day(at_us, zone, 2)
    rows = scope.of_house(Promise.objects.filter(state=Promise.State.OPEN, due_us__lt=due))
    return _by_house(scope, rows, "due_us", LOOKED_AT)


def _cases(scope: Scope) -> list[Case]:
    rows = scope.of_house(Case.objects.all())
    return _by_house(scope, rows, "answered since_us", LOOKED_AT)


def _falls(scope: Scope, at_us: int) -> list[Relationship]:
    """The relationships that fell most, with most behind them first."""
    found: list[Relationship] = []
    houses = scope.house_numbers()
    for house in houses:
        rows = scope.relationships_in(house).filter(enough=True, trend__lte=FALL)
        rows = rows.filter(last_us__gte=at_us - 2 * 30 * DAY_US).select_related("hurt")
        found += rows.order_by("trend")[: _each(LOOKED_AT, houses)]
    return sorted(found, key=lambda row: (row.trend * row.mass, row.pk))


def _quiets(scope: Scope, at_us: int) -> list[Relationship]:
    found: list[Relationship] = []
    houses = scope.house_numbers()
    for house in houses:
        rows = scope.relationships_in(house).filter(enough=True, quiet_us__lt=at_us)
        found += rows.order_by("-quiet_us")[: _each(2 * LOOKED_AT, houses)]
    return sorted(found, key=lambda row: (-row.stake, row.pk))


def _praise(scope: Scope, at_us: int) -> list[Event]:
    rows = Event.objects.filter(outcome__gte=PRAISE_OUTCOME, t_us__gte=at_us - PRAISE_DAYS * DAY_US)
    said = scope.of_house(rows).filter(words__text__gt="")
    found: list[Event] = []
    houses = scope.house_numbers()
    for house in houses:
        either, each = Q(), _each(LOOKED_AT, houses)
        for kind in PRAISE_KINDS:  # the index is in order of time inside a kind alone
            latest = said.filter(organisation=house, kind=kind).order_by("-t_us")
            either |= Q(pk__in=latest.values("pk")[:each])
        found += Event.objects.filter(either).order_by("-t_us")[:each]
    found = sorted(found, key=lambda event: (-event.t_us, event.event_id))[:LOOKED_AT]
    kinds = records_of.retracting()
    names = [event.event_id for event in found]
    gone = set(Event.objects.filter(ref__in=names, kind__in=kinds).values_list("ref", flat=True))
    return [event for event in found if event.event_id not in gone]


def _who(row: Any) -> dict[str, Any]:
    house = row.organisation_id
    return {
        "truster": str(row.truster_id),
        "trustee": str(row.trustee_id),
        "organisation": None if house is None else str(house),
    }


def _promise(row: Promise, words: dict[str, str]) -> OpenPromise:
    return OpenPromise(
        event_id=row.event_id, **_who(row), made_us=row.made_us, due_us=row.due_us,
        status="later", moved=row.moved, text=words.get(row.said_in) or None,
    )  # fmt: skip


def case_told(row: Case, words: Mapping[str, str | None]) -> OpenBreach:
    """An open case as the guidance reads it.

    Args:
        row: as kept.
        words: what was said, by event id.
    """
    steps = tuple(Deed(name, kind, t_us, str(who), None) for name, kind, t_us, who in row.steps)
    return OpenBreach(
        event_id=row.event_id, root=row.root, kind=row.kind, **_who(row), since_us=row.since_us,
        text=words.get(row.event_id) or words.get(row.root) or None, steps=steps,
    )  # fmt: skip


def _fall(row: Relationship, words: dict[str, str], waiting: set[tuple[str, str]]) -> Falling:
    who = (str(row.truster_id), str(row.trusted_id))
    hurt = row.hurt
    cause = None
    if hurt is not None:
        text = words.get(hurt.event_id) or None
        cause = Deed(hurt.event_id, hurt.kind, hurt.t_us, str(hurt.trustee_id), text)
    open_case = "today.falling_open" if who in waiting else None
    action = open_case or ("today.falling_cause" if cause else "today.falling_faded")
    return Falling(*who, row.probability, row.trend, cause, action)


def _quiet(row: Relationship, at_us: int) -> Quiet:
    silence = (at_us - row.last_us) / DAY_US
    return Quiet(
        str(row.truster_id), str(row.trusted_id), row.last_us, silence, row.rhythm_days,
        row.probability, row.mass,
    )  # fmt: skip


def _kind_words(event: Event, words: dict[str, str]) -> Praise:
    return Praise(event.event_id, event.kind, event.t_us, **_who(event), text=words[event.event_id])


def open_cases(relationship: Relationship) -> list[Case]:
    """The breaches of one relationship that wait, the one that has waited longest first."""
    trusted = relationship.trusted_id
    rows = Case.objects.filter(
        Q(organisation=trusted) | Q(trustee=trusted), truster=relationship.truster_id
    )
    return list(rows.order_by("since_us"))


def names_in(today: Today) -> set[int]:
    """Numbers of every party that the list names."""
    found: set[str | None] = set()
    for promised in today.promises:
        p = promised.promise
        found |= {p.truster, p.trustee, p.organisation}
    for repair in today.repairs:
        b = repair.breach
        found |= {b.truster, b.trustee, b.organisation, *(s.trustee for s in b.steps)}
    for fall in today.falling:
        found |= {fall.truster, fall.trustee, fall.cause.trustee if fall.cause else None}
    for quiet in today.quiet:
        found |= {quiet.truster, quiet.trustee}
    for kind in today.praise:
        found |= {kind.truster, kind.trustee, kind.organisation}
    return {int(name) for name in found if name}


def names_of(numbers: Iterable[int]) -> dict[str, dict[str, str]]:
    """What parties are called, by their numbers as text, in both languages."""
    from troth.web.parties.models import Party

    found: dict[str, dict[str, str]] = {}
    for party in Party.objects.filter(pk__in=set(numbers)):
        found[str(party.pk)] = {"zh": party.name("zh"), "en": party.name("en")}
    return found
