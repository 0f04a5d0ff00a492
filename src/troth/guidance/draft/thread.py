"""A pasted thread parted into its turns, so that what was said before is told from what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.content.word_lists import word_lists
from troth.guidance.draft.scene import BOOK
from troth.ledger.intake.chat_lines import head_of
from troth.reading.schema import CUSTOMER, STAFF, Turn

if TYPE_CHECKING:
    from collections.abc import Collection

#: Names of sides by the lists that hold them.
_SIDES: Final = {"of_staff": STAFF, "of_customer": CUSTOMER}


def turns_of(text: str, staff: Collection[str] = ()) -> list[Turn]:
    r"""The turns of what a customer wrote, or of a thread that both sides wrote.

    A thread is believed where every part has a speaker, and a side is known by name or two speak in turn;
    of two strangers the last is the customer, who waits for the reply.

    Args:
        text: as pasted.
        staff: names that are known to be colleagues'.

    Returns:
        The turns, oldest first; the whole as one turn of the customer where it is no thread; none where
        it is empty.

    >>> [(turn.speaker, turn.text) for turn in turns_of("客服：马上到。\n客人：还没到！")]
    [('staff', '马上到。'), ('customer', '还没到！')]
    """
    if not text.strip():
        return []
    parts = _parts(text)
    sides = _sides([name for name, _ in parts], staff)
    if not sides:
        return [Turn(CUSTOMER, text)]
    return [Turn(sides[name], words) for name, words in parts if words]


def _parts(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each part; before the first speaker the name is empty."""
    lines = text.splitlines()
    timed = any(head_of(line, timed=True, known=()) for line in lines)
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        head = head_of(line, timed=timed, known=())
        if head is not None:
            parts.append((head[0], [head[2]]))
        elif parts:
            parts[-1][1].append(line)
        elif line.strip():
            parts.append(("", [line]))
    return [(name, "\n".join(words).strip()) for name, words in parts]


def _sides(names: list[str], staff: Collection[str]) -> dict[str, str]:
    """The side of each name; none where it is not clear that they are speakers."""
    given = {name: _side(name, staff) for name in names}
    known = set(given.values()) - {None}
    if "" in given or not (known or (len(given) == 2 and len(names) > 2)):
        return {}
    if not known:
        return {name: CUSTOMER if name == names[-1] else STAFF for name in given}
    rest = STAFF if known == {CUSTOMER} else CUSTOMER
    found = {name: side or rest for name, side in given.items()}
    return found if CUSTOMER in found.values() else {}


def _side(name: str, staff: Collection[str]) -> str | None:
    if name in staff:
        return STAFF
    lists, spelled = word_lists(BOOK), name.lower()
    for sort, side in _SIDES.items():
        if spelled in lists[sort]["en"] or spelled in lists[sort]["zh"]:
            return side
    return None
