"""What a page shows of one relationship in one language, a part at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from troth.guidance.checklist import facts_of
from troth.pages import story
from troth.pages.charts import share_bar
from troth.pages.settled import settled
from troth.pages.timeline import curve_of, ticks_of
from troth.pages.waterfall import waterfall
from troth.trust.stage import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.standing import Row
    from troth.pages.charts import Curve
    from troth.pages.words import Words
    from troth.trust.explain import Explanation


class RelationshipView:
    """One relationship as one reader sees it.

    Args:
        told: the explanation.
        rows: its own events in order of time.
        waiting: its breaches that wait for repair.
        words: of the reader.
    """

    def __init__(
        self, told: Explanation, rows: Sequence[Row], waiting: Sequence[OpenBreach], words: Words
    ) -> None:
        self.told, self.rows = settled(told, rows), rows
        self.waiting, self.words = waiting, words
        self.numbers = {row["event_id"]: i for i, row in enumerate(rows)}

    @property
    def title(self) -> str:
        """Who trusts whom."""
        return story.title(self.told, self.words)

    @property
    def as_of(self) -> str:
        """The time it is told for."""
        return self.words.say("explain.as_of", moment=self.words.moment(self.told.at_us))

    @property
    def belief(self) -> dict[str, Any] | None:
        """The share, its interval in words, and both as a bar; None where it is too early."""
        told, words = self.told, self.words
        if not told.enough:
            return None
        low, high = words.share(told.low), words.share(told.high)
        return {
            "share": words.share(told.probability),
            "interval": words.say("explain.interval", low=low, high=high),
            "bar": share_bar(told.probability, told.low, told.high),
        }

    @property
    def stages(self) -> list[tuple[str, str]]:
        """Names and labels of all stages in order."""
        return [(name, self.words.say(f"stage.{name}")) for name in STAGES]

    @property
    def since(self) -> str:
        """Since when the stage stands."""
        return story.stage_since(self.told, self.words)

    @property
    def repair(self) -> dict[str, Any] | None:
        """Why repair is on, and the cases that wait; None where it is off."""
        if not self.told.repair:
            return None
        return {
            "reason": story.repair_reason(self.told, self.words),
            "cases": self.cases,
        }

    @property
    def cases(self) -> list[dict[str, Any]]:
        """The breaches that wait for repair."""
        return [self._case(breach) for breach in self.waiting]

    def _case(self, breach: OpenBreach) -> dict[str, Any]:
        words = self.words
        done = [f"{words.kind(step.kind)} {words.day(step.t_us)}" for step in breach.steps]
        steps = words.say("explain.change.and").join(done)
        return {
            "since": words.say(
                "explain.repair.since",
                date=words.date(breach.since_us),
                kind=words.kind(breach.kind),
            ),
            "words": words.quote(breach.text),
            "done": words.say("explain.repair.steps", steps=steps)
            if done
            else words.say("explain.repair.none"),
            "number": self.numbers.get(breach.event_id),
            "event_id": breach.event_id,
            "kind": breach.kind,
        }

    @cached_property
    def _curve(self) -> Curve:
        return curve_of(self.told, self.rows, self.words, 1)

    def curve(self, ticks: int) -> Curve:
        """Trust over time, with so many labels on its axis."""
        labels = ticks_of(self._curve.span, self.words, ticks)
        return replace(self._curve, ticks=labels)

    @cached_property
    def alternative(self) -> str:
        """What the curve shows, in words."""
        words, curve = self.words, self._curve
        first, last = (words.date(t_us) for t_us in curve.span)
        if not curve.points:
            count = len(self.rows)
            return words.say("explain.timeline.few", first=first, last=last, count=count)
        values = [point[1] for point in curve.points]
        return words.say(
            "explain.timeline.alt",
            first=first,
            last=last,
            from_share=words.share(values[0]),
            to_share=words.share(values[-1]),
            least=words.share(min(values)),
            most=words.share(max(values)),
        )

    @property
    def timeline_note(self) -> str:
        """How to read the curve."""
        dots = self.words.say("explain.timeline.dots")
        if not self.told.enough:
            return dots
        return f"{self.words.say('explain.timeline.note')} {dots}"

    @property
    def why(self) -> dict[str, Any] | None:
        """The sums by origin and by event; None where it is too early."""
        return waterfall(self.told, self.numbers, self.words) if self.told.enough else None

    @property
    def dimensions(self) -> list[dict[str, Any]]:
        """The four dimensions; none where it is too early."""
        words, told = self.words, self.told
        return [
            {
                "name": words.say(f"dimension.{name}"),
                "means": words.say(f"dimension.{name}.means"),
                "share": words.share(value),
                "bar": share_bar(value),
            }
            for name, value in (told.dimensions.items() if told.enough else ())
        ]

    @property
    def changes(self) -> list[str]:
        """What would change the stage."""
        return story.changes(self.told, self.words)

    @property
    def list_names(self) -> list[str]:
        """The checklists that apply: of repair while it is on, and of the stage."""
        return [*(["repair"] if self.told.repair else []), self.told.stage]

    @property
    def checklists(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Their titles and lines, with the facts that speak to them."""
        facts = facts_of(self.rows, self.told.at_us, self.told.open_breaches)
        titles = {"repair": self.words.say("explain.checklist.repair")}
        usual = self.words.say("explain.checklist")
        return [
            (titles.get(name, usual), story.checklist(name, facts, self.words))
            for name in self.list_names
        ]
