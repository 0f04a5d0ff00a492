"""``troth read``: sentences for a person, dialogues in and out, errors that help."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from rich.cells import cell_len

from tests.cli.fake_reader import FakeReader
from tests.reading.chat import says, serving
from troth.reading.files import BATCH
from troth.reading.json_schema import fault, output_schema, turn_schema

SENTENCE = "您好，给您添麻烦了，我今天下午三点前回复您"
AT = "2026-03-09T10:00:00+08:00"


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    """Commands find the fake where the reader will be."""
    module = ModuleType("troth.reading.reader")
    module.Reader = FakeReader
    monkeypatch.setitem(sys.modules, "troth.reading.reader", module)
    monkeypatch.setattr(FakeReader, "sizes", [])
    for name in list(os.environ):
        if name.startswith("TROTH_LLM"):
            monkeypatch.delenv(name)


def line(name: str, *texts: str, **turn) -> str:
    """A line of a file of dialogues."""
    turns = [{"speaker": "customer", "text": text} | turn for text in texts]
    return json.dumps({"id": name, "turns": turns}, ensure_ascii=False)


def put(name: str, *rows: str) -> str:
    """A file in the current folder."""
    Path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return name


def lines_of(name: str) -> list[dict]:
    """The lines of a file of readings."""
    return [json.loads(row) for row in Path(name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("greeting", "by 9 Mar 2026, 13:00, in 3 hours", "exploration strong",
                "Not sure of: sentiment", "anger 0.40")),
        ("zh", ("问候", "2026年3月9日 13:00 之前，还有 3 小时", "进一步询问", "说不准的：情感", "愤怒 0.40")),
    ],
)  # fmt: skip
def test_a_sentence_is_shown_to_a_person(run, lang, words):
    """Its acts with strength, what is owed and by when, and what the reader doubts."""
    code, out, err = run("read", SENTENCE, "--at", AT, "--as", "staff", "--lang", lang)
    assert (code, err) == (0, "")
    for word in words:
        assert word in out, out


def test_marks_stand_under_the_words_without_colour(run):
    """Each mark begins in the cell where its words begin, and is as wide."""
    _, out, _ = run("read", SENTENCE, "--at", AT, "--lang", "en")
    assert "\x1b" not in out
    shown, marks = out.splitlines()[:2]
    for label, words in (("1", "您好"), ("2", "添麻烦")):
        assert marks.index(label) == cell_len(shown[: shown.index(words)])
        assert marks.count("^", marks.index(label)) >= cell_len(words) - 1
    assert "1  greeting" in out


def test_harm_shows_without_colour(run):
    """A harmful act carries a sign."""
    _, out, _ = run("read", "这不是我们的问题", "--lang", "zh")
    assert "! 推诿" in out


def test_nothing_to_read(run):
    """An empty sentence is data."""
    code, out, _ = run("read", "", "--lang", "en")
    assert (code, out.strip()) == (0, "There is nothing to read.")


def test_a_preference_is_shown(run):
    """With what is wanted or not."""
    assert "does not want: 高楼层" in run("read", "我不要高楼层", "--lang", "en")[1]


def test_hostile_text_does_not_steer_the_terminal(run):
    """Signs that move cursors or turn text around are not printed."""
    _, out, _ = run("read", "a\x1b[31m\u202eb\r您好\x07", "--lang", "en")
    assert not {"\x1b", "\u202e", "\x07", "\r"} & set(out)


def test_a_sentence_as_json(run):
    """The message and what was read in it, by the published schema, without a time of its own."""
    code, out, _ = run(
        "read", SENTENCE, "--json", "--at", "2026-03-09T10:00", "--zone", "Asia/Shanghai"
    )
    told = json.loads(out)
    assert code == 0
    assert told.pop("text") == SENTENCE
    assert fault(told, turn_schema()) is None
    assert told["promises"][0]["due"] == "2026-03-09T13:00:00+08:00"


def test_without_a_time_it_is_now(run):
    """Due times are counted from the clock."""
    told = json.loads(run("read", SENTENCE, "--json", "--zone", "UTC")[1])
    due = datetime.fromisoformat(told["promises"][0]["due"])
    assert 10_700 < (due - datetime.now(UTC)).total_seconds() < 10_900


@pytest.mark.parametrize("packed", [False, True])
def test_dialogues_in_and_out(run, packed):
    """One line each, in order, by the published schema."""
    rows = [line("a", "您好", ""), line("b"), line("c", "不是我们的问题", at=AT)]
    name = put("in.jsonl", *rows)
    if packed:
        name = "in.jsonl.gz"
        Path(name).write_bytes(gzip.compress("\n".join(rows).encode()))
    code, out, err = run("read", name, "-o", "out.jsonl", "--lang", "en")
    assert (code, err) == (0, "")
    assert "3 dialogues read, written to out.jsonl" in out
    told = lines_of("out.jsonl")
    assert [row["id"] for row in told] == ["a", "b", "c"]
    assert [len(row["turns"]) for row in told] == [2, 0, 1]
    assert all(fault(row, output_schema()) is None for row in told)


def test_dialogues_through_pipes(run):
    """``-`` in; lines out where no file is named."""
    code, out, _ = run("read", "-", stdin=line("a", "您好").encode())
    assert (code, json.loads(out)["id"]) == (0, "a")


def test_text_through_pipes(run):
    """Lines of text are messages: shown to a person, or a line of JSON each."""
    text = "您好\n\n不是我们的问题\n".encode()
    code, out, _ = run("read", "-", "--lang", "en", stdin=text)
    assert code == 0
    assert "Line 3" in out
    assert "! denial or evasion" in out
    rows = [json.loads(r) for r in run("read", "-", "--json", stdin=text)[1].splitlines()]
    assert [(r["line"], r["text"]) for r in rows] == [(1, "您好"), (3, "不是我们的问题")]


def test_a_file_of_text(run):
    """Told from its content, whatever its name."""
    code, out, _ = run("read", put("notes.txt", "您好", "sorry"), "-o", "out.jsonl", "--lang", "en")
    assert code == 0
    assert "2 messages read" in out
    assert [row["acts"][0]["act"] for row in lines_of("out.jsonl")] == ["greeting", "apology"]


def test_bad_lines_are_listed_and_the_rest_goes_on(run):
    """REJECTED.csv has line, field and reason; repeats are told; exit 1."""
    bad = line("c", "x", speaker="bot")
    name = put("in.jsonl", line("a", "您好"), "oops", line("a", "x"), bad, line("b", "\x00"))
    code, _, err = run("read", name, "-o", "out.jsonl", "--lang", "en")
    assert code == 1
    assert "2 lines were rejected; see REJECTED.csv" in err
    assert "1 lines repeat the id" in err
    assert [row["id"] for row in lines_of("out.jsonl")] == ["a", "b"]
    rows = list(csv.DictReader(io.StringIO(Path("REJECTED.csv").read_text(encoding="utf-8"))))
    assert [(r["file"], r["row"], r["column"]) for r in rows] == [
        (name, "2", ""), (name, "4", "turns[0].speaker"),
    ]  # fmt: skip
    assert rows[0]["record"] == "oops"
    assert run("read", name, "--rejected", "bad.csv", "--lang", "zh")[0] == 1
    assert "不是 JSON" in Path("bad.csv").read_text(encoding="utf-8")


def test_json_tells_what_was_done(run):
    """With a file to write, a summary alone on standard output."""
    put("in.jsonl", line("a", "您好"), "oops", line("a", "x"))
    code, out, _ = run("read", "in.jsonl", "-o", "out.jsonl", "--json")
    assert code == 1
    assert json.loads(out) == {"output": "out.jsonl", "read": 1, "rejected": 1, "repeated": 1}


def test_a_long_file_is_read_in_batches(run):
    """So that memory does not grow with it."""
    put("in.jsonl", *(line(str(i), "您好") for i in range(2 * BATCH + 1)))
    assert run("read", "in.jsonl", "-o", "out.jsonl")[0] == 0
    assert FakeReader.sizes == [BATCH, BATCH, 1]
    assert len(lines_of("out.jsonl")) == 2 * BATCH + 1


def test_a_time_is_given_to_turns_without_one(run):
    """``--at`` where the file says nothing, ``--zone`` where it gives no zone."""
    put("in.jsonl", line("a", "回复"), line("b", "回复", at="2026-03-09T12:00:00"))
    run("read", "in.jsonl", "-o", "out.jsonl", "--at", AT, "--zone", "Asia/Shanghai")
    due = [row["turns"][0]["promises"][0]["due"] for row in lines_of("out.jsonl")]
    assert due == ["2026-03-09T13:00:00+08:00", "2026-03-09T15:00:00+08:00"]
    run("read", put("in.jsonl", line("a", "回复")), "-o", "out.jsonl")
    assert lines_of("out.jsonl")[0]["turns"][0]["promises"][0]["due"] is None


def test_half_a_pair_comes_out_as_it_came_in(run):
    """As an escape, in UTF-8."""
    Path("in.jsonl").write_text('{"id": "a\\ud83d", "turns": []}', encoding="utf-8")
    assert run("read", "in.jsonl", "-o", "out.jsonl")[0] == 0
    assert lines_of("out.jsonl")[0]["id"] == "a\ud83d"


def test_a_damaged_file_writes_nothing(run):
    """What stood at the output's place still stands; exit 3 and one line."""
    rows = "\n".join(line(str(i), "您好" * 50) for i in range(3000)).encode()
    Path("in.jsonl.gz").write_bytes(gzip.compress(rows)[:-30])
    Path("out.jsonl").write_text("before", encoding="utf-8")
    code, _, err = run("read", "in.jsonl.gz", "-o", "out.jsonl", "--lang", "en")
    assert code == 3
    assert "gzip" in err
    assert Path("out.jsonl").read_text(encoding="utf-8") == "before"
    assert sorted(p.name for p in Path().iterdir()) == ["in.jsonl.gz", "out.jsonl"]


BROKEN = ["missing.jsonl", "my chats.jsonl", "./missing", "notes.txt", "chats.jsonl.gz"]


@pytest.mark.parametrize("name", BROKEN)
def test_a_missing_file_is_told_with_a_way_out(run, name):
    """Exit 3, and how to read it as a sentence if it is one."""
    code, out, err = run("read", name, "--lang", "en")
    assert (code, out) == (3, "")
    assert "no such file" in err
    assert "troth read -" in err


@pytest.mark.parametrize("text", ["see you at 10.30", "and/or", "…", "a" * 5000, "e.g. this", "."])
def test_a_sentence_is_not_taken_for_a_file(run, text):
    """What does not look like the name of a file is read."""
    assert run("read", text, "--lang", "en")[0] == 0


def test_other_files_are_refused(run):
    """A table of events, something binary, an empty file and a folder are no dialogues."""
    put("events.csv", "a,b")
    Path("x.bin").write_bytes(b"PK\x03\x04\0\0")
    Path("empty.jsonl").write_bytes(b"")
    Path("folder/in").mkdir(parents=True)
    for name in ("events.csv", "x.bin", "empty.jsonl", "folder/in", os.devnull):
        code, out, err = run("read", name, "--lang", "en")
        assert (code, out) == (3, ""), name
        assert name in err


WRONG = [
    ("hello", "--as", "nobody"),
    ("hello", "--zone", "Nowhere"),
    ("hello", "--at", "soon"),
    ("hello", "--at", "2026-03-09T10:00"),
    ("hello", "-o", "out.csv"),
    ("hello", "--second-opinion"),
    ("in.jsonl", "--as", "staff"),
    (),
]


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_wrong_use_is_exit_2(run, args):
    """What cannot be done as asked is said, and nothing is written."""
    put("in.jsonl", line("a", "您好"))
    code, out, err = run("read", *args)
    assert (code, out) == (2, "")
    assert err.strip()


def test_a_trained_reader_is_used(run):
    """And a file that is none is broken input."""
    with Path("mine.npz").open("wb") as file:
        FakeReader().save(file)
    assert run("read", "您好", "--reader", "mine.npz")[0] == 0
    for name in (put("bad.npz", "hello"), "missing.npz"):
        code, out, err = run("read", "您好", "--reader", name, "--lang", "en")
        assert (code, out) == (3, "")
        assert name in err


def opinion(text: str) -> bytes:
    """What a language model might say of one turn: that it apologises."""
    told = FakeReader().read_message(text).to_json()
    axis = {"level": 0, "strength": 0, "spans": []}
    emotions = ("anger", "disappointment", "anxiety", "confusion", "gratitude", "joy")
    told |= {
        "empathy": dict.fromkeys(("emotional_reaction", "interpretation", "exploration"), axis),
        "emotions": dict.fromkeys(emotions, 0), "promises": [], "preferences": [], "unsure": [],
        "acts": [{"act": "apology", "start": 0, "end": 2, "strength": 0.5, "text": "您好"}],
    }  # fmt: skip
    even = dict.fromkeys(("-2", "-1", "0", "1", "2"), 0.2)
    grades = dict.fromkeys(("satisfaction", "solved", "effectiveness"), even)
    return says({"turns": [told], "turning_point": None} | grades)


def test_a_second_opinion_is_asked_for_and_counted(run, monkeypatch):
    """Both switches are needed; how often it was used is said, and the stamp holds it."""
    put("in.jsonl", line("a", "您好", speaker="staff"), line("b", "您好，第二", speaker="staff"))
    with serving(opinion("您好"), b"no") as chat:
        monkeypatch.setenv("TROTH_LLM_URL", chat.url)
        monkeypatch.setenv("TROTH_LLM_MODEL", "small")
        assert run("read", "in.jsonl", "-o", "out.jsonl")[0] == 0
        assert chat.asked == []
        code, _, err = run(
            "read", "in.jsonl", "-o", "out.jsonl", "--second-opinion", "--lang", "en"
        )
    assert code == 0
    assert "used 1 times" in err
    assert "kept 1 times, because the answer is not JSON" in err
    first, second = lines_of("out.jsonl")
    assert first["turns"][0]["acts"][0]["act"] == "apology"
    assert second["turns"][0]["acts"][0]["act"] == "greeting"
    assert [row["reader"]["second_opinion"]["used"] for row in (first, second)] == [True, False]


def test_a_second_opinion_on_a_sentence(run, monkeypatch):
    """Works without knowing who speaks, and falls back."""
    with serving(opinion("您好")) as chat:
        monkeypatch.setenv("TROTH_LLM_URL", chat.url)
        monkeypatch.setenv("TROTH_LLM_MODEL", "small")
        told = json.loads(run("read", "您好", "--json", "--second-opinion")[1])
    assert told["acts"][0]["act"] == "apology"
    assert told["second_opinion"] == {"model": "small", "used": True}
    monkeypatch.setenv("TROTH_LLM_TIMEOUT", "0.2")
    monkeypatch.setattr("troth.reading.chat_server._FIRST_WAIT_S", 0.01)
    code, out, err = run("read", "您好", "--second-opinion", "--lang", "en")
    assert code == 0
    assert "greeting" in out
    assert "installed reading was kept" in err
