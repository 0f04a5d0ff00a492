"""Facts that the customer's own latest words show: what they feel, what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.content.card_facts import EMOTIONS, SAID
from troth.guidance.facts import DAY_US, Fact, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.guidance.facts import Message

#: A feeling is of the moment: so many messages and days count.
MESSAGES: Final = 3
DAYS: Final = 14
#: A feeling weaker than this is not spoken of.
FELT: Final = 0.3
_ENDS: Final = re.compile(r"[。！？!?\n]+|\.(?=\s|$)")


def facts_of_messages(messages: Sequence[Message], at_us: int) -> Iterator[Fact]:
    """What the latest messages show; a newer feeling stands before an older one.

    Args:
        messages: the customer's own, newest first.
        at_us: microseconds UTC.

    Yields:
        At most one emotion, and what was said in the latest message that says any of it.
    """
    recent = [m for m in messages[:MESSAGES] if m.t_us >= at_us - DAYS * DAY_US]
    for message in recent:
        emotion = strongest(message)
        if emotion:
            yield Fact("emotion", emotion, _reason(message, "emotion", emotion, message.text))
            break
    for message in recent:
        said = dict(reversed([(act, words) for act, words in message.acts if act in SAID]))
        for act, words in said.items():
            sentence = sentence_with(words, message.text)
            yield Fact("said", act, _reason(message, "said", act, sentence))
        if said:
            break


def sentence_with(words: str, text: str) -> str:
    """The sentence of a text in which some words stand; the words alone where they stand nowhere.

    >>> sentence_with("没有收到", "您好。单号还没有收到！急。")
    '单号还没有收到！'
    """
    start = text.find(words)
    if start < 0:
        return words
    ends = [end.end() for end in _ENDS.finditer(text)]
    low = max((end for end in ends if end <= start), default=0)
    high = next((end for end in ends if end >= start + len(words)), len(text))
    return text[low:high].strip()


def strongest(message: Message) -> str:
    """The emotion that a message shows most, of equal ones the graver; "" where it shows none."""
    felt = [(-message.emotions.get(name, 0.0), place) for place, name in enumerate(EMOTIONS)]
    strength, place = min(felt)
    return EMOTIONS[place] if -strength >= FELT else ""


def _reason(message: Message, how: str, kind: str, words: str) -> Reason:
    return Reason(how, message.event_id, message.t_us, words, kind=kind)
