"""Writing a reply at the desk: remarks, better wordings, promises, and what is put on record."""

from __future__ import annotations

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.ledger.models import Event, Promise

pytestmark = pytest.mark.django_db
CHEN = "陈静"


def chen(desk):
    return str(desk.party("guest:chen").pk)


def test_remarks_come_as_one_types(lived, signed_in):
    """The live part marks the words, gives the reason and a wording, and keeps nothing."""
    before = Event.objects.count()
    page = signed_in().post(
        "/draft/live/", {"text": "您必须先付款。"}, headers={"HX-Request": "true"}
    )
    said = page.content.decode()
    assert '<mark class="harm">您必须先付款</mark>' in said
    assert "麻烦您先付款" in said
    assert "<html" not in said
    assert Event.objects.count() == before


def test_a_wording_is_used_without_a_script(lived, signed_in):
    """The button sends the form; the box comes back with the better words."""
    page = signed_in().post("/draft/", {"text": "您必须先付款。", "use": "0"})
    assert "麻烦您先付款。" in page.content.decode()
    assert "您必须先付款" not in page.content.decode()


def test_line_breaks_count_once(lived, signed_in):
    """A browser posts two characters for a line break and shows one; places hold all the same."""
    page = signed_in().post("/draft/", {"text": "您好\r\n您必须先付款。", "use": "0"})
    assert "您好\n麻烦您先付款。" in page.content.decode()


def test_a_promise_found_is_put_on_record(lived, signed_in, desk):
    """With whom it is for, by whom and its time; the draft stays."""
    form = {"text": "明天上午十点前给您答复。", "customer": chen(desk), "promise": "0"}
    browser, before = signed_in(), Promise.objects.count()
    browser.post("/draft/promise/", form)
    page = browser.post("/draft/promise/", form)
    assert "已记入承诺" in page.content.decode()
    assert Promise.objects.count() == before + 1, "a second tap makes no second promise"
    assert form["text"] in page.content.decode()
    promise = Promise.objects.filter(state="open").latest("made_us", "pk")
    assert promise.truster.key == "guest:chen"
    assert promise.trustee.key == "staff:li"
    assert promise.due_us is not None


def test_a_promise_needs_somebody(lived, signed_in):
    """Without a customer nothing is recorded, and the page says why."""
    before = Promise.objects.count()
    page = signed_in().post("/draft/promise/", {"text": "明天十点前答复您。", "promise": "0"})
    assert "先选好写给谁" in page.content.decode()
    assert Promise.objects.count() == before


def test_what_was_sent_is_recorded_once(lived, signed_in, desk):
    """The message is on record; a promise that is there already is not asked about again."""
    form = {"text": "明天上午十点前给您答复。", "customer": chen(desk), "promise": "0"}
    browser = signed_in()
    browser.post("/draft/promise/", form)
    page = browser.post("/draft/sent/", form)
    said = page.content.decode()
    assert "已经记下" in said
    assert "要记入吗" not in said
    assert Event.objects.filter(kind="message", truster__key="guest:chen").count() == 1
    assert AuditRow.objects.filter(deed="record_message").count() == 1


def test_promises_of_what_was_sent_are_offered(lived, signed_in, desk):
    """Those not on record wait for a yes or no."""
    page = signed_in().post(
        "/draft/sent/", {"text": "明天上午十点前给您答复。", "customer": chen(desk)}
    )
    assert "要记入吗" in page.content.decode()


def test_earlier_messages_count(lived, signed_in, desk):
    """What the customer said on record is what the draft answers."""
    desk.event(0.01, "message", text="等了一个小时还没上菜，气死了！", speaker="customer")
    form = {"text": "非常抱歉。", "customer": chen(desk)}
    said = signed_in().post("/draft/live/", form).content.decode()
    assert "只有道歉，没有下文" in said


def test_plain_language_is_asked_for(lived, signed_in):
    """Idioms are remarked on once the writer says that the reader has another first language."""
    form = {"text": "这件事板上钉钉了，明天十点送到。"}
    client = signed_in()
    assert "习语" not in client.post("/draft/live/", form).content.decode()
    assert "已经确定" in client.post("/draft/live/", {**form, "plain": "yes"}).content.decode()


def test_strangers_customers_do_not_exist(lived, signed_in, desk):
    """Somebody of another house cannot write to, or learn of, this house's guests."""
    client = signed_in("stranger", "en")
    before = Event.objects.count()
    form = {"text": "See you at ten.", "customer": chen(desk), "about": "Chen"}
    assert "Chen Jing" not in client.post("/draft/", form).content.decode()
    client.post("/draft/sent/", form)
    assert Event.objects.count() == before


def test_analysts_look_and_do_not_record(lived, signed_in):
    """Who may only see gets remarks, and no button that records."""
    client = signed_in("analyst", "en")
    said = client.post("/draft/", {"text": "I will call you by ten."}).content.decode()
    assert "/draft/sent/" not in said
    assert client.post("/draft/sent/", {"text": "x"}).status_code == 403


@pytest.mark.parametrize(("lang", "word"), [("zh", "您的回复"), ("en", "Your reply")])
def test_the_page_opens_empty(lived, signed_in, lang, word):
    """In both languages, with its bookmarks and with no word on a model that is not there."""
    said = signed_in(lang=lang).get("/draft/").content.decode()
    assert word in said
    assert "data-bookmarklet" in said
    assert "/draft/rewrite/" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_about_somebody_leads_to_a_draft_for_them(lived, signed_in, desk, lang):
    """From the relationship and from the quick card, with the customer chosen already."""
    browser, number = signed_in(lang=lang), chen(desk)
    link = f'href="/draft/?to={number}"'
    for page in (f"/relationships/{number}/{desk.house.pk}/", f"/card/?to={number}"):
        assert link in browser.get(page).content.decode()
    shown = browser.get(f"/draft/?to={number}").content.decode()
    assert f'name="customer" value="{number}" checked' in shown
    strangers = signed_in("stranger").get(f"/draft/?to={number}").content.decode()
    assert 'name="customer"' not in strangers
