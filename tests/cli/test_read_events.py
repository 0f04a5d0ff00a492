"""``troth read --events``: from words to belief, in one line each, and never twice."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli import fake_reader
from tests.cli.fake_reader import FakeReader

EVADED = "这不是我们的问题，您找别人吧"
SOLVED = "已经修好了，谢谢"


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    """Commands find the fake where the reader will be; it knows one more thing that customers say."""
    module = ModuleType("troth.reading.reader")
    module.Reader = FakeReader
    monkeypatch.setitem(sys.modules, "troth.reading.reader", module)
    monkeypatch.setattr(fake_reader, "WORDS", fake_reader.WORDS | {"修好了": "solved"})
    for name in list(os.environ):
        if name.startswith("TROTH_LLM"):
            monkeypatch.delenv(name)


def line(name: str, speaker: str, text: str, **more) -> str:
    """A dialogue of two turns, the second by the speaker; times unless told otherwise."""
    timed = more.pop("timed", True)
    turns = [
        {
            "speaker": "customer",
            "text": "空调坏了",
            "at": "2026-03-09T10:00:00+08:00" if timed else None,
        },
        {"speaker": speaker, "text": text, "at": "2026-03-09T10:05:00+08:00" if timed else None},
    ]
    return json.dumps({"id": name, "turns": turns, "staff": "小文"} | more, ensure_ascii=False)


def put(*rows: str, name="in.jsonl") -> str:
    """A file of dialogues in the current folder."""
    Path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return name


def rows_of(name: str) -> list[dict]:
    """The lines of a file."""
    return [json.loads(row) for row in Path(name).read_text(encoding="utf-8").splitlines()]


def events_of(run, *rows: str, out="out.jsonl", more=()) -> list[dict]:
    """The events that a file of dialogues gives."""
    code, _, err = run("read", put(*rows), "--events", out, "--lang", "en", *more)
    assert code == 0, err
    return rows_of(out)


def scored(run, *files: str) -> dict[str, dict]:
    """What ``troth score`` says a day later of each customer, by name."""
    code, _, err = run("score", *files, "--at", "2026-03-10T00:00:00Z", "-o", "scored.jsonl")
    assert code == 0, err
    return {row["truster"]: row for row in rows_of("scored.jsonl")}


def test_an_evasion_lowers_and_a_solved_problem_raises_the_belief(run):
    """Two customers with the same history each: one is evaded, the other says that it is solved."""
    events_of(
        run,
        line("d1", "staff", EVADED, customer="赵", organisation="甲"),
        line("d2", "customer", SOLVED, customer="钱", organisation="乙", staff="小武"),
    )
    base = [
        {"event_id": f"k{i}", "at": "2026-03-01T00:00:00Z", "truster": who, "trustee": staff,
         "organisation": house, "kind": "observation", "outcome": 0.5}
        for i, (who, staff, house) in enumerate([("赵", "小文", "甲"), ("钱", "小武", "乙")])
    ]  # fmt: skip
    put(*[json.dumps(row) for row in base], name="base.jsonl")
    before, after = scored(run, "base.jsonl"), scored(run, "base.jsonl", "out.jsonl")
    assert after["赵"]["probability"] < before["赵"]["probability"]
    assert after["钱"]["probability"] > before["钱"]["probability"]


def test_reading_again_changes_nothing(run):
    """The same dialogues give the same bytes, and scoring both files the scores of one."""
    rows = [line("d1", "staff", EVADED, customer="赵"), line("d2", "customer", SOLVED)]
    events_of(run, *rows)
    events_of(run, *rows, out="again.jsonl")
    assert Path("out.jsonl").read_bytes() == Path("again.jsonl").read_bytes()
    assert scored(run, "out.jsonl", "again.jsonl") == scored(run, "out.jsonl")


def test_soft_readings_are_never_targets(run):
    """A fit on them alone has nothing to aim at, whatever kind somebody makes of them."""
    import numpy as np

    from troth.ledger.evidence import evidence_rows
    from troth.ledger.read import read_events
    from troth.trust.trials import targets_of

    events_of(run, line("d1", "staff", EVADED), line("d2", "customer", SOLVED))
    rows = rows_of("out.jsonl")
    for kind in ("message", "observation"):
        put(*[json.dumps(row | {"kind": kind}) for row in rows], name=f"{kind}.jsonl")
        events = read_events(f"{kind}.jsonl", now_us=1_900_000_000_000_000).events
        assert len(events) == 2
        assert not np.any(targets_of(evidence_rows(events), events))


def test_readings_can_be_had_beside(run):
    """With -o both files are written; without it, and without being asked, no words are copied."""
    rows = events_of(run, line("d1", "staff", EVADED), more=("-o", "read.jsonl"))
    assert rows_of("read.jsonl")[0]["id"] == "d1"
    assert "text" not in rows[0]
    assert EVADED not in Path("out.jsonl").read_text(encoding="utf-8")
    rows = events_of(run, line("d1", "staff", EVADED), more=("--with-words",))
    assert rows[0]["text"] == "不是我们的问题"


def test_events_can_be_piped(run):
    """``-`` prints the events alone on standard output."""
    code, out, _ = run("read", put(line("d1", "staff", EVADED)), "--events", "-")
    assert code == 0
    assert [json.loads(row)["act"] for row in out.splitlines()] == ["evasion"]


def test_dialogues_without_times_are_told_of(run):
    """Their evidence stands early in 1970, which is said; --at gives a time."""
    name = put(line("d1", "staff", EVADED, timed=False), line("d2", "staff", EVADED))
    code, _, err = run("read", name, "--events", "out.jsonl", "--lang", "en")
    assert code == 0
    assert "1 dialogues have no times" in err
    assert [row["at"][:4] for row in rows_of("out.jsonl")] == ["1970", "2026"]
    run("read", name, "--events", "out.jsonl", "--at", "2026-03-01T00:00:00Z")
    assert rows_of("out.jsonl")[0]["at"][:4] == "2026"


@pytest.mark.parametrize(
    "args",
    [
        ("您好", "--events", "out.jsonl"), ("plain.txt", "--events", "out.jsonl"),
        ("in.jsonl", "--events", "out.csv"), ("in.jsonl", "--events", "o.jsonl", "-o", "o.jsonl"),
        ("in.jsonl", "--events", "-", "-o", "o.jsonl"), ("in.jsonl", "--with-words"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(run, args):
    """Sentences hold no two parties, other endings are no JSON lines, outputs do not run together."""
    put(line("d1", "staff", EVADED))
    put("您好", name="plain.txt")
    code, _, err = run("read", *args)
    assert code == 2, err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"customer": ["赵"]}, "customer"),
        ({"staff": True}, "staff"),
        ({"customer": "小文"}, "staff"),
    ],
)
def test_names_that_cannot_be_are_rejected_with_their_line(run, more, column):
    """A list is no name, and nobody is their own customer; blank and null are no names at all."""
    name = put(
        line("d0", "staff", EVADED, customer=" ", organisation=None),
        line("d1", "staff", EVADED, **more),
    )
    code, _, _ = run("read", name, "--events", "out.jsonl")
    assert code == 1
    assert column in Path("REJECTED.csv").read_text(encoding="utf-8").splitlines()[1]
    assert [(r["truster"], r["organisation"]) for r in rows_of("out.jsonl")] == [("d0", "house")]
