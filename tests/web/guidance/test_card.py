"""The card on its pages: by channel, by who said so, found by name, for whom it is meant."""

from __future__ import annotations

import pytest

from tests.pages.reader import read_page
from troth.content.text import phrases
from troth.web.ledger.models import Relationship
from troth.web.people.models import Statement

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
DAY_US = 86_400_000_000


@pytest.fixture
def where(lived):
    """Address of Chen Jing's relationship with the hotel."""
    row = Relationship.objects.get(truster__key="guest:chen", trusted__key="hotel")
    return f"/relationships/{row.truster_id}/{row.trusted_id}/"


def stated(desk, what, value, origin, **more):
    """Something known of Chen Jing."""
    by = desk.users["lead"] if origin == "colleague_note" else None
    return Statement.objects.create(
        party=desk.party("guest:chen"), house=desk.house, what=what, value=value, origin=origin,
        by=by, t_us=desk.now_us - DAY_US, until_us=desk.now_us + 90 * DAY_US, **more,
    )  # fmt: skip


def advice_in(client, address):
    """The card's section, read."""
    answer = client.get(address)
    assert answer.status_code == 200
    page = read_page(answer.content.decode())
    return next(s for s in page.find("section") if s.attributes.get("id") == "advice")


@LANGUAGES
def test_each_line_names_its_reason_and_leads_to_the_event(signed_in, where, lang) -> None:
    """The broken promise behind what to say first, by its place in the history below."""
    card = advice_in(signed_in("front_line", lang), where)
    assert phrases()["card.part.first"][lang] in card.text()
    reasons = card.find("p", "because")
    assert len(reasons) >= len(card.find("ul", "advice")[0].find("li"))
    assert "等到十点也没有人送来。" in card.text()
    links = [a.attributes["href"] for reason in reasons for a in reason.find("a")]
    assert "#e-6" in links


@LANGUAGES
@pytest.mark.parametrize("channel", ["face", "phone", "written"])
def test_the_channel_is_switched_with_and_without_script(signed_in, where, channel, lang) -> None:
    """By a link, or a part of the page; what is seen and heard changes with it."""
    client = signed_in("front_line", lang)
    card = advice_in(client, f"{where}?channel={channel}")
    (here,) = [a for a in card.find("a") if a.attributes.get("aria-current")]
    assert here.attributes["href"] == f"?channel={channel}#advice"
    titles = [h.text() for h in card.find("h3")]
    eyes, voice = (phrases()[f"card.part.{part}"][lang] for part in ("eyes", "voice"))
    assert (eyes in titles) is (channel == "face")
    assert (voice in titles) is (channel == "phone") or channel == "face"
    part = client.get(here.attributes["hx-get"], HTTP_HX_REQUEST="true").content.decode()
    assert [h.text() for h in read_page(part).find("h3")] == titles


@pytest.mark.parametrize("channel", ["", "telepathy", "<b>"])
def test_an_unknown_channel_is_taken_as_writing(signed_in, where, channel) -> None:
    """Whatever the address says."""
    card = advice_in(signed_in(), f"{where}?channel={channel}")
    (here,) = [a for a in card.find("a") if a.attributes.get("aria-current")]
    assert here.attributes["href"] == "?channel=written#advice"


@LANGUAGES
@pytest.mark.parametrize("origin", ["own_words", "self_report", "colleague_note"])
def test_who_said_so_stands_beside_it(signed_in, lived, where, origin, lang) -> None:
    """As a chip of its own, never mixed."""
    stated(lived, "detail", "short", origin)
    card = advice_in(signed_in("front_line", lang), where)
    chips = {chip.text() for chip in card.find("span", "chip")}
    assert chips == {phrases()[f"card.origin.{origin}"][lang]}
    assert phrases()["card.wish.detail.short"][lang].lower() in card.text().lower()


def test_closeness_and_language_come_from_their_own_word_alone(signed_in, lived, where) -> None:
    """A colleague's note of either advises nothing."""
    stated(lived, "attachment", "anxious", "colleague_note")
    stated(lived, "lang", "en", "colleague_note")
    client = signed_in("front_line", "en")
    before = advice_in(client, where).text()
    assert "Report on time" not in before
    assert "Speak and write English" not in before
    stated(lived, "attachment", "anxious", "self_report")
    stated(lived, "lang", "en", "own_words")
    after = advice_in(client, where).text()
    assert "Report on time" in after
    assert "Speak and write English" in after


@LANGUAGES
@pytest.mark.parametrize("channel", ["face", "phone", "written"])
def test_what_matters_to_them_stands_there_word_for_word(
    signed_in, lived, where, channel, lang
) -> None:
    """Beside whatever else there is to say: a need is never crowded out by style."""
    said = "我刚做完手术，请不要安排爬楼梯的房间。"
    for what, value in (("pace", "steady"), ("focus", "person"), ("detail", "full")):
        stated(lived, what, value, "own_words")
    Statement.objects.create(
        party=lived.party("guest:chen"), house=lived.house, what="need", text=said,
        origin="own_words", t_us=lived.now_us - 5, until_us=lived.now_us + DAY_US,
    )  # fmt: skip
    client = signed_in("front_line", lang)
    assert said in advice_in(client, f"{where}?channel={channel}").text()
    quick = client.get(f"/card/?to={lived.party('guest:chen').pk}&channel={channel}")
    assert said in quick.content.decode()


def test_who_only_analyses_reads_nothing_they_said_of_themselves(signed_in, lived, where) -> None:
    """Their customers and figures, not their words about themselves: in card, page, draft and REST."""
    stated(lived, "detail", "short", "own_words")
    Statement.objects.create(
        party=lived.party("guest:chen"), house=lived.house, what="need", text="请不要爬楼梯",
        origin="own_words", t_us=lived.now_us - 5, until_us=lived.now_us + DAY_US,
    )  # fmt: skip
    for role, known in (("lead", True), ("admin", True), ("analyst", False)):
        client = signed_in(role, "zh")
        page = client.get(where).content.decode()
        assert ("请不要爬楼梯" in page) is known
        assert (phrases()["card.origin.own_words"]["zh"] in page) is known
        party = client.get(f"/parties/{lived.party('guest:chen').pk}/").content.decode()
        assert ("请不要爬楼梯" in party) is known


@LANGUAGES
def test_the_quick_card_offers_those_who_are_owed_something(signed_in, lived, lang) -> None:
    """Without a name typed; one tap leads to the card, and a stranger is offered nobody."""
    number = lived.party("guest:chen").pk
    page = read_page(signed_in("front_line", lang).get("/card/").content.decode())
    assert phrases()["card.quick.likely"][lang] in page.text()
    links = [a.attributes["href"] for a in page.find("a") if "/card/?to=" in a.attributes["href"]]
    assert links == [f"/card/?to={number}&channel=face"]
    assert "/card/?to=" not in signed_in("stranger", lang).get("/card/").content.decode()


def test_anger_is_steadied_before_style(signed_in, lived, where) -> None:
    """And the page says what gives way, and quotes the words that sound angry."""
    stated(lived, "pace", "quick", "own_words")
    lived.event(0.05, "message", text="太过分了！我非常生气！", speaker="customer")
    card = advice_in(signed_in("front_line", "en"), where)
    assert "Half a beat slower" in card.text()
    assert "quickly, please" in card.find("p", "over")[0].text()
    assert "太过分了！我非常生气！" in card.text()


def test_our_own_words_are_never_taken_for_theirs(signed_in, lived, where) -> None:
    """A message of staff shows nothing of the customer's feelings."""
    lived.event(0.05, "message", text="太过分了！我非常生气！", speaker="staff")
    assert "Half a beat slower" not in advice_in(signed_in("front_line", "en"), where).text()


@LANGUAGES
def test_the_map_quotes_or_says_that_nothing_is_known(signed_in, lived, where, lang) -> None:
    """Their survey's words, and no feeling that no word shows."""
    page = read_page(signed_in("front_line", lang).get(where).content.decode())
    side = next(s for s in page.find("section") if s.attributes.get("id") == "their-side")
    assert "住得很舒服。" in side.text()
    assert [h.text() for h in side.find("h3")] == [
        phrases()[f"card.map.{name}"][lang] for name in ("says", "thinks", "feels", "does")
    ]


@LANGUAGES
def test_a_card_is_found_by_name(signed_in, lived, lang) -> None:
    """As one types, and without a script; face to face unless said otherwise."""
    client, chen = signed_in("front_line", lang), lived.party("guest:chen")
    for address in ("/card/", "/card/who/"):
        found = read_page(client.get(address, {"q": "chen"}).content.decode())
        (link,) = [a for a in found.find("a") if a.attributes["href"].startswith("/card/?to=")]
        assert link.attributes["href"] == f"/card/?to={chen.pk}&channel=face"
    page = read_page(client.get(link.attributes["href"]).content.decode())
    assert chen.address(lang) in page.text()
    assert phrases()["card.part.eyes"][lang] in page.text()
    where = [a.attributes["href"] for p in page.find("p", "because") for a in p.find("a")]
    assert all(address.startswith("/relationships/") for address in where)
    assert client.get(where[0].split("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", ("还没兑现的承诺", "最近一次受伤")), ("en", ("Open promises", "Last hurt"))],
)
def test_the_quick_card_begins_with_what_is_owed_and_what_hurt(
    signed_in, lived, lang, said
) -> None:
    """The promise with its time, the hurt with its sentence, which leads to the event."""
    number = lived.party("guest:chen").pk
    page = signed_in(lang=lang).get(f"/card/?to={number}").content.decode()
    first = page[page.index('id="first"') : page.index('id="advice"')]
    assert all(title in first for title in said)
    assert "我今天下午三点前回复您。" in first
    assert "等到十点也没有人送来。" in first
    assert f'href="/relationships/{number}/{lived.house.pk}/?to=' in first


def test_a_card_is_for_those_who_may_see_the_customer(signed_in, lived, client) -> None:
    """Others find nobody; and what is no number is nobody."""
    chen = lived.party("guest:chen")
    assert client.get("/card/").status_code == 302
    stranger = signed_in("stranger")
    assert "Chen" not in stranger.get("/card/who/", {"q": "chen"}).content.decode()
    for number in (chen.pk, 0, "x", "９", "9" * 30):
        assert stranger.get("/card/", {"to": number}).status_code == 404


def test_somebody_new_is_met_without_a_card(signed_in, lived) -> None:
    """Nothing is made up where nothing is on record; a name that nobody has is said to be so."""
    admin = signed_in("admin", "en")
    new = lived.party("shopper:zhao")
    page = admin.get("/card/", {"to": new.pk}).content.decode()
    assert phrases()["card.quick.nothing"]["en"] in page
    assert "Nobody found" in admin.get("/card/", {"q": "nemo"}).content.decode()


def test_a_pasted_message_counts_as_their_latest(signed_in, lived) -> None:
    """Its feeling is met in the short card at once, though nothing is recorded."""
    told = {"text": "太过分了！我非常生气！", "about": "chen", "speaker": "customer"}
    client = signed_in("front_line", "en")
    page = client.post("/today/paste/", told, HTTP_HX_REQUEST="true").content.decode()
    assert phrases()["card.part.steady"]["en"] in page
    told["speaker"] = "staff"
    page = client.post("/today/paste/", told, HTTP_HX_REQUEST="true").content.decode()
    assert phrases()["card.part.steady"]["en"] not in page


def test_a_colleagues_trust_has_no_customers_card(signed_in, lived) -> None:
    """Its rules are about customers; two colleagues have a page of their own."""
    lived.event(2, "promise_kept", truster="staff:li", trustee="staff:wang")
    row = Relationship.objects.get(truster__key="staff:li", trusted__key="staff:wang")
    page = signed_in("lead").get(f"/relationships/{row.truster_id}/{row.trusted_id}/")
    assert 'id="advice"' not in page.content.decode()


def test_studies_are_cited_in_full(signed_in, lived, where) -> None:
    """Where a line names one, the page lists it."""
    lived.event(0.5, "complaint_opened", text="多收了钱。")
    client, chen = signed_in("front_line", "en"), lived.party("guest:chen")
    for address in (where, f"/card/?to={chen.pk}"):
        page = read_page(client.get(address).content.decode())
        short = {cite.text().strip("()") for cite in page.find("cite")}
        assert short
        for name in short:
            assert f"{name.split()[0]}, " in page.text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_minute_to_steady_oneself_is_near(signed_in, lived, where, lang) -> None:
    """Where a repair is on, or they are angry; on the page and on the quick card."""
    browser, number = signed_in("front_line", lang), lived.party("guest:chen").pk

    def links(address):
        return {a.attributes["href"] for a in advice_in(browser, address).find("a")}

    assert "/steady/?for=mistake" in links(where)
    assert "/steady/?for=mistake" in links(f"/card/?to={number}")
    lived.event(0.05, "message", text="太过分了！我非常生气！", speaker="customer")
    assert "/steady/?for=anger" in links(where)
    assert "/steady/?for=anger" in links(f"/card/?to={number}")


def test_calm_contacts_need_no_minute(signed_in, desk) -> None:
    """Nothing open and no anger: no link."""
    desk.event(5, "survey", outcome=0.9, text="住得很舒服。")
    row = Relationship.objects.get(truster__key="guest:chen")
    card = advice_in(signed_in(), f"/relationships/{row.truster_id}/{row.trusted_id}/")
    assert not [a for a in card.find("a") if "/steady/" in a.attributes["href"]]
