"""What is known of a person: only what holds, guesses only where both agreed, and never in a belief."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.people.answers import taken
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters
from troth.web.people.actions.own_words import OwnForm, answer_form, forget_own_words
from troth.web.people.actions.statements import note_style
from troth.web.people.actions.switch_inference import switch_inference
from troth.web.people.known import person_of
from troth.web.people.models import HouseChoice

DAY_US = 86_400_000_000


@pytest.fixture
def talkative(lived):
    """A guest of few words among guests of many."""
    for number in range(10):
        lived.event(5 + number, "message", text="ok 好", speaker="customer")
        lived.event(
            5 + number, "message", truster="guest:benbow", speaker="customer",
            text="Could you tell me whether the river room will be free from Friday on please?",
        )  # fmt: skip
    return lived


def guesses(desk, lang: str = "en"):
    """What is guessed of Chen Jing."""
    person = person_of(desk.party("guest:chen"), desk.house, desk.now_us, lang)
    return [(row.what, row.value) for row in person.known if row.origin == "inferred"]


def agree(desk):
    """Chen Jing ticks that the hotel may guess."""
    answer_form(
        replace(desk.actor(), user=None), desk.party("guest:chen"), desk.house, OwnForm(guess=True)
    )


def test_nothing_is_guessed_without_both(talkative):
    """Not without the switch, not without consent; with both, and gone with either."""
    assert guesses(talkative) == []
    switch_inference(talkative.actor(), talkative.house, on=True)
    assert guesses(talkative) == []
    agree(talkative)
    assert guesses(talkative) == [("detail", "short")]
    switch_inference(talkative.actor(), talkative.house, on=False)
    assert guesses(talkative) == []
    switch_inference(talkative.actor(), talkative.house, on=True)
    forget_own_words(talkative.actor(), talkative.party("guest:chen"), talkative.house)
    assert guesses(talkative) == []


def test_consent_to_one_house_is_none_to_another(talkative):
    """Nor does another house's switch count."""
    switch_inference(talkative.actor(), talkative.other_house, on=True)
    agree(talkative)
    assert guesses(talkative) == []


def test_a_guess_is_labelled_on_the_page(talkative, signed_in):
    """As what it is."""
    switch_inference(talkative.actor(), talkative.house, on=True)
    agree(talkative)
    number = talkative.party("guest:chen").pk
    assert (
        "A guess (from the length"
        in signed_in(lang="en").get(f"/parties/{number}/").content.decode()
    )


@pytest.mark.parametrize(
    ("role", "status"), [("admin", 302), ("lead", 403), ("coach", 403), ("analyst", 403)]
)
def test_only_an_admin_switches(desk, signed_in, role, status):
    """In the settings of the house, where it is off at first."""
    client = signed_in(role, "en")
    page = client.get("/settings/house/").content.decode()
    assert ("/inference/" in page) is (role == "admin")
    answer = client.post(f"/people/houses/{desk.house.pk}/inference/", {"on": "yes"})
    assert answer.status_code == status
    assert HouseChoice.objects.filter(infer_style=True).exists() is (role == "admin")


def test_it_takes_few_queries(talkative, django_assert_max_num_queries):
    """Two, and one more for those of whom house and customer agreed that something may be guessed."""
    guest, house = talkative.party("guest:chen"), talkative.house
    with django_assert_max_num_queries(2):
        assert not person_of(guest, house, talkative.now_us).known
    switch_inference(talkative.actor(), talkative.house, on=True)
    agree(talkative)
    guest = talkative.party("guest:chen")
    note_style(talkative.actor("lead"), guest, house, "pace", "quick")
    taken(talkative.actor("front_line"), shared="team")
    with django_assert_max_num_queries(3):
        assert len(person_of(guest, house, talkative.now_us).known) == 2
    staff = talkative.party("staff:li")
    with django_assert_max_num_queries(2):
        assert person_of(staff, house, talkative.now_us).wish("pace").origin == "self_report"


@pytest.mark.parametrize(("shared", "known"), [("me", False), ("coach", False), ("team", True)])
def test_a_colleagues_answers_count_only_where_they_share_them(desk, shared, known):
    """With those they work with; and only while the result holds."""
    sitting = taken(desk.actor("front_line"), shared=shared)
    party = desk.party("staff:li")
    assert bool(person_of(party, desk.house, desk.now_us).known) is known
    assert not person_of(party, desk.house, sitting.until_us).known


def test_what_one_house_noted_is_not_told_to_another(lived):
    """A note belongs to the house where it was made."""
    guest = lived.party("guest:chen")
    note_style(lived.actor("lead"), guest, lived.house, "pace", "quick")
    assert not person_of(guest, lived.other_house, lived.now_us).known
    assert not person_of(guest, None, lived.now_us).known


def test_names_that_were_merged_are_known_together(lived):
    """What was noted under the old name still counts."""
    old, new = lived.party("guest:chen"), lived.party("guest:benbow")
    note_style(lived.actor("lead"), old, lived.house, "pace", "quick")
    old.merged_into = new
    old.save()
    assert person_of(new, lived.house, lived.now_us).wish("pace").value == "quick"


def test_the_belief_is_the_same_with_and_without(lived):
    """Answers, notes and consents never enter it."""
    from troth.web.ledger.models import Relationship

    guest = lived.party("guest:chen")
    row = Relationship.objects.get(truster=guest, trusted=lived.house)
    before = told(row, lived.now_us, desk_parameters()).explanation
    switch_inference(lived.actor(), lived.house, on=True)
    agree(lived)
    note_style(lived.actor("lead"), guest, lived.house, "pace", "quick")
    for role in ("front_line", "lead"):
        taken(lived.actor(role), shared="team")
    row.refresh_from_db()
    assert told(row, lived.now_us, desk_parameters()).explanation == before
