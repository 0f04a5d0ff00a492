"""``troth draft``: for a person, for a program, and errors that help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from troth import __version__

AT = "2026-03-09T10:00:00+08:00"
THREAD = "客服：对不起。\n客户：还没好。\n客服：非常抱歉。\n客户：太差了！"


@pytest.mark.parametrize(
    ("lang", "text", "asked", "words"),
    [
        ("zh", "抱歉，我们会尽快处理。", "等了一个小时还没上菜！",
         ("只有道歉，没有下文", "可以改成", "尽快", "可能下降")),
        ("en", "You should have called us. I will write to you by 3pm.", "Where is my room?",
         ("Blames the customer", "Instead", "9 Mar 2026, 15:00", "Likely down")),
        ("en", "Breakfast starts at seven.", "When does breakfast start?", ("Nothing to remark on",)),
    ],
)  # fmt: skip
def test_a_reply_is_looked_over(run, lang, text, asked, words):
    """Remarks with reason and rewrite, promises with their time, the direction and why."""
    code, out, err = run("draft", text, "--to", asked, "--lang", lang, "--at", AT)
    assert (code, err) == (0, "")
    assert all(word in " ".join(out.split()) for word in words), out


def test_a_program_reads_what_the_desk_would_say(run):
    """JSON alone, with spans of the text as given, version and time."""
    _, out, _ = run("draft", "真的对不起。", "--to", THREAD, "--at", AT, "--json", "--lang", "en")
    told = json.loads(out)
    first = told["remarks"][0]
    assert (first["kind"], first["label"]) == ("third_apology", "The third apology")
    assert told["text"][first["start"] : first["end"]] == first["text"]
    assert told["direction"]["way"] == "down"
    assert told["troth"] == {"version": __version__, "at": AT}


def test_reply_and_thread_come_from_files_or_standard_input(run):
    """In whatever encoding they were saved."""
    Path("reply.txt").write_bytes("真的对不起。\r\n".encode("gb18030"))
    Path("thread.txt").write_text(THREAD, encoding="utf-8")
    asked = ("--to", "thread.txt", "--at", AT, "--json")
    _, from_file, _ = run("draft", "reply.txt", *asked)
    _, from_pipe, _ = run("draft", "-", *asked, stdin="真的对不起。".encode())
    assert from_file == from_pipe
    assert "third_apology" in from_file


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("gone.txt",), 3, "echo 'gone.txt' | troth draft -"),
        (("binary.txt",), 3, "not a text file"),
        (("长" * 4001,), 3, "4000"),
        (("ok", "--at", "noon"), 2, "ISO 8601"),
        (("ok", "--zone", "Mars"), 2, "Mars"),
    ],
)
def test_what_cannot_be_looked_over_is_named(run, arguments, code, said):
    """The error names the file or the option, and the exit code says which sort it is."""
    Path("binary.txt").write_bytes(b"PK\0\1")
    left, out, err = run("draft", *arguments, "--lang", "en")
    assert (left, out) == (code, "")
    assert said in err
