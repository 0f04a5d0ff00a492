"""Where somebody sits: role, house, team, and who they are in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import User
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Seat:
    """What an admin decides about somebody.

    Attributes:
        role: one of ``User.Role``.
        house: the organisation they work for; only analysts and admins may be without.
        team: of that house.
        party: the same person in the ledger.
    """

    role: str
    house: Party | None = None
    team: Party | None = None
    party: Party | None = None

    def as_columns(self) -> dict[str, Any]:
        """The columns of ``User``."""
        return {"role": self.role, "house": self.house, "team": self.team, "party": self.party}

    def as_details(self) -> dict[str, Any]:
        """For the audit log, which names parties by their random ids."""
        parties = {"house": self.house, "team": self.team, "party": self.party}
        return {"role": self.role} | {k: v.uid for k, v in parties.items() if v}


def check_seat(seat: Seat, user: User | None = None) -> None:
    """Refuse what does not fit together.

    Args:
        seat: what was decided.
        user: about whom; None for somebody new.

    Raises:
        RefusedError: naming the part that does not fit.
    """
    kinds = Party.Kind
    if seat.role not in User.Role.values:
        raise RefusedError("setup.refused.role", "role")
    if seat.house is None and seat.role not in (User.Role.ANALYST, User.Role.ADMIN):
        raise RefusedError("setup.refused.house_needed", "house")
    if seat.house and seat.house.kind != kinds.ORGANISATION:
        raise RefusedError("setup.refused.no_house", "house")
    check_team(seat.house, seat.team)
    if seat.party is None:
        return
    if seat.party.kind != kinds.STAFF or seat.party.merged_into_id:
        raise RefusedError("setup.refused.no_staff", "party")
    taken = User.objects.filter(party=seat.party)
    if (taken.exclude(pk=user.pk) if user else taken).exists():
        raise RefusedError("setup.refused.party_taken", "party")


def check_team(house: Party | None, team: Party | None) -> None:
    """Refuse a team of another house.

    Args:
        house: the house.
        team: the team.

    Raises:
        RefusedError: they do not belong together.
    """
    if team is None:
        return
    if team.kind != Party.Kind.TEAM or house is None or team.house_id != house.pk:
        raise RefusedError("setup.refused.team", "team")


def keep_an_admin(user: User) -> None:
    """Refuse to lose the last one who can let others in; asked inside the deed's transaction.

    Args:
        user: who is about to stop being an active admin.

    Raises:
        RefusedError: nobody would be left.
    """
    admins = User.objects.filter(role=User.Role.ADMIN, is_active=True)
    others = [pk for pk in admins.select_for_update().values_list("pk", flat=True) if pk != user.pk]
    if user.is_active and user.role == User.Role.ADMIN and not others:
        raise RefusedError("setup.refused.last_admin", "role")


def send_out(user: User) -> None:
    """End all of somebody's sessions, wherever they are logged in.

    Args:
        user: who.
    """
    User.objects.filter(pk=user.pk).update(times_sent_out=F("times_sent_out") + 1)
    user.refresh_from_db(fields=["times_sent_out"])


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What differs, as ``[before, after]``.

    >>> changes({"role": "lead", "team": "a"}, {"role": "coach", "team": "a"})
    {'role': ['lead', 'coach']}
    """
    keys = sorted({*before, *after})
    return {k: [before.get(k), after.get(k)] for k in keys if before.get(k) != after.get(k)}
