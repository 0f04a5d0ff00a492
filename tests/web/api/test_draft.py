"""A draft by REST: the same remarks as on the page, and nothing kept."""

from __future__ import annotations

import pytest

from troth.web.ledger.models import Event
from troth.web.parties.models import Preference

pytestmark = pytest.mark.django_db
TOLD = {"text": "非常抱歉。", "asked": "等了一个小时还没上菜！"}


def test_remarks_have_spans_reasons_and_rewrites(lived, admin):
    """In the language asked for; nothing is recorded."""
    before = Event.objects.count()
    answer = admin.post("/draft", {**TOLD, "lang": "en"}).json()
    (remark,) = answer["remarks"]
    assert remark["kind"] == "bare_apology"
    assert remark["text"] == TOLD["text"]
    assert remark["label"] == "An apology and nothing else"
    assert "［时间］" in remark["rewrite"]
    assert answer["direction"]["way"] == "down"
    assert Event.objects.count() == before


def test_a_thread_is_heard_turn_by_turn(lived, admin):
    """By the marks of sides, and by the names of our own people."""
    thread = "李娜：对不起。\n陈先生：还没好。\n李娜：非常抱歉。\n陈先生：太差了！"
    answer = admin.post("/draft", {"text": "真的对不起。", "asked": thread}).json()
    assert [remark["kind"] for remark in answer["remarks"]] == ["third_apology"]


def test_whoever_asked_not_to_be_rung_is_written_to(lived, admin):
    """What was noted of them is heard; of somebody else it is not."""
    told = {"text": "我明天十点给您打电话说结果。", "asked": "修好了吗？"}
    Preference.objects.create(
        party=lived.party("guest:chen"), house=lived.house, what="不要打电话", wanted=True, t_us=1
    )
    answer = admin.post("/draft", {**told, "customer": "guest:chen", "house": "hotel"}).json()
    assert [(one["kind"], one["rewrite"]) for one in answer["remarks"]] == [("rung", "给您发消息")]
    assert "不要打电话" in answer["remarks"][0]["why"]
    assert admin.post("/draft", told).json()["remarks"] == []


def test_promises_come_with_their_time(lived, admin):
    """By the clock and zone of the asker."""
    answer = admin.post("/draft", {"text": "我今天下午三点前回复您。"}).json()
    assert answer["promises"][0]["due"]
    assert answer["remarks"] == []


def test_a_rewrite_without_a_model_says_so(lived, admin, monkeypatch):
    """It is no error: everything else is answered."""
    monkeypatch.delenv("TROTH_LLM_URL", raising=False)
    answer = admin.post("/draft", {**TOLD, "rewrite": True, "lang": "en"}).json()
    assert answer["rewrite"] is None
    assert answer["rewrite_problem"] == "No language model is named."


@pytest.mark.parametrize("wrong", [{"text": ""}, {"customer": "nobody"}, {"lang": "de"}, {"x": 1}])
def test_wrong_drafts_are_refused(lived, admin, wrong):
    """422."""
    assert admin.post("/draft", {**TOLD, **wrong}).status_code == 422
