"""Dialogues from JSON lines: good ones in, bad ones set aside with line, field and reason."""

from __future__ import annotations

import gzip
import io
import json
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.ledger.errors import UnreadableError
from troth.reading import files, lines
from troth.reading.dialogues import Terms
from troth.reading.files import Intake, read_dialogues
from troth.reading.lines import Lines

TURN = {"speaker": "staff", "text": "您好", "at": "2026-03-09T10:00:00+08:00"}


def line(name="d1", **changes) -> str:
    """A good line, with changes to its only turn."""
    return json.dumps({"id": name, "turns": [TURN | changes]})


def put(tmp_path, data: bytes, name="in.jsonl"):
    """A file with these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("packed", [False, True])
def test_spellings_of_a_file_mean_the_same(tmp_path, ending, mark, packed):
    """Line ends, a byte-order mark, blank lines, gzip and a missing last line break change nothing."""
    data = mark + ending.join([line("a").encode(), b"  ", line("b").encode()])
    path = put(tmp_path, gzip.compress(data) if packed else data)
    taken, refused = read_dialogues(path, Terms())
    assert [dialogue.id for dialogue in taken] == ["a", "b"]
    assert taken[0].turns[0].text == "您好"
    assert taken[0].turns[0].at.isoformat() == "2026-03-09T10:00:00+08:00"
    assert not refused


WRONG = [
    (b"not json", "", "JSON"),
    (b"[1, 2]", "", "JSON"),
    (b'"text"', "", "JSON"),
    (b'{"id": "x", "turns": [NaN]}', "", "JSON"),
    (b"[" * 100_000, "", "JSON"),
    (b'{"id": "\xff"}', "", "UTF-8"),
    (b'{"turns": []}', "id", "missing"),
    (b'{"id": "", "turns": []}', "id", "missing"),
    (b'{"id": true, "turns": []}', "id", "text"),
    (b'{"id": ["x"], "turns": []}', "id", "text"),
    (b'{"id": "x"}', "turns", "list"),
    (b'{"id": "x", "turns": {}}', "turns", "list"),
    (b'{"id": "x", "turns": ["hello"]}', "turns[0]", "object"),
    (line(speaker="bot").encode(), "turns[0].speaker", "bot"),
    (line(speaker=3).encode(), "turns[0].speaker", "3"),
    (line(speaker=None).encode(), "turns[0].speaker", "missing"),
    (line(text=None).encode(), "turns[0].text", "missing"),
    (line(text=["a"]).encode(), "turns[0].text", "text"),
    (line(at="soon").encode(), "turns[0].at", "soon"),
    (line(at=1_770_000_000).encode(), "turns[0].at", "ISO"),
    (line(at="2026-02-30T10:00:00Z").encode(), "turns[0].at", "ISO"),
    (line(at="0001-01-01T00:00:00+14:00").encode(), "turns[0].at", "ISO"),
    (line(at="2026-03-09T10:00:00").encode(), "turns[0].at", "--zone"),
]


@pytest.mark.parametrize(("bad", "column", "why"), WRONG, ids=lambda v: str(v)[:40])
def test_a_bad_line_is_told_and_the_rest_goes_on(tmp_path, bad, column, why):
    """Line number, field and reason of the bad line; the good ones around it are taken."""
    data = b"\n".join([line("a").encode(), bad, line("b").encode()])
    taken, refused = read_dialogues(put(tmp_path, data), Terms())
    assert [dialogue.id for dialogue in taken] == ["a", "b"]
    (told,) = refused
    assert (told.row, told.column) == (2, column)
    assert why in told.reason
    assert len(told.record) <= 2000
    assert "\n" not in told.reason


def test_reasons_are_worded_in_chinese_too(tmp_path):
    """The reader's language decides."""
    _, (told,) = read_dialogues(put(tmp_path, b"{"), Terms(lang="zh"))
    assert told.reason == "这一行不是 JSON 对象"


def test_odd_text_is_data(tmp_path):
    """Empty turns, half pairs, a megabyte, control signs and no turns at all are taken as they are."""
    odd = ["", "\ud83d", "a" * (1 << 20), "\x00\x1b[31m", "😀"]
    records = [{"id": str(i), "turns": [TURN | {"text": text}]} for i, text in enumerate(odd)]
    data = "\n".join(json.dumps(r) for r in [*records, {"id": "none", "turns": []}])
    taken, refused = read_dialogues(put(tmp_path, data.encode()), Terms())
    assert not refused
    assert [d.turns[0].text for d in taken[:-1]] == odd
    assert taken[-1].turns == ()


def test_a_repeated_id_counts_once(tmp_path):
    """The first wins, the number of others is told, and a refused line does not take the id."""
    rows = [line("a", text=1), line("a", text="first"), line("a", text="second"), line("b")]
    with Lines(put(tmp_path, "\n".join(rows).encode())) as opened:
        intake = Intake(opened, Terms(), lambda _: None)
        taken = [dialogue for batch in intake.batches() for dialogue in batch]
    assert [(d.id, d.turns[0].text) for d in taken] == [("a", "first"), ("b", "您好")]
    assert (intake.taken, intake.repeated, intake.rejected) == (2, 1, 1)


def test_batches_are_small(tmp_path):
    """A batch ends by number or by size, so that a long file needs no more memory than a short one."""
    data = "\n".join(line(str(i)) for i in range(2 * files.BATCH + 3))
    with Lines(put(tmp_path, data.encode())) as opened:
        sizes = [len(b) for b in Intake(opened, Terms(), lambda _: None).batches()]
    assert sizes == [files.BATCH, files.BATCH, 3]
    data = "\n".join(line(str(i), text="x" * files.BATCH_BYTES) for i in range(3))
    with Lines(put(tmp_path, data.encode())) as opened:
        sizes = [len(b) for b in Intake(opened, Terms(), lambda _: None).batches()]
    assert sizes == [1, 1, 1]


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    """A line over the limit is skipped without being held; its number and the next ones hold."""
    monkeypatch.setattr(lines, "LONGEST_LINE", 1000)
    data = b"\n".join([line("a").encode(), b"x" * 5000, line("b").encode()])
    taken, (told,) = read_dialogues(put(tmp_path, data), Terms())
    assert [d.id for d in taken] == ["a", "b"]
    assert (told.row, told.reason) == (2, "the line is over 64 MB")


def test_a_zone_is_given_to_times(tmp_path):
    """A time without a zone gets it; one with another zone is brought to it."""
    rows = [line("a", at="2026-03-09T10:00:00"), line("b", at="2026-03-09T02:00:00Z")]
    taken, refused = read_dialogues(
        put(tmp_path, "\n".join(rows).encode()), Terms(zone=ZoneInfo("Asia/Shanghai"))
    )
    assert not refused
    assert {d.turns[0].at.isoformat() for d in taken} == {"2026-03-09T10:00:00+08:00"}


def test_standard_input(monkeypatch):
    """``-`` reads what is piped in."""
    piped = io.TextIOWrapper(io.BytesIO(line("a").encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", piped)
    taken, _ = read_dialogues("-", Terms())
    assert taken[0].id == "a"


BROKEN = {
    "file_missing": None,
    "file_empty": b"",
    "file_gzip": gzip.compress(line().encode() * 100)[:-20],
}


@pytest.mark.parametrize(("key", "data"), BROKEN.items())
def test_a_file_of_no_use_is_an_error(tmp_path, key, data):
    """Missing, empty and cut short are told as such."""
    path = tmp_path / "in.jsonl.gz" if data is None else put(tmp_path, data)
    with pytest.raises(UnreadableError) as told:
        read_dialogues(path, Terms())
    assert told.value.key == key


def test_a_folder_is_no_file(tmp_path):
    """Nor is a folder."""
    with pytest.raises(UnreadableError, match="folder"):
        read_dialogues(tmp_path, Terms())


def test_lines_of_text_are_messages(tmp_path):
    """One a line, numbered as in the file; a line in no UTF-8 is told."""
    with Lines(put(tmp_path, "一\r\n\n二\n".encode() + b"\xff\n", "in.txt")) as opened:
        told = []
        found = list(Intake(opened, Terms(), told.append).messages())
    assert found == [(1, "一"), (3, "二")]
    assert (told[0].row, told[0].reason) == (4, "is not UTF-8")


@given(st.lists(st.binary(max_size=80), max_size=6))
def test_no_bytes_raise(tmp_path_factory, rows):
    """Whatever stands in a file, its lines are taken or told."""
    path = put(tmp_path_factory.mktemp("any"), b"{}\n" + b"\n".join(rows))
    with Lines(path) as opened:
        intake = Intake(opened, Terms(labelled=True), lambda _: None)
        assert sum(map(len, intake.batches())) == intake.taken
    assert intake.rejected >= 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "turns", "speaker", "text", "at", "satisfaction", "acts", "1"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(JSON, JSON, JSON)
def test_no_values_raise(tmp_path_factory, turns, grade, label):
    """Whatever stands in a field, the line is taken or told."""
    turn = TURN | {"satisfaction": label, "acts": label, "at": label}
    record = {"id": "x", "turns": [turn], "satisfaction": grade}
    data = "\n".join(json.dumps(r) for r in (record, record | {"turns": turns, "id": grade}))
    taken, refused = read_dialogues(
        put(tmp_path_factory.mktemp("any"), data.encode()), Terms(labelled=True)
    )
    assert len(taken) + len(refused) <= 2
