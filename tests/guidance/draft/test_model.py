"""A language model's rewrite: what is sent, what is refused, what comes back."""

from __future__ import annotations

import http.server
import json
import threading
from datetime import UTC, datetime

import pytest

from troth.guidance.draft.cover import Cover
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
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
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
        ("您自己没看清条款，是您的责任。", "draft.model.harm"),
        ("我们没有收到过您的投诉，没有这回事。", "draft.model.harm"),
        ("We never received any complaint from you; this did not happen.", "draft.model.harm"),
        ("你们这种人就是难伺候。", "draft.model.harm"),
        ("I'm sorry. Is it because you people always expect more?", "draft.model.harm"),
        ("您是我们最尊贵的客人，眼光真好！", "draft.model.harm"),
        ("您再不决定房间就没了。", "draft.model.harm"),
        ("对不起，非常抱歉，真的抱歉。实在对不起。我们向您道歉。", "draft.model.apologies"),
        ("As an AI language model I cannot help.", "draft.model.itself"),
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


NAMES = ("陈静", "陈女士", "Alistair Benbow", "李娜", "Li Na", "Al")


def sent_of(asked):
    return json.loads(asked[-1]["messages"][1]["content"])


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("陈静您好，我查一下。", "陈静"),
        ("陈小姐您好，我查一下。", "陈"),
        ("小陈，我查一下。", "陈"),
        ("Sorry, alistair, I will check.", "alistair"),
        ("Tell Mrs BENBOW that I will check.", "BENBOW"),
        ("Al, I will check.", "Al,"),
        ("请找李娜，我查一下。", "李娜"),
        ("Ask for Li Na, I will check.", "Li Na"),
        ("我查一下订单A2231。", "2231"),
        ("我查一下1208房间。", "1208"),
        ("房间号 12，我查一下。", "12"),
        ("I will check room 7.", "7"),
        ("I will check booking rm-9B.", "9B"),
        ("我查一下，打 138 0013 8000 给您。", "8000"),
        ("⟦1⟧，我查一下。", "⟦1⟧，我"),
    ],
)
def test_nothing_that_is_covered_is_sent_and_all_of_it_comes_back(model, text, secret):
    """Names on record in every form, codes and numbers; what comes back as it was is taken."""
    server, told, asked = model
    told[0] = "unused"
    with pytest.raises(NoAnswerError):
        fuller(server, text, TALK, text, NAMES)
    sent = sent_of(asked)
    if "⟦" not in text:
        assert secret not in sent["draft"]
        assert secret not in sent["customer"]
    told[0] = sent["draft"]
    assert fuller(server, text, TALK, text, NAMES).text == text


def test_small_words_stay_words():
    """A surname that is a word as well hides only where it stands as a name."""
    assert Cover(("He Qing",)).covered("I know he will call at 3pm, in 10 minutes.") == (
        "I know he will call at 3pm, in 10 minutes."
    )


@pytest.mark.parametrize(
    ("draft", "said", "why"),
    [
        ("我会查一下，给您答复。", "我会给您全额退款。", "offer"),
        ("我会查一下，给您答复。", "我会给您答复，再换一间给您。", "offer"),
        ("不好意思，我查一下。", "不好意思，我查一下。我们免费送您两晚住宿。", "offer"),
        ("我查一下空房，给您答复。", "我查一下空房。您可以选大床房，或者双床房。", "offer"),
        ("不好意思，我查一下。", "不好意思，我查一下，再留两晚给您。", "number"),
        ("不好意思，我查一下。", "不好意思，我查一下，少收一半。", "number"),
        ("不好意思，我查一下。", "不好意思，我明天查一下。", "number"),
        ("不好意思，我查一下 20 号的账。", "不好意思，我查一下 20% 的账。", "number"),
        ("我会查一下。", "我会上门拜访。", "promise"),
        (
            "I will check and get back to you.",
            "I will check. You get half off, free upgrade.",
            "offer",
        ),
        ("I will check.", "I will check. It costs half.", "number"),
        ("I will check the bill.", "I will call the manager.", "promise"),
        ("王芳女士您好，我查一下。", "您好，我查一下。", "marks"),
        ("我10号前答复您，12号前寄发票。", "我12号前答复您，10号前寄发票。", "promise"),
        ("我10号前答复您。", "我12号前答复您。", "number"),
    ],
)
def test_what_the_writer_did_not_say_is_refused(model, draft, said, why):
    """Another promise, an offer, a time, an amount, a name left out; the customer's numbers as well."""
    server, told, _ = model
    told[0] = said
    with pytest.raises(NoAnswerError) as refused:
        fuller(server, draft, TALK, "我12号的预订，要退 20% 吗？")
    assert refused.value.key == f"draft.model.{why}"
    assert refused.value.line("zh") != refused.value.line("en")


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("我们10号前把发票寄给您。", "让您久等了，发票我们会在10号前寄给您。"),
        ("I will call you tomorrow.", "Sorry for the wait. I'll give you a call tomorrow."),
        ("我会查一下，给您答复。", "您说的情况我明白了。我会查一下，给您一个答复。"),
        (
            "非常抱歉，我们会尽快处理。",
            "让您等了这么久没人回话，是我们的不对。我去查清楚，［时间］前回复您。",
        ),
        (
            "So sorry, we will deal with it soon.",
            "I'm sorry you waited so long with no answer. I will check this and get back to you by [time].",
        ),
    ],
)
def test_a_kinder_wording_of_the_same_is_taken(model, draft, said):
    """The rules are strict, and yet leave room for what is asked of the model."""
    server, told, _ = model
    told[0] = said
    assert fuller(server, draft, TALK, "").text == said
