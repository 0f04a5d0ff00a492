"""What a customer is asked besides: chosen at the desk, agreed to, saved by the tap, told in fives."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from troth.content.questionnaires import questionnaires
from troth.people.known import Person
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party
from troth.web.people.actions.delete_expired import delete_expired
from troth.web.people.actions.links import make_form_link
from troth.web.people.actions.own_sittings import (
    begin_own_sitting,
    finish_own_sitting,
    save_own_answers,
)
from troth.web.people.known import person_of
from troth.web.people.models import CultureAnswer, CultureTaken, FormLink, OwnSitting

DAY_US = 86_400_000_000
ALL = ("trust", "kusiv3")


def sheet(name: str, value: int = 5) -> dict[str, str]:
    """A form in which everything is seen at its best, or worst at 1."""
    return {
        f"a-{item.name}": str(6 - value if item.reversed else value)
        for item in questionnaires()[name].items
    }


@pytest.fixture
def link(lived, guest) -> str:
    """A link that asks for everything there is."""
    return f"/f/{make_form_link(lived.actor('front_line'), guest, lived.house, ALL)[1]}/"


def answered(visitor, link, name="trust", told=None):
    """Agree, answer, finish."""
    visitor.post(f"{link}asked/{name}/", {"agreed": "yes"})
    return visitor.post(
        f"{link}asked/{name}/answer/", {**(sheet(name) if told is None else told), "go": "finish"}
    )


def test_a_colleague_chooses_what_is_asked(lived, signed_in, visitor, guest):
    """How to be in touch always, the rest where it was ticked; what is none of them is left out."""
    page = (
        signed_in(lang="en")
        .post(f"/people/{guest.pk}/link/", {"asks": ["trust", "ecr_rs", "ipip_ipc"]})
        .content.decode()
    )
    assert "Your trust in us" in page
    assert FormLink.objects.get().asks == ["trust"]
    link = re.search(r"http://testserver(/f/[\w-]+/)", page)[1]
    form = visitor.get(link).content.decode()
    assert "Answer the 10 statements" in form
    assert 'name="channel"' in form
    assert visitor.get(link + "asked/trust/").status_code == 200
    for name in ("kusiv3", "ecr_rs", "preference", "made_up"):
        assert visitor.get(f"{link}asked/{name}/").status_code == 404
    with pytest.raises(RefusedError):
        make_form_link(lived.actor(), guest, lived.house, ["ecr_rs"])


def test_without_a_tick_nothing_is_asked_besides(lived, visitor, guest):
    """A link as it always was."""
    link = f"/f/{make_form_link(lived.actor(), guest, lived.house)[1]}/"
    assert "asked/trust" not in visitor.get(link).content.decode()
    assert visitor.get(link + "asked/trust/").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_for_before_it_begins(visitor, link, lang):
    """Who sees it, what it counts in, how long it is kept; without the tick it does not begin."""
    visitor.post("/language/", {"lang": lang, "next": link})
    page = visitor.get(link + "asked/trust/").content.decode()
    told = {
        "zh": ("每满五份一起更新", "180 天", "怎么答都不影响"),
        "en": ("in fives", "180 days", "served just the same"),
    }
    assert all(said in page for said in told[lang])
    assert 'name="a-' not in page
    assert visitor.post(link + "asked/trust/", {}).status_code == 422
    assert not OwnSitting.objects.exists()


def test_each_tap_is_kept_and_taken_up_again(visitor, link):
    """Under the same link; a statement that is none is left out."""
    visitor.post(link + "asked/trust/", {"agreed": "yes"})
    tap = visitor.post(
        link + "asked/trust/answer/", {"a-a1": "4", "a-zz": "4", "a-b1": "9"},
        headers={"hx-request": "true"},
    )  # fmt: skip
    assert b'value="1"' in tap.content
    assert OwnSitting.objects.get().answers == {"a1": 4}
    assert "Go on (1 of 10)" in visitor.get(link).content.decode()
    page = visitor.get(link + "asked/trust/").content.decode()
    assert page.count(" checked") == 1


def test_a_new_link_shows_nothing_of_it(lived, visitor, link, guest):
    """It may have gone to somebody else."""
    answered(visitor, link)
    fresh = f"/f/{make_form_link(lived.actor('lead'), guest, lived.house, ALL)[1]}/"
    page = visitor.get(fresh + "asked/trust/").content.decode()
    assert "<meter" not in page
    assert "I have read this" in page


def test_the_result_is_their_own_report_and_enters_nothing(lived, signed_in, visitor, link, guest):
    """Shown with the label and the date to who sees the customer; the answers are gone; no fact is made."""
    answered(visitor, link)
    row = OwnSitting.objects.get()
    assert row.answers == {}
    assert row.scores == {"ability": 5.0, "benevolence": 5.0, "integrity": 5.0, "overall": 5.0}
    assert row.until_us == lived.now_us + 180 * DAY_US
    page = signed_in(lang="en").get(f"/parties/{guest.pk}/").content.decode()
    assert "Their own questionnaire, not an input to the belief" in page
    assert page.count("<meter") >= 4
    assert person_of(lived.party("guest:chen"), lived.house, lived.now_us) == Person()
    shop = signed_in("stranger", lang="en").get(f"/parties/{guest.pk}/")
    assert shop.status_code == 404


def test_of_three_statements_no_result_of_one_is_kept(signed_in, visitor, link, guest):
    """They serve for averages of groups alone."""
    answered(visitor, link, "kusiv3")
    assert OwnSitting.objects.get().scores == {}
    assert (
        "no result of yours alone is kept" in visitor.get(link + "asked/kusiv3/").content.decode()
    )
    assert (
        "Trust in people"
        not in signed_in(lang="en")
        .get(f"/parties/{guest.pk}/")
        .content.decode()
        .split("Besides how to be in touch")[0]
    )


def test_statements_may_be_skipped(visitor, link):
    """A scale with too little has no score, and the sheet counts in no sum; with nothing it is not done."""
    assert answered(visitor, link, told={}).status_code == 422
    assert answered(visitor, link, told={"a-a1": "4", "a-a3": "4", "a-o1": "3"}).status_code == 302
    assert OwnSitting.objects.get().scores == {
        "ability": 4.0, "benevolence": None, "integrity": None, "overall": 3.0,
    }  # fmt: skip
    assert not CultureAnswer.objects.exists()


def test_nobody_at_the_desk_answers_for_them(signed_in, link):
    """Not on a device on which a colleague is logged in."""
    answer = signed_in("lead").post(link + "asked/trust/", {"agreed": "yes"})
    assert answer.status_code == 422
    assert not OwnSitting.objects.exists()


def test_in_sums_nobody_counts_twice_in_a_quarter(visitor, link):
    """Answering anew renews the own result; the unnamed answers stay as they were."""
    answered(visitor, link)
    assert "I have read this" in visitor.get(link + "asked/trust/?again=1").content.decode()
    answered(visitor, link, told=sheet("trust", 1))
    assert OwnSitting.objects.get().scores["overall"] == 1.0
    assert CultureAnswer.objects.get().answers["o1"] == 5
    assert {field.name for field in CultureAnswer._meta.concrete_fields}.isdisjoint(
        {"party", "user", "t_us"}
    )


def test_a_house_sees_them_in_fives(lived, signed_in, visitor, guest):
    """Four are told as a number that is missing; five as means that stop short of both ends."""
    asked = questionnaires()["trust"]
    keys = [f"guest:{number}" for number in range(6)]
    add_parties([Newcomer(key, Party.Kind.CUSTOMER, "", key) for key in keys])
    for number, key in enumerate(keys):
        link, _ = make_form_link(lived.actor(), lived.party(key), lived.house, ["trust"])
        own = Actor(None, now_us=lived.now_us)
        sitting = begin_own_sitting(own, link, asked, agreed=True)
        told = {name.removeprefix("a-"): int(value) for name, value in sheet("trust").items()}
        sitting = save_own_answers(own, sitting, asked, told)
        finish_own_sitting(own, link, sitting, asked)
        page = signed_in("lead", lang="en").get(f"/parties/{lived.house.pk}/").content.decode()
        assert "What customers say" in page
        assert ("mean 4.5 of 5 or beyond" in page) == (number >= 4)
        if number < 4:
            assert f"{4 - number} more answer" in page
    assert "5 answers" in page
    assert {row.five for row in CultureAnswer.objects.all()} == {0, 1}
    assert "What customers say" not in signed_in("stranger", lang="en").get("/").content.decode()


def test_answers_of_the_team_and_of_customers_are_kept_apart(lived, visitor, link):
    """Neither fills up the other's five."""
    CultureAnswer.objects.bulk_create(
        CultureAnswer(house=lived.house, quarter="2026Q1", answers={}, five=0) for _ in range(7)
    )
    answered(visitor, link)
    assert CultureAnswer.objects.get(questionnaire="trust").five == 0


def test_it_goes_when_they_wish_and_by_itself(lived, visitor, link, guest):
    """With the rest of what they said, or at its end; who was counted is known until the quarter is over."""
    answered(visitor, link)
    assert 'action="' + link + "forget/" in visitor.get(link).content.decode()
    visitor.post(link + "forget/")
    assert not OwnSitting.objects.exists()
    assert CultureTaken.objects.filter(party=guest).count() == 1
    answered(visitor, link)
    assert CultureAnswer.objects.count() == 1
    delete_expired(replace(lived.actor(), now_us=lived.now_us + 180 * DAY_US))
    assert not OwnSitting.objects.exists()
    assert not CultureTaken.objects.exists()


def test_what_is_begun_goes_with_the_link(lived, visitor, link):
    """Nothing half-finished is left behind."""
    visitor.post(link + "asked/trust/", {"agreed": "yes"})
    delete_expired(replace(lived.actor(), now_us=FormLink.objects.get().until_us))
    assert not OwnSitting.objects.exists()


@pytest.mark.parametrize(("lang", "said"), [("zh", "您对我们的信任"), ("en", "Your trust in us")])
def test_it_is_told_beforehand(visitor, lang, said):
    """On the page that anybody may read."""
    visitor.post("/language/", {"lang": lang, "next": "/"})
    assert said in visitor.get("/f/privacy/").content.decode()
