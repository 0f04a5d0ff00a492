"""Wishes about being contacted, heard in what was noted: no calls, none at work, writing only, some hours."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from troth.content.word_lists import word_lists
from troth.guidance.facts import Fact, Reason
from troth.reading.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.guidance.facts import Wish
    from troth.people.known import Known, Person

#: What may be asked, the strictest first.
ASKED: Final = ("written_only", "no_calls", "no_calls_at_work", "calls_only")
#: What goes against a channel that was stated.
AGAINST: Final = {
    "written_only": ("phone",), "no_calls": ("phone",), "calls_only": ("message", "email"),
}  # fmt: skip
HOURS: Final = "hours"
_CLAUSE: Final = re.compile(r"[,.;:!?，。；：！？、\n]+|\bbut\b|但是?|不过")
#: "Call me Ms Li" asks for a name.
_NAMED: Final = re.compile(
    r"\bcall (?:me|us|her|him|them) (?!(?:at|on|in|before|after|during|when|while|again|back|unless|"
    r"please|until|for|about|except|by phone|only|ever|any|or|and|if|outside|between|from|late|early|this|"
    r"every)\b)\w"
)
_NEAR: Final = r"(?:[\w'’]+ ){0,4}?"
_TIME: Final = re.compile(r"\d{1,2}\s*(?:[:点时]|[ap]m\b|o'clock)")


def contact_wish(text: str, *, wanted: bool = True) -> str:
    """What a wish asks about being contacted.

    Args:
        text: the wish, in their own or a colleague's words.
        wanted: False where it is on record as a dislike.

    Returns:
        One of ``ASKED``, ``hours`` where certain times were named, or "" where it is about something else.

    >>> contact_wish("No calls at work, please"), contact_wish("call me at work", wanted=False)
    ('no_calls_at_work', 'no_calls_at_work')
    >>> contact_wish("只用微信联系"), contact_wish("Please call me Ms Li"), contact_wish("evenings only")
    ('written_only', '', 'hours')
    """
    spelled = plain(text).lower().replace("’", "'")
    if _has("other", spelled) or _NAMED.search(spelled):
        return ""
    found = [_of_clause(one.strip(), wanted) for one in _CLAUSE.split(spelled) if one.strip()]
    return min((one for one in found if one), key=_strictness, default="")


def contact_facts(
    wishes: Sequence[Wish], person: Person, at_us: int, channel: Known | None
) -> Iterator[Fact]:
    """What was asked about being contacted, and when.

    Of what goes against one another the newest counts, else the strictest.

    Args:
        wishes: likes and dislikes on record.
        person: with notes.
        at_us: now, microseconds UTC.
        channel: which channel was stated, where one was.
    """
    every = list(_heard(wishes, person, at_us))
    heard = [(value, reason) for value, reason in every if value != HOURS]
    rings = [one for one in heard if one[0] == "calls_only"]
    writes = [one for one in heard if one[0] != "calls_only"]
    newest = max(heard, key=lambda one: one[1].t_us or 0, default=None)
    of_newest = rings if newest in rings else writes
    if of_newest:
        value, reason = min(of_newest, key=lambda one: (ASKED.index(one[0]), -(one[1].t_us or 0)))
        if not _older(value, reason, channel):
            yield Fact("asked_contact", value, reason)
    for value, reason in every:
        if value == HOURS:
            yield Fact("asked_hours", True, reason)
            break


def overruled(channel: Known, asked: Sequence[Fact]) -> bool:
    """Whether a stated channel goes against what was asked since."""
    return any(channel.value in AGAINST.get(fact.value, ()) for fact in asked)


def _older(value: str, reason: Reason, channel: Known | None) -> bool:
    """Whether something asked was overtaken by a channel stated since."""
    if channel is None or channel.value not in AGAINST.get(value, ()):
        return False
    return channel.t_us > (reason.t_us or 0)


def _heard(wishes: Sequence[Wish], person: Person, at_us: int) -> Iterator[tuple[str, Reason]]:
    for wish in wishes:
        if value := contact_wish(wish.what, wanted=wish.wanted):
            yield value, Reason("wish", t_us=wish.t_us, text=wish.what, by=wish.by)
    for note in person.notes:
        value = contact_wish(note.text)
        if value and note.until_us > at_us:
            yield (
                value,
                Reason("note", t_us=note.t_us, text=note.text, by=note.by, origin=note.origin),
            )


def _strictness(value: str) -> int:
    return len(ASKED) if value == HOURS else ASKED.index(value)


def _of_clause(text: str, wanted: bool) -> str:  # noqa: FBT001 - called in one place
    calls = _has("calls", text)
    hours = _has("hours", text) or bool(_TIME.search(text))
    if calls and (not wanted or _not_called(text)):
        return "no_calls_at_work" if _has("work", text) else HOURS if hours else "no_calls"
    only = wanted and _has("only", text)
    if hours and (calls or _has("reached", text) or (only and not _rest(text))):
        return HOURS
    if calls and _has("urgent", text):
        return "no_calls"
    if only and _has("written", text):
        return "written_only"
    return "calls_only" if only and calls else ""


def _has(name: str, text: str) -> bool:
    return bool(_words(name).search(text))


def _not_called(text: str) -> bool:
    """Whether a refusal stands before the calls it speaks of, or what is not welcome behind them."""
    return bool(_refusals().search(text))


def _rest(text: str) -> str:
    """What else is spoken of beside hours."""
    for name in ("hours", "only", "filler"):
        text = _words(name).sub(" ", text)
    return re.sub(r"[\W\d_]+", "", text)


@cache
def _alternatives(name: str) -> tuple[str, str]:
    lists = word_lists("contact_words")[name]
    return tuple(
        "|".join(sorted((re.escape(word) for word in lists[lang]), key=lambda w: -len(w)))
        for lang in ("zh", "en")
    )  # type: ignore[return-value]  # two languages, two texts


@cache
def _words(name: str) -> re.Pattern[str]:
    zh, en = _alternatives(name)
    return re.compile(rf"(?:{zh})|(?<![\w'])(?:{en})(?![\w'])")


@cache
def _refusals() -> re.Pattern[str]:
    (no_zh, no_en), (call_zh, call_en) = _alternatives("none"), _alternatives("calls")
    return re.compile(
        rf"(?:{no_zh}).{{0,8}}?(?:{call_zh})|(?:{call_zh}).{{0,4}}?(?:不方便|不接|不便|免了|勿)"
        rf"|(?<![\w'])(?:{no_en}) {_NEAR}(?:{call_en})(?!\w)"
        rf"|(?<!\w)(?:{call_en}) (?:are |is )?(?:not|un)\s?welcome"
    )
