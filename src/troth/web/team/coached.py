"""Learners and coaches of a house, gathered from the record and paired one to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.guidance.coaching import Coach, Learner, pair_coaches
from troth.web.accounts.models import User
from troth.web.team.own_trust import own_trust
from troth.web.team.stated import Kind, capacity, of, stated_by
from troth.web.team.suits import loads_of, staff_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.guidance.coaching import Pairing
    from troth.web.parties.models import Party
    from troth.web.team.stated import Stated

Role = User.Role


@dataclass(frozen=True)
class Coached:
    """A house's learners with the coaches proposed.

    Attributes:
        pairings: one a learner.
        people: by number, as text.
        coaches: all who may be chosen.
    """

    pairings: list[Pairing]
    people: Mapping[str, Party]
    coaches: list[Party]


def coached_at(house: Party, now_us: int) -> Coached:
    """Pair a house's learners with its coaches.

    Args:
        house: whose front line learns, and whose coaches and leads teach.
        now_us: microseconds UTC.
    """
    people = {one.pk: one for one in staff_of(house)}
    users = list(User.objects.filter(party__in=people, is_active=True))
    role = {user.party_id: user.role for user in users}
    teaching = [n for n in people if role.get(n) in (Role.COACH, Role.LEAD)]
    learning = [
        n for n in people if n not in teaching and role.get(n, Role.FRONT_LINE) == Role.FRONT_LINE
    ]
    stated, loads = stated_by(people), loads_of(people, now_us)
    leads = _leads(users, people)
    learners = [_learner(n, stated, leads[n]) for n in learning]
    coaches = [
        Coach(
            str(n), of(stated, n, Kind.STRENGTH), of(stated, n, Kind.LANGUAGE), loads[n],
            capacity(stated, n),
        )
        for n in teaching
    ]  # fmt: skip
    asked = [(learner, coach) for learner in learning for coach in teaching]
    trusts = {
        (str(a), str(b)): trust for (a, b), trust in own_trust(asked, house.pk, now_us).items()
    }
    found = pair_coaches(learners, coaches, trusts)
    return Coached(found, {str(n): one for n, one in people.items()}, [people[n] for n in teaching])


def _learner(number: int, stated: dict[int, Stated], leads: frozenset[str]) -> Learner:
    return Learner(
        str(number), of(stated, number, Kind.WANTED), of(stated, number, Kind.LANGUAGE), leads,
        "not_my_lead" in of(stated, number, Kind.WISH),
    )  # fmt: skip


def _leads(users: list[User], people: Mapping[int, Party]) -> dict[int, frozenset[str]]:
    """Who leads whom: the leads of the same team, or of the house where they have no team."""
    leads = [user for user in users if user.role == Role.LEAD and user.party_id]
    return {
        number: frozenset(
            str(user.party_id)
            for user in leads
            if user.team_id is None or party.team_id is None or user.team_id == party.team_id
        )
        for number, party in people.items()
    }
