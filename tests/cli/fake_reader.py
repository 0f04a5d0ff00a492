"""A reader that finds what a test has put there, so that commands are tested apart from reading."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from tests.reading.readings import reading_of, turn_reading
from troth.reading.schema import EMPATHY, ActSpan, Empathy

WORDS = {
    "您好": "greeting",
    "添麻烦": "acknowledge_feeling",
    "不是我们的问题": "evasion",
    "sorry": "apology",
    "third time": "repeat_contact",
}


class FakeReader:
    """Finds ``WORDS``, a promise after ``will``, and a dislike after ``不要``."""

    sizes: list[int] = []  # noqa: RUF012 - every instance adds to it, and tests empty it

    @classmethod
    def installed(cls) -> FakeReader:
        """The only one."""
        return cls()

    @classmethod
    def load(cls, path) -> FakeReader:
        """Any file that NumPy wrote."""
        with np.load(path) as found:
            assert found["fake"]
        return cls()

    def save(self, file) -> None:
        """What ``load`` reads."""
        np.savez(file, fake=np.ones(1))

    def read(self, dialogues):
        """Each dialogue, turn by turn."""
        self.sizes.append(len(dialogues))
        return [
            reading_of(d, turns=tuple(self.read_message(t.text, t.speaker, t.at) for t in d.turns))
            for d in dialogues
        ]

    def read_message(self, text, speaker=None, at=None):
        """What is in ``WORDS``, and the rest."""
        acts = sorted(
            (ActSpan(act, text.find(word), text.find(word) + len(word), 0.8, word)
             for word, act in WORDS.items() if word in text),
            key=lambda act: act.start,
        )  # fmt: skip
        promises, preferences = [], []
        if (start := text.find("回复")) >= 0:
            due = (at + timedelta(hours=3)).isoformat() if at else None
            span = {"start": start, "end": len(text), "text": text[start:]}
            promises = [{"deliverable": text[start:], "due": due, **span}]
        if (start := text.find("不要")) >= 0:
            span = {"start": start, "end": len(text), "text": text[start:]}
            preferences = [{"what": text[start + 2 :], "wanted": False, **span}]
        empathy = {axis: Empathy(level=0, strength=0.0, spans=[]) for axis in EMPATHY}
        empathy["exploration"] = Empathy(level=2, strength=0.7, spans=[(0, 2)])
        return turn_reading(
            text, acts=tuple(acts), promises=promises, preferences=preferences, empathy=empathy,
            emotions={"anger": 0.4}, unsure=["sentiment"], sentiment=None,
            politeness=4.0 if speaker == "staff" else 1.0,
        )  # fmt: skip
