"""Questionnaires: consent first, saved as tapped, resumed, scored, shared, deleted for real."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tests.web.people.answers import taken
from troth.content.questionnaires import questionnaires
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import AuditRow
from troth.web.people.actions.sittings import (
    OLDER_DAYS,
    UNFINISHED_DAYS,
    begin_sitting,
    finish_sitting,
    save_answers,
    share_result,
)
from troth.web.people.asked import offered
from troth.web.people.models import Sitting

DAY_US = 86_400_000_000
FORM = "/people/forms/ipip_ipc/"


def test_every_questionnaire_for_staff_is_offered(signed_in):
    """And none that is for customers or the team alone."""
    page = signed_in(lang="en").get("/people/forms/").content.decode()
    assert {"ipip_ipc", "mini_ipip", "empathy", "kusiv3"} <= set(offered())
    assert "culture" not in offered()
    assert "preference" not in offered()
    assert all(f"/people/forms/{name}/" in page for name in offered())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_begins_with_what_it_is_for(signed_in, lang):
    """Who may see, how long, what one may do; source, licence, and whether the wording was examined."""
    page = signed_in(lang=lang).get(FORM).content.decode()
    asked = questionnaires()["ipip_ipc"]
    assert str(asked.keeps_days) in page
    assert "Markey" in page
    assert asked.licence[lang] in page
    assert ("中文措辞未经验证" in page) is (lang == "zh")
    assert 'value="me" checked' in page


def test_nothing_begins_without_consent(signed_in, desk):
    """Nor is anything kept of somebody who did not tick it."""
    answer = signed_in().post(FORM, {"shared": "team"})
    assert answer.status_code == 422
    assert not Sitting.objects.exists()
    with pytest.raises(RefusedError):
        begin_sitting(desk.actor("lead"), questionnaires()["ipip_ipc"], "me", agreed=False)


def test_each_tap_is_saved_and_the_way_back_is_known(signed_in):
    """By script one answer at a time; what was answered is ticked on coming back, where one left off."""
    client = signed_in()
    client.post(FORM, {"shared": "me", "agreed": "yes"})
    first = [item.name for item in questionnaires()["ipip_ipc"].items[:10]]
    for name in first:
        answer = client.post(
            FORM + "answer/", {f"a-{name}": "4", "page": "1"}, headers={"HX-Request": "true"}
        )
    assert 'value="10"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    page = client.get(FORM + "statements/").content.decode()
    assert 'name="page" value="2"' in page
    assert client.get(FORM + "statements/?page=1").content.decode().count("checked") == 10
    assert "10" in client.get("/people/forms/").content.decode()


def test_without_script_a_page_is_saved_at_once(signed_in):
    """And finishing early leads to the first statement left out."""
    client = signed_in(lang="en")
    client.post(FORM, {"shared": "me", "agreed": "yes"})
    told = {f"a-{item.name}": "2" for item in questionnaires()["ipip_ipc"].items[:10]}
    answer = client.post(FORM + "answer/", {**told, "page": "1", "go": "next"})
    assert answer["Location"].endswith("?page=2")
    answer = client.post(FORM + "answer/", {"page": "4", "go": "finish"}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("?page=2")
    assert "22 are still open" in answer.content.decode()
    assert Sitting.objects.get().done_us is None


@pytest.mark.parametrize("value", ["0", "6", "-1", "x", "4.5", "999999999999"])
def test_answers_that_nobody_could_tick_are_left_out(signed_in, value):
    """However they are sent."""
    client = signed_in()
    client.post(FORM, {"shared": "me", "agreed": "yes"})
    client.post(FORM + "answer/", {"a-q01": value, "a-nothing": "1", "page": "1"})
    assert Sitting.objects.get().answers == {}


def test_a_finished_sitting_takes_no_more(desk):
    """Its result would no longer be that of its answers."""
    actor = desk.actor("lead")
    sitting = taken(actor)
    with pytest.raises(RefusedError):
        save_answers(questionnaires()["ipip_ipc"], sitting, {"q01": 2})


def test_missing_answers_are_not_guessed(desk):
    """A result needs them all."""
    asked = questionnaires()["kusiv3"]
    sitting = begin_sitting(desk.actor("lead"), asked, "me", agreed=True)
    with pytest.raises(RefusedError):
        finish_sitting(desk.actor("lead"), asked, sitting)


@pytest.mark.parametrize(("lang", "said"), [("zh", "DISC 里的 I"), ("en", "I in DISC")])
def test_the_result_is_drawn_and_said(signed_in, desk, lang, said):
    """As a drawing with words beside it, as figures, and with its limits."""
    taken(desk.actor("front_line"))
    page = signed_in(lang=lang).get(FORM + "result/").content.decode()
    assert 'class="circumplex"' in page
    assert 'role="img" aria-label="' in page
    assert said in page
    assert page.count("<meter") == 8
    assert ("招聘" if lang == "zh" else "hiring") in page
    assert "style=" not in page


def test_no_style_is_claimed_where_none_shows(signed_in, desk):
    """Somebody who answers as the middle of the sample does gets no letter."""
    sitting = taken(desk.actor("front_line"))
    sitting.scores["position"] = [0.01, 0.02, 60.0, 0.02, []]
    sitting.save()
    page = signed_in(lang="en").get(FORM + "result/").content.decode()
    assert "No clear style" in page


def test_the_older_result_stays_a_little(desk):
    """Then it goes, and the newest is what counts."""
    actor = desk.actor("lead")
    old = taken(actor)
    later = replace(actor, now_us=actor.now_us + 200 * DAY_US)
    new = taken(later)
    old.refresh_from_db()
    assert old.until_us == later.now_us + OLDER_DAYS * DAY_US
    assert new.until_us == later.now_us + 365 * DAY_US


def test_what_is_begun_ends_too(desk):
    """After ninety days."""
    sitting = begin_sitting(desk.actor("lead"), questionnaires()["kusiv3"], "me", agreed=True)
    assert sitting.until_us == desk.now_us + UNFINISHED_DAYS * DAY_US


def test_deleting_deletes(signed_in, desk):
    """Answers and scores are gone; the log says that it was done, and not of what."""
    taken(desk.actor("front_line"), shared="team")
    client = signed_in()
    assert client.post(FORM + "delete/").status_code == 302
    assert not Sitting.objects.exists()
    row = AuditRow.objects.filter(deed="delete_answers").get()
    assert (row.what, row.details) == ("", {})
    assert client.get(FORM + "result/").status_code == 302


def test_the_log_never_holds_an_answer(desk):
    """Neither what was answered, nor what came of it, nor to which questionnaire."""
    taken(desk.actor("lead"), shared="team")
    share_result(desk.actor("lead"), "ipip_ipc", "me")
    rows = list(AuditRow.objects.values_list("deed", "what", "details"))
    assert {row[0] for row in rows} == {"begin_sitting", "finish_sitting", "share_result"}
    assert {(row[1], str(row[2])) for row in rows} == {("", "{}")}


def test_one_may_take_ones_answers_along(signed_in, desk):
    """As a table and as JSON."""
    taken(desk.actor("front_line"))
    client = signed_in(lang="en")
    rows = list(
        csv.DictReader(io.StringIO(client.get(FORM + "answers/csv/").content.decode("utf-8-sig")))
    )
    assert len(rows) == 32
    assert rows[0]["words"] == "Am quiet around strangers."
    told = client.get(FORM + "answers/json/").json()
    assert len(told[0]["answers"]) == 32
    assert client.get(FORM + "answers/xml/").status_code == 404
    assert client.get("/people/forms/kusiv3/answers/csv/").status_code == 404
