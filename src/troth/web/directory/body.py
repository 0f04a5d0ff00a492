"""What a house or a team shows of itself: counts with how many stand behind them, nobody ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from django.db.models import Count, Q

from troth.guidance.falling import FALL
from troth.traces.decay import DAY_US
from troth.trust.belief import beliefs_of
from troth.web.ledger.models import Base, Case, Promise, Relationship
from troth.web.ledger.now import Whose, sums_now
from troth.web.ledger.sums import grounds
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party
from troth.web.ui.templatetags.troth import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.web.accounts.access import Scope

#: Promises that ended so long ago at most are counted.
KEPT_DAYS: Final = 90
_MOST: Final = 40
#: Trust inside a team is trust in these.
COLLEAGUES: Final = (Party.Kind.STAFF, Party.Kind.TEAM)


@dataclass(frozen=True)
class Chance:
    """What somebody new may expect of a house.

    Attributes:
        probability: that their first encounter honours trust.
        low: of its 90% interval.
        high: likewise.
    """

    probability: float
    low: float
    high: float


@dataclass(frozen=True)
class Body:
    """A house or a team as a whole.

    Attributes:
        stages: how many of the relationships with a house stand at each stage; empty for a team.
        kept: promises kept of late.
        broken: promises broken of late.
        repairs: breaches that wait for repair.
        strained: trust inside the team that is falling or in repair.
    """

    stages: tuple[int, ...]
    kept: int
    broken: int
    repairs: int
    strained: list[Relationship]

    @property
    def ended(self) -> int:
        """Promises that ended of late."""
        return self.kept + self.broken

    @property
    def share(self) -> float:
        """Share of them that was kept, 0–1; 0 where none ended."""
        return self.kept / self.ended if self.ended else 0.0


def body_of(scope: Scope, party: Party, now_us: int) -> Body:
    """Count what a house or team stands for.

    Args:
        scope: who asks; trust between colleagues is shown as far as they may see it.
        party: the house or team.
        now_us: microseconds UTC.
    """
    house = party.kind == Party.Kind.ORGANISATION
    whose = Q(organisation=party) if house else Q(trustee__team=party) | Q(trustee=party)
    since = now_us - KEPT_DAYS * DAY_US
    ended = Promise.objects.filter(whose, ended_us__gte=since, state__in=("kept", "broken"))
    count: Mapping[str, int] = dict(
        ended.order_by().values_list("state").annotate(count=Count("pk"))
    )
    inside = Q(truster__house=party) if house else Q(truster__team=party)
    strained = (
        scope.relationships()
        .filter(inside, Q(enough=True, trend__lte=FALL) | Q(repair=True), inside=True)
        .filter(trusted__kind__in=COLLEAGUES)
        .select_related("truster", "trusted")
        .order_by("truster__key", "trusted__key")
    )
    return Body(
        _stages(party) if house else (), count.get("kept", 0), count.get("broken", 0),
        Case.objects.filter(whose).count(), list(strained[:_MOST]),
    )  # fmt: skip


def _stages(house: Party) -> tuple[int, ...]:
    rows = Relationship.objects.filter(trusted=house, inside=False).order_by()
    count = dict(rows.values_list("stage").annotate(count=Count("pk")))
    return tuple(count.get(stage, 0) for stage in range(len(STAGES)))


def chance_of(house: Party, now_us: int) -> Chance:
    """The belief that somebody without any history would start from.

    Args:
        house: in whom.
        now_us: microseconds UTC.
    """
    parameters = desk_parameters()
    base = Base.objects.filter(pk=1).first() or Base()
    mean = float(parameters.running_mean(base.total, base.count))
    nobody, trusted = np.array([0]), np.array([house.pk])
    whose = Whose(nobody, trusted, nobody, of_house=True)
    sums = sums_now(whose, grounds((), parameters.half_lives_days), now_us, parameters)
    beliefs = beliefs_of(sums.origins, parameters, mean)
    low, high = beliefs.bounds()
    return Chance(float(beliefs.probability[0]), float(low[0]), float(high[0]))
