"""What a rewrite says beyond the draft: a promise, an offer, a number, a time, money."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import troth.content
from troth.content.yaml_files import load_mapping
from troth.guidance.draft.scene import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.draft.scene import Scene

CONTENT: Final = Path(troth.content.__path__[0]) / "draft_model.yaml"
#: Acts that give the customer something; a rewrite never adds one.
OFFERS: Final = frozenset({"solution", "choice"})
_NUMBER: Final = re.compile(
    r"(?:[$¥￥€£] ?)?\d+(?:[.:,]\d+)*"
    r"(?: ?(?:[%％]|percent|per cent|成|折|万|元|块|美元|dollars?|euros?|yuan))?"
)
_BLANK: Final = re.compile(r"\s+")
_CLAUSE: Final = re.compile(r"[,，;；。.!！?？\n]")
_CONTENT_WORD: Final = re.compile(r"[a-z]{3,}|[\u4e00-\u9fff]")


def addition(before: Scene, after: Scene) -> str:
    """Why a rewrite says more than its draft; empty where it does not.

    Args:
        before: the draft, read.
        after: the rewrite, read in the same place.

    Returns:
        ``number``, ``offer`` or ``promise``.
    """
    if _numbers(after) - _numbers(before):
        return "number"
    if after.names & OFFERS - before.names or said(after, "offers") - said(before, "offers"):
        return "offer"
    if said(after, "times") - said(before, "times"):
        return "number"
    if said(after, "amounts") - said(before, "amounts"):
        return "number"
    own = _words(before.spelled)
    made = [
        one for one in after.reading.promises
        if not _is_left_open(after, one["start"], _things(one) - own)
    ]  # fmt: skip
    kept = _kept(before.reading.promises, made) and _spoken_of(before, after)
    return "" if kept else "promise"


def said(scene: Scene, name: str) -> frozenset[str]:
    """The words of a list of ``content/draft_model.yaml`` that a text has."""
    return frozenset(_BLANK.sub("", match[0]) for match in _listed(name).finditer(scene.spelled))


@cache
def _listed(name: str) -> re.Pattern[str]:
    told = load_mapping(CONTENT)[name]
    english = "|".join(told["en"])
    return re.compile("|".join([*told["zh"], rf"\b(?:{english})\b"]))


@cache
def _passing() -> frozenset[str]:
    return frozenset(load_mapping(CONTENT)["passing"])


def _numbers(scene: Scene) -> frozenset[str]:
    return frozenset(_BLANK.sub("", match[0]) for match in _NUMBER.finditer(scene.spelled))


def _spoken_of(before: Scene, after: Scene) -> bool:
    """Whether the draft speaks of each thing that a rewrite commits us to, be it read as a promise or not."""
    own = _words(before.spelled)
    for match in _listed("commits").finditer(after.spelled):
        end = _CLAUSE.search(after.spelled, match.end())
        done = _words(after.spelled[match.end() : end.start() if end else None])
        if done and not done & own and not _is_left_open(after, match.start(), done - own):
            return False
    return True


def _is_left_open(scene: Scene, start: int, things: set[str]) -> bool:
    """Whether only following up is meant, in a sentence with a gap for the writer to fill in."""
    part = scene.sentence_at(start)
    return bool(GAP.search(scene.text, part.start, part.end)) and things <= _following()


@cache
def _following() -> frozenset[str]:
    return frozenset(load_mapping(CONTENT)["following"])


def _kept(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> bool:
    """Whether each promise of a rewrite is one of the draft, each of the draft at most once."""
    left = list(before)
    for promise in after:
        same = next((one for one in left if _same(one, promise)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two promises are of the same thing by the same time."""
    if one["due"] != other["due"]:
        return False
    return bool(_things(one) & _things(other)) or not (_things(one) or _things(other))


def _things(promise: dict[str, Any]) -> set[str]:
    return _words((promise["deliverable"] or "").lower())


def _words(text: str) -> set[str]:
    return set(_CONTENT_WORD.findall(text)) - _passing()
