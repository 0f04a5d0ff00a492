"""Whom a customer asked for, by name, in their own wishes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.reading.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TITLES: Final = "(?:女士|先生|小姐|经理|主任|老师|师傅|姐|哥|总)"
_FORMS: Final = r"(?:mr|mrs|ms|miss|mx|dr)\.?\s+"
_NOT: Final = re.compile(
    r"不要|不想|别再|别让|别派|不是|换掉|除了|"
    r"\b(?:not|never|no more|anyone but|instead of|rather than|don't)\b"
)


def asked_for(
    wishes: Iterable[tuple[str, bool]], names: Mapping[str, Iterable[str]]
) -> dict[str, bool]:
    """Whom some wishes name.

    Args:
        wishes: (words, whether they are wanted).
        names: id → what that colleague is called, in every language.

    Returns:
        Id → True where they were asked for, False where somebody else was. A surname that two
        colleagues share names neither.

    >>> asked_for([("I'd like Ms Li again", True)], {"li": ["李娜", "Li Na"], "wang": ["Wang Lei"]})
    {'li': True}
    """
    found: dict[str, bool] = {}
    for words, wanted in wishes:
        text = plain(words)
        for form in (_in_full, _by_surname):
            named = [
                one for one, called in names.items() if any(form(text, plain(c)) for c in called)
            ]
            if len(named) == 1:
                found[named[0]] = wanted and not _NOT.search(text)
                break
    return found


def _in_full(text: str, name: str) -> bool:
    if not name:
        return False
    if name.isascii():
        return bool(re.search(rf"\b{re.escape(name)}\b", text))
    return name in text


def _by_surname(text: str, name: str) -> bool:
    if name.isascii():
        parts = "|".join(map(re.escape, name.split()))
        return bool(parts and re.search(rf"\b{_FORMS}(?:{parts})\b", text))
    surname = re.escape(name[:1])
    return bool(re.search(rf"{surname}{_TITLES}|[小老]{surname}", text))
