"""What messages are written in, by script and by the words that give a language away."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.languages import language_words
from troth.reading.layout import layout

if TYPE_CHECKING:
    from troth.reading.layout import Layout
    from troth.types import AnyArray, IntArray

_PLANE: Final = 0x10000
_LATIN, _MARKED, _CJK, _KANA, _FOREIGN = 1, 2, 3, 4, 5
_CLASSES: Final = 6
#: Scripts that are not read: Greek, Cyrillic, Armenian to Thai, Georgian, Hangul and the like.
_FOREIGN_RANGES: Final = (
    (0x0370, 0x1100), (0x10A0, 0x1200), (0x1200, 0x1E00), (0x1F00, 0x2000), (0x3130, 0x3190),
    (0xA960, 0xA980), (0xAC00, 0xD7B0), (0xFB13, 0xFE00), (0xFE70, 0xFEFF),
)  # fmt: skip
#: A few thousand characters say what a text is written in.
_ENOUGH: Final = 4_000
_NO_WORDS: Final = re.compile(r"<[^<>]{1,300}>|\b(?:https?://|www\.)\S{1,300}|\S{1,64}@\S{1,64}")
_WORD: Final = re.compile(r"(?<![0-9a-zà-ɏ])[a-zà-ɏḀ-ỿ][a-zà-ɏḀ-ỿ']*(?![0-9])")
#: Chinese characters that weigh as much as one word of English.
_CHARACTERS_A_WORD: Final = 1.6
#: Share of the words of a message that the lesser language must have for both to count.
_MIXED_SHARE: Final = 0.3
_NOT_READ: Final = "other"


def languages_of(laid: Layout) -> list[str]:
    """The language of each message.

    Args:
        laid: m messages.

    Returns:
        m of ``LANGUAGES``. A message of one or two Latin words that no list knows is English;
        numbers, marks and emoji alone are ``none``.

    >>> languages_of(layout(["好的", "ok", "Danke schön", "はい、お願いします", "👍 100%"]))
    ['zh', 'en', 'other', 'other', 'none']
    """
    counts = _counted(laid)
    starts = laid.starts.tolist()
    found = []
    for place, (latin, marked, cjk, kana, foreign) in enumerate(counts[:, 1:].tolist()):
        japanese = (kana > 1 and kana * 6 > cjk) or (kana == 1 and cjk == latin == 0)
        if japanese or foreign > cjk + (latin + marked) / 4:
            found.append(_NOT_READ)
        elif latin + marked < 2:
            found.append("zh" if cjk else "none")
        else:
            end = min(starts[place + 1] - 1, starts[place] + _ENOUGH)
            found.append(_of_latin(laid.text[starts[place] : end], cjk, marked))
    return found


def language_of(text: str) -> str:
    """The language of one message, as `languages_of` says.

    >>> language_of("请问WiFi密码是多少")
    'zh'
    """
    return languages_of(layout([text]))[0]


@cache
def _classes() -> AnyArray:
    """(65536,) class of each plain code point."""
    table = np.zeros(_PLANE, np.uint8)
    table[ord("a") : ord("z") + 1] = _LATIN
    for low, high in ((0xC0, 0x250), (0x1E00, 0x1F00)):
        table[low:high] = _MARKED
    table[[0xD7, 0xF7]] = 0
    for low, high in _FOREIGN_RANGES:
        table[low:high] = _FOREIGN
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)):
        table[low:high] = _CJK
    for low, high in ((0x3041, 0x30FB), (0xFF66, 0xFF9E)):
        table[low:high] = _KANA
    return table


def _counted(laid: Layout) -> IntArray:
    """(m, classes) characters of each class by message."""
    codes = np.frombuffer(laid.text.encode("utf-32-le"), np.uint32)
    kinds = np.where(codes < _PLANE, _classes()[np.minimum(codes, _PLANE - 1)], 0)
    messages = laid.starts.size - 1
    message = np.repeat(np.arange(messages), np.diff(laid.starts))
    counted = np.bincount(message * _CLASSES + kinds, minlength=messages * _CLASSES)
    return counted.reshape(messages, _CLASSES)


@cache
def _known() -> tuple[dict[str, int], int]:
    """By word the languages that have it, as bits, English the first; and how many there are."""
    names = sorted(language_words(), key=lambda name: name != "en")
    bits: dict[str, int] = {}
    for place, name in enumerate(names):
        for word in language_words()[name]:
            bits[word] = bits.get(word, 0) | 1 << place
    return bits, len(names)


def _of_latin(text: str, cjk: int, marked: int) -> str:
    """The language of a text with at least two Latin letters."""
    if "<" in text or "//" in text or "@" in text or "www" in text:
        text = _NO_WORDS.sub(" ", text)
    words = [word for word in _WORD.findall(text) if len(word) > 1 or word in "iauy"]
    if not words:
        return "zh" if cjk else "none"
    table, languages = _known()
    given = [bits for word in words if (bits := table.get(word))]
    english = sum([bits & 1 for bits in given])
    shared = [bits for bits in given if bits > 1]
    others = 0
    if len(shared) > english:
        others = max(sum(bits >> place & 1 for bits in shared) for place in range(1, languages))
    if not cjk:
        return _NOT_READ if _is_foreign(len(words), english, others, marked) else "en"
    weight = cjk / _CHARACTERS_A_WORD
    share = len(words) / (len(words) + weight)
    if len(words) < 2 or share < _MIXED_SHARE:
        return "zh"
    if _is_foreign(len(words), english, others, marked):
        return _NOT_READ if share > 0.5 else "zh"
    return "mixed" if 1 - share > 0.05 else "en"


def _is_foreign(words: int, english: int, others: int, marked: int) -> bool:
    """Whether Latin words are those of a language other than English."""
    if others > english and (others > 1 or words <= 2):
        return True
    # no list holds every language; English has hardly any letters with marks
    return marked > 1 and english * 5 < words
