"""Requests that name a trait nobody is chosen by: found also where they are disguised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from troth.content.protected import protected
from troth.reading.plain import plain

if TYPE_CHECKING:
    from troth.content.protected import Trait

_HAN: Final = "\u3400-\u9fff"
_SURNAMED: Final = re.compile(rf"(?![要找位个换])[{_HAN}](?:女士|先生|小姐(?!姐)|太太)(?!优先)")
#: Letters drawn as digits and signs, as people write round a filter.
_LEET: Final = str.maketrans("013457@$!|", "oieastasil")
_LEET_WORD: Final = re.compile(r"[a-z0-9@$!|]*[a-z][a-z0-9@$!|]*")
#: Cyrillic and Greek letters that look like Latin ones.
_LOOKALIKES: Final = str.maketrans("аеорсухіјѕԁӏαεορυιν", "aeopcyxijsdlaeopuiv")
_SPELLED: Final = re.compile(r"\b(?:[a-z][\W_]{1,3}){2,}[a-z]\b")
_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN}])[^{_HAN}，。！？；,.!?;\n]+(?=[{_HAN}])")
_ANY_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN}])[^{_HAN}]+(?=[{_HAN}])")


def traits_in(text: str) -> tuple[Trait, ...]:
    """Which protected traits a request names.

    Args:
        text: what somebody asks for, in any script or disguise: traditional characters, full width,
            signs between letters, digits for letters.

    Returns:
        The traits in the order of the content; empty where it names none.

    Source: our choice, decision 0031.

    >>> [trait.key for trait in traits_in("要年轻漂亮的")]
    ['age', 'appearance']
    >>> traits_in("还想请李女士接待，她会说日语")
    ()
    """
    return _traits_in(text[:4000])


@dataclass(frozen=True)
class _Patterns:
    """What is looked for: expressions that are fine first, then each trait, by language."""

    fine: dict[str, re.Pattern[str]]
    traits: tuple[tuple[Trait, dict[str, re.Pattern[str]]], ...]


@cache
def _patterns() -> _Patterns:
    told = protected()
    before, things, after = (
        f"(?:{'|'.join(map(_open, told.beside[name]))})" for name in ("before", "things", "after")
    )
    beside = rf"{after}[\s\-]+{before}|{before}[\s\-]+{things}"
    fine = {
        "zh": _anywhere(told.fine["zh"]),
        "en": re.compile(rf"(?<![a-z])(?:{beside}|{_either(told.fine['en'])})(?![a-z])"),
    }
    return _Patterns(fine, tuple((trait, _of(trait)) for trait in told.traits))


def _of(trait: Trait) -> dict[str, re.Pattern[str]]:
    whole = rf"(?<![a-z])(?:{_either(trait.words['en'])})(?![a-z])"
    return {"zh": _anywhere(trait.words["zh"]), "en": re.compile(whole)}


def _anywhere(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _either(words: tuple[str, ...]) -> str:
    return "|".join(map(_open, sorted(words, key=len, reverse=True)))


def _open(word: str) -> str:
    """A word as a pattern: any gap where it has one, any ending where it has a tilde."""
    gaps = {" ": r"[\s\-]+", "-": r"[\s\-]?", "~": r"\w*"}
    return "".join(gaps.get(letter) or re.escape(letter) for letter in word)


def _spellings(text: str) -> tuple[str, ...]:
    """A text as it may have been meant, each with its disguise taken off."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    bare = plain(bare)
    latin = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    latin = latin.translate(_LOOKALIKES)
    unleet = _LEET_WORD.sub(lambda found: found[0].translate(_LEET), latin)
    found = [latin, unleet]
    found += [_SPELLED.sub(lambda m: re.sub(r"[\W_]", "", m[0]), one) for one in (latin, unleet)]
    found += [re.sub(r"(?<=[a-z])[*._\-·]+(?=[a-z])", "", one) for one in (latin, unleet)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _traits_in(text: str) -> tuple[Trait, ...]:
    found = _patterns()
    spellings = _spellings(text)
    latin = [found.fine["en"].sub(" ", one) for one in spellings]
    han = spellings[0]
    joined = [_joined(han, _BETWEEN_HAN), _joined(han, _ANY_BETWEEN_HAN)]
    chinese = [_SURNAMED.sub("※", found.fine["zh"].sub("※", one)) for one in (han, *joined)]
    return tuple(
        trait
        for trait, of in found.traits
        if any(of["en"].search(one) for one in latin)
        or any(of["zh"].search(one) for one in chinese)
    )


def _joined(text: str, between: re.Pattern[str]) -> str:
    """Characters set apart by signs or spaces, one by one, set together again."""
    single = rf"(?:(?<=^)|(?<=[^{_HAN}]))[{_HAN}](?=[^{_HAN}]|$)"
    return between.sub("", text) if re.search(single, text) else text
