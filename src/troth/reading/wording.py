"""The small language in which cues are written, and what it compiles to.

``(a|b|)`` alternatives, an empty one making it optional; ``~`` a gap inside a clause; ``#`` a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import Final

from troth.reading.plain import plain

#: Characters of Chinese and words of English that ``~`` may stand for.
GAP: Final = {"zh": r".{0,8}?", "en": r"(?: +[^\s]+){0,4}? +"}
NUMBER: Final = {
    "zh": r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千几半]+)",
    "en": r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty"
    r"|several|a few)",
}
MOST_LITERALS: Final = 128
_GROUP: Final = re.compile(r"\(([^()]*)\)")


class WordingError(ValueError):
    """A wording that cannot be compiled; says why."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled wording.

    Attributes:
        literals: what to look for. Each is the whole wording where ``pattern`` is None, else a part
            that every match of ``pattern`` holds.
        pattern: the whole wording, for text in one spelling, within one clause.
    """

    literals: tuple[str, ...]
    pattern: re.Pattern[str] | None


def compile_wording(say: str, lang: str) -> Wording:
    """Compile a wording.

    Args:
        say: in the small language.
        lang: ``zh`` or ``en``, for the meaning of gaps and numbers.

    Returns:
        Literals, with a pattern where literals alone do not say it.

    Raises:
        WordingError: brackets that do not match, nothing to hold on to, or over 128 expansions.

    >>> compile_wording("(so |)sorry", "en").literals
    ('so sorry', 'sorry')
    >>> compile_wording("等了~(小时|天)", "zh").pattern.pattern
    '(?:等了).{0,8}?(?:小时|天)'
    """
    say = plain(say).strip()
    parts = [part.strip() if lang == "en" else part for part in say.split("~")]
    pieces = [piece for part in parts for piece in part.split("#")]
    if len(pieces) == 1:
        return Wording(_literals(say), None)
    anchors = max((_literals_or_none(p, lang) for p in pieces), key=_worth)
    if not anchors:
        raise WordingError(f"{say!r} has no words between its gaps")
    return Wording(anchors, re.compile(GAP[lang].join(_pattern(part, lang) for part in parts)))


def _literals_or_none(piece: str, lang: str) -> tuple[str, ...]:
    """What a piece expands to; nothing where one of its expansions is nothing."""
    expanded = tuple(w.strip() if lang == "en" else w for w in _expand(piece))
    return expanded if all(expanded) else ()


def _literals(say: str) -> tuple[str, ...]:
    expanded = tuple(dict.fromkeys(" ".join(w.split()) for w in _expand(say)))
    if not all(expanded):
        raise WordingError(f"{say!r} can be nothing at all")
    return expanded


def _expand(say: str) -> list[str]:
    if re.search(r"[()|]", _GROUP.sub("", say)):
        raise WordingError(f"{say!r} has brackets that do not match, or bars outside them")
    split = _GROUP.split(say)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(split)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_LITERALS:
        raise WordingError(f"{say!r} has {count} expansions, over {MOST_LITERALS}")
    return ["".join(chosen) for chosen in product(*choices)]


def _worth(anchors: tuple[str, ...]) -> int:
    """Longer words are rarer, so they make the better thing to look for."""
    return min((len(a.encode()) for a in anchors), default=0)


def _pattern(part: str, lang: str) -> str:
    """Longest expansion first, so that an optional word is taken where it stands."""
    written = sorted({" ".join(w.split()) for w in _expand(part)}, key=len, reverse=True)
    alternatives = "|".join(re.escape(w) for w in written)
    return f"(?:{alternatives})".replace(r"\#", NUMBER[lang]).replace(r"\ ", " ")
