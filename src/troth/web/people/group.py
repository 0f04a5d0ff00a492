"""How a house works together, as far as it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth.people.group import group_of
from troth.web.people.actions.culture import quarter_of
from troth.web.people.models import CultureAnswer

if TYPE_CHECKING:
    from troth.content.questionnaires import Questionnaire
    from troth.pages.words import Words
    from troth.web.parties.models import Party

#: How much members differ → the chip's colour.
_SPREADS = {"close": "plain", "mixed": "accent", "split": "warn"}
_QUARTER_US = 91 * 86_400_000_000


@dataclass(frozen=True)
class Told:
    """One scale of a house.

    Attributes:
        title: what it is called.
        mean: in words.
        value: the mean.
        least: the lowest answer.
        most: the highest.
        spread: how much people differ, in words.
        chip: class of the chip that says so.
        said: what a high or low mean says; empty in between.
    """

    title: str
    mean: str
    value: float
    least: int
    most: int
    spread: str
    chip: str
    said: str


def told_together(asked: Questionnaire, house: Party, now_us: int, words: Words) -> dict[str, Any]:
    """Means and spreads of the latest quarter that has enough answers, and how many are waited for.

    Args:
        asked: what was asked.
        house: which.
        now_us: microseconds UTC.
        words: the reader's.
    """
    now, before = quarter_of(now_us), quarter_of(now_us - _QUARTER_US)
    rows = CultureAnswer.objects.filter(
        house=house, questionnaire=asked.name, quarter__in=(now, before)
    )
    sheets: dict[str, list[dict[str, int]]] = {now: [], before: []}
    for row in rows.order_by("five", "pk"):
        sheets[row.quarter].append(row.answers)
    group, quarter = group_of(asked, sheets[now]), now
    waiting = group.waiting
    if not group.count and before != now:
        older = group_of(asked, sheets[before])
        group, quarter = (older, before) if older.count else (group, now)
    least, most = asked.choices[0].value, asked.choices[-1].value
    told = []
    for scale in asked.scales if group.count else ():
        one = group.scales[scale.name]
        share = (one.mean - least) / (most - least)
        key = "people.culture.edge" if one.at_edge else "people.culture.mean"
        told.append(Told(
            scale.title[words.lang], words.say(key, mean=f"{one.mean:.1f}", most=most), one.mean,
            least, most, words.say(f"people.culture.spread.{one.spread}"), _SPREADS[one.spread],
            scale.high[words.lang] if share >= 0.6 else scale.low[words.lang] if share <= 0.4 else "",
        ))  # fmt: skip
    return {
        "title": asked.title[words.lang],
        "scales": told,
        "count": group.count,
        "quarter": quarter,
        "waiting": waiting,
    }
