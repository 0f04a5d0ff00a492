"""Styles that colleagues share: only theirs who chose that the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.guidance.pairs import Style
from troth.people.style import style_of
from troth.web.people.models import Sitting
from troth.web.people.scored import position_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.web.accounts.access import Scope

#: The questionnaire that tells a style.
CIRCUMPLEX: Final = "ipip_ipc"


@dataclass(frozen=True)
class Shared:
    """A style that its owner shares.

    Attributes:
        dominance: as scored.
        warmth: likewise.
        style: the sides of it that are clear.
    """

    dominance: float
    warmth: float
    style: Style


def shared_styles(scope: Scope, parties: Iterable[int], now_us: int) -> dict[int, Shared]:
    """The latest result of each colleague that the reader may see; one's own is always among them.

    Args:
        scope: who looks.
        parties: numbers of colleagues.
        now_us: microseconds UTC; results end by date.
    """
    rows = Sitting.objects.filter(
        questionnaire=CIRCUMPLEX, user__party__in=list(parties), done_us__isnull=False,
        until_us__gt=now_us,
    )  # fmt: skip
    found: dict[int, Shared] = {}
    for row in rows.select_related("user").order_by("done_us"):
        position = position_in(row.scores)
        if position is None or not scope.sees_result(row.user, row.shared):
            continue
        sides = style_of(position)
        if row.user.party_id is not None:
            found[row.user.party_id] = Shared(
                position.dominance, position.warmth, Style(sides.get("pace"), sides.get("focus"))
            )
    return found
