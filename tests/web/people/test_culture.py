"""How a house works together: nobody's name beside an answer, once a quarter, told in fives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from troth.content.questionnaires import questionnaires
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import AuditRow, User
from troth.web.people.actions.culture import answer_culture
from troth.web.people.actions.delete_expired import delete_expired
from troth.web.people.models import CultureAnswer, CultureTaken

DAY_US = 86_400_000_000


def sheet(value: int = 4) -> dict[str, int]:
    """The same answer to everything."""
    return {item.name: value for item in questionnaires()["culture"].items}


def answered(desk, count: int) -> None:
    """So many people of the hotel answer."""
    for number in range(count):
        user = User.objects.create_user(f"extra{number}", role="front_line", house=desk.house)
        answer_culture(replace(desk.actor(), user=user), questionnaires()["culture"], sheet())


def test_answers_carry_no_name_and_no_time(desk, signed_in):
    """The table has no column for them, and its numbers do not say who came when."""
    client = signed_in()
    told = {f"a-{name}": str(value) for name, value in sheet().items()}
    assert client.post("/people/culture/", told).status_code == 302
    columns = {field.name for field in CultureAnswer._meta.concrete_fields}
    assert columns == {"id", "house", "questionnaire", "quarter", "five", "answers"}
    row = AuditRow.objects.get(deed="answer_culture")
    assert (row.what, row.details) == ("2026Q1", {})


def test_nobody_answers_twice_in_a_quarter(desk, signed_in):
    """The form is closed for them, and what is sent all the same is refused."""
    answer_culture(desk.actor("front_line"), questionnaires()["culture"], sheet())
    assert '<form method="post">' not in signed_in().get("/people/culture/").content.decode()
    with pytest.raises(RefusedError):
        answer_culture(desk.actor("front_line"), questionnaires()["culture"], sheet())
    later = replace(desk.actor("front_line"), now_us=desk.now_us + 40 * DAY_US)
    answer_culture(later, questionnaires()["culture"], sheet())
    assert CultureAnswer.objects.count() == 2


def test_unfinished_answers_are_not_kept(desk, signed_in):
    """The page comes back as it was filled in, and nobody counts as having answered."""
    answer = signed_in().post("/people/culture/", {"a-o1": "4"})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 1
    assert not CultureAnswer.objects.exists()
    assert not CultureTaken.objects.exists()


@pytest.mark.parametrize(("count", "said"), [(0, "5 more answers"), (4, "1 more answer is")])
def test_few_answers_say_only_how_many_are_missing(desk, signed_in, count, said):
    """No mean under five."""
    answered(desk, count)
    page = signed_in(lang="en").get(f"/parties/{desk.house.pk}/").content.decode()
    assert said in page
    assert "mean " not in page


def test_the_house_shows_mean_and_spread_from_five_on(desk, signed_in):
    """And the sixth changes nothing until the tenth is in."""
    answered(desk, 5)
    address = f"/parties/{desk.house.pk}/"
    before = signed_in(lang="en").get(address).content.decode()
    assert "Speaking up" in before
    assert "views are close" in before
    answer_culture(desk.actor("front_line"), questionnaires()["culture"], sheet(1))
    after = signed_in(lang="en").get(address).content.decode()
    assert (
        after.split('id="culture"')[1].split("</ul>")[0]
        == before.split('id="culture"')[1].split("</ul>")[0]
    )


def test_inside_five_the_order_is_scattered(desk):
    """Whoever reads the file itself finds no order in which people answered."""
    answered(desk, 12)
    with connection.cursor() as cursor:
        cursor.execute("SELECT five, id FROM people_cultureanswer ORDER BY rowid")
        rows = cursor.fetchall()
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert sorted(row[0] for row in rows) == [0] * 5 + [1] * 5 + [2] * 2


def test_somebody_of_no_house_is_not_asked(desk, signed_in):
    """There would be nothing for their answers to count to."""
    user = desk.users["analyst"]
    user.house = None
    user.save()
    assert (
        '<form method="post">' not in signed_in("analyst").get("/people/culture/").content.decode()
    )


def test_answers_go_after_two_years(desk):
    """And who answered is forgotten with the quarter."""
    answered(desk, 1)
    delete_expired(replace(desk.actor(), now_us=desk.now_us + 40 * DAY_US))
    assert CultureAnswer.objects.count() == 1
    assert not CultureTaken.objects.exists()
    delete_expired(replace(desk.actor(), now_us=desk.now_us + 3 * 365 * DAY_US))
    assert not CultureAnswer.objects.exists()


@pytest.mark.parametrize(("lang", "said"), [("zh", "出处：自编"), ("en", "Source: written by us")])
def test_what_we_wrote_ourselves_says_so(lived, signed_in, lang, said):
    """In plain words, and not in those of the list of sources."""
    page = signed_in(lang=lang).get("/people/culture/").content.decode()
    assert said in page
    assert "Our choice" not in page
