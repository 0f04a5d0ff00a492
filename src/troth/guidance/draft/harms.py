"""Remarks on words that do harm: blame, evasion, an order, a promise nobody can keep."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from troth.content.never_said import never_said
from troth.content.remarks import remark_kinds
from troth.content.times import either
from troth.guidance.draft.hindsight import hindsight
from troth.guidance.draft.remark import Remark, fitted, on, trimmed
from troth.guidance.draft.scene import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene
    from troth.reading.schema import ActSpan

HARMS: Final = (
    *never_said().kinds, "blame", "evasion", "dismissal", "order", "canned", "jargon", "over_promise",
)  # fmt: skip
#: Lists of ``content/draft_words.yaml`` that harm, beside the acts that the reader knows.
_LISTED: Final = {"dismissed": "dismissal", "overstated": "over_promise"}
#: Of how many characters a Chinese term is at the least more than one word.
_SEVERAL: Final = 3
_CLAUSE: Final = re.compile(r"[,，;；。.!！?？\n]")


def harms(scene: Scene) -> Iterator[Remark]:
    """Remarks on harmful acts, each on its clause; on its words alone where those are a term.

    Args:
        scene: the draft.
    """
    stretches: dict[tuple[str, int], tuple[int, int]] = {}
    for kind, start, end in _found(scene):
        key = (kind, scene.sentence_at(start).start)
        low, high = stretches.get(key, (start, end))
        stretches[key] = min(low, start), max(high, end)
    for (kind, first), (start, end) in stretches.items():
        if kind == "jargon":
            stretches[kind, first] = _grown(scene, start, end)
    for (kind, _), (start, end) in stretches.items():
        yield swapped(scene, kind, start, end) or _said_better(scene, kind, start, end)


def _found(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """Kind and stretch of everything that harms, by acts and by wordings."""
    for act in scene.acts:
        if act.act in HARMS:
            start, end = (act.start, act.end) if act.act == "jargon" else _clause(scene, act)
            yield act.act, start, end
    for start, end in hindsight(scene):
        yield "blame", *trimmed(scene.text, start, end)
    yield from _never(scene)
    for found in _terms(scene.lang).finditer(scene.spelled):
        yield "jargon", *found.span()
    for name, kind in _LISTED.items():
        for found in listed(name).finditer(scene.spelled):
            yield kind, *_clause_around(scene, found.start(), found.end())


def _never(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """What no reply says, in either language of a mixed one, unless it is warned of there."""
    never = never_said()
    for kind, by_lang in never.kinds.items():
        for lang, pattern in by_lang.items():
            for found in pattern.finditer(scene.spelled):
                part = scene.sentence_at(found.start())
                warned = never.but[lang].search(scene.spelled, part.start, found.end())
                if kind != "asks_secret" or not warned:
                    yield kind, *trimmed(scene.text, part.start, part.end)


@cache
def _terms(lang: str) -> re.Pattern[str]:
    """Terms of several words that have a better wording."""
    several = [
        old.lower()
        for old, _ in remark_kinds()["jargon"].swaps[lang]
        if (" " in old if lang == "en" else len(old) > _SEVERAL and not old.isascii())
    ]
    return re.compile(rf"\b(?:{either(several)})\b" if lang == "en" else either(several))


def _grown(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """A stretch with the other terms of its sentence that have a better wording."""
    part = scene.sentence_at(start)
    for old, _ in remark_kinds()["jargon"].swaps[scene.lang]:
        place = scene.spelled.find(old.lower(), part.start, part.end)
        if place >= 0:
            start, end = min(start, place), max(end, place + len(old))
    return start, end


def _said_better(scene: Scene, kind: str, start: int, end: int) -> Remark:
    if kind == "canned" and _rest(scene, start, end):
        return Remark(kind, *_with_mark(scene.text, start, end), "")
    return on(scene, kind, start, end)


def _rest(scene: Scene, start: int, end: int) -> bool:
    """Whether enough is said beside a stretch that it may be left out."""
    rest = scene.text[:start] + scene.text[end:]
    return sum(c.isalnum() for c in rest) >= (12 if scene.lang == "zh" else 40)


def _with_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """A clause with the marks and blanks behind it, so that none are left over."""
    while end < len(text) and (text[end] in ",，;；。.!！~～" or text[end] == " "):
        end += 1
    if end == len(text):
        while start and text[start - 1] in ",，;； ":
            start -= 1
    return start, end


def swapped(scene: Scene, kind: str, start: int, end: int) -> Remark | None:
    """A remark whose rewrite swaps a wording inside the stretch for a better one."""
    own, spelled = scene.text[start:end], scene.spelled[start:end]
    better, done = own, False
    for told, new in remark_kinds()[kind].swaps[scene.lang]:
        old = told if told.lower() in spelled else told.replace("您", "你")
        place = spelled.find(old.lower())
        if place >= 0:
            words = fitted(scene, start + place, new)
            better = better[:place] + words + better[place + len(old) :]
            spelled = spelled[:place] + words.lower() + spelled[place + len(old) :]
            done = True
    return Remark(kind, start, end, better) if done else None


def _clause(scene: Scene, act: ActSpan) -> tuple[int, int]:
    """The clause, or clauses, that an act's words stand in."""
    return _clause_around(scene, act.start, act.end)


def _clause_around(scene: Scene, start: int, end: int) -> tuple[int, int]:
    before = [m.end() for m in _CLAUSE.finditer(scene.text, 0, start)]
    after = _CLAUSE.search(scene.text, end)
    start = before[-1] if before else 0
    end = after.start() if after else len(scene.text)
    return trimmed(scene.text, start, end)
