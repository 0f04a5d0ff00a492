"""A card in the words of one reader: its lines, why each stands there, and the empathy map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from troth.content.acts import acts
from troth.content.card_facts import PARTS
from troth.content.sources import sources
from troth.guidance.facts import Reason
from troth.pages.story import short_citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from troth.guidance.card import Card, Line
    from troth.guidance.empathy_map import EmpathyMap, Seen
    from troth.pages.words import Words
    from troth.people.known import Note

    Address = Callable[[str], str]

#: Longer quotations are for the list of events.
QUOTED: Final = 90


@dataclass(frozen=True)
class ShownReason:
    """Why a line stands there.

    Attributes:
        text: a few words.
        quote: the words behind it, or "".
        event_id: the event behind it, or "".
        address: where that is found, or "".
        said_by: who said so of the person, in words, or "".
    """

    text: str
    quote: str
    event_id: str
    address: str = ""
    said_by: str = ""


@dataclass(frozen=True)
class ShownLine:
    """One line as it is read.

    Attributes:
        rule: name of the rule.
        part: of the card.
        text: what to do or say.
        avoid: what not to say, or "".
        reasons: why, the graver first.
        origin: who said so of the person, of ``troth.content.origins.ORIGINS``, or "".
        source: author and year, or "" for our own choice.
        citation: the source in full, or "".
        over: what it goes before for now, or "".
    """

    rule: str
    part: str
    text: str
    avoid: str
    reasons: tuple[ShownReason, ...]
    origin: str
    source: str
    citation: str
    over: str


@dataclass(frozen=True)
class ShownPart:
    """A part of the card with its title and lines."""

    name: str
    title: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True)
class Matter:
    """What matters to somebody, word for word: a need, a motive, a value; and who said so when."""

    what: str
    text: str
    said_by: str
    since: str


@dataclass(frozen=True)
class Quarter:
    """A quarter of the empathy map: its title, what was seen, and what to say where that is nothing."""

    name: str
    title: str
    seen: tuple[ShownReason, ...]
    none: str


def no_address(event_id: str) -> str:
    """Where there are no pages to lead to."""
    del event_id
    return ""


def lines_shown(card: Card, words: Words, address: Address = no_address) -> list[ShownLine]:
    """The lines of a card in order, in one language.

    Args:
        card: with its lines.
        words: of the reader.
        address: finds the page of an event.

    Returns:
        One a line; words that several lines rest on are quoted at the first of them.
    """
    quoted: set[str] = set()
    return [_once(_line(line, words, address), quoted) for line in card.lines]


def _once(line: ShownLine, quoted: set[str]) -> ShownLine:
    reasons = []
    for reason in line.reasons:
        reasons.append(replace(reason, quote="") if reason.quote in quoted else reason)
        quoted.add(reason.quote)
    return replace(line, reasons=tuple(reasons))


def parts_shown(card: Card, words: Words, address: Address = no_address) -> list[ShownPart]:
    """The parts of a card that have lines."""
    found: dict[str, list[ShownLine]] = {part: [] for part in PARTS}
    for line in lines_shown(card, words, address):
        found[line.part].append(line)
    return [
        ShownPart(part, words.say(f"card.part.{part}"), tuple(lines))
        for part, lines in found.items() if lines
    ]  # fmt: skip


def _line(line: Line, words: Words, address: Address) -> ShownLine:
    rule = line.rule
    cited = rule.source != "our_choice"
    return ShownLine(
        rule.name, rule.part, rule.advise[words.lang],
        rule.avoid[words.lang] if rule.avoid else "",
        tuple(reason_shown(reason, words, address) for reason in line.reasons), line.origin,
        short_citation(rule.source) if cited else "",
        sources()[rule.source].citation if cited else "", _over(line, words),
    )  # fmt: skip


def _over(line: Line, words: Words) -> str:
    """What a line goes before for now: how the person likes things otherwise."""
    if line.over is None:
        return ""
    stated = next(r for r in line.over.reasons if r.origin)
    return words.say("card.over", usual=words.say(f"card.wish.{stated.kind}"))


def reason_shown(reason: Reason, words: Words, address: Address = no_address) -> ShownReason:
    """A reason in a few words."""
    quote, name = words.quote(reason.text, QUOTED), reason.event_id
    said_by = words.say(f"card.origin.{reason.origin}") if reason.origin else ""
    text = words.start(_because(reason, words))
    return ShownReason(text, quote, name, address(name) if name else "", said_by)


def _because(reason: Reason, words: Words) -> str:
    how, kind = reason.how, reason.kind
    date = "" if reason.t_us is None else words.date(reason.t_us)
    if how == "apologies":
        return words.count("card.why.apologies", reason.count, date=date)
    if how == "promise":
        return words.say("card.why.promise", moment=words.moment(reason.t_us or 0))
    if how == "stated":
        values = {"by": reason.by} if reason.origin == "colleague_note" else {}
        wish = words.say(f"card.wish.{kind}")
        return words.say(f"card.why.stated.{reason.origin}", date=date, wish=wish, **values)
    if how == "channel":
        return words.say(f"card.why.channel.{kind}")
    return words.say(f"card.why.{how}", **_gaps(reason, date, words))


def _gaps(reason: Reason, date: str, words: Words) -> dict[str, str]:
    """What the phrase of a reason has gaps for."""
    how, kind = reason.how, reason.kind
    named = {
        "event": lambda: {"kind": words.kind(kind)},
        "breach": lambda: {"kind": words.kind(kind)},
        "hurt": lambda: {"kind": words.kind(kind)},
        "step": lambda: {"kind": words.kind(kind)},
        "stage": lambda: {"stage": words.say(f"stage.{kind}")},
        "stage_since": lambda: {"stage": words.say(f"stage.{kind}")},
        "emotion": lambda: {"emotion": words.say(f"reading.emotion.{kind}")},
        "said": lambda: {"act": words.start(getattr(acts()[kind], words.lang))},
        "note": lambda: {"by": reason.by},
    }.get(how, dict)()
    return named | ({"date": date} if date else {})


def matters_shown(notes: Iterable[Note], words: Words) -> list[Matter]:
    """Everything that was noted as mattering to somebody, whatever else a card has room for.

    Args:
        notes: those that hold, newest first.
        words: of the reader.
    """
    reasons = [
        (note, Reason("note", t_us=note.t_us, by=note.by, origin=note.origin)) for note in notes
    ]
    return [
        Matter(
            words.say(f"people.what.{note.subject}"), note.text,
            words.say(f"card.origin.{note.origin}"), words.start(_because(reason, words)),
        )
        for note, reason in reasons
    ]  # fmt: skip


def quarters_shown(seen: EmpathyMap, words: Words, address: Address = no_address) -> list[Quarter]:
    """The empathy map, a quarter at a time."""
    return [
        Quarter(
            name, words.say(f"card.map.{name}"), tuple(_entries(getattr(seen, name), words, address)),
            words.say(f"card.map.{name}.none"),
        )
        for name in ("says", "thinks", "feels", "does")
    ]  # fmt: skip


def _entries(entries: Iterable[Seen], words: Words, address: Address) -> list[ShownReason]:
    return [
        ShownReason(
            _seen(entry, words), words.quote(entry.text, QUOTED), entry.event_id,
            address(entry.event_id) if entry.event_id else "",
        )
        for entry in entries
    ]  # fmt: skip


def _seen(entry: Seen, words: Words) -> str:
    """What was seen, and when."""
    named = {
        "thinks": lambda: words.say(f"card.map.{entry.what}"),
        "feels": lambda: words.start(words.say(f"reading.emotion.{entry.what}")),
        "does": lambda: (
            words.say("card.map.quiet") if entry.what == "quiet"
            else words.start(words.kind(entry.what))
        ),
    }.get(entry.quarter)  # fmt: skip
    date = words.date(entry.t_us)
    return f"{named()} · {date}" if named else date
