"""What docs/how-to/use-the-rest-api.md types, a desk takes."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from troth.web.accounts.actor import Actor
from troth.web.accounts.models import User
from troth.web.accounts.tokens import make_token
from troth.web.ledger.beginnings import begin_desk
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from django.test import Client

PAGE = (Path(__file__).parents[2] / "docs/how-to/use-the-rest-api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ curl -s (.+)$", PAGE, re.MULTILINE)
HOUSE = "house:lakeside-guesthouse"
FILES = {
    "events.jsonl": "\n".join(
        json.dumps({
            "event_id": f"x{n}", "at": "2026-05-12T10:00:00+08:00", "truster": "sun",
            "trustee": "li", "organisation": HOUSE, "kind": kind, "outcome": 0.75,
        })
        for n, kind in enumerate(("survey", "smile"))
    ),
    "reviews.csv": "用户昵称,总评分,点评内容,点评时间\n小陈,4.8,湖景很好,2026-05-12 10:00\n",
}  # fmt: skip


def sent(client: Client, line: str, token: str):
    """Do what a line of curl does."""
    words = shlex.split(line.replace("$TOKEN", token))
    path = words.pop(0).removeprefix("$DESK")
    headers, body, form = {}, None, {}
    while words:
        option, value = words.pop(0), words.pop(0)
        if option == "-H":
            name, _, told = value.partition(": ")
            headers[name] = told
        elif option in ("-d", "--data-binary"):
            body = FILES[value[1:]] if value.startswith("@") else value
        elif option == "-F":
            name, _, told = value.partition("=")
            form[name] = (
                SimpleUploadedFile(told[1:], FILES[told[1:]].encode()) if told[0] == "@" else told
            )
        else:
            assert option == "-o"
    if form:
        return client.post(path, form, headers=headers)
    if body is None:
        return client.get(path, headers=headers)
    kind = headers.pop("Content-Type")
    return client.post(path, body.encode(), content_type=kind, headers=headers)


@pytest.fixture
def token(db) -> str:
    """Of the admin of a desk as the page makes it."""
    begin_desk(
        Actor(None, "command"), user="admin", house="Lakeside Guesthouse", zone="UTC", lang="en"
    )
    return make_token(Actor(User.objects.get()), "how-to", "write")[1]


def test_every_line_is_taken(client, token):
    """Typed in order, each line is answered well, and the first one twice alike."""
    assert len(COMMANDS) >= 9
    first = sent(client, COMMANDS[0], token)
    assert first.status_code == 201
    assert sent(client, COMMANDS[0], token).json() == first.json()
    for typed in COMMANDS[1:]:
        latest = Batch.objects.order_by("pk").last()
        line = re.sub(r"/batches/\d+", f"/batches/{latest.pk if latest else 0}", typed)
        answer = sent(client, line, token)
        assert answer.status_code in (200, 201, 202), line
        if "/bulk" in line:
            told = answer.json()
            assert (told["taken"], told["repeated"]) == (1, 0)
            assert told["rejected"][0]["reason"] in PAGE
        if "/batches/" in line:
            assert answer.json()["state"] == "done"
            assert answer.json()["taken"] == 1
