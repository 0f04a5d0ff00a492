"""The small language in which cues are written, and what it compiles to.

``(a|b|)`` alternatives, an empty one making it optional; ``~`` a gap inside a clause; ``#`` a number.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import product
from typing import Final

from troth.reading.plain import plain

#: Characters of Chinese and words of English that ``~`` may stand for.
#: A negation in a Chinese gap would turn the cue round.
GAP: Final = {"zh": r"[^没]{0,8}?", "en": r"(?: +[^\s]+){0,4}? +"}
NUMBER: Final = {
    "zh": r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千几半]+)",
    "en": r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty"
    r"|several|a few)",
}
#: More than these become a pattern.
MOST_LITERALS: Final = 64
#: Words that are looked for in the stead of a wording with more expansions.
MOST_ANCHORS: Final = 64
#: Characters that stand in every other message.
_COMMON: Final = frozenset(
    "的了是我你您们在有不没就都也和过到这那个吗呢吧啊好要会能可以什么给为还再去来多"
)
_FIRST_CJK: Final = "\u2e80"
_GROUP: Final = re.compile(r"\(([^()]*)\)")


class WordingError(ValueError):
    """A wording that cannot be compiled; says why."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled wording.

    Attributes:
        literals: what to look for. Each is the whole wording where ``pattern`` is None, else a part
            that every match of ``pattern`` holds.
        pattern: regular expression of the whole wording, for text in one spelling, in one clause.
    """

    literals: tuple[str, ...]
    pattern: str | None


def compile_wording(say: str, lang: str) -> Wording:
    """Compile a wording.

    Args:
        say: in the small language.
        lang: ``zh`` or ``en``, for the meaning of gaps and numbers.

    Returns:
        Literals, with a pattern where literals alone do not say it.

    Raises:
        WordingError: brackets that do not match, or no words to hold on to.

    >>> compile_wording("(so |)sorry", "en").literals
    ('so sorry', 'sorry')
    >>> compile_wording("等了~(小时|天)", "zh").pattern
    '(?:等了)[^没]{0,8}?(?:小时|天)'
    """
    return compile_plain(plain(say), lang)


def compile_plain(say: str, lang: str) -> Wording:
    """As `compile_wording`, of a wording in one spelling already."""
    say = say.strip()
    if re.search(r"[()|]", _GROUP.sub("", say)):
        raise WordingError(f"{say!r} has brackets that do not match, or bars outside them")
    parts = [part.strip() if lang == "en" else part for part in say.split("~")]
    if len(parts) == 1 and "#" not in say and _count(say) <= MOST_LITERALS:
        literals = tuple(dict.fromkeys(_expand(say)))
        if " " in say:
            literals = tuple(dict.fromkeys([" ".join(w.split()) for w in literals]))
        if not all(literals):
            raise WordingError(f"{say!r} can be nothing at all")
        return Wording(literals, None)
    anchors = max(map(_anchors, parts), key=_worth)
    if not anchors or not all(anchors):
        raise WordingError(f"{say!r} has no words to hold on to")
    return Wording(anchors, GAP[lang].join(_pattern(part, lang) for part in parts))


def _count(say: str) -> int:
    """How many literals a wording expands to."""
    return math.prod(group.count("|") + 1 for group in _GROUP.findall(say))


def _expand(say: str) -> list[str]:
    split = _GROUP.split(say)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(split)]
    return ["".join(chosen) for chosen in product(*choices)]


def _anchors(part: str) -> tuple[str, ...]:
    """What every match of a part holds: the best run of its stretches and brackets."""
    best, words = (0, 0), list[tuple[str, ...]]()
    for choices in _between_numbers(part):
        rarity = [min(map(_rarity, own)) for own in choices]
        for first in range(len(choices)):
            for last in range(first + 1, len(choices) + 1):
                count = math.prod(map(len, choices[first:last]))
                if count > MOST_ANCHORS:
                    break
                # rarer words make the better thing to look for; so do fewer
                worth = (sum(rarity[first:last]), -count)
                if worth > best:
                    best, words = worth, list(product(*choices[first:last]))
    return tuple(dict.fromkeys(" ".join("".join(chosen).split()) for chosen in words))


def _between_numbers(part: str) -> list[list[list[str]]]:
    """Runs of stretches and brackets, each as its choices, with no number inside."""
    runs: list[list[list[str]]] = [[]]
    for place, piece in enumerate(_GROUP.split(part)):
        if place % 2 and "#" in piece:
            runs += [[[max(choice.split("#"), key=_rarity) for choice in piece.split("|")]], []]
        elif place % 2:
            runs[-1].append(piece.split("|"))
        else:
            first, *others = piece.split("#")
            runs[-1].append([first])
            runs += [[[other]] for other in others]
    return runs


def _rarity(word: str) -> int:
    """Longer words are rarer; a Chinese character says as much as three letters, unless all use it."""
    if word.isascii():
        return len(word) - word.count(" ")
    return sum(1 if c < _FIRST_CJK else 2 if c in _COMMON else 3 for c in word if c != " ")


def _worth(anchors: tuple[str, ...]) -> int:
    return min(map(_rarity, anchors), default=0)


def _pattern(part: str, lang: str) -> str:
    """Longest expansion first, so that an optional word is taken where it stands."""
    if _count(part) <= MOST_LITERALS:
        written = sorted({" ".join(w.split()) for w in _expand(part)}, key=len, reverse=True)
        pattern = "(?:" + "|".join(re.escape(w) for w in written) + ")"
    else:
        pattern = "".join(
            "(?:" + "|".join(map(re.escape, sorted(piece.split("|"), key=len, reverse=True))) + ")"
            if place % 2
            else re.escape(piece).replace(r"\ ", " *")
            for place, piece in enumerate(_GROUP.split(part))
        )
    return pattern.replace(r"\#", NUMBER[lang]).replace(r"\ ", " ")
