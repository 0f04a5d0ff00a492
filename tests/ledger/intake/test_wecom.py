"""Enterprise WeChat's conversation archive."""

from __future__ import annotations

import json

import pytest

from tests.ledger.intake.conftest import briefly, events_of, opened, refused
from tests.ledger.intake.samples import WECOM
from troth.ledger.errors import UnreadableError

GOOD, ANSWER = WECOM


def test_customers_are_those_from_outside() -> None:
    """Ids that begin with wm or wo; who speaks stands beside, whoever trusts."""
    sheet = opened("a.json", WECOM)
    assert briefly(sheet, "event_id", "truster", "trustee", "speaker", "thread") == [
        ("wecom:m1", "wecom:wmWang", "wecom:LiNa", "customer", "wecom:wmWang:LiNa"),
        ("wecom:m2", "wecom:wmWang", "wecom:LiNa", "staff", "wecom:wmWang:LiNa"),
    ]
    first = events_of(sheet)[0]
    assert (first["kind"], first["t_us"]) == ("message", GOOD["msgtime"] * 1000)
    assert sheet.people["wecom:wmWang"].kind == "customer"


def test_lines_are_read_like_a_list() -> None:
    """Numbered by line."""
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in (GOOD, ANSWER))
    assert events_of(opened("a.jsonl", lines)) == events_of(opened("a.json", WECOM))
    assert refused(opened("a.jsonl", lines.replace('"m2"', '"m2'))) == [
        (2, "", "cannot be read as JSON (cut short, damaged or nested too deeply)")
    ]


@pytest.mark.parametrize(
    ("kind", "words"), [("image", "[图片]"), ("voice", "[语音]"), ("hologram", "[hologram]")]
)
def test_what_is_no_text_is_named(kind: str, words: str) -> None:
    """As the chat itself shows it, in whatever language the file is read."""
    record = {**GOOD, "msgtype": kind, kind: {"sdkfileid": "x"}}
    for lang in ("zh", "en"):
        assert briefly(opened("a.json", [record], lang=lang), "text") == [(words,)]


def test_a_message_taken_back_is_left_out() -> None:
    """And so is the taking back; each says why."""
    recall = {
        **ANSWER, "msgid": "m3", "action": "recall", "msgtype": "revoke",
        "revoke": {"pre_msgid": "m2"},
    }  # fmt: skip
    sheet = opened("a.json", [*WECOM, recall])
    assert briefly(sheet, "event_id") == [("wecom:m1",)]
    assert refused(sheet) == [
        (2, "msgid", "was taken back by its sender"),
        (3, "msgtype", "takes back the message m2"),
    ]


def test_in_a_room_with_several_of_staff_nobody_is_guessed() -> None:
    """Unless the choice names one of them."""
    record = {**GOOD, "roomid": "wrA", "tolist": ["LiNa", "WangLei"]}
    sheet = opened("a.json", [record])
    assert refused(sheet) == [
        (
            1,
            "tolist",
            "names several members of staff, so it is not known to whom it was said: LiNa, WangLei",
        )
    ]
    named = opened("a.json", [record], staff=["LiNa"])
    assert briefly(named, "trustee", "thread") == [("wecom:LiNa", "wecom:wrA")]


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"from": "LiNa", "tolist": ["WangLei"]}, "tolist", "which customer"),
        ({"tolist": ["woOther"]}, "tolist", "which member of staff"),
        ({"tolist": None}, "tolist", "which member of staff"),
        ({"from": "LiNa", "tolist": ["wmA", "wmB"]}, "tolist", "several customers"),
        ({"from": "wbRobot"}, "from", "robot"),
        ({"from": None}, "from", "is missing"),
        ({"msgid": ""}, "msgid", "is missing"),
        ({"msgid": {"a": 1}}, "msgid", "must be text"),
        ({"msgtime": "soon"}, "msgtime", "no time that we can read: soon"),
        ({"msgtime": None}, "msgtime", "is missing"),
        ({"msgtime": 1_900_000_000_000}, "at", "lies in the future"),
        ({"text": {"content": 7}}, "text.content", "is missing"),
        ({"text": {"content": "a\0b"}}, "text", "NUL"),
        ({"action": "switch"}, "action", "is no message: switch"),
    ],
)
def test_what_cannot_be_told_is_refused(change: dict, column: str, reason: str) -> None:
    """With its row and column; the other message is taken in."""
    sheet = opened("a.json", [{**GOOD, **change}, ANSWER])
    (row, at_fault, why), *others = refused(sheet)
    assert (row, at_fault, others) == (1, column, [])
    assert reason in why
    assert briefly(sheet, "event_id") == [("wecom:m2",)]


def test_the_same_id_with_other_words_is_refused() -> None:
    """It is no repetition."""
    sheet = opened("a.json", [GOOD, {**GOOD, "text": {"content": "别的"}}])
    assert refused(sheet) == [(2, "event_id", "was used before with other content: wecom:m1")]


def test_an_id_known_as_staff_stays() -> None:
    """So that a colleague is one party in every file."""
    record = {**GOOD, "tolist": ["staff:li-na"]}
    assert briefly(opened("a.json", [record], staff=["staff:li-na"]), "trustee") == [
        ("staff:li-na",)
    ]


def test_no_record_at_all_is_unreadable() -> None:
    """An empty list is no archive."""
    with pytest.raises(UnreadableError, match="no records"):
        opened("a.json", "[]", format="wecom")
