"""Reminders: once each, in the desk; to a robot only where an admin named one, and never its secret."""

from __future__ import annotations

import json
import threading
import urllib.error
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import RequestFactory

from tests.web.conftest import DAY_US
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import AuditRow, User
from troth.web.ledger.models import Promise
from troth.web.promises import robots
from troth.web.promises.actions import remind as reminding
from troth.web.promises.actions.remind import remind
from troth.web.promises.models import RobotHook
from troth.web.promises.waiting import notices, waiting_count

pytestmark = pytest.mark.django_db
HOUR_US = 3_600_000_000
SECRET = "key=very-secret-0042"


@pytest.fixture
def posted(monkeypatch):
    """What would have left."""
    sent = []
    monkeypatch.setattr(reminding, "post", lambda hook, text: sent.append((hook.kind, text)))
    return sent


@pytest.fixture
def due(lived):
    """A promise due in one hour, one late since an hour, one late for a week, one due tomorrow."""
    for hours in (1, -1, -170, 26):
        lived.event(9, "promise_made", text="private words", due_us=lived.now_us + hours * HOUR_US)
    return lived


def hook(desk, **more):
    told = {
        "kind": "wecom",
        "url": f"https://qyapi.weixin.qq.com/send?{SECRET}",
        "house": desk.house,
    }
    return RobotHook.objects.create(**{**told, "created_us": 1, **more})


def test_each_promise_is_noted_once(due, posted):
    """Late ones and those due within two hours; a second run finds nothing new."""
    job = Actor(None, "job", due.now_us)
    assert remind(job) == 3
    assert remind(job) == 0
    assert Promise.objects.filter(reminded_us=due.now_us).count() == 3
    assert AuditRow.objects.filter(deed="remind").count() == 1


def test_nothing_leaves_by_default(due, posted):
    """No robot, no post; one that is switched off hears nothing either."""
    hook(due, active=False)
    remind(Actor(None, "job", due.now_us))
    assert posted == []


def test_the_robot_hears_news_without_words(due, posted):
    """Who, to whom, by when; what is late for days is no news; what was said never leaves."""
    hook(due, lang="zh")
    remind(Actor(None, "job", due.now_us))
    ((kind, text),) = posted
    assert kind == "wecom"
    assert text.splitlines()[0] == "2 个承诺快到期了："
    assert "李娜 → 陈女士" in text
    assert "private words" not in text
    assert "陈静" not in text


def test_each_robot_speaks_for_its_own_group(due, posted):
    """One house, two groups: each in its own language and on its own clock."""
    hook(due, kind="wecom", lang="zh", zone="Asia/Shanghai")
    hook(due, kind="feishu", lang="en", zone="Europe/London")
    remind(Actor(None, "job", due.now_us))
    (_, chinese), (_, english) = posted
    assert "10:00 前，李娜 → 陈女士" in chinese
    assert english.splitlines() == [
        "2 promises are due:", "late since 00:00: Li Na → Ms Chen", "by 02:00: Li Na → Ms Chen",
    ]  # fmt: skip


def test_another_houses_robot_hears_nothing(due, posted):
    """A robot is told of its own house alone."""
    RobotHook.objects.create(
        kind="feishu", url="https://x.example/", house=due.other_house, created_us=1
    )
    remind(Actor(None, "job", due.now_us))
    assert posted == []


def test_a_moved_promise_is_reminded_of_anew(due, posted):
    """The new time is a new reminder."""
    from troth.web.ledger.actions.promises import move_promise

    remind(Actor(None, "job", due.now_us))
    promise = Promise.objects.filter(reminded_us__isnull=False).first()
    move_promise(due.actor("front_line"), promise, due.now_us + HOUR_US)
    assert remind(Actor(None, "job", due.now_us)) == 1


@pytest.mark.parametrize(
    ("answer", "worked"),
    [
        (b'{"errcode": 0}', True),
        (b'{"code": 0}', True),
        (b"", True),
        (b'{"errcode": 93000}', False),
        (b"<html>", False),
    ],
)
def test_a_robots_answer_is_understood(due, answer, worked):
    """A refusal comes with status 200 and a code."""
    assert robots.post(hook(due), "hello", lambda _url, _body: answer) is worked


@pytest.mark.parametrize(
    "problem",
    [TimeoutError(SECRET), urllib.error.URLError(SECRET), ValueError(SECRET),
     urllib.error.HTTPError(f"https://x/?{SECRET}", 500, SECRET, None, None)],
)  # fmt: skip
def test_failures_are_logged_without_the_secret(due, caplog, problem):
    """The log says which server, and why; never the address."""

    def fails(url, body):
        raise problem

    assert robots.post(hook(due), "hello", fails) is False
    assert "qyapi.weixin.qq.com" in caplog.text
    assert SECRET not in caplog.text
    assert "very-secret" not in caplog.text


def test_a_post_is_small_json_and_follows_no_detour(due):
    """Over a real connection: what is sent; a redirect is not followed."""
    heard = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, json.loads(body)))
            self.send_response(302 if self.path == "/away" else 200)
            if self.path == "/away":
                self.send_header("Location", "/here")
            self.end_headers()
            self.wfile.write(b'{"errcode": 0}')

        def log_message(self, *_):
            """Be quiet."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    there = hook(due)
    there.url = f"{base}/here"
    assert robots.post(there, "您好")
    there.url = f"{base}/away"
    assert not robots.post(there, "hi")
    server.shutdown()
    server.server_close()
    assert heard == [
        ("/here", {"msgtype": "text", "text": {"content": "您好"}}),
        ("/away", {"msgtype": "text", "text": {"content": "hi"}}),
    ]


def test_the_desk_counts_only_where_it_shows(due, django_assert_num_queries):
    """The notice is counted by the template that shows it."""
    user = due.users["front_line"]
    request = RequestFactory().get("/")
    request.user, request.now_us = user, due.now_us
    with django_assert_num_queries(0):
        told = notices(request)
    with django_assert_num_queries(1):
        assert told["promises_waiting"] == 3
    assert waiting_count(due.users["analyst"], due.now_us) == 0


def test_the_board_says_what_is_due(due, signed_in):
    """A notice above the board."""
    page = signed_in("front_line", "en").get("/promises/").content.decode()
    assert "3 promises of yours are late or due within two hours." in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_admin_names_a_robot(lived, signed_in, lang, monkeypatch):
    """Named, tried, switched off, forgotten; its secret is never shown or logged again."""
    User.objects.filter(pk=lived.users["admin"].pk).update(lang=lang, zone="Europe/Paris")
    client = signed_in("admin", lang)
    sent = {
        "kind": "feishu",
        "house": lived.house.pk,
        "url": f"https://open.feishu.cn/hook/{SECRET}",
    }
    assert client.post("/promises/robots/", sent).status_code == 302
    page = client.get("/promises/robots/").content.decode()
    assert "open.feishu.cn" in page
    assert "very-secret" not in page
    made = RobotHook.objects.get()
    assert (made.lang, made.zone) == (lang, "Europe/Paris")
    assert f" · {'中文' if lang == 'zh' else 'English'} · Europe/Paris" in page
    heard = []
    monkeypatch.setattr("troth.web.promises.robots._send", lambda _url, body: heard.append(body))
    client.post(f"/promises/robots/{made.pk}/try/")
    (body,) = heard
    assert {"zh": "群提醒已接通", "en": "will arrive here"}[lang] in body.decode()
    client.post(f"/promises/robots/{made.pk}/off/")
    made.refresh_from_db()
    assert not made.active
    client.post(f"/promises/robots/{made.pk}/forget/")
    assert not RobotHook.objects.exists()
    assert "very-secret" not in str(list(AuditRow.objects.values()))


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/",
        "ftp://x/",
        "https://",
        "https://a@b/",
        "javascript:1",
        "https://[x",
    ],
)
def test_only_https_is_taken(lived, signed_in, url):
    """What leaves is encrypted, and goes where it says."""
    sent = {"kind": "wecom", "house": lived.house.pk, "url": url}
    assert signed_in("admin").post("/promises/robots/", sent).status_code == 422
    assert not RobotHook.objects.exists()


def test_robots_are_for_admins(lived, signed_in):
    """Nobody else names a server."""
    for role in ("front_line", "lead", "coach", "analyst"):
        assert signed_in(role).get("/promises/robots/").status_code == 403


def test_far_away_promises_wait(lived, posted):
    """What is due tomorrow is not news yet."""
    lived.event(1, "promise_made", text="x", due_us=lived.now_us + DAY_US)
    assert remind(Actor(None, "job", lived.now_us)) == 0
