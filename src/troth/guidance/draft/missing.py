"""Remarks on what a reply leaves out: the feeling, the answer, the next step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.guidance.draft.answers import answers
from troth.guidance.draft.policy import policy_alone
from troth.guidance.draft.promised import has_dated
from troth.guidance.draft.remark import Remark, on, trimmed
from troth.guidance.draft.scene import GLAD, WARM, listed, read_said
from troth.reading.schema import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene

#: Feelings strong enough that passing over them hurts.
STRONG: Final = frozenset({"anger", "disappointment", "threat", "distrust", "repeat_contact"})
_SOLID: Final = frozenset(
    {"solution", "choice", "progress_update", "explanation", "follow_up", "transparency"}
)
_FACT: Final = re.compile(r"https?://|[:：]\s*\d|\d+(?:\.\d+)?\s?(?:元|块|yuan|%)")
#: A time by the clock, or a day that is near.
_WHEN: Final = re.compile(
    r"\d{1,2}[:：]\d{2}|[\d一二三四五六七八九十两]+点(?![击赞评])|\d+\s?分钟|"
    r"\b(?:at|by|before) (?:\d{1,2}\b|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|"
    r"\bin (?:\d+|ten|five|twenty) minutes\b"
)
_EMPATHY: Final = ("emotional_reaction", "interpretation")
_THIRD: Final = 2


def missing(scene: Scene) -> Iterator[Remark]:
    """Remarks on acts that are missing.

    Args:
        scene: the draft beside what it answers.
    """
    if not scene.text.strip():
        return
    yield from _feeling(scene)
    yield from _apologies(scene)
    if not _is_closing(scene):
        ended = [*_sent_away(scene), *policy_alone(scene)]
        yield from ended or _step(scene)
        yield from answers(scene, solid=is_solid(scene))


def is_solid(scene: Scene) -> bool:
    """Whether a reply holds something to stand on: a way out, a cause, a fact, a promise with a time."""
    if scene.names & _SOLID or has_dated(scene):
        return True
    return (
        scene.has("cause")
        or scene.has("how")
        or bool(_FACT.search(scene.spelled) or _WHEN.search(scene.spelled))
    )


def is_warm(scene: Scene) -> bool:
    """Whether a reply takes notice of the person."""
    felt = scene.reading.empathy
    return bool(scene.names & WARM) or any(felt[axis]["level"] for axis in _EMPATHY)


def _is_closing(scene: Scene) -> bool:
    return bool(scene.felt & GLAD) and not scene.upset


def _feeling(scene: Scene) -> Iterator[Remark]:
    if scene.felt & STRONG and not is_warm(scene):
        first = scene.sentences[0]
        yield on(scene, "missing_feeling", first.start, scene.closed(first.end))


def _apologies(scene: Scene) -> Iterator[Remark]:
    own = next((act for act in scene.acts if act.act == "apology"), None)
    if own is None:
        return
    part = scene.sentence_at(own.start)
    made = scene.talk.apologies
    if made is None:
        said = [t.text for t in scene.talk.said if t.speaker == STAFF]
        made = sum(any(a.act == "apology" for a in read_said(t, STAFF).acts) for t in said)
    if made >= _THIRD and not is_solid(scene):
        yield on(scene, "third_apology", *trimmed(scene.text, part.start, part.end))
    elif not is_solid(scene):
        yield on(scene, "bare_apology", part.start, scene.closed(part.end))


def _sent_away(scene: Scene) -> Iterator[Remark]:
    """Remarks on replies that send the customer elsewhere, or ask for something, and end there."""
    away = listed("elsewhere").search(scene.spelled)
    asks = listed("asks_for").search(scene.spelled)
    asks = asks if asks and scene.has("details") else None
    place = away or asks
    if place is None:
        return
    part = scene.sentence_at(place.start())
    low, high = part.start, scene.closed(part.end)
    if scene.before and scene.heard("told_already") and not has_dated(scene):
        yield on(scene, "asked_again", low, high)
    if away and not is_solid(scene):
        yield on(scene, "handed_on", low, high)
    if asks and not has_dated(scene):
        part = scene.sentence_at(asks.start())
        yield on(scene, "ask_alone", part.start, scene.closed(part.end))


def _step(scene: Scene) -> Iterator[Remark]:
    if scene.has("passed_on") and (scene.upset or scene.heard("trouble")):
        if not (has_dated(scene) or scene.names & {"solution", "choice"}):
            yield _no_step(scene)
        return
    if not scene.upset or "apology" in scene.names or is_solid(scene):
        return
    if scene.has("because") or scene.reading.promises:
        return
    yield _no_step(scene)


def _no_step(scene: Scene) -> Remark:
    last = scene.sentences[-1]
    return on(scene, "missing_step", last.start, scene.closed(last.end))
