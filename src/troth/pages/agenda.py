"""The day's list as people read it: sections of entries, the same in the terminal and in HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.pages.page_names import page_name

if TYPE_CHECKING:
    from troth.guidance.breaches import OpenBreach
    from troth.guidance.falling import Falling
    from troth.guidance.quiet import Quiet
    from troth.guidance.today import Praise, Promised, Today
    from troth.pages.words import Words

_HOUR_US: Final = 3_600_000_000
_DAY_US: Final = 24 * _HOUR_US


@dataclass(frozen=True)
class Line:
    """One entry.

    Attributes:
        who: whose trust it is about.
        house: in whom.
        figure: what is at stake, in a few words: how late, waiting how long, fallen how far.
        urgent: whether it is late or unanswered.
        about: who did what, and when.
        quote: the very sentence, or "".
        action: what to do next.
        relation: ids of the truster and of the house, or of whoever is trusted.
        key: id of the event that the entry stands for; "" where it stands for the relationship.
    """

    who: str
    house: str
    figure: str
    urgent: bool
    about: str
    quote: str
    action: str
    relation: tuple[str, str]
    key: str = ""

    @property
    def page(self) -> str:
        """File name of the relationship's page."""
        return page_name(*self.relation)


@dataclass(frozen=True)
class Section:
    """A part of the list: its name, how it is sorted, its entries, and how many are not shown."""

    key: str
    title: str
    note: str
    lines: tuple[Line, ...]
    more: str


def sections_of(today: Today, words: Words) -> list[Section]:
    """The list in one language; sections without entries are left out."""
    made = {
        "promises": [_promise(item, today.at_us, words) for item in today.promises],
        "repairs": [
            _repair(item.breach, item.action, today.at_us, words) for item in today.repairs
        ],
        "falling": [_falling(item, words) for item in today.falling],
        "quiet": [_quiet(item, words) for item in today.quiet],
        "praise": [_praise(item, words) for item in today.praise],
    }
    return [
        Section(
            key,
            words.say(f"today.{key}"),
            words.say(f"today.{key}.note"),
            tuple(lines),
            words.say("today.more", count=today.more[key]) if key in today.more else "",
        )
        for key, lines in made.items()
        if lines
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _promise(item: Promised, at_us: int, words: Words) -> Line:
    promise = item.promise
    due = promise.due_us or at_us
    if promise.status == "overdue":
        figure = words.say("today.overdue", span=words.span((at_us - due) / _DAY_US))
    elif promise.status == "due_today":
        figure = words.say("today.due_today", clock=words.clock(due))
    else:
        figure = words.say("today.due", moment=f"{words.day(due)} {words.clock(due)}")
    house = promise.organisation or promise.trustee
    return Line(
        who=words.name(promise.truster),
        house=words.name(house),
        figure=figure,
        urgent=promise.status == "overdue",
        about=_joined(
            words.name(promise.trustee),
            words.moment(promise.made_us),
            words.count("today.moved", promise.moved) if promise.moved else "",
        ),
        quote=words.quote(promise.text),
        action=words.say(item.action),
        relation=(promise.truster, house),
        key=promise.event_id,
    )


def _repair(breach: OpenBreach, action: str, at_us: int, words: Words) -> Line:
    house = breach.organisation or breach.trustee
    latest = breach.latest
    done = f"{words.kind(latest.kind)} {words.day(latest.t_us)}" if latest else ""
    return Line(
        who=words.name(breach.truster),
        house=words.name(house),
        figure=words.say("today.waiting", span=words.span((at_us - breach.since_us) / _DAY_US)),
        urgent=latest is None,
        about=_joined(
            words.start(words.kind(breach.kind)),
            words.name(breach.trustee),
            words.say("today.done", step=done) if done else words.say("explain.repair.none"),
        ),
        quote=words.quote(breach.text),
        action=words.say(action),
        relation=(breach.truster, house),
        key=breach.event_id,
    )


def _falling(item: Falling, words: Words) -> Line:
    before, after = words.share(item.probability - item.trend), words.share(item.probability)
    cause = item.cause
    about = words.say("today.no_cause")
    if cause is not None:
        kind = words.start(words.kind(cause.kind))
        about = _joined(kind, words.name(cause.trustee), words.date(cause.t_us))
    return Line(
        who=words.name(item.truster),
        house=words.name(item.trustee),
        figure=words.say("today.fell", before=before, after=after),
        urgent=False,
        about=about,
        quote=words.quote(cause.text) if cause else "",
        action=words.say(item.action),
        relation=(item.truster, item.trustee),
    )


def _quiet(item: Quiet, words: Words) -> Line:
    silent, usual = words.span(item.silence_days), words.span(item.usual_days)
    return Line(
        who=words.name(item.truster),
        house=words.name(item.trustee),
        figure=words.say("today.silent", span=silent, usual=usual),
        urgent=False,
        about=words.say("today.last", date=words.date(item.last_us)),
        quote="",
        action=words.say(item.action),
        relation=(item.truster, item.trustee),
    )


def _praise(item: Praise, words: Words) -> Line:
    house = item.organisation or item.trustee
    name = words.set_in(words.name(item.trustee))
    return Line(
        who=words.name(item.truster),
        house=words.name(house),
        figure=words.date(item.t_us),
        urgent=False,
        about=_joined(
            words.start(words.kind(item.kind)), words.say("today.about", name=name).strip()
        ),
        quote=words.quote(item.text),
        action=words.say(item.action, name=name.rstrip()),
        relation=(item.truster, house),
        key=item.event_id,
    )
