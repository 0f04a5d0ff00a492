"""How ids, kinds, times, spans, shares and quoted words are written in one language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from troth.content.kinds import codebook
from troth.content.text import phrase

#: Display names by id: one spelling, or one a language; an id without one is shown as it is.
Names = Mapping[str, str | Mapping[str, str]]
LANGUAGES: Final = ("zh", "en")
MINUS: Final = "−"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CENTURY: Final = range(2000, 2100)


def clean(text: str) -> str:
    r"""Text from the ledger, fit to show: one line, and nothing that steers a terminal.

    >>> clean("a\x1b[31m\nb \u202ec")
    'a [31m b c'
    """
    if text.isprintable():
        return " ".join(text.split())
    hidden = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "?"}
    # The joiner holds emoji and some scripts together and steers nothing.
    kept = (c if c == "\u200d" else hidden.get(unicodedata.category(c), c) for c in text)
    return " ".join("".join(kept).split())


def shortened(text: str, most: int) -> str:
    """The beginning of a text, with an ellipsis where something was cut.

    >>> shortened("a long story", 7)
    'a long…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@dataclass(frozen=True)
class Words:
    """One reader's language, calendar and names.

    Attributes:
        lang: ``zh`` or ``en``.
        zone: of the times shown.
        names: by id.
    """

    lang: str
    zone: tzinfo
    names: Names

    def say(self, key: str, **values: object) -> str:
        """A phrase, its gaps filled."""
        return phrase(key, self.lang, **values)

    def count(self, key: str, count: int, **values: object) -> str:
        """A phrase that comes in ``.one`` and ``.more``."""
        return phrase(
            f"{key}.{'one' if count == 1 else 'more'}", self.lang, count=f"{count:,}", **values
        )

    def start(self, text: str) -> str:
        """A sentence's beginning: English starts with a capital."""
        return text[:1].upper() + text[1:]

    def name(self, party: str) -> str:
        """Who that is."""
        known = self.names.get(party, party)
        return clean(known if isinstance(known, str) else known.get(self.lang, party)) or "?"

    def set_in(self, name: str) -> str:
        """A name as it stands inside a sentence: Chinese sets Latin letters off with a space."""
        if self.lang != "zh":
            return name
        before, after = (" " if edge.isascii() else "" for edge in (name[0], name[-1]))
        return f"{before}{name}{after}"

    def kind(self, name: str) -> str:
        """What people call a kind of event."""
        kind = codebook().get(name)
        if kind is None:
            return clean(name)
        return kind.zh if self.lang == "zh" else kind.en

    def quote(self, text: str | None, most: int = 280) -> str:
        """Somebody's words in quotation marks; empty where there are none."""
        words = shortened(clean(text or ""), most)
        return self.say("quote", words=words) if words else ""

    def local(self, t_us: int) -> datetime:
        """A time on the reader's clock; times that no calendar writes are held at its ends."""
        try:
            return (_EPOCH + timedelta(microseconds=t_us)).astimezone(self.zone)
        except OverflowError:
            return datetime(9999 if t_us > 0 else 1, 1, 1, tzinfo=self.zone)

    def date(self, t_us: int) -> str:
        """Day, month and year."""
        return self._time("time.date", t_us)

    def day(self, t_us: int) -> str:
        """Day and month."""
        return self._time("time.day", t_us)

    def month(self, t_us: int) -> str:
        """Month and year."""
        return self._time("time.month", t_us)

    def clock(self, t_us: int) -> str:
        """Hours and minutes."""
        return f"{self.local(t_us):%H:%M}"

    def moment(self, t_us: int) -> str:
        """Date and clock."""
        return self.say("time.moment", date=self.date(t_us), clock=self.clock(t_us))

    def stamp(self, t_us: int) -> str:
        """ISO 8601 with its zone, for machines that read the page."""
        return self.local(t_us).isoformat(timespec="seconds")

    def typed(self, t_us: int) -> str:
        """A time as a form's field holds it: local, to the minute."""
        return f"{self.local(t_us):%Y-%m-%dT%H:%M}"

    def typed_us(self, text: str) -> int | None:
        """The time that a form's field holds, microseconds UTC; None where it holds none of this century."""
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            return None
        if at.year not in _CENTURY:
            return None
        at = at if at.tzinfo else at.replace(tzinfo=self.zone)
        return (at - _EPOCH) // timedelta(microseconds=1)

    def _time(self, key: str, t_us: int) -> str:
        at = self.local(t_us)
        return self.say(key, year=at.year, month=self.say(f"month.{at.month}"), day=at.day)

    def span(self, days: float) -> str:
        """A length of time, roughly."""
        hours = days * 24
        for limit, one, many, unit in _SPANS:
            if hours < limit:
                count = max(1, round(hours / unit))
                return self.say(one) if count == 1 else self.say(many, count=count)
        return self.say("span.years", count=round(hours / 8766))

    def share(self, probability: float) -> str:
        """A probability as a percentage; never 0% or 100%, which no evidence can bring."""
        if probability < 0.005:
            return "<1%"
        return ">99%" if probability > 0.995 else f"{probability * 100:.0f}%"


#: Up to so many hours: phrase for one, for many, and hours in the unit.
_SPANS: Final = (
    (23.5, "span.hour", "span.hours", 1.0),
    (14 * 24.0, "span.day", "span.days", 24.0),
    (60 * 24.0, "span.week", "span.weeks", 168.0),
    (730 * 24.0, "span.month", "span.months", 730.5),
)


def hundredths(value: int) -> str:
    """A count of hundredths with its sign.

    >>> hundredths(12), hundredths(-105), hundredths(0)
    ('+0.12', '−1.05', '0.00')
    """
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
