"""Messages are read fast enough; the figures are made by ``make bench-speed-reading``."""

from __future__ import annotations

import time

import pytest

from benchmarks.speed.messages import messages
from troth.reading.acts import cue_reader, spans_of
from troth.reading.message import read_messages

COUNT = 4_000


def rate(run):
    """Messages a second of processor time, the best of four."""
    run()
    took = []
    for _ in range(4):
        started = time.thread_time()
        run()
        took.append(time.thread_time() - started)
    return COUNT / min(took)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_cues_with_spans_are_fast(lang):
    """A third of the bar of 60,000 a second, since others may use the machine."""
    sides, texts = zip(*messages(lang, COUNT), strict=True)
    assert rate(lambda: spans_of(cue_reader().find(texts, sides), texts)) >= 20_000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_readings_are_fast(lang):
    """Half of the bar of 8,000 a second."""
    sides, texts = zip(*messages(lang, COUNT), strict=True)
    assert rate(lambda: read_messages(texts, sides, [None] * COUNT)) >= 4_000
