"""Contenders of the reader's bench; each runs in a process of its own on one core."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.speed.messages import dialogues, messages, phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.reading.reader import Reader


def _rate(count: int, rounds: int, run: Callable[[], object]) -> dict[str, Any]:
    """Things a second, each round by this thread's processor time; and the best by the wall clock."""
    run()
    spent, wall = [], []
    for _ in range(rounds):
        started, at = time.thread_time(), time.perf_counter()
        run()
        spent.append(time.thread_time() - started)
        wall.append(time.perf_counter() - at)
    return {
        "count": count,
        "rounds": [count / one for one in spent],
        "per_second": count / min(spent),
        "median_per_second": count / float(np.median(spent)),
        "wall_per_second": count / min(wall),
    }


def _said(lang: str, count: str) -> tuple[list[str], list[str | None]]:
    said = messages(lang, int(count))
    return [text for _, text in said], [side for side, _ in said]


def bare(lang: str, count: str, rounds: str) -> dict[str, Any]:
    """The floor: Aho-Corasick over our plain phrases, one call a message, and nothing made of it."""
    import ahocorasick_rs

    texts, _ = _said(lang, count)
    automaton = ahocorasick_rs.AhoCorasick(
        phrases(),
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        store_patterns=False,
    )

    def run() -> None:
        for text in texts:
            automaton.find_matches_as_indexes(text, overlapping=True)

    return _rate(len(texts), int(rounds), run) | {"phrases": len(phrases())}


def cues_with_spans(lang: str, count: str, rounds: str) -> dict[str, Any]:
    """Acts with their spans and words."""
    from troth.reading.acts import cue_reader, spans_of

    texts, sides = _said(lang, count)
    reader, step = cue_reader(), 2_048

    def run() -> None:
        for low in range(0, len(texts), step):
            part = texts[low : low + step]
            spans_of(reader.find(part, sides[low : low + step]), part)

    return _rate(len(texts), int(rounds), run) | {
        "characters": float(np.mean([len(text) for text in texts])),
        "acts": len(reader.find(texts, sides)) / len(texts),
    }


def whole(lang: str, count: str, rounds: str) -> dict[str, Any]:
    """Everything that is read of a message as installed."""
    from troth.reading.message import read_messages

    texts, sides = _said(lang, count)
    times = [None] * len(texts)
    return _rate(len(texts), int(rounds), lambda: read_messages(texts, sides, times))


def one_at_a_time(lang: str, count: str, _rounds: str) -> dict[str, Any]:
    """One message a call: milliseconds of the wall clock and of processor time."""
    from troth.reading.reader import Reader

    texts, sides = _said(lang, count)
    reader = Reader.installed()
    for text, side in zip(texts, sides, strict=True):
        reader.read_message(text, side)
    wall, spent = [], []
    for text, side in zip(texts, sides, strict=True):
        at, started = time.perf_counter(), time.thread_time()
        reader.read_message(text, side)
        spent.append(time.thread_time() - started)
        wall.append(time.perf_counter() - at)
    points = np.quantile(np.array([wall, spent]) * 1e3, [0.5, 0.95], axis=1).tolist()
    return {"count": len(texts), "p50_ms": points[0], "p95_ms": points[1]}


def vader(_lang: str, count: str, rounds: str) -> dict[str, Any]:
    """VADER's four scores of English messages."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts, _ = _said("en", count)
    analyser = SentimentIntensityAnalyzer()
    return _rate(len(texts), int(rounds), lambda: [analyser.polarity_scores(t) for t in texts])


def snownlp(_lang: str, count: str, rounds: str) -> dict[str, Any]:
    """SnowNLP's one score of Chinese messages."""
    from snownlp import SnowNLP

    texts, _ = _said("zh", count)
    return _rate(len(texts), int(rounds), lambda: [SnowNLP(text).sentiments for text in texts])


def _dialogues(reader: Reader, count: str, rounds: str) -> dict[str, Any]:
    own = dialogues(int(count))
    return _rate(len(own), int(rounds), lambda: reader.read(own))


def dialogues_installed(_lang: str, count: str, rounds: str) -> dict[str, Any]:
    """Dialogues of six turns, as installed."""
    from troth.reading.reader import Reader

    return _dialogues(Reader.installed(), count, rounds)


def dialogues_trained(_lang: str, count: str, rounds: str) -> dict[str, Any]:
    """The same with a reader trained on 400 made-up ones."""
    from troth.reading.train import train

    started = time.thread_time()
    reader, _ = train(dialogues(400, rated=True))
    took = time.thread_time() - started
    return _dialogues(reader, count, rounds) | {"training_seconds": took}


def start() -> dict[str, Any]:
    """Import the reader and build all it looks for; then the first message."""
    at, started = time.perf_counter(), time.process_time()
    from troth.reading.acts import cue_reader
    from troth.reading.reader import Reader
    from troth.reading.tones import tone_finder

    reader = Reader.installed()
    cue_reader()
    tone_finder()
    built = time.perf_counter() - at, time.process_time() - started
    reader.read_message("您好,我们三点前回复您", "staff")
    return {
        "wall_seconds": built[0],
        "processor_seconds": built[1],
        "first_message_seconds": time.process_time() - started - built[1],
    }


def memory() -> dict[str, Any]:
    """Read 40,000 messages and keep the readings."""
    from troth.reading.message import read_messages

    texts, sides = _said("mixed", "40000")
    return {"readings": len(read_messages(texts, sides, [None] * len(texts)))}
