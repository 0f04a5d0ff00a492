"""Made-up service messages and dialogues for the reader's bench, from the sentences of our own cues."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Final

from troth.content.acts import acts
from troth.content.cues import cues
from troth.reading.plain import plain
from troth.reading.schema import CUSTOMER, STAFF, Dialogue, Turn
from troth.reading.wording import compile_wording

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED: Final = 20240229
COUNT: Final = 20_000
TURNS: Final = 6
#: How often a message is two sentences.
_TWO: Final = 0.5
#: How often a sentence is an example of a cue, and not its counter-example.
_SHOWN: Final = 0.6

Said = tuple[str, str]


def messages(lang: str, count: int = COUNT) -> list[Said]:
    """Short messages, one or two sentences of one side each.

    Args:
        lang: ``zh``, ``en``, or ``mixed`` for the two in turns.
        count: how many.

    Returns:
        Speaker and text of each; the same for the same arguments.
    """
    if lang == "mixed":
        pairs = zip(messages("zh", count), messages("en", count), strict=True)
        return [said for pair in pairs for said in pair][:count]
    draw = random.Random(f"{SEED}{lang}")
    return [_message(lang, draw.choice((CUSTOMER, STAFF)), draw) for _ in range(count)]


def _message(lang: str, side: str, draw: random.Random) -> Said:
    said = [_sentence(lang, side, draw) for _ in range(1 + (draw.random() < _TWO))]
    return side, ("" if lang == "zh" else " ").join(said)


def _sentence(lang: str, side: str, draw: random.Random) -> str:
    yes, no = draw.choice(_sentences(lang, side))
    return yes if draw.random() < _SHOWN else no


@cache
def _sentences(lang: str, side: str) -> Sequence[tuple[str, str]]:
    return [(c.yes, c.no) for c in cues() if c.lang == lang and side in acts()[c.act].sides]


def phrases() -> list[str]:
    """What a bare search would look for: every wording of the cues, those with gaps by their anchors."""
    said = [(plain(cue.say), cue.lang) for cue in cues()]
    return sorted({one for say, lang in said for one in compile_wording(say, lang).literals})


def dialogues(count: int, *, rated: bool = False) -> list[Dialogue]:
    """Dialogues of six turns, customers and staff in turns, every second one in English.

    Args:
        count: how many.
        rated: with made-up labels, to train on: what they say is noise.

    Returns:
        The dialogues.
    """
    draw = random.Random(SEED)
    found = []
    for place in range(count):
        lang = ("zh", "en")[place % 2]
        sides = [(CUSTOMER, STAFF)[t % 2] for t in range(TURNS)]
        turns = tuple(Turn(*_message(lang, side, draw)) for side in sides)
        labels = {"satisfaction": _shares(draw), "solved": _shares(draw)} if rated else {}
        found.append(Dialogue(f"d{place}", turns, labels))
    return found


def _shares(draw: random.Random) -> dict[str, float]:
    votes = [draw.randint(-2, 2) for _ in range(5)]
    return {str(grade): votes.count(grade) / 5 for grade in range(-2, 3)}
