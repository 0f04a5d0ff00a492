"""Where sentences, clauses and quotations lie in a batch of messages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.plain import plain_codes, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.types import AnyArray, BoolArray, CodeArray

SENTENCE_ENDS: Final = "。!?;\n\r\u2028\u2029\x85…"
CLAUSE_ENDS: Final = ",、:~—()[]【】{}<>|/\t"
_PLANE: Final = 0x10000
_OVER: Final = (ord("了"), ord("过"))
_NOT: Final = (ord("不"), ord("没"))
_WORD, _CJK, _SENTENCE, _CLAUSE, _DIGIT, _OPEN, _CLOSE = 1, 2, 4, 8, 16, 32, 64


@cache
def _classes() -> AnyArray:
    """(65536,) classes of each code point as bits."""
    table = np.zeros(_PLANE, np.uint8)
    for code in range(0x2E80):
        if chr(code).isalnum() or chr(code) == "_":
            table[code] |= _WORD
    table[ord("0") : ord("9") + 1] |= _DIGIT
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)):
        table[low:high] |= _CJK
    for characters, bit in (
        (SENTENCE_ENDS, _SENTENCE | _CLAUSE), (CLAUSE_ENDS, _CLAUSE),
        ("“「『《", _OPEN), ("”」』》", _CLOSE),
    ):  # fmt: skip
        for character in characters:
            table[ord(character)] |= bit
    return table


@dataclass(frozen=True)
class Layout:
    """A batch of m messages as one text of n characters, each message closed by a line break.

    Attributes:
        text: n characters in one spelling.
        starts: (m + 1,) where each message begins, and n.
        word: (n + 1,) letters and digits of words spelled with letters.
        cjk: (n + 1,) Chinese characters.
        clause: (n + 1,) number of the clause a character belongs to, its closing mark included.
        sentence: (n + 1,) number of the sentence.
        token: (n + 1,) how many tokens (words, Chinese characters) begin before character i.
        quoted: (n + 1,) inside quotation marks that are closed in the same message.
        asked: (clauses,) clauses closed by a question mark.
        over: (n + 1,) a 了 or 过 stands here.
        open_choice: (n + 1,) the 不 or 没 between twice the same character, as in 退不退.
    """

    text: str
    starts: AnyArray
    word: BoolArray
    cjk: BoolArray
    clause: CodeArray
    sentence: CodeArray
    token: CodeArray
    quoted: BoolArray
    asked: BoolArray
    over: BoolArray
    open_choice: BoolArray


def layout(messages: Sequence[str]) -> Layout:
    """Lay out a batch.

    Args:
        messages: any texts.

    Returns:
        Their layout; places in message i are places in ``text`` less ``starts[i]``.
    """
    joined = "\n".join(messages) + "\n"
    codes = plain_codes(joined)
    lengths = np.fromiter((len(m) for m in messages), np.int64, len(messages))
    starts = np.concatenate([[0], np.cumsum(lengths + 1)])
    kinds = np.append(_classes()[np.minimum(codes, _PLANE - 1)], np.uint8(0))
    word, digit, cjk = (kinds & bit > 0 for bit in (_WORD, _DIGIT, _CJK))
    ends, breaks = kinds & _SENTENCE > 0, kinds & _CLAUSE > 0
    # 3.5, 15:00 and 1,000 are one; so is a.b; a full stop otherwise ends a sentence.
    before, after = np.roll(digit, 1), np.roll(digit, -1)
    breaks &= ~(before & after)
    stop = np.append(codes == ord("."), False) & ~np.roll(word, -1)
    ends, breaks = ends | stop, breaks | stop
    clause = _numbered(breaks)
    asked = np.zeros(int(clause[-1]) + 1, bool)
    asked[clause[:-1][codes == ord("?")]] = True
    # the t of don't begins no word of its own
    joined_before = np.roll(word | np.append(codes == ord("'"), False), 1)
    begins = cjk | (word & ~joined_before)
    token = np.concatenate([[0], np.cumsum(begins[:-1])]).astype(np.int32)
    return Layout(
        text_of(codes), starts, word, cjk, clause, _numbered(ends), token,
        _quoted(codes, kinds, starts), asked, np.append(np.isin(codes, _OVER), False),
        np.append(np.isin(codes, _NOT) & (np.roll(codes, 1) == np.roll(codes, -1)), False),
    )  # fmt: skip


def _numbered(ends: BoolArray) -> CodeArray:
    """The number of the stretch each character is in; an end belongs to the stretch it closes."""
    return np.concatenate([[0], np.cumsum(ends[:-1])]).astype(np.int32)


def _quoted(codes: AnyArray, kinds: AnyArray, starts: AnyArray) -> BoolArray:
    """Between quotation marks, counted within each message; marks that do not pair say nothing."""
    opened = np.append(kinds[:-1] & _OPEN > 0, False)
    closed = np.append(kinds[:-1] & _CLOSE > 0, False)
    straight = np.append(codes == ord('"'), False)
    quoted = np.zeros(kinds.size, bool)
    if not (opened.any() or straight.any()):
        return quoted
    depth = np.cumsum(opened.astype(np.int32) - closed)
    turns = np.cumsum(straight)
    lengths = np.diff(starts)
    base = np.repeat(starts[:-1], lengths)
    last = np.repeat(starts[1:] - 1, lengths)
    before = np.maximum(base - 1, 0)
    own = depth[:-1] - np.where(base > 0, depth[before], 0)
    paired = depth[last] - np.where(base > 0, depth[before], 0) == 0
    inside = (own > 0) & paired
    counted = turns[:-1] - np.where(base > 0, turns[before], 0)
    total = turns[last] - np.where(base > 0, turns[before], 0)
    inside |= (counted % 2 == 1) & (counted < total)
    quoted[:-1] = inside
    return quoted
