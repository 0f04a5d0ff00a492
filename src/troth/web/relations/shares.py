"""Each colleague's own part in a relationship with their house; nobody is ranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.pages.sums import by_origin, rounded
from troth.pages.words import hundredths
from troth.web.accounts.access import Scope

if TYPE_CHECKING:
    from troth.web.relations.opened import Opened


@dataclass(frozen=True)
class Share:
    """What somebody took part in.

    Attributes:
        name: who.
        own: whether it is the reader.
        events: how many events with them.
        last: when the last one was.
        value: what they add, as a signed figure; "" where it is not shown.
        side: ``good``, ``bad`` or ``still``.
    """

    name: str
    own: bool
    events: int
    last: str
    value: str
    side: str


def shares_of(opened: Opened) -> list[Share]:
    """Everybody who took part, in the order of their names.

    Front-line staff see figures for themselves alone, and themselves first; those who lead see the
    figures of all, which sum to what the relationship's own experience adds.
    """
    told, view, words = opened.told, opened.view, opened.words
    if view.told.level != "house":
        return []
    count = Counter(row["trustee"] for row in told.rows)
    last = {row["trustee"]: row["t_us"] for row in told.rows}
    mine = str(opened.user.party_id)
    figures = _figures(opened)
    only_own = Scope(opened.user).by_team
    found = []
    for who in sorted(count, key=lambda who: (only_own and who != mine, words.name(who))):
        value = figures.get(who, 0)
        shown = view.told.enough and (who == mine or not only_own)
        found.append(
            Share(
                words.name(who), who == mine, count[who], words.date(last[who]),
                hundredths(value) if shown else "",
                "still" if not shown or not value else "good" if value > 0 else "bad",
            )
        )  # fmt: skip
    return found


def _figures(opened: Opened) -> dict[str, int]:
    """Hundredths by colleague, which sum to the bar of own experience."""
    told = opened.told
    direct = next((b.net for b in by_origin(opened.view.told).bars if b.origin == "direct"), 0)
    parts = list(told.by_staff.values())
    if not parts:
        return {}
    return dict(zip(map(str, told.by_staff), rounded(parts, direct), strict=True))
