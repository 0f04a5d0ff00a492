"""What tests of imports share: files in the manner of each export, all made up, and the way in."""

from __future__ import annotations

import json
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from troth.web.ledger.models import Batch

EVENTS = (
    "event_id,at,truster,trustee,organisation,kind,outcome,text\n"
    "m1,2026-02-20T10:00:00+08:00,guest:benbow,staff:wang,hotel,promise_kept,,\n"
    "m2,2026-02-21T10:00:00+08:00,guest:benbow,staff:wang,hotel,survey,0.9,很好\n"
    "m3,not a time,guest:benbow,staff:wang,hotel,survey,0.9,=cmd()\n"
)
CHAT = (
    "李娜 2026-02-25 14:02:11\n您好陈女士，我今天下午三点前回复您\n"
    "陈静 2026-02-25 15:40:00\n都过了三点了，你们怎么还没回复？太让人失望了\n"
)
#: A review sheet of no platform in particular.
REVIEWS = (
    "用户昵称,评分,评价内容,评价时间\n"
    "小满,5,房间干净，前台很热情,2026-02-20 18:00\n"
    "阿丁,2,等了一个小时才入住,2026-02-21 09:30\n"
    "无名,好,,2026-02-21 09:30\n"
)
CTRIP = (
    "点评ID,用户昵称,总评分,点评内容,点评时间,房型,酒店回复,回复时间\n"
    "R1,小满,5,房间干净,2026-02-20 18:00,大床,谢谢您,2026-02-21 09:00\n"
    "R2,阿丁,2,等了很久,2026-02-21 09:30,双床,,\n"
)
MEITUAN = (
    "门店名称,用户昵称,评价星级,评价内容,评价时间,商家回复,商家回复时间\n"
    "临江饭店,小张,5星,服务周到,2026-02-18 20:11,欢迎再来,2026-02-19 10:00\n"
)
TAOBAO = (
    "子订单编号,买家昵称,宝贝标题,评价结果,评价内容,评价时间,追评内容,追评时间\n"
    "1001,月半,荞麦枕,好评,很好睡,2026-02-10 10:00,还是好,2026-02-20 10:00\n"
)
ARRIVALS = (
    "客人姓名,房号,到店日期,离店日期,手机号,入住次数,状态,备注\n"
    "王芳,801,2026-02-20,2026-02-22,13800000000,1,已入住,高楼层；无烟\n"
    "赵敏,502,2026-02-21,2026-02-23,13700000002,4,已入住,\n"
    "孙敏,503,2026-02-21,2026-02-23,13700000003,1,已取消,\n"
)
WECOM = [
    {"msgid": "m1", "action": "send", "from": "wmWang", "tolist": ["LiNa"], "roomid": "",
     "msgtime": 1771985520000, "msgtype": "text", "text": {"content": "空调不制冷。"}},
    {"msgid": "m2", "action": "send", "from": "LiNa", "tolist": ["wmWang"], "roomid": "",
     "msgtime": 1771985720000, "msgtype": "text", "text": {"content": "抱歉，我马上请师傅上去。"}},
]  # fmt: skip
ZENDESK = {
    "tickets": [{
        "id": 31, "created_at": "2026-02-05T06:02:00Z", "description": "It came broken.",
        "requester_id": 10, "assignee_id": 20,
        "satisfaction_rating": {"score": "good", "comment": "Quick."},
    }],
    "users": [{"id": 10, "name": "Grace Holloway", "role": "end-user"},
              {"id": 20, "name": "Emma Clarke", "role": "agent"}],
}  # fmt: skip
CHATWOOT = {"data": {"payload": [{
    "id": 7, "inbox_id": 1,
    "meta": {"sender": {"id": 5, "name": "Tom Price"}, "assignee": {"id": 2, "name": "Emma"}},
    "messages": [
        {"id": 1, "content": "Where is my parcel?", "message_type": 0, "created_at": 1771985520,
         "private": False, "sender": {"id": 5, "name": "Tom Price", "type": "contact"}},
        {"id": 2, "content": "I will send the link by five today.", "message_type": 1,
         "created_at": 1771985820, "private": False,
         "sender": {"id": 2, "name": "Emma", "type": "user"}},
    ],
}]}}  # fmt: skip
MAIL = (
    "From: Grace Holloway <grace@example.com>\nTo: Front desk <desk@linjiang.example>\n"
    "Subject: My invoice\nDate: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <a1@example.com>\n"
    "Content-Type: text/plain; charset=utf-8\n\nI still have not received the invoice.\n"
)
#: Name of the file, its text, the format it shows, the preset that fits, events taken and refused.
EXPORTS: dict[str, tuple[str, str, str, str, int, int]] = {
    "events": ("a.csv", EVENTS, "events", "", 2, 1),
    "any table": ("b.csv", REVIEWS, "columns", "", 2, 1),
    "ctrip": ("c.csv", CTRIP, "columns", "ctrip_reviews", 3, 0),
    "meituan": ("d.csv", MEITUAN, "columns", "meituan_reviews", 2, 0),
    "taobao": ("e.csv", TAOBAO, "columns", "taobao_reviews", 2, 0),
    "arrivals": ("f.csv", ARRIVALS, "columns", "hotel_arrivals", 3, 0),
    "wecom": ("g.json", json.dumps(WECOM), "wecom", "", 2, 0),
    "zendesk": ("h.json", json.dumps(ZENDESK), "zendesk", "", 2, 0),
    "chatwoot": ("i.json", json.dumps(CHATWOOT), "chatwoot", "", 2, 0),
    "mail": ("j.eml", MAIL, "mail", "", 0, 1),
    "chat": ("k.txt", CHAT, "chat_text", "", 2, 0),
}


def number_of(answer: Any) -> int:
    """The batch that an answer leads to."""
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return int(answer.headers["Location"].strip("/").split("/")[-1])


@pytest.fixture
def bring():
    """Upload a file and give the batch that waits."""

    def brought(client: Any, name: str, data: str | bytes, **more: Any) -> Batch:
        file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
        return Batch.objects.get(pk=number_of(client.post("/import/", {"file": file, **more})))

    return brought


@pytest.fixture
def imported():
    """Start an import and give the batch as it ended."""

    def ended(client: Any, batch: Batch) -> Batch:
        assert client.post(f"/import/{batch.pk}/start/").status_code == 302
        batch.refresh_from_db()
        return batch

    return ended


@pytest.fixture
def looked(client):
    """The page of a batch, and what it was made from."""

    def seen(batch: Batch) -> SimpleNamespace:
        answer = client.get(f"/import/{batch.pk}/")
        assert answer.status_code == 200
        return SimpleNamespace(text=unescape(answer.content.decode()), told=answer.context)

    return seen


@pytest.fixture
def refused(client):
    """The refused rows of a batch as their file says them."""

    def read(batch: Batch) -> str:
        answer = client.get(f"/import/{batch.pk}/refused.csv")
        return b"".join(answer.streaming_content).decode("utf-8-sig")

    return read
