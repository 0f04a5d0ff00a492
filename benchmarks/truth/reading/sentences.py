"""Sentences of a reply, which of them raters marked, and what their readings say of the whole."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*")
_KEPT = re.compile(r"[^a-z0-9]")
_SHARE = 0.3
_FLOOR = 1e-4


def letters(text: str) -> str:
    """Letters and digits only: the published marks differ from the texts in blanks and signs."""
    return _KEPT.sub("", text.lower())


def split(text: str) -> list[str]:
    """Sentences with at least one letter; the whole text where there is none."""
    found = [each.strip() for each in _SENTENCE.findall(text) if letters(each)]
    return found or [text]


def marked(sentences: list[str], marks: str, level: int) -> np.ndarray:
    """The level of each sentence: that of the text where a mark covers it in good part, else 0.

    Args:
        sentences: of one text.
        marks: what raters marked, separated by "|".
        level: the text's level.
    """
    levels = np.zeros(len(sentences), dtype=np.int64)
    sizes = [len(letters(each)) for each in sentences]
    ends = np.cumsum(sizes)
    whole = "".join(letters(each) for each in sentences)
    for mark in filter(None, map(letters, marks.split("|"))) if level else ():
        start = whole.find(mark)
        for at, (size, end) in enumerate(zip(sizes, ends, strict=True)):
            shared = min(start + len(mark), end) - max(start, end - size)
            if start >= 0 and shared > 0 and shared >= _SHARE * min(size, len(mark)):
                levels[at] = level
    return levels


def places(owner: np.ndarray, sentences: list[str]) -> np.ndarray:
    """(sentences, 5) first, last, log of the place, of how many there are, and of the length."""
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    number = np.bincount(owner)[owner]
    length = np.array([len(each.split()) for each in sentences])
    return np.column_stack(
        [place == 0, place == number - 1, np.log1p(place), np.log(number), np.log1p(length)]
    ).astype(float)


def _logit(chance: float) -> float:
    held = min(max(float(chance), _FLOOR), 1 - _FLOOR)
    return float(np.log(held / (1 - held)))


def summary(chances: np.ndarray, owner: np.ndarray, texts: int) -> np.ndarray:
    """What the sentences say of each text.

    Args:
        chances: (sentences, classes), class 0 is "nothing here".
        owner: (sentences,) text of each, rising.
        texts: how many texts.

    Returns:
        (texts, 8 + 2·(classes − 1)) mostly logits and logs of what sentences reach.
    """
    bounds = np.searchsorted(owner, np.arange(texts + 1))
    rows = []
    for start, end in pairwise(bounds):
        levels = chances[start:end, 1:]
        any_of = levels.sum(axis=1)
        ranked = np.sort(any_of)[::-1]
        best = any_of.argmax()
        row = [_logit(1 - np.prod(1 - any_of)), _logit(ranked[0])]
        row += [_logit(ranked[1] if len(ranked) > 1 else 0.0), _logit(any_of[0])]
        row += [_logit(any_of[-1]), float(any_of.mean()), float(np.log(any_of.sum() + 0.01))]
        row += [_logit(levels[best, -1] / max(any_of[best], _FLOOR))]
        row += [_logit(one) for one in levels.max(axis=0)]
        row += [float(np.log(one + 0.01)) for one in levels.sum(axis=0)]
        rows.append(row)
    return np.array(rows)
