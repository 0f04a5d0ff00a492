"""Messages in, what they say out: the installed reading, with no training of your own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from troth.reading.acts import cue_reader, spans_of
from troth.reading.emotions import emotions_of
from troth.reading.empathy import empathy_of, no_empathy
from troth.reading.irony import ironic
from troth.reading.language import languages_of
from troth.reading.layout import layout
from troth.reading.politeness import politeness_of, refined
from troth.reading.schema import CUSTOMER, STAFF, Empathy, TurnReading
from troth.reading.sentiment import sentiments
from troth.reading.tones import tone_finder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from troth.reading.schema import ActSpan
    from troth.types import BoolArray, FloatArray

_UNREAD: Final = ("sentiment", "politeness", "emotions", "empathy", "acts")
#: Messages taken at once; more would not be faster, and would need more memory.
BATCH: Final = 2_048
#: Characters of a batch, so that long messages do not add up.
_BATCH_LENGTH: Final = 1_000_000
_MIDDLE: Final = 0.5


@dataclass(frozen=True)
class _Batch:
    """A batch of m messages and what was found in it."""

    languages: list[str]
    acts: list[tuple[ActSpan, ...]]
    sentiment: list[float | None]
    politeness: list[float | None]
    emotions: list[dict[str, float]]
    empathy: list[dict[str, Empathy]]


def read_messages(
    texts: Sequence[str],
    speakers: Sequence[str | None],
    times: Sequence[datetime | None],
) -> list[TurnReading]:
    """Read messages, each by itself.

    Args:
        texts: m messages, any text.
        speakers: m of ``customer``, ``staff`` or None, where acts of both sides are read.
        times: m times with zones at which they were said; None where that is not known.

    Returns:
        m readings. ``satisfaction`` is .5: it takes a dialogue (see `troth.reading.forecast`).
        What the reader does not know is None and named in ``unsure``: everything in a language that
        is not read, the sentiment where nothing tells it or where words hold each other, politeness
        where there is no marker of it.

    >>> reading = read_messages(["很抱歉,我们三点前回复您"], ["staff"], [None])[0]
    >>> reading.acts[0].act, reading.promises[0]["deliverable"]
    ('apology', '回复您')
    """
    readings: list[TurnReading] = []
    low = 0
    while low < len(texts):
        high, length = low, 0
        while high < len(texts) and high - low < BATCH and length < _BATCH_LENGTH:
            length += len(texts[high])
            high += 1
        readings += _read_batch(texts[low:high], speakers[low:high], times[low:high])
        low = high
    return readings


def _read_batch(
    texts: Sequence[str], speakers: Sequence[str | None], times: Sequence[datetime | None]
) -> list[TurnReading]:
    batch = _batch(texts, speakers)
    readings = []
    rows = zip(
        texts, speakers, times, batch.languages, batch.sentiment, batch.politeness, strict=True
    )
    for place, (text, speaker, at, language, sentiment, politeness) in enumerate(rows):
        if language == "other":
            reading = TurnReading(
                language, None, None, {}, no_empathy(), (), [], [], _MIDDLE, [*_UNREAD]
            )  # fmt: skip
        else:
            acts = batch.acts[place]
            weighed = (("sentiment", sentiment), ("politeness", politeness))
            reading = TurnReading(
                language, sentiment, politeness, batch.emotions[place], batch.empathy[place], acts,
                _promises(text, speaker, acts, at), _preferences(text, speaker, acts), _MIDDLE,
                [name for name, value in weighed if value is None],
            )  # fmt: skip
        readings.append(reading)
    return readings


def _batch(texts: Sequence[str], speakers: Sequence[str | None]) -> _Batch:
    laid = layout(texts)
    reader = cue_reader()
    seen = reader.look(laid)
    found = reader.find_laid(laid, speakers, seen)
    tones = tone_finder().find(laid, seen)
    turned = ironic(found, laid, tones, np.array([s != STAFF for s in speakers], bool))
    felt = sentiments(laid, found, turned, tones)
    meant = found.take(~turned)
    staff = np.array([s != CUSTOMER for s in speakers], bool)
    languages = languages_of(laid)
    polite = refined(politeness_of(laid, meant, tones), texts, languages)
    return _Batch(
        languages, spans_of(meant, texts), _known(felt.score, (felt.found > 0) & ~felt.mixed),
        _known(polite.score, polite.found > 0), emotions_of(meant, felt.score),
        empathy_of(laid, tones, staff),
    )  # fmt: skip


def _known(score: FloatArray, known: BoolArray) -> list[float | None]:
    """Scores, and None where they are not known."""
    pairs = zip(np.round(score, 3).tolist(), known.tolist(), strict=True)
    return [value if sure else None for value, sure in pairs]


def _promises(
    text: str, speaker: str | None, acts: tuple[ActSpan, ...], said_at: datetime | None
) -> list[dict[str, Any]]:
    """Drafts of what staff promised, by cues and by grammar."""
    if speaker == CUSTOMER:
        return []
    from troth.reading.promise_candidates import promise_candidates
    from troth.reading.promises import PromiseHit, find_promises

    hits = [PromiseHit(a.start, a.end, a.strength) for a in acts if a.act == "promise"]
    hits += promise_candidates(text)
    return [draft.to_json() for draft in find_promises(text, hits, said_at)] if hits else []


def _preferences(text: str, speaker: str | None, acts: tuple[ActSpan, ...]) -> list[dict[str, Any]]:
    """Drafts of what the customer likes and does not."""
    own = [a for a in acts if a.act == "preference"] if speaker != STAFF else []
    if not own:
        return []
    from troth.reading.preferences import PreferenceHit, find_preferences

    hits = [PreferenceHit(a.start, a.end, a.strength) for a in own]
    return [draft.to_json() for draft in find_preferences(text, hits)]
