"""Whom a customer asked for, by name, in their own wishes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from troth.content.matching import matching
from troth.reading.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_TITLES: Final = "(?:女士|先生|小姐|经理|主任|老师|师傅|姐|哥|总)"
_FORMS: Final = r"(?:mr|mrs|ms|miss|mx|dr)\.?\s+"
_PRONOUNS: Final = re.compile(r"[她他]|\b(?:her|him|them)\b")
_ENDS: Final = re.compile(r"[,.;!?。、\n]")
#: Kinds of words in front of a name, and behind it.
_LEAD: Final = ("for", "not", "between", "address")
_FOLLOW: Final = ("then", "then_not", "between")
#: Words behind a name → what they say of it.
_AFTER: Final = {"then": "for", "then_not": "not"}
_SPACE: Final = " :()\"'"


def asked_for(
    wishes: Iterable[tuple[str, bool]], names: Mapping[str, Iterable[str]], *, bare: bool = False
) -> dict[str, bool]:
    """Whom some wishes ask for; a name that is merely mentioned, or how to address them, is no wish.

    Args:
        wishes: (words, whether they are wanted).
        names: id → what that colleague is called, in every language.
        bare: whether a name alone asks for somebody, as where one is asked whom one wants.

    Returns:
        Id → True where they were asked for, False where somebody else was. A surname that two
        colleagues share names neither.

    >>> asked_for([("I'd like Ms Li again", True)], {"li": ["李娜", "Li Na"], "wang": ["Wang Lei"]})
    {'li': True}
    >>> asked_for([("Please call me Ms Li", True)], {"li": ["李娜", "Li Na"]})
    {}
    """
    found: dict[str, bool] = {}
    for words, wanted in wishes:
        text = plain(words)
        for form in (_in_full, _by_surname):
            places = {one: _places(form, text, called) for one, called in names.items()}
            named = [one for one in places if places[one]]
            if len(named) == 1:
                asks = _asks(text, places[named[0]], bare=bare or not wanted)
                if asks is not None:
                    found[named[0]] = wanted and asks
                break
    return found


def _places(
    form: Callable[[str], re.Pattern[str]], text: str, called: Iterable[str]
) -> list[tuple[int, int]]:
    return [found.span() for one in called if one for found in form(plain(one)).finditer(text)]


def _in_full(name: str) -> re.Pattern[str]:
    words = re.escape(name)
    return re.compile(rf"\b{words}\b" if name.isascii() else words)


def _by_surname(name: str) -> re.Pattern[str]:
    if name.isascii():
        return re.compile(rf"\b{_FORMS}(?:{'|'.join(map(re.escape, name.split()))})\b")
    surname = re.escape(name[:1])
    return re.compile(rf"{surname}{_TITLES}|[小老]{surname}")


def _asks(text: str, places: list[tuple[int, int]], *, bare: bool) -> bool | None:
    """True where the name is asked for, False where it is asked not to be, None where neither."""
    said: set[str] = set()
    for start, end in places:
        before, after = _before(text[:start]), _after(text[end:])
        if "address" in before:
            return None
        said |= before | after
        if bare and not _rest(text[:start]) and not _rest(text[end:]):
            said.add("for")
    if not said & {"for", "not"}:
        said |= _of_pronouns(text, places[-1][1])
    if "apart" in said or not said & {"for", "not"}:
        return None
    return "not" not in said


def _of_pronouns(text: str, start: int) -> set[str]:
    """What is asked of the one just named, where nothing else follows: "I hope to see her again"."""
    said: set[str] = set()
    for one in _PRONOUNS.finditer(text, start):
        before, clause = _before(text[: one.start()]), _clause(text[one.end() :])
        if not clause or _after(clause) - {"apart"}:
            said |= before - {"address"}
    return said


def _before(text: str) -> set[str]:
    """The kinds of the words that lead up to a name without a gap."""
    said: set[str] = set()
    while text := text.rstrip(_SPACE):
        hit = next(
            (one for one in _tokens(_LEAD) if text.endswith(one[0]) and _whole(text, one[0], -1)),
            None,
        )
        if hit is None:
            break
        said.add(hit[1])
        text = text[: -len(hit[0])]
    return said


def _after(text: str) -> set[str]:
    """The kinds of the words from a name to the end of its clause, if they say nothing else."""
    clause, said = _clause(text), set()
    if any(word in clause for word, _ in _tokens(("apart",))):
        return {"apart"}
    while clause := clause.strip(_SPACE):
        hit = next(
            (
                one
                for one in _tokens(_FOLLOW)
                if clause.startswith(one[0]) and _whole(clause, one[0], 0)
            ),
            None,
        )
        if hit is None:
            return set()
        said.add(hit[1])
        clause = clause[len(hit[0]) :]
    return {_AFTER[kind] for kind in said if kind in _AFTER}


def _clause(text: str) -> str:
    return _ENDS.split(text, maxsplit=1)[0].strip(_SPACE)


def _whole(text: str, token: str, side: int) -> bool:
    """Whether a token of letters is a word, and no part of one."""
    if not token.isascii() or token.startswith("'"):
        return True
    beside = text[: -len(token)][-1:] if side else text[len(token) : len(token) + 1]
    return not (beside.isascii() and beside.isalnum())


def _rest(text: str) -> str:
    """What is left of a text without signs and the words of politeness."""
    polite = matching().asking["polite"]
    for word in polite["zh"] + polite["en"]:
        text = text.replace(word, "")
    return re.sub(r"\W", "", text)


@cache
def _tokens(kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Words of some kinds, each with its kind, long ones first."""
    asking = matching().asking
    every = ((word, kind) for kind in kinds for one in asking[kind].values() for word in one)
    return tuple(sorted(every, key=lambda one: -len(one[0])))
