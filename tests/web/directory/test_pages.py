"""A party's own page: who sees it, what is put right, who sees what first."""

from __future__ import annotations

import pytest

from tests.web.conftest import DAY_US
from troth.web.accounts.access import Scope
from troth.web.accounts.models import AuditRow
from troth.web.directory.about import events_about
from troth.web.directory.body import body_of, chance_of
from troth.web.directory.models import Seen
from troth.web.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", ["guest:chen", "staff:li", "team:front", "hotel"])
def test_leads_open_every_page_of_their_house(
    lived, signed_in, key, lang, django_assert_max_num_queries
):
    """Customer, colleague, team, house: each opens, with few queries."""
    client = signed_in("lead", lang)
    with django_assert_max_num_queries(16):
        assert client.get(f"/parties/{lived.party(key).pk}/").status_code == 200


def test_front_line_sees_its_customers_and_itself(lived, signed_in):
    """Not a colleague's page, not another house's customer."""
    client = signed_in("front_line")
    codes = {
        key: client.get(f"/parties/{lived.party(key).pk}/").status_code
        for key in (
            "guest:chen",
            "staff:li",
            "hotel",
            "staff:wang",
            "staff:sun",
            "shopper:zhao",
            "shop",
        )
    }
    assert codes == {
        "guest:chen": 200, "staff:li": 200, "hotel": 200, "staff:wang": 404, "staff:sun": 404,
        "shopper:zhao": 404, "shop": 404,
    }  # fmt: skip


def test_a_name_is_put_right_and_found_anew(lived, signed_in):
    """The change is saved, searched for, and audited by field, never by value."""
    chen = lived.party("guest:chen")
    sent = {"name_zh": "陈婧", "name_en": "Chen Jing", "contact": "13800001111", "lang": "zh"}
    assert signed_in("front_line").post(f"/parties/{chen.pk}/edit/", sent).status_code == 302
    chen.refresh_from_db()
    assert (chen.name_zh, chen.contact, chen.address_zh) == ("陈婧", "13800001111", "")
    terms = set(chen.terms.values_list("term", flat=True))
    assert {"陈婧", "婧", "1111"} <= terms
    assert "静" not in terms
    row = AuditRow.objects.get(deed="edit_party")
    assert "13800001111" not in str(row.details)
    assert row.details["fields"] == ["name_zh", "address_zh", "address_en", "contact"]


def test_too_long_a_name_is_said_in_the_readers_language(lived, signed_in):
    """The form comes back with its error, open, and nothing is saved."""
    chen = lived.party("guest:chen").pk
    answer = signed_in("front_line", "zh").post(f"/parties/{chen}/edit/", {"name_zh": "长" * 121})
    assert answer.status_code == 422
    assert "最多 120 个字" in answer.content.decode()
    assert not AuditRow.objects.filter(deed="edit_party").exists()


def test_a_colleagues_name_is_for_admins(lived, signed_in):
    """Front line and leads record about customers; staff are named by those who govern."""
    li = lived.party("staff:li").pk
    assert signed_in("lead").post(f"/parties/{li}/edit/", {"name_en": "X"}).status_code == 404
    assert signed_in("admin").post(f"/parties/{li}/edit/", {"name_en": "Li"}).status_code == 302


def test_the_worker_sees_first(lived):
    """Fresh events about somebody are theirs alone until they have looked, or 72 hours have passed."""
    li, now = lived.party("staff:li"), lived.now_us
    words = _words("en")
    mine = Scope(lived.users["front_line"])
    lead = Scope(lived.users["lead"])
    assert len(events_about(mine, li, now, words)) == 4
    assert events_about(lead, li, now, words) == []
    event = Event.objects.get(kind="promise_broken")
    Seen.objects.create(event=event, user=lived.users["front_line"], t_us=now)
    assert [one.event.pk for one in events_about(lead, li, now, words)] == [event.pk]
    assert len(events_about(lead, li, now + 3 * DAY_US, words)) == 4


def test_what_a_colleague_noted_waits_though_they_have_looked(lived):
    """Between colleagues looking at it shows it to nobody else."""
    li, now, words = lived.party("staff:li"), lived.now_us, _words("en")
    lived.event(0.1, "thanks", event_id="noted", truster="staff:wang", text="Thanks.")
    event = Event.objects.get(event_id="noted")
    Seen.objects.create(event=event, user=lived.users["front_line"], t_us=now)
    for role, seen in [("front_line", True), ("coach", False), ("lead", True)]:
        found = events_about(Scope(lived.users[role]), li, now, words)
        assert ("noted" in [one.event.event_id for one in found]) == seen, role
    after = now + 4 * DAY_US
    found = events_about(Scope(lived.users["coach"], after), li, after, words)
    assert "noted" in [one.event.event_id for one in found]


def _words(lang):
    from zoneinfo import ZoneInfo

    from troth.pages.words import Words

    return Words(lang, ZoneInfo("Asia/Shanghai"), {})


def test_looking_is_noted_once_and_only_about_oneself(lived, signed_in):
    """Others' events cannot be marked; the same twice is one row."""
    broken = Event.objects.get(kind="promise_broken").pk
    for _ in range(2):
        assert signed_in("front_line").post("/me/seen/", {"event": [broken]}).status_code == 302
    assert Seen.objects.count() == 1
    signed_in("lead").post("/me/seen/", {"event": [broken]})
    assert Seen.objects.count() == 1


def test_an_answer_stands_beside_the_event(lived, signed_in):
    """The worker answers; it shows on their page; others cannot answer for them."""
    broken = Event.objects.get(kind="promise_broken").pk
    client = signed_in("front_line", "en")
    client.post(f"/me/answer/{broken}/", {"text": "电梯停了，我走楼梯送去的。"})
    page = client.get("/me/").content.decode()
    assert "电梯停了，我走楼梯送去的。" in page
    assert "Your answer" in page
    assert signed_in("lead").post(f"/me/answer/{broken}/", {"text": "no"}).status_code == 404


def test_whoever_is_not_on_record_is_told_so(lived, signed_in):
    """An analyst has no page of their own."""
    assert "not linked" in signed_in("analyst", "en").get("/me/").content.decode()


def test_merging_is_previewed_and_can_be_undone(lived, signed_in):
    """Found, compared, joined with a reason, parted again."""
    lived.event(5, "survey", outcome=0.9, truster="guest:benbow")
    chen, benbow = lived.party("guest:chen"), lived.party("guest:benbow")
    client = signed_in("lead", "en")
    page = client.get(f"/parties/{chen.pk}/merge/", {"q": "alistair"}).content.decode()
    assert f"?other={benbow.pk}" in page
    assert client.get(f"/parties/{chen.pk}/merge/", {"other": benbow.pk}).status_code == 200
    assert client.post(f"/parties/{chen.pk}/merge/", {"other": benbow.pk}).status_code == 422
    sent = {"other": benbow.pk, "reason": "same phone"}
    assert client.post(f"/parties/{chen.pk}/merge/", sent).status_code == 302
    assert client.get(f"/parties/{benbow.pk}/").url == f"/parties/{chen.pk}/"
    answer = client.post(f"/parties/{benbow.pk}/split/", {"reason": "two people"})
    assert answer.status_code == 302
    benbow.refresh_from_db()
    assert benbow.merged_into is None


def test_front_line_cannot_merge(lived, signed_in):
    """It changes whose trust is whose."""
    chen = lived.party("guest:chen").pk
    assert signed_in("front_line").get(f"/parties/{chen}/merge/").status_code == 403


def test_a_house_counts_with_how_many(lived):
    """Stages, promises kept of how many, open repairs; a newcomer's chance lies inside its interval."""
    body = body_of(Scope(lived.users["lead"]), lived.house, lived.now_us)
    assert (body.kept, body.broken, body.repairs, sum(body.stages)) == (2, 1, 1, 1)
    chance = chance_of(lived.house, lived.now_us)
    assert 0 < chance.low < chance.probability < chance.high < 1


def test_few_promises_make_no_share(lived, signed_in):
    """Two of three is no percentage."""
    page = signed_in("lead", "en").get(f"/parties/{lived.house.pk}/").content.decode()
    assert "2 of 3 kept: too few for a share." in page


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "-1", "x", ""])
def test_what_is_no_number_of_an_event_marks_nothing_seen(lived, signed_in, number):
    """However long it is; the page answers as always."""
    assert signed_in().post("/me/seen/", {"event": number}).status_code == 302
    assert not Seen.objects.exists()
