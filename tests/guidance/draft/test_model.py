"""A language model's rewrite: what is sent, what is refused, what comes back."""

from __future__ import annotations

import http.server
import json
import threading
from datetime import UTC, datetime

import pytest

from troth.guidance.draft.model import fuller
from troth.guidance.draft.talk import Talk
from troth.reading.chat_server import NoAnswerError, Server

DRAFT = "抱歉，我们会尽快处理。"
ASKED = "我叫陈静，电话13800138000，空调坏了！"
TALK = Talk(now=datetime(2026, 3, 9, 9, tzinfo=UTC))


@pytest.fixture
def model():
    """A server on this machine that answers ``told[0]`` and keeps what it was asked."""
    told, asked = [""], []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps({"choices": [{"message": {"content": told[0]}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    named = Server(f"http://127.0.0.1:{server.server_port}", "small-model", retries=0)
    yield named, told, asked
    server.shutdown()
    server.server_close()


def test_names_and_numbers_stay_here(model):
    """They go out as marks and come back as they were."""
    server, told, asked = model
    told[0] = "⟦1⟧您好，空调坏了一定很热，抱歉。我们会尽快处理。"
    made = fuller(server, DRAFT, TALK, ASKED)
    sent = json.dumps(asked, ensure_ascii=False)
    assert "陈静" not in sent
    assert "13800138000" not in sent
    assert made.text.startswith("陈静您好")
    assert made.model == "small-model"


def test_the_rewrite_is_held_to_the_same_rules(model):
    """What would be remarked on in anybody's draft is remarked on in the model's."""
    server, told, _ = model
    told[0] = DRAFT
    made = fuller(server, DRAFT, TALK, ASKED)
    assert {r.kind for r in made.review.remarks} == {"bare_apology", "undated"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("抱歉，是您自己没看清楚。", "draft.model.harm"),
        ("抱歉，我们赔您 200 元，会尽快处理。", "draft.model.number"),
        ("抱歉，我们会尽快处理。我们会派人上门。我会打电话给您。", "draft.model.promise"),
        ("抱歉，⟦9⟧，我们会尽快处理。", "draft.model.marks"),
        ("  ", "draft.model.unreadable"),
    ],
)
def test_what_says_more_or_does_harm_is_refused(model, said, why):
    """With the reason, so that nobody takes it for a good one."""
    server, told, _ = model
    told[0] = said
    with pytest.raises(NoAnswerError) as refused:
        fuller(server, DRAFT, TALK, ASKED)
    assert refused.value.key == why
    assert refused.value.line("zh")


def test_a_server_that_is_away_is_named_as_such():
    """Nothing hangs, and the failure is said."""
    with pytest.raises(NoAnswerError) as refused:
        fuller(Server("http://127.0.0.1:9", "m", retries=0, timeout_s=2), DRAFT, TALK, "")
    assert refused.value.unreachable
