"""One message, read, as a page in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from troth.content.acts import acts
from troth.content.text import phrases
from troth.pages.blocks import heading, level, signed_bar
from troth.pages.marked import LABELS, marked_lines, style_of
from troth.pages.words import MINUS, Words, clean, shortened

if TYPE_CHECKING:
    from rich.console import Console

    from troth.reading.schema import ActSpan, TurnReading

#: Longer messages are shown to here; what was read further on is still listed.
SHOWN: Final = 1_000
LISTED: Final = 20
_BAR: Final = 10
_FELT: Final = 0.05


def render_message(
    text: str, reading: TurnReading, at: datetime | None, lang: str, console: Console
) -> None:
    """Print what a message says: its words with marks, and what was read in them.

    Args:
        text: the message.
        reading: of the message.
        at: when it was said; spans of time are told from then.
        lang: ``zh`` or ``en``.
        console: where to print; without colour the marks say the same.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    zone = (at.tzinfo if at else None) or UTC
    page = _Page(text, reading, Words(lang, zone, {}), console)
    if not text.strip():
        page.line(page.words.say("reading.nothing"))
        return
    page.message()
    page.acts()
    page.manner()
    page.promises(at)
    page.preferences()
    if reading.unsure:
        named = page.words.say("reading.between").join(page.field(n) for n in reading.unsure)
        page.console.print()
        page.line(page.words.say("reading.unsure", what=named), "yellow")


class _Page:
    """Prints section after section."""

    def __init__(self, text: str, told: TurnReading, words: Words, console: Console) -> None:
        self.text, self.told, self.words, self.console = text, told, words, console

    def line(self, text: Text | str, style: str = "") -> None:
        shown = Text(text, style=style) if isinstance(text, str) else text
        self.console.print(Padding(shown, (0, 0, 0, 2)))

    def title(self, key: str) -> None:
        self.console.print()
        self.console.print(heading(self.words.say(key)))

    def table(self, table: Table) -> None:
        self.console.print(Padding(table, (0, 0, 0, 2), expand=False))

    def field(self, name: str) -> str:
        """What people call a field; a name that is not known is shown as it is."""
        key = f"reading.field.{name}"
        return self.words.say(key) if key in phrases() else clean(name)

    def message(self) -> None:
        """The words themselves."""
        width = max(20, min(self.console.width, 100) - 4)
        for line in marked_lines(self.text[:SHOWN], self.told.acts, width):
            self.line(line)
        if len(self.text) > SHOWN:
            self.line(self.words.say("reading.cut", count=len(self.text) - SHOWN), "dim")

    def acts(self) -> None:
        """The legend of the marks."""
        self.title("reading.acts")
        if not self.told.acts:
            self.line(self.words.say("reading.no_acts"), "dim")
            return
        table = Table.grid(padding=(0, 2))
        for place, span in enumerate(self.told.acts[:LISTED]):
            label = LABELS[place] if place < len(LABELS) else ""
            table.add_row(label, *self._about(span))
        self.table(table)
        if len(self.told.acts) > LISTED:
            self.line(self.words.count("reading.more", len(self.told.acts) - LISTED), "dim")

    def _about(self, span: ActSpan) -> tuple[Text, Text, Text]:
        act = acts().get(span.act)
        name = clean(span.act) if act is None else act.zh if self.words.lang == "zh" else act.en
        # Harm shows without colour too.
        sign = "! " if act is not None and act.harm else ""
        strength = f"{level(span.strength, _BAR)} {span.strength:.2f}"
        quoted = self.words.quote(span.text, 60)
        return Text(sign + name, style_of(span.act)), Text(strength), Text(quoted, "italic")

    def manner(self) -> None:
        """Language, feeling, politeness, empathy; satisfaction takes a dialogue."""
        told, words = self.told, self.words
        self.title("reading.how")
        table = Table.grid(padding=(0, 2))
        language = f"reading.language.{told.language}"
        known = words.say(language) if language in phrases() else clean(told.language)
        rows = [("language", known)]
        rows.append(("sentiment", self._or_unsure(told.sentiment, _sentiment)))
        rows.append(("emotions", self._emotions()))
        rows.append(("politeness", self._or_unsure(told.politeness, self._politeness)))
        rows.append(("empathy", self._empathy()))
        for name, value in rows:
            table.add_row(words.start(self.field(name)), value)
        self.table(table)

    def _or_unsure(self, value: float | None, write: Any) -> str:
        return self.words.say("reading.not_sure") if value is None else write(value)

    def _politeness(self, value: float) -> str:
        of_four = self.words.say("reading.of_four", value=f"{value:.1f}")
        return f"{level(value / 4, _BAR)} {of_four}"

    def _emotions(self) -> str:
        felt = sorted(self.told.emotions.items(), key=lambda item: -item[1])
        named = [f"{self._named('emotion', n)} {v:.2f}" for n, v in felt if v >= _FELT]
        return self.words.say("reading.between").join(named) or self.words.say("reading.none_found")

    def _empathy(self) -> str:
        lines = []
        for axis, found in self.told.empathy.items():
            if found["level"]:
                grade = self._named("level", str(found["level"]))
                words = [self.words.quote(self.text[s:e], 40) for s, e in found["spans"][:3]]
                name = self._named("empathy", axis)
                lines.append(f"{name} {grade} {found['strength']:.2f} {' '.join(words)}".rstrip())
        return "\n".join(lines) or self.words.say("reading.none_found")

    def _named(self, group: str, name: str) -> str:
        key = f"reading.{group}.{name}"
        return self.words.say(key) if key in phrases() else clean(name)

    def promises(self, at: datetime | None) -> None:
        """What is owed, and by when."""
        if not self.told.promises:
            return
        self.title("reading.promises")
        for promise in self.told.promises:
            what = shortened(clean(str(promise["deliverable"] or promise["text"])), 80)
            self.line(Text(f"→ {what}  ").append(self._due(promise["due"], at), "bold"))

    def _due(self, due: str | None, at: datetime | None) -> str:
        if due is None:
            return self.words.say("reading.due_open")
        moment = datetime.fromisoformat(due)
        t_us = int(moment.timestamp()) * 1_000_000
        shown = self.words.moment(t_us)
        days = (moment - at).total_seconds() / 86_400 if at and moment.tzinfo else 0.0
        if days <= 0:
            return self.words.say("reading.due", moment=shown)
        return self.words.say("reading.due_in", moment=shown, span=self.words.span(days))

    def preferences(self) -> None:
        """What the customer likes and dislikes."""
        if not self.told.preferences:
            return
        self.title("reading.preferences")
        for preference in self.told.preferences:
            wanted = preference.get("wanted", True)
            key = "reading.wanted" if wanted else "reading.unwanted"
            what = shortened(clean(str(preference.get("what") or preference["text"])), 80)
            self.line(f"→ {self.words.say(key)}{self.words.say('reading.colon')}{what}")


def _sentiment(value: float) -> str:
    sign = MINUS if value < 0 else "+"
    return f"{signed_bar(value, 1.0, 2 * _BAR + 1)} {sign}{abs(value):.2f}"
