"""Messages, readings, cards."""

from __future__ import annotations

import pytest

from troth.web.ledger.actions.merges import merge_parties
from troth.web.ledger.models import Event, Promise
from troth.web.parties.models import Party, Preference

pytestmark = pytest.mark.django_db
HOUR_US = 3_600_000_000
SAID = {"customer": "guest:chen", "staff": "staff:li", "house": "hotel", "speaker": "staff",
        "text": "非常抱歉，我今天下午三点前回复您。", "channel": "wechat"}  # fmt: skip


def test_reading_keeps_nothing(lived, admin):
    """Acts with spans and drafts by the clock of ``at``."""
    count = Event.objects.count()
    told = {"text": SAID["text"], "speaker": "staff", "at": "2026-03-02T09:00:00+08:00"}
    answer = admin.post("/read", told)
    assert answer.status_code == 200
    read = answer.json()
    assert {act["act"] for act in read["acts"]} >= {"apology", "promise"}
    assert read["promises"][0]["due"].startswith("2026-03-02T15:00:00")
    assert Event.objects.count() == count
    assert not Promise.objects.filter(state="draft").exists()


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"speaker": "robot"}, {"at": "noon"}, {"text": 1}, {"x": 1}]
)
def test_wrong_messages_are_refused(lived, admin, wrong):
    """422."""
    assert admin.post("/read", {"text": "好", "speaker": "staff", **wrong}).status_code == 422
    if "x" not in wrong:
        assert admin.post("/messages", {**SAID, **wrong}).status_code == 422


def test_a_message_is_recorded_and_read(desk, admin):
    """Its promise waits as a draft; with a key it is recorded once."""
    first = admin.post("/messages", SAID, Idempotency_Key="m1")
    assert first.status_code == 201
    told = first.json()
    (draft,) = told["drafts"]
    assert draft["text"] == "我今天下午三点前回复您"
    assert (draft["state"], draft["due_us"]) == ("draft", desk.now_us + 6 * HOUR_US)
    assert told["reading"]["language"] == "zh"
    again = admin.post("/messages", SAID, Idempotency_Key="m1")
    assert (again.status_code, again.json()) == (201, told)
    assert Event.objects.filter(kind="message").count() == 1


def test_a_wish_waits_as_a_draft(desk, admin):
    """What a customer says they like."""
    told = {**SAID, "speaker": "customer", "text": "我不喜欢羽绒枕头，请换荞麦枕。"}
    answer = admin.post("/messages", told).json()
    (wish,) = answer["preferences"]
    assert (wish["what"], wish["wanted"], wish["draft"]) == ("羽绒枕头", False, True)
    kept = Preference.objects.get(draft=True)
    assert (kept.party.key, kept.what, kept.wanted) == ("guest:chen", "羽绒枕头", False)


def test_the_card_speaks_one_language(lived, machine):
    """Address, preferences, promises, hurt, lines, stage."""
    Preference.objects.create(
        party=lived.party("guest:chen"),
        house=lived.house,
        what="高楼层",
        source="李娜",
        t_us=lived.now_us,
    )
    zh = machine(lang="zh").get("/cards/guest:chen/hotel").json()
    assert (zh["address"], zh["lang"], zh["name"]) == ("陈女士", "zh", "陈静")
    assert zh["preferences"][0]["what"] == "高楼层"
    assert [promise["promise_id"] for promise in zh["promises"]] == ["e8"]
    assert zh["hurt"]["text"] == "等到十点也没有人送来。"
    assert zh["lines"]
    en = machine(lang="en").get("/cards/guest:chen/hotel").json()
    assert (en["address"], en["name"]) == ("Ms Chen", "Chen Jing")
    assert en["stage"] == zh["stage"]
    assert en["stage_name"] != zh["stage_name"]
    assert not any(
        "\u4e00" <= letter <= "\u9fff" for line in en["lines"] for letter in line["avoid"]
    )


def test_a_merged_name_still_leads_to_its_card(lived, admin):
    """A helpdesk that kept the old id goes on: card, belief, action and draft are of who it is today."""
    old = lived.party("guest:chen")
    lived.event(3, "message", truster="guest:chen-jing", text="我换了手机号。")
    keep = Party.objects.get(key="guest:chen-jing")
    merge_parties(lived.actor("lead"), keep=keep, other=old, reason="same person")
    for where in ("cards", "beliefs", "actions"):
        answer = admin.get(f"/{where}/guest:chen/hotel")
        assert answer.status_code == 200, where
    told = {"text": "您好，房卡在前台。", "customer": "guest:chen", "house": "hotel"}
    assert admin.post("/draft", told).status_code == 200
    assert admin.get("/cards/guest:gone/hotel").status_code == 404
