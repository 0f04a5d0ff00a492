"""Heat on Today, and the steadying routine: for whom, and that nothing is kept of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.guidance.drafting import messages_of
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.actions.overrule import take_back
from troth.web.ledger.models import Event


@pytest.fixture
def angry(desk):
    """Ms Chen complains again after an apology, and threatens; the case is Li Na's."""
    first = desk.event(9, "complaint_opened", text="房间漏水。")
    desk.event(8, "apology", ref=first, text="非常抱歉。")
    desk.event(2, "complaint_reopened", ref=first, text="还是漏水！")
    record_message(
        desk.actor("front_line"), customer=desk.party("guest:chen"), staff=desk.party("staff:li"),
        house=desk.house, text="太过分了！我非常生气，再不解决我就去投诉曝光！", speaker="customer",
        at_us=desk.now_us - 3_600_000_000,
    )  # fmt: skip
    return desk


def today(client, desk, role, lang="zh"):
    user = desk.users[role]
    user.lang = lang
    user.save()
    client.force_login(user)
    return client.get("/").content.decode()


def part(text):
    start = text.find('id="heat"')
    return "" if start < 0 else text[start : text.index("</section>", start)]


def test_a_lead_sees_how_tense_it_is_why_and_with_whom(angry, client):
    """The words, the signs, the colleague; a minute to steady oneself is near."""
    told = part(today(client, angry, "lead"))
    for words in ("陈静", "很紧张", "又来投诉", "火气", "经手：李娜", "/steady/?for=anger"):
        assert words in told
    english = part(today(client, angry, "coach", "en"))
    assert "very tense" in english
    assert "complained again" in english


def test_a_colleague_sees_their_own_alone(angry, client):
    """Li Na took it; an analyst meets nobody, and the shop sees nothing of the hotel."""
    assert "Chen Jing" in part(today(client, angry, "front_line", "en"))
    assert not part(today(client, angry, "analyst", "en"))
    assert not part(today(client, angry, "stranger", "en"))
    lead, user = angry.users["lead"], angry.users["front_line"]
    lead.party = None
    lead.save()
    user.party = angry.party("staff:wang")
    user.save()
    assert not part(today(client, angry, "front_line", "en"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ["anger", "mistake", "bad_news", "after", "nonsense"])
def test_the_routine_is_there_for_everyone_and_leaves_no_trace(desk, client, lang, which):
    """Whoever is logged in; nothing is written anywhere."""
    user = desk.users["front_line"]
    user.lang = lang
    user.save()
    client.force_login(user)
    before = AuditRow.objects.count()
    text = client.get("/steady/", {"for": which}).content.decode()
    assert text.count("data-seconds") == 4
    assert {"zh": "都不记录", "en": "recorded nowhere"}[lang] in text
    assert AuditRow.objects.count() == before


def test_mild_words_are_not_what_makes_it_hard(angry, client):
    """A wish said since is not quoted: the open case's sentence is."""
    record_message(
        angry.actor("front_line"), customer=angry.party("guest:chen"),
        staff=angry.party("staff:li"), house=angry.house, text="我想要低楼层的房间。",
        speaker="customer", at_us=angry.now_us - 1_800_000_000,
    )  # fmt: skip
    told = part(today(client, angry, "lead"))
    assert "低楼层" not in told
    assert "还是漏水" in told
    assert "又来投诉" in told


def test_words_taken_back_heat_no_longer(angry, client):
    """Neither their anger nor the quote stays on the list."""
    assert "投诉曝光" in part(today(client, angry, "lead"))
    said = Event.objects.filter(kind="message").earliest("pk")
    take_back(angry.actor("lead"), said, "记错了人")
    told = part(today(client, angry, "lead"))
    assert "曝光" not in told
    assert "火气" not in told
    assert "还是漏水" in told
    asker = SimpleNamespace(user=angry.users["lead"], now_us=angry.now_us + 1)
    assert not messages_of(asker, angry.party("guest:chen"), angry.house)
