"""One relationship as a self-contained page: charts, sums, words, and where figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.guidance.breaches import OpenBreach, open_breaches
from troth.guidance.checklist import facts_of
from troth.guidance.relationship import own_events
from troth.pages import story
from troth.pages.charts import share_bar, step_bar, trust_chart
from troth.pages.numbers_table import numbers_of
from troth.pages.sums import by_event, by_origin, steps
from troth.pages.templating import render_page
from troth.pages.timeline import Entry, curve_of, entries_of
from troth.pages.words import Names, Words, hundredths
from troth.trust.stage import STAGES

if TYPE_CHECKING:
    from datetime import tzinfo

    import pyarrow as pa

    from troth.guidance.standing import Row
    from troth.pages.sums import ByEvent, ByOrigin
    from troth.trust.explain import Contribution, Explanation

#: Events in the waterfall, and in the list before the fold.
LARGEST: Final = 12
UNFOLDED: Final = 12


def explanation_html(
    explanation: Explanation, events_table: pa.Table, names: Names, lang: str, zone: tzinfo
) -> str:
    """Write one relationship as a page that needs no network, no script and no other file.

    Args:
        explanation: from ``troth.explain``.
        events_table: the ledger's table that it was made from.
        names: display names by id, one spelling or one a language; others are shown as ids.
        lang: ``zh`` or ``en``: the language shown first; a switch on the page shows the other.
        zone: of the times shown.

    Returns:
        HTML.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    rows = own_events(events_table, explanation.truster, explanation.trustee, explanation.at_us)
    waiting = [
        breach
        for breach in open_breaches(events_table, explanation.at_us)
        if breach.truster == explanation.truster
        and explanation.trustee in (breach.organisation, breach.trustee)
    ]

    def view(words: Words) -> dict[str, Any]:
        return _View(explanation, rows, waiting, words).everything()

    return render_page("explain.html", view, lang, zone, names)


class _View:
    """Gathers what the template shows in one language."""

    def __init__(
        self, told: Explanation, rows: list[Row], waiting: list[OpenBreach], words: Words
    ) -> None:
        self.told, self.rows, self.waiting, self.words = told, rows, waiting, words
        self.numbers = {row["event_id"]: i for i, row in enumerate(rows)}

    def everything(self) -> dict[str, Any]:
        """All that the template names."""
        told, words = self.told, self.words
        entries = entries_of(told, self.rows, words)
        facts = facts_of(self.rows, told.at_us, told.open_breaches)
        lists = [(words.say("explain.checklist"), told.stage)]
        if told.repair:
            lists.insert(0, (words.say("explain.checklist.repair"), "repair"))
        return {
            "title": story.title(told, words),
            "told": told,
            "as_of": words.say("explain.as_of", moment=words.moment(told.at_us)),
            "belief": self._belief() if told.enough else None,
            "stages": [(name, words.say(f"stage.{name}")) for name in STAGES],
            "since": story.stage_since(told, words),
            "repair": self._repair() if told.repair else None,
            "charts": self._charts(),
            "timeline_note": self._timeline_note(),
            "why": self._why() if told.enough else None,
            "known": None if told.enough else self._known(entries),
            "dimensions": self._dimensions() if told.enough else [],
            "changes": story.changes(told, words),
            "checklists": [(title, story.checklist(name, facts, words)) for title, name in lists],
            "entries": entries[:UNFOLDED],
            "earlier": entries[UNFOLDED:],
            "left_out": len(self.rows) - len(entries),
            "sources": story.cited([name for _, name in lists]),
            "numbers": numbers_of(told, words),
        }

    def _belief(self) -> dict[str, Any]:
        told, words = self.told, self.words
        low, high = words.share(told.low), words.share(told.high)
        return {
            "share": words.share(told.probability),
            "interval": words.say("explain.interval", low=low, high=high),
            "bar": share_bar(told.probability, told.low, told.high),
        }

    def _repair(self) -> dict[str, Any]:
        words = self.words
        cases = []
        for breach in self.waiting:
            done = [f"{words.kind(step.kind)} {words.day(step.t_us)}" for step in breach.steps]
            steps_done = words.say(
                "explain.repair.steps", steps=words.say("explain.change.and").join(done)
            )
            cases.append(
                {
                    "since": words.say(
                        "explain.repair.since",
                        date=words.date(breach.since_us),
                        kind=words.kind(breach.kind),
                    ),
                    "words": words.quote(breach.text),
                    "done": steps_done if done else words.say("explain.repair.none"),
                    "number": self.numbers.get(breach.event_id),
                }
            )
        return {"reason": story.repair_reason(self.told, words), "cases": cases}

    def _charts(self) -> list[tuple[str, Any]]:
        """The same chart for a wide page and for a narrow one, since its labels do not scale."""
        label = self._alternative()
        found = []
        for size, width, height, ticks in (("wide", 980, 300, 7), ("narrow", 350, 250, 3)):
            curve = curve_of(self.told, self.rows, self.words, ticks)
            found.append((size, trust_chart(curve, width, height if curve.points else 130, label)))
        return found

    def _alternative(self) -> str:
        told, words = self.told, self.words
        curve = curve_of(told, self.rows, words, 2)
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

    def _timeline_note(self) -> str:
        dots = self.words.say("explain.timeline.dots")
        if not self.told.enough:
            return dots
        return f"{self.words.say('explain.timeline.note')} {dots}"

    def _why(self) -> dict[str, Any]:
        told, words = self.told, self.words
        origins = by_origin(told)
        events = by_event(told, origins.evidence, LARGEST)
        total = words.say("explain.total_is", share=words.share(told.probability))
        silent = words.say("list.between").join(words.say(f"origin.{o}") for o in origins.silent)
        return {
            "origins": self._origin_rows(origins),
            "total": hundredths(origins.total),
            "total_is": total,
            "silent": words.say("explain.silent_origins", origins=silent) if silent else "",
            "events": self._event_rows(events),
            "evidence": hundredths(events.total),
        }

    def _origin_rows(self, sums: ByOrigin) -> list[dict[str, Any]]:
        words = self.words
        values = [value for bar in sums.bars for value in (bar.good, bar.bad)] + [sums.covariates]
        runs = steps(sums.baseline, values)
        ends = [sums.baseline, *(end for _, end in runs)]
        room = max(10, max(ends) - min(ends)) * 0.04
        bounds = (min(ends) - room, max(ends) + room)
        start = step_bar([], bounds, sums.baseline)
        found = [self._row(words.say("explain.baseline"), sums.baseline, start)]
        for i, bar in enumerate(sums.bars):
            both = (
                words.say("explain.for", value=hundredths(bar.good)),
                words.say("explain.against", value=hundredths(bar.bad)),
            )
            drawn = step_bar(runs[2 * i : 2 * i + 2], bounds, sums.baseline)
            row = self._row(words.say(f"origin.{bar.origin}"), bar.net, drawn)
            found.append(row | {"detail": " · ".join(both)})
        if sums.covariates:
            drawn = step_bar(runs[-1:], bounds, sums.baseline)
            found.append(self._row(words.say("explain.covariates"), sums.covariates, drawn))
        return found

    def _event_rows(self, sums: ByEvent) -> list[dict[str, Any]]:
        words = self.words
        rests = [(sums.own, "explain.smaller_own"), (sums.others, "explain.others")]
        values = [bar.value for bar in sums.bars] + [rest.value for rest, _ in rests if rest.count]
        widest = max((abs(value) for value in values), default=1) or 1
        found = []
        for bar in sums.bars:
            drawn = step_bar([(0, bar.value)], (-widest, widest), 0)
            found.append(
                self._row(story.event_label(self.told, bar.told, words), bar.value, drawn)
                | self._said(bar.told)
            )
        for rest, key in rests:
            if rest.count:
                drawn = step_bar([(0, rest.value)], (-widest, widest), 0)
                found.append(self._row(words.count(key, rest.count), rest.value, drawn))
        return found

    def _row(self, label: str, value: int, bar: Any) -> dict[str, Any]:
        side = "good" if value > 0 else "bad" if value < 0 else "still"
        return {
            "label": self.words.start(label),
            "value": hundredths(value),
            "side": side,
            "bar": bar,
        }

    def _said(self, event: Contribution) -> dict[str, Any]:
        """Date, words and place of an event."""
        return {
            "date": self.words.date(event.t_us),
            "words": story.quoted(self.told, event, self.words),
            "number": self.numbers.get(event.event_id),
        }

    def _known(self, entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
        sides = (("good", "explain.known.for"), ("bad", "explain.known.against"))
        found = [
            (self.words.say(key), [e for e in entries if e.side == side]) for side, key in sides
        ]
        return [(title, listed) for title, listed in found if listed]

    def _dimensions(self) -> list[dict[str, Any]]:
        words = self.words
        return [
            {
                "name": words.say(f"dimension.{name}"),
                "means": words.say(f"dimension.{name}.means"),
                "share": words.share(value),
                "bar": share_bar(value),
            }
            for name, value in self.told.dimensions.items()
        ]
