"""One relationship as a page in the terminal: 80 columns, legible without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from troth.content.kinds import codebook
from troth.pages import story
from troth.pages.blocks import heading, level, signed_bar, sparkline, step_blocks
from troth.pages.sums import by_event, by_origin, steps
from troth.pages.words import Words, hundredths
from troth.trust.stage import ENOUGH, STAGES

if TYPE_CHECKING:
    from datetime import tzinfo

    from rich.console import Console

    from troth.pages.sums import ByEvent, ByOrigin
    from troth.pages.words import Names
    from troth.trust.explain import Contribution, Explanation

LARGEST: Final = 8
BAR: Final = 22
EVENT_BAR: Final = 17
WORDS: Final = 90
_STYLES: Final = {1: "green", -1: "red", 0: "dim"}


def render_explanation(
    explanation: Explanation, names: Names, lang: str, zone: tzinfo, console: Console
) -> None:
    """Print one relationship: belief or "too early to tell", why, what would change it, what to do.

    Args:
        explanation: from ``troth.explain``.
        names: display names by id, one spelling or one a language; others are shown as ids.
        lang: ``zh`` or ``en``.
        zone: of the times shown.
        console: where to print; without colour the signs and bars say the same.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    words = Words(lang, zone, names)
    page = _Page(explanation, words, console)
    page.headline()
    if explanation.enough:
        page.why()
        page.dimensions()
        page.over_time()
    else:
        page.known()
    page.changes()
    page.checklists()
    page.footer()


class _Page:
    """Prints section after section."""

    def __init__(self, told: Explanation, words: Words, console: Console) -> None:
        self.told, self.words, self.console = told, words, console

    def line(self, text: Text | str, indent: int = 2, style: str = "") -> None:
        """Some text, indented."""
        shown = Text(text, style=style) if isinstance(text, str) else text
        self.console.print(Padding(shown, (0, 0, 0, indent)))

    def bullet(self, sign: str, text: Text | str) -> None:
        """A line whose continuation stands under its first word."""
        row = Table.grid(padding=(0, 1))
        row.add_row(sign, text)
        self.console.print(Padding(row, (0, 0, 0, 2), expand=False))

    def title(self, key: str) -> None:
        """A section's name."""
        self.console.print()
        self.console.print(heading(self.words.say(key)))

    def headline(self) -> None:
        """Who trusts whom, how far, at which stage, and what is open."""
        told, words = self.told, self.words
        self.console.print(heading(story.title(told, words)))
        self.line(words.say("explain.as_of", moment=words.moment(told.at_us)), style="dim")
        self.console.print()
        if told.enough:
            share = Text(words.share(told.probability), style="bold")
            self.line(share.append(f"  {words.say('explain.belief')}", style="not bold"))
            bar = level(told.probability, 40, (told.low, told.high))
            interval = words.say(
                "explain.interval", low=words.share(told.low), high=words.share(told.high)
            )
            self.line(f"{bar}  {interval}")
        else:
            self.line(words.start(words.say("explain.too_early")), style="bold")
            self.line(words.say("explain.too_early.why"))
        path = Text()
        for name in STAGES:
            here = name == told.stage
            label = words.start(words.say(f"stage.{name}"))
            path.append(" › " if path else "", style="dim")
            path.append(f"[{label}]" if here else label, style="bold" if here else "dim")
        self.line(path.append(f"  {story.stage_since(told, words)}", style="dim"))
        if told.repair:
            self._repair()

    def _repair(self) -> None:
        told, words = self.told, self.words
        reason = f"  {story.repair_reason(told, words)}"
        self.console.print()
        self.line(
            Text(f"! {words.say('explain.repair.on')}", style="bold yellow").append(
                reason, "not bold"
            )
        )
        hurt = story.latest_hurt(told)
        if hurt is not None:
            when, kind = words.date(hurt.t_us), words.kind(hurt.kind)
            self.line(words.say("explain.repair.latest", date=when, kind=kind), 4)
            if quoted := words.quote(hurt.text):
                self.line(quoted, 4, "italic")

    def why(self) -> None:
        """The belief as two sums: by origin, and by event."""
        origins = by_origin(self.told)
        self.title("explain.why")
        self.line(self.words.say("explain.why.note"), style="dim")
        self.console.print()
        self._origins(origins)
        self.console.print()
        self._events(by_event(self.told, origins.evidence, LARGEST))

    def _origins(self, sums: ByOrigin) -> None:
        words = self.words
        values = [value for bar in sums.bars for value in (bar.good, bar.bad)]
        values += [sums.covariates] if sums.covariates else []
        runs = steps(sums.baseline, values)
        ends = [sums.baseline, *(end for _, end in runs)]
        bounds = (min(ends), max(ends))
        table = _grid(words.say("explain.by_origin"), self.console, BAR)
        table.add_row(words.start(words.say("explain.baseline")), "", _value(sums.baseline))
        for i, bar in enumerate(sums.bars):
            table.add_row(words.start(words.say(f"origin.{bar.origin}")), "", _value(bar.net))
            for run, value, key in zip(
                runs[2 * i : 2 * i + 2], (bar.good, bar.bad), ("for", "against"), strict=True
            ):
                if value:
                    label = Text(
                        "  " + words.say(f"explain.{key}", value=hundredths(value)), style="dim"
                    )
                    table.add_row(
                        label, Text(step_blocks(run, bounds, BAR), _STYLES[_sign(value)]), ""
                    )
        if sums.covariates:
            drawn = Text(step_blocks(runs[-1], bounds, BAR), _STYLES[_sign(sums.covariates)])
            table.add_row(
                words.start(words.say("explain.covariates")), drawn, _value(sums.covariates)
            )
        total = words.say("explain.total_is", share=words.share(self.told.probability))
        table.add_section()
        table.add_row(Text(total, "bold"), "", Text(hundredths(sums.total), "bold"))
        self.console.print(table)

    def _events(self, sums: ByEvent) -> None:
        words = self.words
        rests = [
            (words.count(key, rest.count), rest.value)
            for rest, key in ((sums.own, "explain.smaller_own"), (sums.others, "explain.others"))
            if rest.count
        ]
        if sums.untold is not None:
            rests.append((words.say("explain.untold"), sums.untold))
        values = [bar.value for bar in sums.bars] + [value for _, value in rests]
        widest = max((abs(value) for value in values), default=1)
        table = _grid(words.say("explain.by_event"), self.console, EVENT_BAR)
        for bar in sums.bars:
            table.add_row(self._about(bar.told), _bar(bar.value, widest), _value(bar.value))
        for label, value in rests:
            table.add_row(words.start(label), _bar(value, widest), _value(value))
        table.add_section()
        total = words.start(words.say("explain.evidence_total"))
        table.add_row(Text(total, "bold"), "", Text(hundredths(sums.total), "bold"))
        self.console.print(table)

    def _about(self, event: Contribution) -> Text:
        """Kind, date and words of an event."""
        text = Text(story.event_label(self.told, event, self.words))
        text.append(f"  {self.words.date(event.t_us)}", "dim")
        said = story.quoted(self.told, event, self.words, WORDS)
        return text.append(f"\n{said}", "italic") if said else text

    def known(self) -> None:
        """What there is, without a number: which way each event points."""
        self.title("explain.known")
        own = sorted(
            (c for c in self.told.contributions if c.own), key=lambda c: (c.t_us, c.event_id)
        )
        for told in own[-LARGEST:]:
            self.bullet("+" if told.phi > 0 else "−", self._about(told))

    def dimensions(self) -> None:
        """Four bars."""
        self.title("explain.dimensions")
        table = Table.grid(padding=(0, 2))
        for name, value in self.told.dimensions.items():
            label = self.words.start(self.words.say(f"dimension.{name}"))
            means = Text(self.words.say(f"dimension.{name}.means"), "dim")
            table.add_row(label, level(value, 20), self.words.share(value), means)
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def over_time(self) -> None:
        """A line of blocks, with the dates of its ends."""
        told, words = self.told, self.words
        points = [
            (point.t_us, point.probability)
            for point in told.timeline
            if point.t_us >= self._told_from()
        ]
        if len(points) < 2:
            return
        self.title("explain.timeline")
        width = max(20, min(72, self.console.width - 4))
        blocks, least, most = sparkline(points, width)
        self.line(blocks, style="cyan")
        first, last = words.date(points[0][0]), words.date(points[-1][0])
        ends = Table.grid(expand=True)
        ends.add_column()
        ends.add_column(justify="right")
        ends.add_row(Text(first, "dim"), Text(last, "dim"))
        self.console.print(Padding(ends, (0, max(0, self.console.width - width - 2), 0, 2)))
        scale = words.say("explain.timeline.scale", low=words.share(least), high=words.share(most))
        self.line(scale, style="dim")

    def _told_from(self) -> int:
        """When the second piece of evidence came, by the usual weights of the kinds."""
        mass, kinds = 0.0, codebook()
        own = sorted((c.t_us, c.kind) for c in self.told.contributions if c.own)
        for t_us, kind in own:
            mass += kinds[kind].weight if kind in kinds else 1.0
            if mass >= ENOUGH:
                return t_us
        return self.told.at_us

    def changes(self) -> None:
        """What would move the stage."""
        self.title("explain.change")
        found = story.changes(self.told, self.words) or [self.words.say("explain.change.none")]
        for sentence in found:
            self.bullet("→", sentence)

    def checklists(self) -> None:
        """What repair and the stage ask for."""
        lists = [("explain.checklist.repair", "repair")] if self.told.repair else []
        for key, name in [*lists, ("explain.checklist", self.told.stage)]:
            self.title(key)
            for line in story.checklist(name, {}, self.words):
                source = f" ({line['source']})" if line["source"] else ""
                self.bullet("☐", Text(line["ask"]).append(source, "dim"))

    def footer(self) -> None:
        """Version, parameters and time."""
        from troth import __version__

        told, words = self.told, self.words
        self.console.print()
        parts = (
            f"troth {__version__}",
            f"{words.say('explain.numbers.parameters')}: {story.parameters_source(told, words)}",
            words.say("explain.as_of", moment=words.moment(told.at_us)),
        )
        self.line(" · ".join(parts), style="dim")
        self.line(words.say("explain.numbers.one_belief"), style="dim")


def _grid(title: str, console: Console, bar: int) -> Table:
    """Three columns: what, a bar, a signed number."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1),
        width=min(console.width, 96),
        show_header=False,
    )
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=bar, no_wrap=True)
    table.add_column(width=7, justify="right", no_wrap=True)
    return table


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def _value(value: int) -> Text:
    return Text(hundredths(value), _STYLES[_sign(value)])


def _bar(value: int, widest: int) -> Text:
    return Text(signed_bar(value, widest or 1, EVENT_BAR), _STYLES[_sign(value)])
