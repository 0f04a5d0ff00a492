"""One honest file of each format, made up, for the laws that all formats obey."""

from __future__ import annotations

import json
from typing import Any

WECOM = [
    {
        "msgid": "m1", "action": "send", "from": "wmWang", "tolist": ["LiNa"], "roomid": "",
        "msgtime": 1772690520000, "msgtype": "text", "text": {"content": "您好，房间空调不制冷。"},
    },
    {
        "msgid": "m2", "action": "send", "from": "LiNa", "tolist": ["wmWang"], "roomid": "",
        "msgtime": 1772690580000, "msgtype": "text", "text": {"content": "马上请师傅过去。"},
    },
]  # fmt: skip
CHAT = """2026年3月5日 下午2:02
王芳: 您好
李娜 14:05
您好，王女士，
请问几点到？
王芳 14:06
下午三点。
"""
ZENDESK = {
    "tickets": [
        {
            "id": 31, "created_at": "2026-03-05T06:02:00Z", "updated_at": "2026-03-07T06:02:00Z",
            "subject": "Parcel", "description": "My parcel came broken.", "requester_id": 10,
            "assignee_id": 20, "via": {"channel": "web"},
            "satisfaction_rating": {"score": "good", "comment": "Quick and kind."},
            "comments": [
                {"id": 1, "author_id": 10, "body": "My parcel came broken.", "public": True,
                 "created_at": "2026-03-05T06:02:00Z"},
                {"id": 2, "author_id": 20, "body": "We send another today.", "public": True,
                 "created_at": "2026-03-05T07:02:00Z"},
            ],
        }
    ],
    "users": [
        {"id": 10, "name": "Mary Stone", "role": "end-user", "locale": "en-GB"},
        {"id": 20, "name": "Daniel Hart", "role": "agent", "locale": "zh-CN"},
    ],
    "end_time": 1772863320,
    "next_page": None,
}  # fmt: skip
CHATWOOT: list[dict[str, Any]] = [
    {
        "id": 7, "inbox_id": 1,
        "meta": {
            "channel": "Channel::WebWidget",
            "sender": {"id": 3, "name": "Mary Stone",
                       "additional_attributes": {"browser_language": "en"}},
            "assignee": {"id": 3, "name": "Daniel Hart"},
        },
        "messages": [
            {"id": 1, "content": "Is the pool open?", "message_type": 0, "created_at": 1772690520,
             "sender": {"id": 3, "name": "Mary Stone", "type": "contact"}},
            {"id": 2, "content": "From seven to ten.", "message_type": 1, "created_at": 1772690580,
             "sender": {"id": 3, "name": "Daniel Hart", "type": "user"}},
            {"id": 3, "content": "Please rate us", "message_type": 3, "content_type": "input_csat",
             "created_at": 1772690640, "content_attributes": {"submitted_values": {
                 "csat_survey_response": {"rating": 4, "feedback_message": "Helpful."}}}},
        ],
    }
]  # fmt: skip
CHATWOOT.append(
    {
        **CHATWOOT[0],
        "id": 8,
        "messages": [{**CHATWOOT[0]["messages"][0], "id": 9, "content": "Is there a gym?"}],
    }
)
MBOX = """From wang@example.com Thu Mar  5 14:02:00 2026
From: =?utf-8?b?546L6Iqz?= <Wang@example.com>
To: Desk <desk@house.com>
Subject: Room 801
Date: Thu, 05 Mar 2026 14:02:00 +0800
Message-ID: <1@example.com>

The room was cold.
From the first night on.

From li@house.com Thu Mar  5 15:02:00 2026
From: Li Na <li@house.com>
To: wang@example.com
Subject: Re: Room 801
Date: Thu, 05 Mar 2026 15:02:00 +0800
Message-ID: <2@house.com>
In-Reply-To: <1@example.com>

I am sorry. A heater is on its way.

On Thu, 5 Mar 2026 at 14:02, Wang <wang@example.com> wrote:
> The room was cold.
"""
REVIEWS = """点评编号,点评时间,用户昵称,评分,点评内容,酒店回复,回复时间
1,2026/3/5 14:02,小李,4.5,房间干净,谢谢您,2026/3/6 10:00
,2026年3月7日,老王,2,隔音差,,
,2026年3月7日,老王,2,隔音差,,
"""
ARRIVALS = """客人姓名,房号,到店日期,离店日期,房型,备注
王芳,801,2026-03-05,2026-03-07,大床房,高楼层；无烟
王芳,802,2026-05-01,2026-05-03,大床房,无
"""
EVENTS = """event_id,at,truster,trustee,kind,outcome
e1,2026-03-05T14:02:00+08:00,guest:1,staff:li-na,review,0.8
"""
STAFF = ("李娜", "@house.com")
#: Name, content and choice of each.
ALL: dict[str, tuple[str, str, dict[str, Any]]] = {
    "events": ("events.csv", EVENTS, {}),
    "reviews": ("reviews.csv", REVIEWS, {"preset": "ctrip_reviews"}),
    "arrivals": ("arrivals.csv", ARRIVALS, {"preset": "hotel_arrivals"}),
    "wecom": ("archive.json", json.dumps(WECOM, ensure_ascii=False), {}),
    "chat_text": ("chat.txt", CHAT, {"staff": STAFF}),
    "zendesk": ("tickets.json", json.dumps(ZENDESK), {}),
    "chatwoot": ("dump.json", json.dumps(CHATWOOT), {}),
    "mail": ("box.mbox", MBOX, {"staff": STAFF}),
}
