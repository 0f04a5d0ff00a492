"""The next action on a relationship's page: proposed, signed, seen, accepted, adapted, declined."""

from __future__ import annotations

import re

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.guidance.models import Advised, Rest
from troth.web.ledger.models import Relationship


@pytest.fixture
def page_of(desk, client):
    """Opens the page of Ms Chen's relationship as somebody; gives its address, text and token."""

    def opened(role="front_line", lang="en"):
        user = desk.users[role]
        user.lang = lang
        user.save()
        client.force_login(user)
        row = Relationship.objects.get(truster__key="guest:chen", trusted__key="hotel")
        address = f"/relationships/{row.truster_id}/{row.trusted_id}/"
        answer = client.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        found = re.search(r'name="token" value="([^"]+)"', text)
        return address, text, found and found[1]

    return opened


def decide(client, token, decision, **more):
    return client.post("/next/decide/", {"token": token, "decision": decision, **more})


def test_what_is_due_today_comes_before_the_budget(lived, page_of):
    """A promise of this afternoon is proposed with its words, though a repair waits too."""
    _, text, token = page_of()
    assert "Repair, first step: acknowledge" in text
    assert "Due today: keep it, or tell them before it breaks" in text
    assert token
    assert Advised.objects.count() == 0, "reading a page writes nothing"


def test_what_came_into_view_is_logged_once_a_day_without_words(lived, page_of, client):
    """The page says by itself that it was seen; the log holds ids of events, never words of people."""
    token = page_of()[2]
    for _ in range(3):
        assert client.post("/next/seen/", {"token": token}).status_code == 204
    row = Advised.objects.get()
    assert (row.times, row.decision, row.decided_us) == (3, "none", None)
    assert row.shown["propensity"] == 1.0
    assert row.shown["actions"][0]["event_id"]
    assert len(row.shown["actions"]) > 1
    assert "等到十点" not in str(row.shown)
    assert AuditRow.objects.filter(deed="show_action").count() == 1


@pytest.mark.parametrize(
    ("decision", "more"),
    [
        ("accepted", {}),
        ("adapted", {"changes": ["time", "channel"], "words": "明早再打电话"}),
        ("declined", {"reason": "done", "words": "昨天已经说过"}),
    ],
)
def test_a_decision_is_logged_beside_what_was_shown(lived, page_of, client, decision, more):
    """With the reason or the change, who and when; and the page shows it from then on."""
    address, _, token = page_of()
    answer = decide(client, token, decision, **more)
    assert answer.status_code == 302
    row = Advised.objects.get()
    assert (row.decision, row.action) == (decision, "repair_acknowledge")
    assert row.reason == more.get("reason", "")
    assert row.words == more.get("words", "")
    assert row.adapted == ({"changes": ["time", "channel"]} if decision == "adapted" else {})
    assert row.user == lived.users["front_line"]
    assert AuditRow.objects.filter(deed="decide_action").count() == 1
    assert {"accepted": "you take it on", "adapted": "your way", "declined": "declined"}[
        decision
    ] in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("decision", "more"),
    [("adapted", {}), ("declined", {}), ("declined", {"reason": "x"}), ("perhaps", {})],
)
def test_half_a_decision_is_refused(lived, page_of, client, decision, more):
    """No decline without a reason, no change without words; nothing is logged then."""
    token = page_of()[2]
    decide(client, token, decision, **more)
    assert not Advised.objects.exists()


def test_one_decides_once_on_the_same_proposal(lived, page_of, client):
    """The second answer changes nothing."""
    token = page_of()[2]
    decide(client, token, "accepted")
    decide(client, token, "declined", reason="other")
    assert Advised.objects.get().decision == "accepted"


def test_nobody_answers_for_another_nor_invents_what_was_shown(lived, page_of, client):
    """A proposal is signed for one reader; a stranger, or a changed one, gets nowhere."""
    token = page_of()[2]
    client.force_login(lived.users["stranger"])
    decide(client, token, "accepted")
    client.force_login(lived.users["front_line"])
    decide(client, token[:-1] + ("a" if token[-1] != "a" else "b"), "accepted")
    assert client.post("/next/seen/", {"token": "x"}).status_code == 422
    assert not Advised.objects.exists()


def test_peace_that_is_accepted_keeps_them_off_the_list(desk, page_of, client):
    """Until they are in touch again."""
    desk.event(60, "survey", outcome=0.9)
    address, text, token = page_of()
    assert "Leave them in peace" in text
    decide(client, token, "accepted")
    assert Rest.objects.count() == 1
    text = client.get(address).content.decode()
    assert "The team decided" in text
    assert "/next/decide/" not in text, "what is settled is not asked again"


def test_a_call_that_somebody_takes_on_spends_the_budget_for_all(desk, page_of, client):
    """A colleague who opens the page next is not told to call as well."""
    desk.event(10, "review", outcome=1.0, text="住得很好！")
    _, text, token = page_of()
    assert "Thank them for their kind words" in text
    decide(client, token, "accepted")
    _, text, _ = page_of("lead")
    best = text[text.index('class="deed"') :][:200]
    assert "Thank them" not in best
    assert "may come from" in text


def test_others_see_no_decisions_but_their_own_unless_they_lead(lived, page_of, client):
    """A lead sees who decided what on this page; a colleague only what is theirs."""
    token = page_of("lead")[2]
    decide(client, token, "declined", reason="bad_time", words="lead's own words")
    assert "lead&#x27;s own words" not in page_of("front_line")[1]
    assert "lead&#x27;s own words" in page_of("coach")[1]


def test_an_analyst_reads_and_decides_nothing(lived, page_of, client):
    """They see the proposal; it is neither counted as shown nor theirs to take on."""
    _, text, token = page_of("analyst")
    assert "Repair, first step" in text
    assert token is None
    assert client.post("/next/seen/", {"token": "x"}).status_code == 403


def test_chinese_says_the_same(lived, page_of):
    """Every part in Chinese."""
    text = page_of(lang="zh")[1]
    for part in ("修复第一步：承认", "为什么：", "预计：", "就这么办", "主动联系的分寸"):
        assert part in text


def test_two_who_saw_the_same_do_not_both_reach_out(desk, page_of, client):
    """The second, with a page from before, is told why and shown what holds now."""
    desk.event(10, "review", outcome=1.0, text="住得很好！")
    first, second = page_of()[2], page_of("lead")[2]
    client.force_login(desk.users["front_line"])
    decide(client, first, "accepted")
    client.force_login(desk.users["lead"])
    answer = client.post("/next/decide/", {"token": second, "decision": "accepted"}, follow=True)
    text = answer.content.decode()
    assert "Since this was proposed, somebody has been in touch" in text
    assert "Thank them" not in text[text.index('class="deed"') :][:200]
    assert list(Advised.objects.filter(decision="accepted").values_list("user__username")) == [
        ("front_line",)
    ]
    quick = client.post(
        "/next/decide/", {"token": second, "decision": "accepted"}, headers={"HX-Request": "true"}
    )
    assert quick.headers["HX-Refresh"] == "true"
    decide(client, second, "declined", reason="done")
    assert Advised.objects.filter(decision="declined").count() == 1, "one may still say no"


def test_a_call_on_record_since_leaves_no_room(desk, page_of, client):
    """Somebody called without asking the desk; taken back, the room is there again."""
    desk.event(10, "review", outcome=1.0, text="住得很好！")
    token = page_of()[2]
    called = desk.event(0.001, "contact")
    decide(client, token, "accepted")
    assert not Advised.objects.filter(decision="accepted").exists()
    desk.event(0.0005, "correction", ref=called, text="打错了")
    decide(client, token, "accepted")
    assert Advised.objects.filter(decision="accepted").count() == 1
