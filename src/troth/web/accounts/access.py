"""Who may see and do what: the one place that decides.

Front-line staff see the customers that their own team has served; leads and coaches those of their
house; analysts and admins everything. Views, REST and jobs ask here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from troth.trust.clock import now_us
from troth.web.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet

    from troth.web.parties.models import Party

Role = User.Role
EVERYONE: Final = frozenset(Role)
#: Hours in which what is recorded about a colleague is theirs to see first.
FIRST_HOURS: Final = 72
_FIRST_US: Final = FIRST_HOURS * 3_600_000_000
#: deed → roles that may do it. What is not listed may be done by nobody.
DEEDS: Final[dict[str, frozenset[str]]] = {
    "see": EVERYONE,
    "record": frozenset({Role.FRONT_LINE, Role.LEAD, Role.COACH, Role.ADMIN}),
    "know": frozenset({Role.FRONT_LINE, Role.LEAD, Role.COACH, Role.ADMIN}),
    "overrule": frozenset({Role.LEAD, Role.COACH, Role.ADMIN}),
    "import": frozenset({Role.LEAD, Role.ANALYST, Role.ADMIN}),
    "export": frozenset({Role.ANALYST, Role.ADMIN}),
    "merge": frozenset({Role.LEAD, Role.ADMIN}),
    "see_colleagues": frozenset({Role.LEAD, Role.COACH, Role.ADMIN}),
    "audit": frozenset({Role.ADMIN}),
    "govern": frozenset({Role.ADMIN}),
    "token": frozenset({Role.ANALYST, Role.ADMIN}),
}


def may(user: Any, deed: str) -> bool:
    """Whether somebody may do a deed at all.

    Args:
        user: whoever asks; nobody may do anything before logging in.
        deed: a key of ``DEEDS``.
    """
    return bool(user.is_authenticated and user.is_active and user.role in DEEDS[deed])


def need(deed: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view that only those who may do ``deed`` reach; others log in first, or are refused."""

    def around(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def asked(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                from django.contrib.auth.views import redirect_to_login

                return redirect_to_login(request.get_full_path())
            if not may(request.user, deed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        asked.deed = deed  # type: ignore[attr-defined] # the walk over all routes reads it
        return asked

    return around


def _now() -> int:
    return now_us()


@dataclass(frozen=True)
class Scope:
    """What one person may see.

    Attributes:
        user: who.
        at_us: when they look, microseconds UTC; what colleagues note of one another waits for some.
    """

    user: User
    at_us: int = field(default_factory=_now, compare=False)

    @property
    def everything(self) -> bool:
        """Whether nothing is hidden."""
        return self.user.role in (Role.ANALYST, Role.ADMIN)

    @property
    def by_team(self) -> bool:
        """Whether only the own team's customers are seen."""
        return self.user.role == Role.FRONT_LINE

    def houses(self) -> QuerySet[Party]:
        """The organisations whose relationships are seen."""
        from troth.web.parties.models import Party

        houses = Party.objects.filter(kind=Party.Kind.ORGANISATION, merged_into=None)
        return houses if self.everything else houses.filter(pk=self.user.house_id or 0)

    def colleagues(self) -> Q:
        """Parties of the own team, or of the house where no team is set, as a filter on trustees."""
        me = self.user
        mine = Q(trustee=me.party_id or 0)
        if me.team_id:
            return Q(trustee__team=me.team_id) | Q(trustee=me.team_id) | mine
        house = me.house_id or 0
        return Q(trustee__house=house) | Q(trustee=house) | mine

    def served(self, rows: QuerySet[Any], truster: str = "truster") -> QuerySet[Any]:
        """Of rows with a truster, those whose customer the own team has served."""
        return rows.filter(self._served(truster))

    def _served(self, truster: str) -> Q:
        if not self.by_team or not self.user.team_id:
            return Q()
        from troth.web.ledger.models import Ground

        return Q(Exists(Ground.objects.filter(self.colleagues(), truster=OuterRef(truster))))

    def led(self) -> QuerySet[Party] | None:
        """Parties that are no customers and whom this person leads or coaches; None for nobody."""
        from troth.web.parties.models import Party

        if not may(self.user, "see_colleagues"):
            return None
        inside = Party.insiders()
        if self.everything:
            return inside
        house = self.user.house_id or 0
        return inside.filter(Q(house=house) | Q(pk=house))

    def between(self, known: Q | None = None) -> Q:
        """What colleagues note of one another, as far as it is seen: a filter on truster and trustee.

        The two see it at once; those who lead or coach the one who noted it once the desk has known it
        for ``FIRST_HOURS``; nobody else ever does.

        Args:
            known: what says that the desk has known a row for so long; for events it is at hand.
        """
        me = self.user.party_id or 0
        own, led = Q(truster=me) | Q(trustee=me), self.led()
        if led is None:
            return own
        waited = Q(known_us__lte=self.at_us - _FIRST_US) if known is None else known
        return own | (waited & Q(truster__in=led.values("pk")))

    def _waited(self, model: type[Model]) -> Q | None:
        """Of promises and cases: whether the event that began them has been known long enough."""
        from troth.web.ledger.models import Event, Promise

        if model is Event:
            return None
        name = "said_in" if model is Promise else "event_id"
        known = Event.objects.filter(event_id=OuterRef(name), known_us__lte=self.at_us - _FIRST_US)
        return Q(Exists(known))

    def relationships(self) -> QuerySet[Any]:
        """Relationships that are seen: of customers with the houses in scope, and between colleagues.

        Between colleagues: one's own trust; whoever leads or coaches them sees it from the first event
        on that they may see.
        """
        from troth.web.ledger.models import Event, Relationship

        outside = Q(inside=False)
        if not self.everything:
            outside &= Q(trusted=self.user.house_id or 0) & self._served("truster")
        inside, led = Q(truster=self.user.party_id or 0), self.led()
        if led is not None:
            seen = Event.objects.filter(
                self.between(),
                Q(trustee=OuterRef("trusted")) | Q(organisation=OuterRef("trusted")),
                truster=OuterRef("truster"),
            )
            inside |= Q(truster__in=led.values("pk")) & Q(Exists(seen))
        return Relationship.objects.filter(outside | (Q(inside=True) & inside))

    def relationships_in(self, house: int) -> QuerySet[Any]:
        """Of one house in scope the relationships with customers that are seen."""
        from troth.web.ledger.models import Relationship

        return self.served(Relationship.objects.filter(inside=False, trusted=house))

    def house_numbers(self) -> list[int]:
        """Numbers of the houses in scope, so that lists are read house by house from their indexes."""
        if not self.everything:
            return [self.user.house_id or 0]
        return list(self.houses().values_list("pk", flat=True))

    def of_house(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of rows with ``organisation``, ``truster`` and ``trustee`` (events, promises, cases), those seen.

        What is not a customer's is between colleagues.
        """
        from troth.web.parties.models import Party

        inside = Party.insiders()
        customers = ~Q(truster__in=inside.values("pk")) & self._served("truster")
        seen = customers | self.between(self._waited(rows.model))
        if self.everything:
            return rows.filter(seen)
        return rows.filter(seen, organisation=self.user.house_id or 0)

    def customers(self) -> QuerySet[Party]:
        """Customers that are seen."""
        from troth.web.ledger.models import Relationship
        from troth.web.parties.models import Party

        people = Party.objects.filter(kind=Party.Kind.CUSTOMER, merged_into=None)
        if self.everything:
            return people
        known = Relationship.objects.filter(
            truster=OuterRef("pk"), trusted=self.user.house_id or 0, inside=False
        )
        return self.served(people.filter(Exists(known)), "pk")

    def sees(self, party: Party) -> bool:
        """Whether somebody's own page may be opened: colleagues' pages are for those who lead them."""
        from troth.web.parties.models import Party

        me = self.user
        if party.pk in (me.party_id, me.team_id, me.house_id):
            return True
        if party.kind == Party.Kind.CUSTOMER:
            return self.customers().filter(pk=party.pk).exists()
        same_house = me.house_id is not None and me.house_id == party.house_id
        if party.kind == Party.Kind.STAFF:
            everywhere = me.role == Role.ADMIN
            return may(me, "see_colleagues") and (everywhere or same_house)
        return self.everything or same_house

    def sees_result(self, owner: User, shared: str) -> bool:
        """Whether a questionnaire's result is seen: by whom its owner chose, by nobody for their role.

        Args:
            owner: whose result it is.
            shared: ``me``, ``coach`` (the house's coaches), or ``team`` (those and the own team; the
                house where no team is set).
        """
        me = self.user
        if me.pk == owner.pk:
            return True
        if not me.is_active or me.house_id is None or me.house_id != owner.house_id:
            return False
        if me.role == Role.COACH:
            return shared in ("coach", "team")
        near = me.team_id == owner.team_id and me.role in (Role.FRONT_LINE, Role.LEAD)
        return shared == "team" and near

    def sees_known(self, party: Party, house: int | None) -> bool:
        """Whether what is known of a party at a house is seen: the party, and one of the own houses."""
        return self.sees(party) and (house is None or self.houses().filter(pk=house).exists())

    def sees_pair(self, first: Party, second: Party) -> bool:
        """Whether the page of two colleagues may be opened: by the two, and by who leads or coaches them."""
        from troth.web.parties.models import Party

        me = self.user
        colleagues = first.kind == second.kind == Party.Kind.STAFF and first.pk != second.pk
        if not colleagues or first.house_id is None or first.house_id != second.house_id:
            return False
        if me.party_id in (first.pk, second.pk):
            return True
        everywhere = me.role == Role.ADMIN
        return may(me, "see_colleagues") and (everywhere or me.house_id == first.house_id)
