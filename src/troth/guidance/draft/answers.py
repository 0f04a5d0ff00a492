"""Whether a reply answers what was asked, as far as words can tell; in doubt nothing is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.content.word_lists import word_lists
from troth.guidance.draft.remark import on
from troth.guidance.draft.scene import BOOK, GAP, STEPS, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.remark import Remark
    from troth.guidance.draft.scene import Scene

_QUESTION: Final = re.compile(r"[^。.!;\n,?]*\?")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_WORD: Final = re.compile(r"[a-z][a-z']{2,}|\d+")
_NUMBERS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
#: What is asked for → what an answer to it holds, the narrowest first; of other questions nothing is said.
_SORTS: Final = (
    (
        re.compile(r"几点|\bwhat time\b|"
                   r"\bwhen (?:does|do|is|are|can)\b.*\b(?:start|open|close|begin|end|breakfast|lunch|dinner|"
                   r"check)"),
        re.compile(r"\d|[一二三四五六七八九十两半]|中午|正午|午夜|全天|随时|"
                   rf"\b(?:noon|midnight|any ?time|all day|now|{_NUMBERS})\b"),
    ),
    (
        re.compile(r"什么时候|几时|何时|多久|哪天|\b(?:when|how long|how soon)\b"),
        re.compile(r"\d|[一二三四五六七八九十两半]|今|明|后天|周|马上|\b(?:day|week|hour|morning|noon|night|"
                   r"now|soon|minutes?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|"
                   rf"yesterday|{_NUMBERS})"),
    ),
    (
        re.compile(r"多少钱|价格|怎么收费|\b(?:how much|what(?:'s| is) the (?:price|cost|fee))\b"),
        re.compile(r"\d|[一二三四五六七八九十百千]|免费|不收|\b(?:free|no charge|included)\b"),
    ),
    (
        re.compile(r"哪里|哪儿|在哪|\bwhere\b"),
        re.compile(r"[楼层路号左右旁边门口街站内外]|"
                   r"\b(?:at|in|on|by|near|next to|past|opposite|outside|upstairs|downstairs|floor|street|"
                   r"behind|left|right|lobby)\b"),
    ),
)  # fmt: skip
#: A reply at least so long says something, even where it shares a word with the question.
_LONG: Final = {"zh": 24, "en": 90}
_TOPIC: Final = 2
#: A reply of fewer letters, politeness left out, says nothing.
_EMPTY: Final = {"zh": 8, "en": 20}


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
    end = last.start + len(scene.text[last.start : last.end].rstrip())
    if _asks_back(scene) or scene.names & STEPS or "apology" in scene.names:
        return
    if (scene.lang == "en") != bool(_latin(scene.asked)):
        return
    if _beside(scene, asked):
        yield _wrong(scene)
        return
    if topic & said or len(topic) < _TOPIC:
        return
    if len(scene.text) >= _LONG[scene.lang] and _off(scene, asked):
        yield _wrong(scene)
    elif not solid and not scene.has("because") and _is_empty(scene):
        yield on(scene, "missing_answer", last.start, end)


def _wrong(scene: Scene) -> Remark:
    first = scene.sentences[0]
    end = first.start + len(scene.text[first.start : first.end].rstrip())
    return on(scene, "wrong_question", first.start, end)


def _beside(scene: Scene, asked: list[str]) -> bool:
    """Whether a short reply to one question of a known sort speaks of another, and puts nothing off."""
    if len(asked) > 1 or len(scene.text) >= _LONG[scene.lang] or _is_empty(scene):
        return False
    if GAP.search(scene.text):
        return False
    return _off(scene, asked) and not scene.has("defers")


def _off(scene: Scene, asked: list[str]) -> bool:
    """Whether a question of a known sort gets nothing of that sort."""
    sorts = {holds for one in asked for holds in _sort(one)}
    return len(sorts) == 1 and not sorts.pop().search(scene.spelled)


def _sort(question: str) -> list[re.Pattern[str]]:
    return [holds for asks, holds in _SORTS if asks.search(question)][:1]


def _asks_back(scene: Scene) -> bool:
    return "?" in scene.spelled or scene.has("asks_for") or scene.has("elsewhere")


def _is_empty(scene: Scene) -> bool:
    """Whether nothing is left of a reply but politeness."""
    rest = listed("closing").sub("", listed("politeness").sub("", scene.spelled))
    return sum(c.isalnum() for c in rest) < _EMPTY[scene.lang]


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
