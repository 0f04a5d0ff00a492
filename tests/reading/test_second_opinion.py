"""A second opinion is verified against the text, and never had at the price of a reading."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from tests.reading.chat import says, send, serving
from tests.reading.readings import STAMP, dialogue_of, reading_of, turn_reading
from troth.reading import chat_server
from troth.reading.chat_server import Server
from troth.reading.schema import line_of
from troth.reading.second_opinion import LONGEST_DIALOGUE, SecondOpinion, instructions

TEXT = "陈女士您好，非常抱歉，我三点前给您回电，好的，好的"
DIALOGUE = dialogue_of(TEXT)
DUE = "2026-03-09T15:00:00+08:00"
SPLIT = {"-2": 0.0, "-1": 0.1, "0": 0.2, "1": 0.3, "2": 0.4}


def span(words: str, start: int | None = None, **more) -> dict:
    """Words at their place, or at a wrong one."""
    place = TEXT.find(words) if start is None else start
    return {"start": place, "end": place + len(words), "text": words, **more}


PROMISE = span("给您回电", deliverable="给您回电", due=None)
OWN = reading_of(DIALOGUE, turns=(turn_reading(TEXT, promises=[PROMISE | {"due": DUE}]),))


def opinion(**changes) -> dict:
    """A model's good answer, with changes to its only turn."""
    told = json.loads(line_of(OWN.to_json()))
    del told["id"], told["reader"]
    turn = {"acts": [span("非常抱歉", act="apology", strength=0.8)], "promises": [PROMISE]}
    told["turns"][0] |= turn | changes
    return told | {"satisfaction": SPLIT}


def asked(*answers, timeout_s=5.0, retries=2, own=OWN, dialogue=DIALOGUE, times=1):
    """The reading after asking a server that answers so, the server, the asker and its pauses."""
    pauses: list[float] = []
    with serving(*answers) as chat:
        server = Server(chat.url, "small", "k-1", timeout_s, retries)
        asker = SecondOpinion(server, sleep=pauses.append)
        for _ in range(times):
            found = asker.on(dialogue, own)
    return found, chat, asker, pauses


def test_a_good_answer_is_used():
    """Acts, grades and the stamp are the model's; the due time, which follows from the calendar, is not."""
    found, chat, asker, _ = asked(says(opinion()))
    (act,) = found.turns[0].acts
    assert (act.act, act.text) == ("apology", "非常抱歉")
    assert found.satisfaction == SPLIT
    assert found.turns[0].promises == [PROMISE | {"due": DUE}]
    assert found.reader == STAMP | {"second_opinion": {"model": "small", "used": True}}
    assert (asker.used, sum(asker.kept.values())) == (1, 0)
    assert chat.paths == ["/v1/chat/completions"]
    assert chat.headers[0]["Authorization"] == "Bearer k-1"


def test_only_hidden_words_are_sent():
    """Neither the id nor the times nor a name; a strict schema and temperature 0."""
    _, chat, _, _ = asked(says(opinion()))
    (sent,) = chat.asked
    assert sent["temperature"] == 0
    assert sent["response_format"]["json_schema"]["strict"] is True
    (turn,) = json.loads(sent["messages"][1]["content"])
    assert turn == {"speaker": "staff", "text": TEXT.replace("陈", "某")}
    assert sent["messages"][0] == {"role": "system", "content": instructions()}
    assert len(sent["messages"]) == 2


def test_wrong_places_are_found_again_and_wrong_words_dropped():
    """The words decide; between equal words the nearest; an act of the other side is dropped."""
    acts = [
        span("非常抱歉", 20, act="apology", strength=0.8),
        span("好的", 22, act="progress_update", strength=0.5),
        span("从未说过", 3, act="blame", strength=1),
        span("", 3, act="blame", strength=1),
        span("三点前", act="complaint", strength=1),
        span("某女士您好", 0, act="address", strength=1),
    ]
    drafts = [
        span("没有这句", 0, deliverable="x", due=None),
        span("我三点前给某女士", 0, deliverable="", due="x"),
    ]
    found = asked(says(opinion(acts=acts, promises=drafts)))[0].turns[0]
    assert [(a.act, a.start, a.text) for a in found.acts] == [
        ("address", 0, "陈女士您好"),
        ("apology", TEXT.find("非常抱歉"), "非常抱歉"),
        ("progress_update", TEXT.rfind("好的"), "好的"),
    ]
    assert found.promises == []
    assert all(TEXT[a.start : a.end] == a.text for a in found.acts)


NO_USE = {
    "JSON": [b"not json", b"[]", b'{"choices": []}', says("hm"), says('{"turns": '), b"\xff", b""],
    "schema": [
        says(opinion(sentiment=9)),
        says(opinion(acts=[span("好的", act="sing", strength=1)])),
        says(opinion() | {"turns": []}),
        says(opinion() | {"more": 1}),
        says(opinion() | {"solved": dict.fromkeys(SPLIT, 0.5)}),
        says([]),
    ],
    "HTTP 404": [send(b"{}", 404)],
    "elsewhere": [send(b"", 307, Location="http://192.0.2.1/v1/chat/completions")],
    "too long": [b"x" * (chat_server.LONGEST_ANSWER + 1)],
}


@pytest.mark.parametrize(
    ("why", "answer"), [(why, answer) for why, answers in NO_USE.items() for answer in answers],
    ids=str,
)  # fmt: skip
def test_an_answer_of_no_use_keeps_the_installed_reading(why, answer):
    """Asked once, and said."""
    found, chat, asker, pauses = asked(answer)
    assert replace(found, reader=STAMP) == OWN
    told = found.reader["second_opinion"]
    assert told["used"] is False
    assert why in told["why"]
    assert asker.kept == {told["why"]: 1}
    assert len(chat.asked) == 1
    assert pauses == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(status):
    """With longer pauses, twice; then the installed reading is kept."""
    found, chat, _, pauses = asked(send(b"{}", status))
    assert str(status) in found.reader["second_opinion"]["why"]
    assert len(chat.asked) == 3
    assert pauses == [0.5, 1.0]


def test_a_server_that_recovers_is_used():
    """A pause that it names is kept to, as a number or as a date; one too long is not waited for."""
    first = send(b"", 429, Retry_After="7")
    second = send(b"", 503, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT")
    found, _, asker, pauses = asked(first, second, says(opinion()))
    assert (asker.used, pauses) == (1, [7.0, 0.0])
    assert found.satisfaction == SPLIT
    found, chat, _, pauses = asked(send(b"", 429, Retry_After="3600"))
    assert (len(chat.asked), pauses) == (1, [])


def drip(handler) -> None:
    """An answer that never ends."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler) -> None:
    """A head that never ends."""
    for i in range(200):
        handler.wfile.write(f"HTTP/1.1 200 OK\r\nX-{i}: y\r\n".encode() if i == 0 else b"X: y\r\n")
        handler.wfile.flush()
        time.sleep(0.05)


def sleep(handler) -> None:
    """No answer for a while."""
    del handler
    time.sleep(1.5)


@pytest.mark.parametrize("answer", [drip, drip_headers, sleep])
def test_a_slow_answer_is_cut_off(answer):
    """The time holds for the whole answer, however it comes, and there is no second try."""
    start = time.monotonic()
    with serving(answer) as chat:
        asker = SecondOpinion(Server(chat.url, "small", None, 0.4))
        found = asker.on(DIALOGUE, OWN)
        took = time.monotonic() - start
    assert "0.4 s" in found.reader["second_opinion"]["why"]
    assert took < 1.2
    assert len(chat.asked) == 1


def test_an_answer_cut_short_is_no_answer():
    """Fewer bytes than announced is a failed connection."""

    def short(handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(says(opinion()))

    found, chat, _, _ = asked(short)
    assert found.reader["second_opinion"]["used"] is False
    assert len(chat.asked) == 3


def test_nobody_there():
    """Refused connections are tried again, then told; after three dialogues nothing more is asked."""
    with serving(b"") as chat:
        url = chat.url
    pauses: list[float] = []
    asker = SecondOpinion(Server(url, "small"), sleep=pauses.append)
    reasons = [asker.on(DIALOGUE, OWN).reader["second_opinion"]["why"] for _ in range(5)]
    assert "reached" in reasons[2]
    assert reasons[3] == reasons[4] == "not asked again after failures in a row"
    assert len(pauses) == 6
    assert sum(asker.kept.values()) == 5


def test_a_bad_answer_does_not_count_as_nobody_there():
    """A model that writes nonsense about one dialogue is asked about the next."""
    _, chat, _, _ = asked(says("hm"), times=5)
    assert len(chat.asked) == 5


def test_what_need_not_be_asked_is_not():
    """Nothing but spaces, and dialogues that are too long."""
    blank = dialogue_of("", " \n")
    found, chat, _, _ = asked(says(opinion()), own=reading_of(blank), dialogue=blank)
    assert found == reading_of(blank)
    assert chat.asked == []
    long = dialogue_of("长" * (LONGEST_DIALOGUE + 1))
    found, chat, _, _ = asked(says(opinion()), own=reading_of(long), dialogue=long)
    assert "too long" in found.reader["second_opinion"]["why"]
    assert chat.asked == []


def test_reasons_are_worded_in_chinese_too():
    """As the reader's language asks."""
    with serving(says("hm")) as chat:
        found = SecondOpinion(Server(chat.url, "small"), "zh").on(DIALOGUE, OWN)
    assert found.reader["second_opinion"]["why"] == "回答不是 JSON"


def test_the_environment_names_the_server():
    """Nothing is asked where no address is set; a setting of no use is refused at once."""
    assert Server.from_environment({}) is None
    assert Server.from_environment({"TROTH_LLM_URL": " ", "TROTH_LLM_MODEL": "m"}) is None
    found = Server.from_environment(
        {"TROTH_LLM_URL": "https://llm.example/v1", "TROTH_LLM_MODEL": "m", "TROTH_LLM_KEY": "k"}
    )
    assert found == Server("https://llm.example/v1", "m", "k")
    assert "k" not in repr(replace(found, key="secret-k")).split("key")[-1]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("TROTH_LLM_URL", "ftp://x/v1"),
        ("TROTH_LLM_URL", "file:///etc/passwd"),
        ("TROTH_LLM_URL", "localhost:8000"),
        ("TROTH_LLM_URL", "http://me:secret@x/v1"),
        ("TROTH_LLM_URL", "http://x:99999/v1"),
        ("TROTH_LLM_MODEL", " "),
        ("TROTH_LLM_KEY", "a\nb"),
        ("TROTH_LLM_TIMEOUT", "soon"),
        ("TROTH_LLM_TIMEOUT", "nan"),
        ("TROTH_LLM_TIMEOUT", "-1"),
    ],
)
def test_a_setting_of_no_use_is_refused(setting, value):
    """With the setting's name or what is wrong with it."""
    good = {"TROTH_LLM_URL": "http://x/v1", "TROTH_LLM_MODEL": "m"}
    with pytest.raises(ValueError, match=r"TROTH_LLM|[Pp]ort"):
        Server.from_environment(good | {setting: value})


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://x", "/v1/chat/completions"),
        ("http://x/", "/v1/chat/completions"),
        ("http://x/v1", "/v1/chat/completions"),
        ("http://x/api/v1/", "/api/v1/chat/completions"),
        ("http://x/openai/v1/chat/completions", "/openai/v1/chat/completions"),
    ],
)
def test_addresses_are_completed(url, path):
    """A server, its ``/v1`` or the very address."""
    assert Server(url, "m").path == path
