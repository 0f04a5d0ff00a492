"""Pasted chats: ``Name time`` and what was said below, or ``Name: words``."""

from __future__ import annotations

import io
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from troth.ledger.decode import to_utf8
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.chat_lines import ChatReader, Turn, head_of
from troth.ledger.intake.choice import party_id
from troth.ledger.intake.records import Gathering, listed
from troth.ledger.intake.sides import UnclearError, other_side

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from troth.ledger.intake.choice import Choice
    from troth.ledger.intake.sheet import Sheet

SOURCE: Final = "chat_text"
CHANNEL: Final = "wechat"


def open_chat(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read a pasted chat.

    A date holds until the next one; before the first it is the day of ``choice.now_us``. Turns within
    one written minute are a microsecond apart, in their order.

    Args:
        name: what to call the file.
        data: its text.
        choice: who is staff, by the names in the chat.

    Returns:
        One ``message`` a turn; none where nobody is known as staff.

    Raises:
        UnreadableError: nobody is named as saying anything.
    """
    text, undecodable = to_utf8(data)
    reader_of = _first_look(text, choice)
    speakers = {turn.name for turn in reader_of().turns(_lines(text)) if turn.name}
    if not speakers:
        raise UnreadableError(name, "intake.file_no_chat")
    staff = {speaker for speaker in speakers if choice.is_staff(SOURCE, speaker)}
    gathered = Gathering(name)
    taken = _Turns(gathered, choice, speakers, staff)
    for turn in reader_of().turns(_lines(text)):
        taken.read(turn)
    return gathered.sheet(undecodable=undecodable)


def _lines(text: bytes) -> Iterator[str]:
    """Lines without marks of direction, one at a time."""
    for line in io.BytesIO(text):
        yield line.decode(errors="replace").strip("\r\n\ufeff\u200e\u200f")


def _first_look(text: bytes, choice: Choice) -> Callable[[], ChatReader]:
    """Find who speaks, and whether times are written beside the names."""
    known: set[str] = {word.removeprefix(f"{SOURCE}:") for word in choice.staff}
    timed = False
    for line in _lines(text):
        head = head_of(line, timed=True, known=())
        if head is not None:
            timed = True
            known.add(head[0])
    return partial(ChatReader, choice, known, timed=timed)


class _Turns:
    """Turns on their way to records."""

    def __init__(
        self, gathered: Gathering, choice: Choice, speakers: Collection[str], staff: Collection[str]
    ) -> None:
        self._gathered, self._choice = gathered, choice
        self._everybody = [(speaker, speaker in staff) for speaker in sorted(speakers)]
        self._staff = staff
        self._within: defaultdict[int, int] = defaultdict(int)

    def read(self, turn: Turn) -> None:
        """Take one turn in, or refuse it."""
        words = "\n".join(turn.lines).strip()
        shown = f"{turn.name}: {words}"
        try:
            record = self._record(turn, words)
        except UnclearError as problem:
            self._gathered.refuse(turn.row, "speaker", problem.key, shown, **problem.values)
            return
        self._gathered.take(turn.row, record)

    def _record(self, turn: Turn, words: str) -> dict[str, Any]:
        if not turn.name:
            raise UnclearError("intake.before_first")
        if not self._staff:
            names = listed(name for name, _ in self._everybody)
            raise UnclearError("intake.nobody_is_staff", value=names)
        if not words:
            raise UnclearError("intake.no_words")
        is_staff = turn.name in self._staff
        across = other_side(turn.name, is_staff=is_staff, heard=self._everybody)
        customer, staff = (across, turn.name) if is_staff else (turn.name, across)
        at = turn.at
        self._within[at] += 1
        return {
            # The time as written: what "yesterday" means must not change the id.
            "event_id": self._gathered.id_of(SOURCE, customer, turn.name, turn.when, words),
            "at": at + self._within[at] - 1,
            "truster": self._met(customer, staff=False),
            "trustee": self._met(staff, staff=True),
            "organisation": self._choice.house,
            "kind": "message",
            "text": words,
            "channel": CHANNEL,
            "source": SOURCE,
            "speaker": "staff" if is_staff else "customer",
            "thread": f"{SOURCE}:{customer}",
        }

    def _met(self, name: str, *, staff: bool) -> str:
        party = party_id(SOURCE, name, self._choice)
        return self._gathered.meet(party, name, "staff" if staff else "customer")
