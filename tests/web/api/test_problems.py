"""Everything that goes wrong is a problem of RFC 9457."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from troth.web.api import events, parties, urls
from troth.web.api.problems import KINDS
from troth.web.api.routes import ROUTES

pytestmark = pytest.mark.django_db
assert urls.urlpatterns  # imported for its routes


def is_problem(answer, status: int, lang: str = "en") -> dict:
    """The problem that an answer is."""
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == f"urn:troth:problem:{KINDS[status][0]}"
    assert told["title"]
    assert told["detail"]
    assert isinstance(told["errors"], list)
    assert answer["Content-Language"] == lang
    return told


def test_unknown_addresses(admin):
    """Under /api/ the API answers, not the pages."""
    for path in ("/", "/nothing", "/events/", "/batches/x"):
        answer = admin.get(path)
        if path != "/events/":
            is_problem(answer, 404)


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_methods_that_are_not_there(admin, route):
    """405 says which are."""
    answer = admin.send("PATCH", route.path.replace("{int:number}", "1"))
    is_problem(answer, 405)
    assert route.method in answer["Allow"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"a": NaN}', b'"\\ud800"', b"[" * 100_000])
def test_broken_json(admin, body):
    """422, whatever was sent."""
    is_problem(admin.post("/events", body), 422)


def test_media_types(admin):
    """Only JSON is JSON."""
    is_problem(admin.post("/events", b"a=1", content_type="application/x-www-form-urlencoded"), 415)


def test_sizes(admin):
    """4 MB for one thing."""
    told = is_problem(admin.post("/events", b" " * (4 * 1024 * 1024 + 1)), 413)
    assert "4 MB" in told["detail"]


def test_a_character_that_cannot_be_kept(admin):
    """NUL in an address."""
    is_problem(admin.get("/events?truster=a%00b"), 422)
    is_problem(admin.get("/parties/a%00b"), 422)


def test_the_languages(machine):
    """Accept-Language is obeyed, else the asker's own language."""
    is_problem(machine(lang="zh-CN,zh;q=0.9").get("/events/none"), 404, "zh")
    is_problem(machine(lang="fr, en;q=0.5").get("/events/none"), 404, "en")
    is_problem(machine(lang="fr").get("/events/none"), 404, "zh")


def test_a_busy_database_says_so(admin, monkeypatch):
    """503 in words; nothing of the machine's own message leaves."""

    def locked(*_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(events, "record_event", locked)
    event = {"truster": "a", "trustee": "b", "kind": "contact"}
    told = is_problem(admin.post("/events", event), 503)
    assert told["detail"] != "database is locked"


def test_a_fault_of_ours_says_so(admin, monkeypatch, caplog):
    """500 as a problem; the log has the cause."""

    def broken(*_):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(parties, "told_party", broken)
    told = is_problem(admin.get("/parties/guest:chen"), 500)
    assert "secret" not in told["detail"]
    assert "secret inside" in caplog.text
