"""What a request names, found among what its asker may see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.http import Http404

from troth.content.text import phrase
from troth.ledger.schema import FIRST_US, LAST_US
from troth.web.accounts.access import Scope, may
from troth.web.api.problems import ProblemError
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = Party.Kind
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def wrong(request: Any, column: str, key: str, **values: Any) -> ProblemError:
    """The refusal of one field."""
    reason = phrase(key, request.words.lang, **values)
    errors = [{"row": None, "column": column, "reason": reason}]
    return ProblemError(422, "api.problem.invalid", errors)


def seen_parties(scope: Scope) -> QuerySet[Party]:
    """All parties for which ``scope.sees`` holds; merged names are left out."""
    me = scope.user
    seen = Q(pk__in=[me.party_id or 0, me.team_id or 0, me.house_id or 0])
    customers = Q(kind=Kind.CUSTOMER)
    seen |= customers if scope.everything else Q(pk__in=scope.customers().values("pk"))
    same_house = Q(house=me.house_id or 0)
    if may(me, "see_colleagues"):
        staff = Q(kind=Kind.STAFF)
        seen |= staff if may(me, "govern") else staff & same_house
    bodies = Q(kind__in=[Kind.TEAM, Kind.ORGANISATION])
    seen |= bodies if scope.everything else bodies & same_house
    return Party.objects.filter(seen, merged_into=None)


def party_today(key: str) -> Party | None:
    """A party by its key; a merged name leads to who it is today. Whether it may be seen is not asked."""
    party = Party.objects.select_related("house", "team", "merged_into").filter(key=key).first()
    while party is not None and party.merged_into is not None:
        party = party.merged_into
    return party


def party_or_404(scope: Scope, key: str) -> Party:
    """A party that may be seen; a merged name leads to who it is today.

    Raises:
        Http404: there is none, or it is not the asker's to see.
    """
    party = party_today(key)
    if party is None or not scope.sees(party):
        raise Http404
    return party


def named(request: Any, column: str, key: str) -> Party:
    """A party that a request's body names: seen, or a colleague of the asker's house.

    Raises:
        ProblemError: there is none.
    """
    scope = Scope(request.user)
    party = party_today(key)
    if party is not None:
        staff = party.kind in (Kind.STAFF, Kind.TEAM) and party.house_id == scope.user.house_id
        if staff or scope.sees(party):
            return party
    raise wrong(request, column, "api.invalid.party", value=key[:60])


def house_of(request: Any, column: str, key: str | None) -> Party | None:
    """The house that a request is about; who sees only one house need not name it.

    Raises:
        ProblemError: it is none of the asker's houses.
    """
    scope = Scope(request.user)
    if key is None:
        return None if scope.everything else scope.houses().first()
    house = scope.houses().filter(key=key).first()
    if house is None:
        raise wrong(request, column, "api.invalid.house", value=key[:60])
    return house


def micros(request: Any, column: str, at: str | None, t_us: int | None) -> int | None:
    """A time told as ISO 8601 or in microseconds; None where none is told.

    Raises:
        ProblemError: it is no time, names no zone, or is told twice.
    """
    if at is None:
        return t_us
    if t_us is not None:
        raise wrong(request, column, "api.invalid.time_twice")
    try:
        moment = datetime.fromisoformat(at)
        found = None if moment.tzinfo is None else (moment - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        found = None
    if found is None or not FIRST_US <= found <= LAST_US:
        raise wrong(request, column, "api.invalid.time", value=at)
    return found


def iso(t_us: int) -> str:
    """ISO 8601, UTC.

    >>> iso(1_772_413_200_000_000)
    '2026-03-02T01:00:00Z'
    """
    told = (_EPOCH + timedelta(microseconds=t_us)).isoformat()
    return told.replace("+00:00", "Z")
