"""Encodings, alone and mixed."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import HEADER, Reader, ids_of, line, refusals_of

GREETING = "您好，欢迎光临"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_text_reads_alike_in_every_encoding(read: Reader, encoding: str) -> None:
    """Also as Excel saves it."""
    reading = read((HEADER + line("a", GREETING)).encode(encoding))
    assert reading.events.table["text"].to_pylist() == [GREETING]


@pytest.mark.parametrize("name", ["events.csv", "events.jsonl"])
def test_encodings_may_differ_by_line(read: Reader, name: str) -> None:
    """Two systems' logs were pasted together."""
    if name == "events.csv":
        parts = [HEADER, line("a", GREETING), line("b", GREETING)]
    else:
        record = (
            '{"event_id":"%s","at":"2024-01-01","truster":"x","trustee":"y",'
            '"kind":"message","text":"%s"}\n'
        )
        parts = ["", record % ("a", GREETING), record % ("b", GREETING)]
    data = parts[0].encode() + parts[1].encode("gb18030") + parts[2].encode()
    assert read(data, name).events.table["text"].to_pylist() == [GREETING, GREETING]


def test_bytes_in_no_encoding_cost_their_row_only(read: Reader) -> None:
    """The column at fault is named."""
    data = (HEADER + line("a")).encode() + line("b", "§").encode().replace(
        "§".encode(), b"\xff\x80\xff"
    )
    reading = read(data + line("c").encode())
    assert ids_of(reading) == ["a", "c"]
    assert refusals_of(reading) == [(3, "text", "is neither UTF-8 nor GB18030")]


def test_replacement_characters_of_others_stay(read: Reader) -> None:
    """They were lost before, and are text to us."""
    assert ids_of(read(HEADER + line("a", "lost \ufffd \ufdd0"))) == ["a"]
