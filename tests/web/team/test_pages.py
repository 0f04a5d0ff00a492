"""The team's pages: who sees what, and what they say, in both languages."""

from __future__ import annotations

import re

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.ledger.models import Event
from troth.web.parties.models import Preference
from troth.web.team.models import Skill

pytestmark = pytest.mark.django_db
HOUR_US = 3_600_000_000


def pair_of(hotel, first="staff:li", second="staff:wang"):
    """The address of two colleagues."""
    return f"/team/{hotel.party(first).pk}/{hotel.party(second).pk}/"


def happened(hotel, days, kind, truster="staff:li", trustee="staff:wang", **more):
    """Something between two colleagues."""
    return hotel.event(days, kind, truster=truster, trustee=trustee, **more)


def strained(hotel):
    """Trust of Li Na in Wang Lei that fell."""
    for day in range(40, 32, -1):
        happened(hotel, day, "hand_over_kept", learned=day)
    for day in range(8, 0, -1):
        happened(hotel, day, "hand_over_dropped", learned=day, text="Nothing was in the book.")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["front_line", "lead", "coach", "analyst", "admin"])
def test_every_role_has_a_team_page(hotel, signed_in, role, lang):
    """Front line sees no counts; whoever does not belong to the staff gets no form."""
    page = signed_in(role, lang).get("/team/").content.decode()
    assert ('action="/team/add/"' in page) == (role in ("front_line", "lead", "coach"))
    assert ('href="/team/match/"' in page) == (role in ("lead", "coach", "admin"))
    assert ("王磊" if lang == "zh" else "Wang Lei") in page or role == "lead"


def test_thanks_are_two_taps_and_the_other_sees_them_first(hotel, signed_in, monkeypatch):
    """They stand on the other's own page at once; a third colleague who leads waits 72 hours."""
    wang = hotel.party("staff:wang").pk
    client = signed_in("front_line")
    saved = client.post(
        "/team/add/", {"to": wang, "what": "thanks", "text": "多谢顶班"}, follow=True
    )
    assert "王磊 会先看到" in saved.content.decode()
    assert "撤回刚才那条" in saved.content.decode()
    assert "多谢顶班" in client.get(pair_of(hotel)).content.decode()
    assert "多谢顶班" in signed_in("lead").get("/me/").content.decode()
    assert "多谢顶班" not in signed_in("coach").get(pair_of(hotel)).content.decode()
    from troth.web.ui import middleware

    monkeypatch.setattr(middleware, "now_us", lambda: hotel.now_us + 73 * HOUR_US)
    assert "多谢顶班" in signed_in("coach").get(pair_of(hotel)).content.decode()


def test_undo_takes_the_last_one_back(hotel, signed_in):
    """It is gone from the page of the two."""
    client = signed_in("front_line", "en")
    client.post(
        "/team/add/", {"to": hotel.party("staff:wang").pk, "what": "help", "text": "Held the lift"}
    )
    client.post("/team/undo/")
    assert "Held the lift" not in client.get(pair_of(hotel)).content.decode()
    assert Event.objects.filter(kind="correction").count() == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"to": "x", "what": "thanks"}, {"what": "kept"}, {"what": "praise"}, {"what": "dropped"}],
)
def test_what_is_missing_is_said(hotel, signed_in, sent):
    """Nothing is recorded, and the page says why."""
    if "what" in sent and "to" not in sent and sent["what"] != "kept":
        sent = {**sent, "to": hotel.party("staff:wang").pk}
    answer = signed_in("front_line").post("/team/add/", sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Event.objects.filter(source="desk").exists()


def test_another_house_and_oneself_cannot_be_chosen(hotel, signed_in):
    """By number neither."""
    for key in ("staff:sun", "staff:li"):
        sent = {"to": hotel.party(key).pk, "what": "thanks"}
        assert signed_in("front_line").post("/team/add/", sent).status_code == 422


def test_who_opens_the_page_of_two(hotel, signed_in):
    """The two, and who leads or coaches them; nobody else, and no page of one or of a customer."""
    third = pair_of(hotel, "staff:zhou", "staff:wang")
    for role, own, other in [
        ("front_line", 200, 404), ("lead", 200, 200), ("coach", 200, 200), ("admin", 200, 200),
        ("analyst", 404, 404), ("stranger", 404, 404),
    ]:  # fmt: skip
        client = signed_in(role)
        assert client.get(pair_of(hotel)).status_code == own, role
        assert client.get(third).status_code == other, role
    client = signed_in("admin")
    assert client.get(pair_of(hotel, "staff:li", "staff:li")).status_code == 404
    assert client.get(pair_of(hotel, "staff:li", "staff:sun")).status_code == 404
    assert client.get(pair_of(hotel, "staff:li", "guest:chen")).status_code == 404


@pytest.mark.parametrize(("lang", "early"), [("zh", "依据还太少"), ("en", "too early to tell")])
def test_both_directions_and_no_number_before_two_pieces_of_evidence(hotel, signed_in, lang, early):
    """One thanks is too little; four hand-overs give a number with its interval, one way alone."""
    from troth.content.text import phrase

    early = phrase("explain.too_early", lang)
    happened(hotel, 5, "thanks")
    page = signed_in("front_line", lang).get(pair_of(hotel)).content.decode()
    assert early in page
    assert phrase("team.pair.nothing", lang) in page
    assert "%" not in re.sub(r"<head>.*?</head>", "", page, flags=re.DOTALL)
    for day in (4, 3, 2, 1):
        happened(hotel, day, "hand_over_kept")
    page = signed_in("front_line", lang).get(pair_of(hotel)).content.decode()
    assert early not in page
    assert re.search(r"\d\d%</b> <small>[（(]\d\d%–\d\d%", page)
    li, wang = hotel.party("staff:li").pk, hotel.party("staff:wang").pk
    assert f"/relationships/{li}/{wang}/" in page


def test_what_was_handed_over_names_the_customer_to_who_may_see_them(hotel, signed_in):
    """By name for the two; the words are quoted."""
    client = signed_in("front_line")
    sent = {"to": hotel.party("staff:wang").pk, "what": "dropped", "text": "发票没写进交接本"}
    client.post("/team/add/", {**sent, "customer": hotel.party("guest:chen").pk})
    page = client.get(pair_of(hotel)).content.decode()
    assert "发票没写进交接本" in page
    assert "客户：陈静" in page
    assert "近 30 天里有一次交接遗漏" in page


def test_styles_are_compared_only_where_both_share_them(hotel, signed_in, style):
    """One alone draws nothing; both draw two points and say who is the quick one."""
    style("front_line", -0.9, 0.8)
    client = signed_in("front_line", "en")
    assert "two-styles" not in client.get(pair_of(hotel)).content.decode()
    hidden = style("lead", 0.9, -0.8, shared="me")
    assert "two-styles" not in client.get(pair_of(hotel)).content.decode()
    hidden.shared = "team"
    hidden.save()
    page = client.get(pair_of(hotel)).content.decode()
    assert page.count('class="first"') == page.count('class="second"') == 1
    assert "Wang Lei looks for the point, Li Na for time" in page
    assert "measures nobody" in page
    assert "two-styles" in signed_in("coach", "en").get(pair_of(hotel)).content.decode()


def test_leads_see_strained_trust_and_counts_without_names(hotel, signed_in):
    """In order of name; counts of the team, nobody ranked."""
    strained(hotel)
    happened(hotel, 2, "thanks", "staff:he", "staff:zhou")
    page = signed_in("lead", "en").get("/team/").content.decode()
    assert "Li Na → Wang Lei" in page
    counted = re.findall(r'<li><span>([^<]+)</span><b class="figure">(\d+)</b>', page)
    assert counted == [
        ("Thanks", "1"),
        ("Help given", "0"),
        ("Hand-over kept", "0"),
        ("Hand-over dropped", "8"),
    ]
    assert "Zhou Min" in page
    assert "Li Na → Wang Lei" not in signed_in("front_line", "en").get("/team/").content.decode()


def test_any_two_are_found_by_a_form(hotel, signed_in):
    """It leads to their page; twice the same leads back."""
    client = signed_in("lead")
    li, he = hotel.party("staff:li").pk, hotel.party("staff:he").pk
    assert client.get(f"/team/pair/?a={li}&b={he}").url == f"/team/{li}/{he}/"
    assert client.get(f"/team/pair/?a={li}&b={li}").url == "/team/"


def test_the_pages_cost_few_queries(hotel, signed_in, django_assert_max_num_queries):
    """However many colleagues there are."""
    strained(hotel)
    client = signed_in("lead")
    with django_assert_max_num_queries(24):
        client.get("/team/")
    with django_assert_max_num_queries(45):
        client.get(f"/team/match/?to={hotel.party('guest:chen').pk}")


def test_skills_are_stated_on_a_page(hotel, signed_in):
    """One's own, or of those one leads; others' are not there."""
    client, li = signed_in("front_line"), hotel.party("staff:li").pk
    assert client.get("/team/skills/").url == f"/team/skills/{li}/"
    sent = {"language": ["en", "yue"], "wanted": ["calming"], "learners": ""}
    assert client.post(f"/team/skills/{li}/", sent).status_code == 302
    assert Skill.objects.count() == 3
    assert 'value="yue" checked' in client.get(f"/team/skills/{li}/").content.decode()
    assert client.post(f"/team/skills/{li}/", {"strength": ["pretty"]}).status_code == 422
    assert client.get(f"/team/skills/{hotel.party('staff:wang').pk}/").status_code == 404
    assert signed_in("lead").get(f"/team/skills/{li}/").status_code == 200
    assert signed_in("stranger").get(f"/team/skills/{li}/").status_code == 404


def test_the_customer_s_page_leads_to_who_suits_them(hotel, signed_in):
    """For those who place colleagues."""
    chen = hotel.party("guest:chen").pk
    way = f"/team/match/?to={chen}"
    assert way in signed_in("lead").get(f"/parties/{chen}/").content.decode()
    assert way not in signed_in("front_line").get(f"/parties/{chen}/").content.decode()
    assert signed_in("front_line").get(way).status_code == 403
    assert (
        signed_in("lead").get(f"/team/match/?to={hotel.party('shopper:zhao').pk}").status_code
        == 404
    )


def first_of(page):
    """Names of those proposed, in order."""
    return re.findall(r"<h3>([^<]+)</h3>", page)


def test_who_has_a_history_with_the_customer_is_proposed(hotel, signed_in):
    """With reasons that quote figures; the choice is logged."""
    lead, chen, li = signed_in("lead"), hotel.party("guest:chen"), hotel.party("staff:li")
    page = lead.get(f"/team/match/?to={chen.pk}").content.decode()
    assert first_of(page)[0] == "李娜"
    assert "未了的事" in page
    assert "兑现了 2 件" in page
    lead.post("/team/match/choose/", {"customer": chen.pk, "staff": li.pk, "first": "1"})
    assert AuditRow.objects.get(deed="choose_match").details["proposed"] is True


def test_a_complaint_left_unanswered_speaks_for_nobody(hotel, signed_in):
    """Only whoever works on a case is proposed so that the customer need not start again."""
    guest = hotel.party("guest:benbow")
    opened = hotel.event(
        3, "complaint_opened", truster="guest:benbow", trustee="staff:he", text="Twice."
    )
    address, said = f"/team/match/?to={guest.pk}", "open with this customer"
    browser = signed_in("lead", "en")
    assert said not in browser.get(address).content.decode()
    hotel.event(2, "apology", truster="guest:benbow", trustee="staff:he", ref=opened)
    assert said in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("also", "trait"),
    [
        ("要年轻漂亮的", "年龄、外貌"),
        ("性别女", "性别"),
        ("不要外地人", "国籍、籍贯或户籍"),
        ("no Muslims", "宗教信仰"),
        ("someone without a h.a.n.d.i.c.a.p", "残疾或健康状况"),
        ("未婚", "婚姻或家庭状况"),
    ],
)
def test_a_request_by_a_protected_trait_is_refused(hotel, signed_in, also, trait):
    """Nothing is proposed, and it says why."""
    answer = signed_in("lead").get(
        "/team/match/", {"to": hotel.party("guest:chen").pk, "also": also}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"不能按{trait}挑人" in page
    assert first_of(page) == []


def test_a_fair_request_is_weighed_and_an_idle_one_says_so(hotel, signed_in):
    """A language and a name count; anything else is not used."""
    chen = hotel.party("guest:chen").pk
    he = Skill.objects.create(party=hotel.party("staff:he"), kind="language", value="ja", t_us=1)
    lead = signed_in("lead", "en")
    page = lead.get("/team/match/", {"to": chen, "also": "speaks Japanese"}).content.decode()
    assert "speaks Japanese" in page.split(he.party.name("en"), 1)[1]
    named = lead.get("/team/match/", {"to": chen, "also": "Ms He please"}).content.decode()
    assert first_of(named)[0] == "He Qing"
    idle = lead.get("/team/match/", {"to": chen, "also": "somebody nice"}).content.decode()
    assert "was not used" in idle


def test_a_customer_s_own_wish_counts_unless_it_names_a_protected_trait(hotel, signed_in):
    """By name it comes first; one that names sex or age is shown as not used."""
    chen = hotel.party("guest:chen")
    for what in ("还想请何晴接待", "要个年轻的女服务员"):
        Preference.objects.create(party=chen, house=hotel.house, what=what, t_us=1)
    page = signed_in("lead").get(f"/team/match/?to={chen.pk}").content.decode()
    assert first_of(page)[0] == "何晴"
    assert "客户点名要这位同事" in page
    assert "涉及性别、年龄，不能作为挑人的理由" in page


def test_forms_of_address_change_no_proposal(hotel, signed_in):
    """Sex and the like stand nowhere in what is weighed, whatever the record says."""
    chen = hotel.party("guest:chen")
    Preference.objects.create(party=chen, house=hotel.house, what="有消息请发微信", t_us=1)
    lead = signed_in("lead")
    was = lead.get(f"/team/match/?to={chen.pk}").content
    for key, zh in [("guest:chen", "陈先生"), ("staff:li", "李先生"), ("staff:he", "何女士")]:
        party = hotel.party(key)
        party.address_zh = zh
        party.save()
    strip = re.compile(rb"csrfmiddlewaretoken.*?>|X-CSRFToken.*?}")
    assert strip.sub(b"", lead.get(f"/team/match/?to={chen.pk}").content) == strip.sub(b"", was)


def test_learners_and_coaches_are_paired_with_reasons(hotel, signed_in):
    """By what is wanted and taught; who asked not to be coached by the lead is not."""
    for key, kind, value in [
        ("staff:li", "wanted", "calming"), ("staff:wang", "strength", "calming"),
        ("staff:he", "wanted", "calming"), ("staff:he", "wish", "not_my_lead"),
        ("staff:wang", "learners", "1"),
    ]:  # fmt: skip
        Skill.objects.create(party=hotel.party(key), kind=kind, value=value, t_us=1)
    lead = signed_in("lead", "en")
    page = lead.get("/team/coaches/").content.decode()
    said = dict(re.findall(r"<h3>([^<]+)</h3>\s*<p>Coach proposed: ([^<]+)</p>", page))
    assert said == {"Li Na": "Wang Lei", "He Qing": "Zhou Min"}
    assert "can teach what is wanted: calming people who are upset" in page
    sent = {"learner": hotel.party("staff:li").pk, "coach": hotel.party("staff:wang").pk}
    assert lead.post("/team/coaches/choose/", sent).status_code == 302
    assert AuditRow.objects.get(deed="choose_match").details["part"] == "learner"
    assert signed_in("front_line").get("/team/coaches/").status_code == 403


@pytest.mark.parametrize("learned", [0, 5])
def test_advice_for_two_waits_as_their_events_do(hotel, signed_in, learned):
    """By when the desk learned of it: what is told late about last week waits three days too."""
    happened(hotel, 5, "hand_over_dropped", learned=learned, text="发票没写进交接本")
    address, said = pair_of(hotel), "近 30 天里有一次交接遗漏"
    assert said in signed_in("front_line").get(address).content.decode()
    page = signed_in("coach").get(address).content.decode()
    assert (said in page) == ("发票没写进交接本" in page) == (learned == 5)
    asked = "/api/team/pair?first=staff:li&second=staff:wang"
    told = signed_in("coach").get(asked, headers={"accept-language": "zh"}).json()
    shown = any(side["probability"] is not None for side in told["sides"])
    assert shown == any("交接遗漏" in one["why"] for one in told["advice"]) == (learned == 5)


def test_the_full_page_of_trust_between_colleagues_shows_them_first_too(
    hotel, signed_in, monkeypatch
):
    """Who leads them sees what was noted just now three days later; before, the rest still opens."""
    li, wang = hotel.party("staff:li").pk, hotel.party("staff:wang").pk
    full = f"/relationships/{li}/{wang}/"
    client = signed_in("front_line")
    client.post("/team/add/", {"to": wang, "what": "help", "text": "Nobody else came."})
    assert "Nobody else came." in client.get(full).content.decode()
    assert signed_in("coach").get(full).status_code == 404
    strained(hotel)
    first = signed_in("coach").get(full)
    assert first.status_code == 200
    assert "Nothing was in the book." in first.content.decode()
    assert "Nobody else came." not in first.content.decode()
    from troth.web.ui import middleware

    monkeypatch.setattr(middleware, "now_us", lambda: hotel.now_us + 73 * HOUR_US)
    assert "Nobody else came." in signed_in("coach").get(full).content.decode()


def test_the_team_s_page_leads_to_one_s_own_questionnaires(hotel, signed_in):
    """Where one thinks of how one works together."""
    assert 'href="/people/forms/"' in signed_in().get("/team/").content.decode()
