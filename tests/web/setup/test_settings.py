"""The settings' pages, in both languages: what they show, what they refuse, what they show once."""

from __future__ import annotations

import csv
import io
import re

import pytest

from troth.web.accounts.actions.add_party import Body, add_party
from troth.web.accounts.models import ApiToken, AuditRow, User
from troth.web.accounts.tokens import make_token

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
TABS = {
    "front_line": {"me", "house"},
    "lead": {"me", "house"},
    "coach": {"me", "house"},
    "analyst": {"me", "house", "tokens", "data"},
    "admin": {"me", "house", "people", "tokens", "data", "audit"},
}


def text(answer) -> str:
    """A page's source."""
    return answer.content.decode()


@pytest.mark.parametrize("role", TABS)
@LANGUAGES
def test_each_role_is_led_to_what_it_may_open(signed_in, role, lang) -> None:
    """Every tab opens, and no other is shown."""
    client = signed_in(role, lang)
    page = text(client.get("/settings/", follow=True))
    tabs = set(
        re.findall(
            r'<a href="/settings/(\w+)/"', page.partition('class="tabs"')[2].partition("</nav>")[0]
        )
    )
    assert tabs == TABS[role]
    for tab in tabs:
        assert client.get(f"/settings/{tab}/").status_code == 200


def test_ones_own_clock(signed_in, desk) -> None:
    """Chosen from the zones there are; the page then shows its hour."""
    client = signed_in("front_line", "en")
    assert "09:00" in text(client.get("/settings/me/"))
    page = text(client.post("/settings/me/zone/", {"zone": "Europe/Paris"}, follow=True))
    assert "02:00" in page
    assert User.objects.get(username="front_line").zone == "Europe/Paris"
    for wrong in ("", "Mars/Olympus", "../etc/passwd", "posixrules"):
        answer = client.post("/settings/me/zone/", {"zone": wrong})
        assert answer.status_code == 422
        assert "no such time zone" in text(answer)


def test_the_language_is_chosen_here_too(signed_in, desk) -> None:
    """And stays with the person."""
    client = signed_in("lead", "zh")
    page = text(client.post("/language/", {"lang": "en", "next": "/settings/me/"}, follow=True))
    assert "Time zone" in page
    assert User.objects.get(username="lead").lang == "en"


@LANGUAGES
def test_a_password_is_shown_once(signed_in, desk, lang) -> None:
    """On the answer that made it, and on no page after it."""
    client = signed_in("admin", lang)
    told = {
        "username": "chen-yu",
        "name": "陈宇",
        "role": "front_line",
        "house": desk.house.pk,
        "lang": "zh",
    }
    answer = client.post("/settings/people/add/", told)
    assert answer["Cache-Control"] == "no-store"
    password = re.search(r'<code id="made">([\w-]+)</code>', text(answer))[1]
    user = User.objects.get(username="chen-yu")
    assert user.check_password(password)
    for path in ("/settings/people/", f"/settings/people/{user.pk}/", "/settings/audit/"):
        assert password not in text(client.get(path))
    again = re.search(
        r'id="made">([\w-]+)<', text(client.post(f"/settings/people/{user.pk}/password/"))
    )[1]
    user.refresh_from_db()
    assert user.check_password(again)


@pytest.mark.parametrize(
    ("wrong", "field", "zh", "en"),
    [
        ({"username": ""}, "username", "请填写这一项", "fill this in"),
        ({"username": "LEAD"}, "username", "已有人用", "is taken"),
        ({"house": ""}, "house", "请选一个机构", "choose a house"),
        ({"role": "king"}, "role", "列出的选项", "one of those offered"),
    ],
)
@LANGUAGES
def test_what_is_wrong_is_said_beside_its_field(
    signed_in, desk, lang, wrong, field, zh, en
) -> None:
    """In the reader's language, with what was typed still there."""
    client = signed_in("admin", lang)
    told = {"username": "new", "name": "马林", "role": "lead", "house": desk.house.pk, "lang": "zh"}
    answer = client.post("/settings/people/add/", told | wrong)
    assert answer.status_code == 422
    page = text(answer)
    assert (zh if lang == "zh" else en) in page.partition(f'id="id_{field}_error"')[2][:200]
    assert "马林" in page
    assert not User.objects.filter(username="new").exists()


@LANGUAGES
def test_the_last_admin_stays_and_the_page_says_why(signed_in, desk, lang) -> None:
    """By closing as well as by another role."""
    client, admin = signed_in("admin", lang), desk.users["admin"]
    why = "最后一位" if lang == "zh" else "last active administrator"
    assert why in text(client.post(f"/settings/people/{admin.pk}/close/", follow=True))
    told = {"role": "lead", "house": desk.house.pk}
    answer = client.post(f"/settings/people/{admin.pk}/", told)
    assert (answer.status_code, why in text(answer)) == (422, True)


def test_people_change_and_come_and_go(signed_in, desk) -> None:
    """Another team, closed, and opened again."""
    client, lead = signed_in("admin", "en"), desk.users["lead"]
    path = f"/settings/people/{lead.pk}/"
    told = {"name": "Wang", "role": "lead", "house": desk.house.pk, "team": lead.team_id}
    told["party"] = lead.party_id
    assert "lead is saved" in text(client.post(path, told, follow=True))
    lead.refresh_from_db()
    assert (lead.first_name, lead.team, lead.party.key) == (
        "Wang",
        desk.party("team:front"),
        "staff:wang",
    )
    assert "lead is closed" in text(client.post(f"{path}close/", follow=True))
    assert "Open it again" in text(client.get(path))
    assert "lead is open again" in text(client.post(f"{path}open/", follow=True))


@LANGUAGES
def test_a_token_is_shown_once_and_listed_by_its_end(signed_in, desk, lang) -> None:
    """Made, seen, revoked."""
    client = signed_in("analyst", lang)
    page = text(client.post("/settings/tokens/", {"name": "<b>Helpdesk</b>", "scope": "read"}))
    token = re.search(r'<code id="token">(troth_[\w-]+)</code>', page)[1]
    row = ApiToken.objects.get()
    page = text(client.get("/settings/tokens/"))
    assert token not in page
    assert f"troth_…{row.hint}" in page
    assert "&lt;b&gt;Helpdesk" in page
    client.post(f"/settings/tokens/{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.revoked_us == desk.now_us


def test_one_sees_ones_own_tokens_and_an_admin_all(signed_in, desk) -> None:
    """Somebody else's is not there, to see or to revoke."""
    row, _ = make_token(desk.actor("admin"), "of the admin", "write")
    client = signed_in("analyst", "en")
    assert "of the admin" not in text(client.get("/settings/tokens/"))
    assert client.post(f"/settings/tokens/{row.pk}/revoke/").status_code == 404
    other, _ = make_token(desk.actor("analyst"), "of the analyst", "read")
    client = signed_in("admin", "en")
    assert "of the analyst" in text(client.get("/settings/tokens/"))
    client.post(f"/settings/tokens/{other.pk}/revoke/")
    other.refresh_from_db()
    assert other.revoked_us


@LANGUAGES
def test_a_house_is_shown_with_its_teams_and_people(signed_in, desk, lang) -> None:
    """To those who belong to it; only those who govern are led to change it."""
    page = text(signed_in("front_line", lang).get("/settings/house/"))
    names = (
        ("临江饭店", "前厅部", "李娜")
        if lang == "zh"
        else ("Linjiang Hotel", "Front office", "Li Na")
    )
    assert all(name in page for name in names)
    assert "孙悦" not in page
    assert "Sun Yue" not in page
    assert "/settings/house/add/" not in page
    assert "/settings/house/add/team/" in text(signed_in("admin", lang).get("/settings/house/"))


def test_a_house_grows(signed_in, desk) -> None:
    """A team, a colleague in it, another name, another team."""
    client = signed_in("admin", "en")
    told = {"name_en": "Housekeeping", "house": desk.house.pk}
    client.post("/settings/house/add/team/", told)
    team = desk.house.people.get(name_en="Housekeeping")
    client.post(
        "/settings/house/add/staff/", {"name_zh": "马林", "team": team.pk, "key": "staff:ma"}
    )
    ma = desk.party("staff:ma")
    assert (ma.house, ma.team) == (desk.house, team)
    front = desk.party("team:front")
    told = {"name_zh": "马琳", "house": desk.house.pk, "team": front.pk}
    client.post(f"/settings/house/{ma.pk}/", told)
    ma.refresh_from_db()
    assert (ma.name_zh, ma.team) == ("马琳", front)
    answer = client.post("/settings/house/add/organisation/", {"name_zh": " "})
    assert (answer.status_code, "at least one" in text(answer)) == (422, True)
    assert client.get("/settings/house/add/customer/").status_code == 404
    assert client.get(f"/settings/house/{desk.party('guest:chen').pk}/").status_code == 404


def test_a_house_takes_few_queries_however_many_work_there(
    signed_in, desk, django_assert_max_num_queries
) -> None:
    """Names, teams and people in one go."""
    client = signed_in("admin", "en")
    for number in range(12):
        team = add_party(desk.actor(), Body("team", f"t{number}", "", house=desk.house))
        add_party(desk.actor(), Body("staff", f"s{number}", "", house=desk.house, team=team))
    with django_assert_max_num_queries(6):
        client.get("/settings/house/")


@LANGUAGES
def test_the_audit_log_speaks(signed_in, desk, lang) -> None:
    """Deeds, doors and parties by their names in the reader's language."""
    client = signed_in("admin", lang)
    client.post(
        f"/settings/house/{desk.party('team:front').pk}/",
        {"name_zh": "礼宾部", "name_en": "Concierge"},
    )
    page = text(client.get("/settings/audit/"))
    assert ("修改名称" if lang == "zh" else "changed a name") in page
    assert ("礼宾部" if lang == "zh" else "Concierge") in page
    assert ("网页" if lang == "zh" else ">page<") in page


@pytest.fixture
def many(desk):
    """A hundred and twenty rows: every third by the lead, two an hour, the last one now."""
    lead, admin = desk.users["lead"], desk.users["admin"]
    for number in range(120):
        user = lead if number % 3 == 0 else admin
        AuditRow.objects.create(
            t_us=desk.now_us - (119 - number) * 1_800_000_000, user=user, who=user.username,
            deed="log_in" if number % 2 else "record_touch", what=f"row{number:03d}",
        )  # fmt: skip
    AuditRow.objects.create(t_us=desk.now_us, user=None, who="(command)", deed="seed_demo")
    return desk


def seen(answer) -> list[str]:
    """Which rows a page shows."""
    return re.findall(r"row\d{3}", text(answer))


def test_the_audit_log_is_turned_by_cursor(signed_in, many) -> None:
    """Newest first, each row once, also when new ones come in between."""
    client, found, path = signed_in("admin", "en"), [], "/settings/audit/"
    while path:
        answer = client.get(path)
        found += seen(answer)
        AuditRow.objects.create(t_us=many.now_us, who="lead", deed="log_in")
        older = re.search(r'href="(\?[^"]*before=\d+)"', text(answer))
        path = "/settings/audit/" + older[1].replace("&amp;", "&") if older else ""
    assert found == [f"row{number:03d}" for number in range(119, -1, -1)]


def test_the_audit_log_is_filtered(signed_in, many) -> None:
    """By person, by deed, by a day on the reader's own calendar, and by all of them."""
    client, lead = signed_in("admin", "en"), many.users["lead"]
    of_lead = seen(client.get(f"/settings/audit/?person={lead.pk}"))
    assert of_lead == [f"row{n:03d}" for n in range(117, -1, -3)]
    assert "seed" in text(client.get("/settings/audit/?person=0"))
    assert not seen(client.get("/settings/audit/?person=0"))
    assert set(seen(client.get("/settings/audit/?deed=log_in"))) <= {
        f"row{n:03d}" for n in range(1, 120, 2)
    }
    # Nine in the morning in Shanghai, two rows an hour: nineteen since midnight.
    assert len(seen(client.get("/settings/audit/?day=2026-03-02"))) == 19
    path = f"/settings/audit/?day=2026-03-02&deed=log_in&person={lead.pk}"
    assert seen(client.get(path)) == ["row117", "row111", "row105"]


@pytest.mark.parametrize(
    "asked",
    [
        "person=x", "person=²", "person=99999999999999999999", "day=2026-13-40", "day=9999-12-31",
        "day=0001-01-01", "before=x", "before=-1", "deed=%00",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_breaks_nothing(signed_in, many, asked) -> None:
    """What makes no sense is left out."""
    assert signed_in("admin", "en").get(f"/settings/audit/?{asked}").status_code == 200


def test_the_audit_log_leaves_as_a_file_and_says_so(signed_in, many) -> None:
    """The same rows as the filter shows; cells that a spreadsheet would reckon are made harmless."""
    AuditRow.objects.create(
        t_us=many.now_us, who="lead", deed="log_in", what="=1+1", details={"a": "甲"}
    )
    client = signed_in("admin", "en")
    answer = client.post("/settings/audit/export/", {"deed": "log_in"})
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    assert rows[0] == ["time_utc", "who", "deed", "what", "door", "details"]
    assert len(rows) == 1 + 60 + 1
    assert rows[1][0] == "2026-03-02T01:00:00.000+00:00"
    assert rows[1][3:] == ["'=1+1", "page", '{"a": "甲"}']
    row = AuditRow.objects.first()
    assert (row.deed, row.details) == ("export_audit", {"only": "log_in"})
    assert client.get("/settings/audit/export/").status_code == 405


@LANGUAGES
def test_the_desk_is_examined_from_its_page(signed_in, lived, lang) -> None:
    """By those who govern; each finding is said in words."""
    client = signed_in("admin", lang)
    page = text(client.post("/settings/data/health/"))
    assert ("记录链完整" if lang == "zh" else "The chain is whole") in page
    assert "/settings/data/health/" not in text(signed_in("analyst", lang).get("/settings/data/"))


@LANGUAGES
def test_the_demo_goes_when_somebody_means_it(signed_in, desk, lang) -> None:
    """And not by a slip, and not together with what is real."""
    client = signed_in("admin", lang)
    assert "/settings/data/demo/" not in text(client.get("/settings/data/"))
    shopper = desk.party("shopper:zhao")
    shopper.demo = True
    shopper.save()
    assert "/settings/data/demo/" in text(client.get("/settings/data/"))
    client.post("/settings/data/demo/", follow=True)
    desk.event(1, "survey", outcome=0.9)
    page = text(client.post("/settings/data/demo/", {"sure": "on"}, follow=True))
    assert ("什么都没有动" if lang == "zh" else "Nothing was changed") in page
    shopper.refresh_from_db()
    assert "/settings/data/demo/" not in text(signed_in("analyst", lang).get("/settings/data/"))
