"""Writing a reply at the desk: remarks, better wordings, promises, and what is put on record."""

from __future__ import annotations

import pytest

from tests.pages.reader import read_page
from troth.web.accounts.models import AuditRow
from troth.web.ledger.models import Event, Promise

pytestmark = pytest.mark.django_db
CHEN = "陈静"
TEN = "0:明天上午十点前给您答复"


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
    page = signed_in().post("/draft/", {"text": "您必须先付款。", "use": "order:0:您必须先付款"})
    assert "麻烦您先付款。" in page.content.decode()
    assert "您必须先付款" not in page.content.decode()


def test_line_breaks_count_once(lived, signed_in):
    """A browser posts two characters for a line break and shows one; places hold all the same."""
    page = signed_in().post(
        "/draft/", {"text": "您好\r\n您必须先付款。", "use": "order:3:您必须先付款"}
    )
    assert "您好\n麻烦您先付款。" in page.content.decode()


def test_a_promise_found_is_put_on_record(lived, signed_in, desk):
    """With whom it is for, by whom and its time; the draft stays."""
    form = {"text": "明天上午十点前给您答复。", "customer": chen(desk), "promise": TEN}
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
    page = signed_in().post(
        "/draft/promise/", {"text": "明天十点前答复您。", "promise": "0:明天十点前答复您"}
    )
    assert "先选好写给谁" in page.content.decode()
    assert Promise.objects.count() == before


def test_what_was_sent_is_recorded_once(lived, signed_in, desk):
    """The message is on record; a promise that is there already is not asked about again."""
    form = {"text": "明天上午十点前给您答复。", "customer": chen(desk), "promise": TEN}
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


@pytest.mark.parametrize("text", ["这不归我管。您必须先付款。", "请先付款。"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wording_is_used_only_where_it_was_proposed(lived, signed_in, text, lang):
    """What was typed since stays as it is, and the page says so."""
    form = {"text": text, "use": "order:0:您必须先付款"}
    said = signed_in(lang=lang).post("/draft/", form).content.decode()
    assert f">\n{text}</textarea>" in said
    assert {"zh": "文字已经改动", "en": "The text has changed"}[lang] in said


@pytest.mark.parametrize("asked", ["9" * 5000, "0", "order:0", "²", ":", "order:0:您必须先付款\0"])
def test_odd_answers_change_nothing(lived, signed_in, desk, asked):
    """No number, however long, is a remark or a promise."""
    form = {"text": "您必须先付款。我明天十点前答复您。", "customer": chen(desk)}
    browser, before = signed_in(), Promise.objects.count()
    for path, name in (("/draft/", "use"), ("/draft/promise/", "promise")):
        page = browser.post(path, {**form, name: asked})
        assert page.status_code == 200
        assert "文字已经改动" in page.content.decode()
        assert form["text"] in page.content.decode()
    assert Promise.objects.count() == before


def test_what_the_buttons_send_works(lived, signed_in, desk):
    """Buttons carry what they stand for, line breaks and quotes included."""
    form = {"text": '您好\n您必须先付"押金"。\n我明天十点前答复您。', "customer": chen(desk)}
    browser, before = signed_in(), Promise.objects.count()
    page = read_page(browser.post("/draft/live/", form).content.decode())
    buttons = {b.attributes["name"]: b.attributes["value"] for b in page.find("button")}
    assert "您必须" not in browser.post("/draft/", {**form, "use": buttons["use"]}).content.decode()
    browser.post("/draft/promise/", {**form, "promise": buttons["promise"]})
    assert Promise.objects.count() == before + 1


def test_another_promise_than_the_one_shown_is_not_recorded(lived, signed_in, desk):
    """A promise typed before it since does not take its place."""
    before = Promise.objects.count()
    form = {
        "text": "我今天下午五点前把发票寄给您。我明天下午三点前给您回电话。", "customer": chen(desk),
        "promise": "0:我明天下午三点前给您回电话",
    }  # fmt: skip
    signed_in().post("/draft/promise/", form)
    assert Promise.objects.count() == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_second_tap_records_no_second_message(lived, signed_in, desk, lang):
    """The form's key and its words make it the same; other words from the same form are another reply."""
    browser = signed_in(lang=lang)
    page = read_page(browser.get("/draft/").content.decode())
    (once,) = (i.attributes["value"] for i in page.find("input") if i.attributes["name"] == "once")
    form = {"text": "您的发票已经寄出。", "customer": chen(desk), "once": once}
    said = [browser.post("/draft/sent/", form).content.decode() for _ in range(2)]
    rows = Event.objects.filter(kind="message", source="desk")
    assert rows.count() == 1
    assert {"zh": "已经记过了", "en": "on record already"}[lang] in said[1]
    browser.post("/draft/sent/", {**form, "text": "快递单号稍后给您。"})
    assert rows.count() == 2
    fresh = read_page(browser.get("/draft/").content.decode())
    assert once not in [i.attributes.get("value") for i in fresh.find("input")]


def test_copying_is_offered_where_it_works(lived, signed_in):
    """Without a script a button that copies does nothing, so that it is not shown."""
    page = read_page(signed_in().get("/draft/").content.decode())
    copies = [b for b in page.find("button") if "data-copy" in b.attributes]
    assert copies
    assert all("needs-js" in b.attributes["class"].split() for b in copies)
