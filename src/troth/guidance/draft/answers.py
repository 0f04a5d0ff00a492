"""Whether a reply answers what was asked, as far as words can tell; in doubt nothing is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.content.word_lists import word_lists
from troth.guidance.draft.questions import is_beside
from troth.guidance.draft.remark import on
from troth.guidance.draft.scene import BOOK, GAP, STEPS, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.remark import Remark
    from troth.guidance.draft.scene import Scene

_QUESTION: Final = re.compile(r"[^。.!;\n,?]*\?")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_WORD: Final = re.compile(r"[a-z][a-z']{2,}|\d+")
#: A reply at least so long says something, even where it shares a word with the question.
_LONG: Final = {"zh": 24, "en": 90}
_TOPIC: Final = 2
#: A reply of fewer letters, politeness left out, says nothing.
_EMPTY: Final = {"zh": 8, "en": 20}
#: A reply of fewer letters, a nod left out too, speaks of nothing, so of nothing else either.
_NOD: Final = {"zh": 5, "en": 12}


def answers(scene: Scene, *, solid: bool) -> Iterator[Remark]:
    """Remarks where a plain question gets no answer, or another one's.

    Args:
        scene: the draft beside what it answers.
        solid: whether the draft holds something to stand on.
    """
    asked = _QUESTION.findall(scene.asked)
    if not asked or scene.upset:
        return
    topic, said = _topic(" ".join(asked)), _topic(scene.spelled)
    last = scene.sentences[-1]
    if _asks_back(scene) or scene.names & STEPS or "apology" in scene.names:
        return
    if (scene.lang == "en") != bool(_latin(scene.asked)):
        return
    if _beside(scene, asked):
        yield _wrong(scene)
        return
    if topic & said or len(topic) < _TOPIC:
        return
    if len(scene.text) >= _LONG[scene.lang] and is_beside(asked, scene.spelled):
        yield _wrong(scene)
    elif not solid and not scene.has("because") and _is_empty(scene):
        yield on(scene, "missing_answer", last.start, scene.closed(last.end))


def _wrong(scene: Scene) -> Remark:
    first = scene.sentences[0]
    return on(scene, "wrong_question", first.start, scene.closed(first.end))


def _beside(scene: Scene, asked: list[str]) -> bool:
    """Whether a short reply to one question of a known sort speaks of another, and puts nothing off."""
    if len(asked) > 1 or len(scene.text) >= _LONG[scene.lang] or _is_nod(scene):
        return False
    if GAP.search(scene.text):
        return False
    return is_beside(asked, scene.spelled) and not scene.has("defers")


def _asks_back(scene: Scene) -> bool:
    return "?" in scene.spelled or scene.has("asks_for") or scene.has("elsewhere")


def _is_empty(scene: Scene) -> bool:
    """Whether nothing is left of a reply but politeness."""
    return _left(scene, "politeness", "closing") < _EMPTY[scene.lang]


def _is_nod(scene: Scene) -> bool:
    """Whether a reply only says that the question has come."""
    return _left(scene, "politeness", "closing", "nods") < _NOD[scene.lang]


def _left(scene: Scene, *names: str) -> int:
    """How many letters are left without the words of some lists."""
    rest = scene.spelled
    for name in names:
        rest = listed(name).sub("", rest)
    return sum(c.isalnum() for c in rest)


def _latin(text: str) -> bool:
    return not _HAN.search(text)


def _topic(text: str) -> frozenset[str]:
    """Pairs of Chinese characters and English stems, polite words and question words left out."""
    for name in ("politeness", "asks"):
        text = listed(name).sub(" ", text)
    common = word_lists(BOOK)["common"]["en"]
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    stems = {word[:5] for word in _WORD.findall(text) if word not in common}
    return frozenset(pairs | stems)
