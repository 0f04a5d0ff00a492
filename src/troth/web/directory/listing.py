"""Customers' relationships with a house: filtered, ordered, fifty at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, OuterRef, Q

from troth.guidance.falling import FALL
from troth.web.ledger.models import Ground, Promise, Relationship
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope
    from troth.web.parties.models import Party

PAGE: Final = 50
#: order → (column, whether the greatest comes first); ``change`` turns round for those that rise.
ORDERS: Final = {"last": ("last_us", True), "stake": ("stake", True), "change": ("trend", False)}
BY_NAME: Final = "name"
TRENDS: Final = ("falling", "rising", "steady")
CHANGING: Final = ("falling", "rising")


@dataclass(frozen=True)
class Asked:
    """What a list is asked for.

    Attributes:
        stage: position in ``troth.trust.stage.STAGES``; None for all.
        repair: whether only those in repair.
        team: number of the team that served them; None for all.
        trend: one of ``TRENDS``, or empty.
        quiet: whether only those going quiet.
        order: of ``ORDERS``, or ``name``.
        after: number of the last one shown; 0 for the beginning.
    """

    stage: int | None = None
    repair: bool = False
    team: int | None = None
    trend: str = ""
    quiet: bool = False
    order: str = "last"
    after: int = 0

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Asked:
        """From an address; what makes no sense is passed over.

        >>> Asked.of({"stage": "2", "order": "sideways", "after": "x"})
        Asked(stage=2, repair=False, team=None, trend='', quiet=False, order='last', after=0)
        """
        stage, trend, order = (str(data.get(name, "")) for name in ("stage", "trend", "order"))
        if trend in CHANGING and order in ("", "last"):
            order = "change"  # how far they moved is what is asked, and what the index has
        return cls(
            stage=int(stage) if stage in ("0", "1", "2", "3") else None,
            repair=data.get("repair") == "1",
            team=_number(data.get("team")) or None,
            trend=trend if trend in TRENDS else "",
            quiet=data.get("quiet") == "1",
            order=order if order in (*ORDERS, BY_NAME) else "last",
            after=_number(data.get("after")),
        )

    @property
    def orders(self) -> list[str]:
        """The orders there are to choose from."""
        return [name for name in (*ORDERS, BY_NAME) if name != "last" or self.trend not in CHANGING]

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.stage is not None or self.repair or self.team or self.trend or self.quiet)


def _number(text: Any) -> int:
    return number_of(str(text or ""))


@dataclass(frozen=True)
class Line:
    """One customer as the list shows them.

    Attributes:
        party: who.
        relationship: with the house; None where there is none that may be seen.
        promises: how many of theirs are open.
    """

    party: Party
    relationship: Relationship | None
    promises: int = 0


def asked_rows(scope: Scope, house: Party, asked: Asked, now_us: int) -> QuerySet[Relationship]:
    """Relationships with a house that fit what is asked, in no order yet."""
    rows: QuerySet[Relationship] = scope.relationships_in(house.pk)
    if asked.stage is not None:
        rows = rows.filter(stage=asked.stage)
    if asked.repair:
        rows = rows.filter(repair=True)
    if asked.quiet:
        rows = rows.filter(enough=True, quiet_us__lt=now_us)
    if asked.trend == "falling":
        rows = rows.filter(enough=True, trend__lte=FALL)
    elif asked.trend == "rising":
        rows = rows.filter(enough=True, trend__gte=-FALL)
    elif asked.trend == "steady":
        rows = rows.filter(enough=True, trend__gt=FALL, trend__lt=-FALL)
    if asked.team:
        served = Ground.objects.filter(truster=OuterRef("truster"), trustee__team=asked.team)
        rows = rows.filter(Exists(served))
    return rows


def page_of(
    scope: Scope, house: Party, asked: Asked, now_us: int, lang: str
) -> tuple[list[Line], int]:
    """One page of the list.

    Args:
        scope: who asks.
        house: with which house.
        asked: which ones, from where on.
        now_us: microseconds UTC.
        lang: whose names they are ordered by.

    Returns:
        Lines, and what to ask ``after`` for the next page; 0 where there is none.
    """
    rows = asked_rows(scope, house, asked, now_us)
    if asked.order == BY_NAME:
        found = _by_name(scope, rows, asked.after, lang)
    else:
        found = list(_ordered(rows, asked).select_related("truster")[: PAGE + 1])
    shown = found[:PAGE]
    more = shown[-1].pk if len(found) > PAGE else 0
    return lines_of(house, [(row.truster, row) for row in shown]), more


def _ordered(rows: QuerySet[Relationship], asked: Asked) -> QuerySet[Relationship]:
    column, falling = ORDERS[asked.order]
    if asked.order == "change":
        falling = asked.trend == "rising"
        rows = rows.filter(enough=True)
    last = Relationship.objects.filter(pk=asked.after).first() if asked.after else None
    if last is not None:
        sign, value = ("lt" if falling else "gt"), getattr(last, column)
        beyond = Q(**{f"{column}__{sign}": value}) | Q(**{f"pk__{sign}": last.pk})
        rows = rows.filter(beyond, **{f"{column}__{sign}e": value})
    return rows.order_by(*((f"-{column}", "-pk") if falling else (column, "pk")))


def _by_name(
    scope: Scope, rows: QuerySet[Relationship], after: int, lang: str
) -> list[Relationship]:
    """From parties in order of name to their relationships, so that an index of names can serve."""
    column = "name_zh" if lang == "zh" else "name_en"
    people = scope.customers().filter(Exists(rows.filter(truster=OuterRef("pk"))))
    last = Relationship.objects.filter(pk=after).select_related("truster").first()
    if last is not None:
        name = getattr(last.truster, column)
        beyond = Q(**{f"{column}__gt": name}) | Q(pk__gt=last.truster_id)
        people = people.filter(beyond, **{f"{column}__gte": name})
    shown = list(people.order_by(column, "pk").values_list("pk", flat=True)[: PAGE + 1])
    found = {
        row.truster_id: row for row in rows.filter(truster__in=shown).select_related("truster")
    }
    return [found[number] for number in shown]


def lines_of(house: Party | None, pairs: Sequence[tuple[Party, Relationship | None]]) -> list[Line]:
    """Lines for parties and their relationships, with the promises open to them."""
    rows = Promise.objects.filter(
        truster__in=[party.pk for party, _ in pairs], state=Promise.State.OPEN
    )
    if house is not None:
        rows = rows.filter(organisation=house)
    counted = rows.order_by().values_list("truster").annotate(count=Count("pk"))
    count = dict(counted.values_list("truster", "count"))
    return [Line(party, row, count.get(party.pk, 0)) for party, row in pairs]
