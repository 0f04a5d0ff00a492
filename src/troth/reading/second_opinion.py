"""An optional second opinion from a language model, verified; the installed reading where it fails."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

import troth.content
from troth.content.acts import acts
from troth.content.yaml_files import load_mapping
from troth.reading.chat_server import NoAnswerError, ask
from troth.reading.json_schema import fault, opinion_schema
from troth.reading.masking import masked
from troth.reading.schema import TARGETS, DialogueReading
from troth.reading.verify import verified_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from troth.reading.chat_server import Server
    from troth.reading.schema import Dialogue

#: Longer dialogues are not asked about.
LONGEST_DIALOGUE: Final = 40_000
#: After so many failures in a row that would befall any question, no more are asked.
FAILURES_IN_A_ROW: Final = 3
_NEAR_ONE: Final = 0.05
_CONTENT: Final = Path(troth.content.__path__[0]) / "second_opinion.yaml"


@dataclass
class SecondOpinion:
    """Asks one server about dialogues, one after another.

    Attributes:
        server: where to ask.
        lang: language of reasons, ``zh`` or ``en``.
        sleep: how to pause between tries.
        used: opinions used so far.
        kept: installed readings kept so far, by reason.
    """

    server: Server
    lang: str = "en"
    sleep: Callable[[float], None] = time.sleep
    used: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    _in_a_row: int = 0

    def on(self, dialogue: Dialogue, own: DialogueReading) -> DialogueReading:
        """Read a dialogue by asking.

        Args:
            dialogue: whose words are sent, with names and numbers hidden, and nothing else.
            own: the installed reading.

        Returns:
            The model's reading with its spans verified, or ``own`` where there is none of use; the
            stamp says which, under ``second_opinion``.
        """
        texts = [turn.text for turn in dialogue.turns]
        if not any(text.strip() for text in texts):
            return own
        stamp: dict[str, Any] = {"model": self.server.model, "used": True}
        try:
            reading = self._asked([turn.speaker for turn in dialogue.turns], texts, own)
        except NoAnswerError as error:
            self._in_a_row = self._in_a_row + 1 if error.unreachable else 0
            why = error.line(self.lang)
            self.kept[why] += 1
            reading, stamp = own, stamp | {"used": False, "why": why}
        else:
            self._in_a_row = 0
            self.used += 1
        return replace(reading, reader=own.reader | {"second_opinion": stamp})

    def _asked(
        self, speakers: Sequence[str], texts: Sequence[str], own: DialogueReading
    ) -> DialogueReading:
        if self._in_a_row >= FAILURES_IN_A_ROW:
            raise NoAnswerError("reading.opinion.stopped", unreachable=True)
        if sum(map(len, texts)) > LONGEST_DIALOGUE:
            raise NoAnswerError("reading.opinion.long")
        hidden = [masked(text) for text in texts]
        answer = ask(self.server, self._question(speakers, hidden), self.sleep)
        told = _told(answer, opinion_schema(len(texts)))
        turns = tuple(
            verified_turn(turn, (text, cover), speaker, mine)
            for turn, text, cover, speaker, mine in zip(
                told["turns"], texts, hidden, speakers, own.turns, strict=True
            )
        )
        turning = told["turning_point"]
        if turning is not None and turning >= len(texts):
            turning = None
        grades: dict[str, Any] = {target: _distribution(told[target], target) for target in TARGETS}
        return replace(own, turns=turns, turning_point=turning, **grades)

    def _question(self, speakers: Sequence[str], texts: Sequence[str]) -> bytes:
        said = [{"speaker": s, "text": t} for s, t in zip(speakers, texts, strict=True)]
        schema = {"name": "reading", "strict": True, "schema": opinion_schema(len(texts))}
        return orjson.dumps(
            {
                "model": self.server.model,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": instructions()},
                    {"role": "user", "content": orjson.dumps(said).decode()},
                ],
                "response_format": {"type": "json_schema", "json_schema": schema},
            }
        )


@cache
def instructions() -> str:
    """What the model is told first."""
    named = "\n".join(f"  {a.name} ({', '.join(a.sides)}): {a.en}, {a.zh}" for a in acts().values())
    text: str = load_mapping(_CONTENT)["instructions"]
    return text.replace("  {acts}", named).replace("{acts}", named)


def _told(answer: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    """The object that the model wrote."""
    try:
        content = orjson.loads(answer)["choices"][0]["message"]["content"]
        told: dict[str, Any] = orjson.loads(content)
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise NoAnswerError("reading.opinion.not_json") from error
    wrong = fault(told, schema)
    if wrong:
        raise NoAnswerError("reading.opinion.schema", detail=wrong)
    return told


def _distribution(told: dict[str, float], target: str) -> dict[str, float]:
    """Shares that sum to 1; a model's rounding is forgiven, a larger slip is not."""
    total = sum(told.values())
    if abs(total - 1.0) > _NEAR_ONE:
        raise NoAnswerError("reading.opinion.schema", detail=f"{target}: does not sum to 1")
    return {grade: share / total for grade, share in told.items()}
