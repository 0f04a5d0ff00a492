"""Cover names, codes and numbers before a text leaves, and put them back in what returns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from troth.reading.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK: Final = re.compile(r"⟦(\d{1,6})⟧")
_HAN_NAME: Final = re.compile(r"[\u4e00-\u9fff·]{2,}")
_WORD: Final = re.compile(r"[^\W\d_][\w'’\-]+")
_TITLES: Final = "先生|女士|小姐|太太|夫人|总|姐|哥|叔|阿姨|老师|经理|主任|师傅|医生|教授"
#: Shorter ones are covered only as they are written on record, since He, An and Li are words as well.
_SHORT: Final = 4
#: What masking leaves in the hidden stretch as it was, since it stands for itself.
_STANDS: Final = "0X某"
_CODES: Final = re.compile(
    r"⟦\d*⟧"
    # Three digits and more, also set apart; letters with digits, but for 3pm, 2nd and 10-minute.
    r"|[A-Za-z0-9_#/\-]*\d(?:[\-.,/ ]?\d){2,}[A-Za-z0-9_/\-]*"
    r"|(?<![A-Za-z0-9])(?!\d{1,2}-?[a-z]{2,}(?![A-Za-z0-9]))"
    r"(?=[0-9_/\-]*[A-Za-z])(?=[A-Za-z_/\-]*\d)[A-Za-z0-9][A-Za-z0-9_/\-]*"
    r"|(?i:\b(?:room|rm|table|seat|order|booking|number|no\.)|房间号?|房号?|桌号?|订单号?|单号|编号|号码|工号)"
    r"[ :：#是为]{0,3}(?P<who>\d+)"
    r"|\d+(?=号?(?:房|桌|室))"
)


@dataclass
class Cover:
    """What is hidden behind marks; one value has one mark, wherever it stands.

    Attributes:
        names: names and forms of address that are known.
        hidden: value → number of its mark.
    """

    names: Iterable[str] = ()
    hidden: dict[str, int] = field(default_factory=dict)

    def covered(self, text: str) -> str:
        """The text with marks such as ⟦1⟧ where it has a name, a code or a number."""
        out, place = [], 0
        for start, end in _joined([*self._names_in(text), *_codes(text), *_masked(text)]):
            number = self.hidden.setdefault(text[start:end], len(self.hidden) + 1)
            out += [text[place:start], f"⟦{number}⟧"]
            place = end
        return "".join([*out, text[place:]])

    def restored(self, answer: str) -> str:
        """An answer with what its marks stand for.

        Raises:
            KeyError: it has a mark that was never set.
        """
        values = {number: value for value, number in self.hidden.items()}
        return MARK.sub(lambda mark: values[int(mark[1])], answer)

    def _names_in(self, text: str) -> Iterator[tuple[int, int]]:
        for said, any_case in sorted(forms_of(self.names)):
            han = bool(re.match(r"[\u4e00-\u9fff]", said))
            pattern = re.escape(said) if han else rf"(?<!\w){re.escape(said)}(?!\w)"
            for match in re.finditer(pattern, text, re.IGNORECASE if any_case else 0):
                yield match.span()
        for surname in {name[0] for name in self.names if _HAN_NAME.fullmatch(name)}:
            for match in re.finditer(rf"[小老阿]{surname}|{surname}(?:{_TITLES})", text):
                yield match.span()


def forms_of(names: Iterable[str]) -> set[tuple[str, bool]]:
    """Ways in which people are named, each with whether it counts in small letters as well.

    Args:
        names: as on record.

    >>> sorted(forms_of(["王小明", "Li Benbow"]))
    [('Benbow', True), ('Li', False), ('Li Benbow', True), ('小明', True), ('王小明', True)]
    """
    found: set[tuple[str, bool]] = set()
    for name in names:
        whole = name.strip()
        if len(whole) < 2:
            continue
        found.add((whole, len(whole) >= _SHORT or not whole.isascii()))
        if _HAN_NAME.fullmatch(whole):
            if len(whole) == 3:
                found.add((whole[1:], True))
            continue
        found |= {(word, len(word) >= _SHORT) for word in _WORD.findall(whole)}
    return found


def _codes(text: str) -> Iterator[tuple[int, int]]:
    for match in _CODES.finditer(text):
        yield match.span("who" if match["who"] else 0)


def _masked(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that masking hides, with the letters in them that it leaves as they were."""
    cover, place = masked(text), 0
    while place < len(text):
        end = place
        while end < len(text) and (cover[end] != text[end] or text[end] in _STANDS):
            end += 1
        if any(cover[i] != text[i] for i in range(place, end)):
            yield place, end
        place = max(end, place + 1)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined
