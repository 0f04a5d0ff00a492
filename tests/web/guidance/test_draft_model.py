"""The language model on the page: only where one is named, only when asked, and marked as such."""

from __future__ import annotations

import pytest

from troth.guidance.draft import model
from troth.guidance.draft.model import Fuller
from troth.guidance.draft.review import review
from troth.reading.chat_server import NoAnswerError
from troth.web.guidance import draft_model
from troth.web.people.models import Statement

pytestmark = pytest.mark.django_db
FORM = {"text": "抱歉，我们会尽快处理。"}


@pytest.fixture
def named(monkeypatch):
    """A desk for which an admin has named a server."""
    monkeypatch.setenv("TROTH_LLM_URL", "http://model.example/v1")
    monkeypatch.setenv("TROTH_LLM_MODEL", "small-model")


def test_without_one_there_is_no_such_page(desk, signed_in, monkeypatch):
    """And the settings say that no text leaves."""
    monkeypatch.delenv("TROTH_LLM_URL", raising=False)
    client = signed_in()
    assert client.post("/draft/rewrite/", FORM).status_code == 404
    assert "不会离开这台服务器" in client.get("/settings/terms/").content.decode()


def test_the_server_is_told_before_anything_is_sent(desk, signed_in, named):
    """On the page where the button is, and in the settings."""
    client = signed_in()
    assert "model.example" in client.get("/draft/").content.decode()
    assert "small-model" in client.get("/settings/terms/").content.decode()


def test_its_answer_is_marked_and_checked(desk, signed_in, named, monkeypatch):
    """With its name and with what the rules say of it; the draft itself stays."""
    better = "抱歉，空调我们会尽快处理。"
    monkeypatch.setattr(
        draft_model, "fuller", lambda *_: Fuller(better, review(better), "small-model")
    )
    said = signed_in().post("/draft/rewrite/", FORM).content.decode()
    assert "由 small-model 写成" in said
    assert better in said
    assert "答应了，但没有时间" in said
    assert FORM["text"] in said


def test_a_failure_is_said_plainly(desk, signed_in, named, monkeypatch):
    """In the reader's language; nothing else is lost."""

    def fail(*args):
        raise NoAnswerError("draft.model.number")

    monkeypatch.setattr(draft_model, "fuller", fail)
    said = signed_in(lang="en").post("/draft/rewrite/", FORM).content.decode()
    assert "not in the draft; it was not taken" in said
    assert FORM["text"] in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_on_record_is_sent(lived, desk, signed_in, named, monkeypatch, lang):
    """Of the customer, as they are called now and were before, and of colleagues; codes neither."""
    sent = []

    def listen(_, body):
        sent.append(body.decode())
        raise NoAnswerError("draft.model.unreadable")

    monkeypatch.setattr(model, "ask", listen)
    guest = desk.party("guest:chen")
    Statement.objects.create(
        party=guest, what="address", value="zh", text="阿静姐", replaced="静静", origin="own_words",
        t_us=1, until_us=desk.now_us,
    )  # fmt: skip
    names = (
        "陈静",
        "阿静姐",
        "静静",
        "Chen Jing",
        "Jing",
        "李娜",
        "Li Na",
        "王磊",
        "A2231",
        "1208",
    )
    text = f"{'、'.join(names)}：我查一下。"
    form = {"text": text, "asked": text, "customer": str(guest.pk)}
    browser = signed_in(lang=lang)
    browser.post("/draft/rewrite/", form)
    answer = browser.post(
        "/api/draft",
        {"text": text, "asked": text, "customer": "guest:chen", "rewrite": True},
        content_type="application/json",
        headers={"X-Requested-With": "x"},
    )
    assert answer.status_code == 200
    assert len(sent) == 2
    for body in sent:
        assert "我查一下" in body
        assert not [name for name in names if name in body]
