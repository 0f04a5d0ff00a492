"""Refused lines reach a file whole, or not at all."""

from __future__ import annotations

import csv
import tracemalloc

import pytest

from troth.reading.rejected_file import RejectedFile
from troth.reading.wrong import Rejection


def test_nothing_refused_writes_nothing(tmp_path):
    """No file, where there is nothing to say."""
    with RejectedFile(tmp_path / "r.csv"):
        pass
    assert not (tmp_path / "r.csv").exists()


def test_rows_are_read_as_they_were_given(tmp_path):
    """Line breaks, quotes, Chinese; half a pair is spelled out."""
    odd = Rejection("in.jsonl", 7, "turns[0].at", "为什么", 'a "b",\r\nc')
    half = Rejection("in.jsonl", 8, "", "why", "\ud83d")
    with RejectedFile(tmp_path / "r.csv") as refused:
        refused.add(odd)
        refused.add(half)
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first.values()) == ["in.jsonl", "7", "turns[0].at", "为什么", 'a "b",\r\nc']
    assert second["record"] == "\\ud83d"


def test_a_command_that_fails_writes_nothing(tmp_path):
    """What stood there before still stands."""
    path = tmp_path / "r.csv"
    path.write_text("before", encoding="utf-8")

    def fail() -> None:
        with RejectedFile(path) as refused:
            refused.add(Rejection("f", 1, "", "", ""))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert path.read_text(encoding="utf-8") == "before"


def test_many_rows_need_little_memory(tmp_path):
    """They go to the disk."""
    tracemalloc.start()
    with RejectedFile(tmp_path / "r.csv") as refused:
        for row in range(20_000):
            refused.add(Rejection("f", row, "", "why", "x" * 1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "r.csv").stat().st_size > 20_000_000
    assert peak < 8_000_000
