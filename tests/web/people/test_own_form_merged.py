"""A link of a name that was merged: closed while two names are one, open again for the right person."""

from __future__ import annotations

import pytest

from troth.web.ledger.actions.merges import merge_parties, split_party
from troth.web.parties.models import Preference
from troth.web.people.actions.links import make_form_link
from troth.web.people.known import person_of
from troth.web.people.models import OwnSitting, Statement


@pytest.fixture
def other(lived):
    """A second guest, into whom the first is merged by mistake."""
    lived.event(3, "contact", truster="guest:benbow")
    return lived.party("guest:benbow")


def wish(lived, key):
    found = person_of(lived.party(key), lived.house, lived.now_us).wish("channel")
    return found.value if found else None


@pytest.fixture
def asking(lived, guest):
    """Her link, which asks for her trust besides."""
    return f"/f/{make_form_link(lived.actor(), guest, lived.house, ['trust'])[1]}/"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "这个链接已经失效"), ("en", "This link no longer opens")]
)
def test_while_merged_every_door_is_closed(lived, visitor, asking, guest, other, lang, said):
    """A page that says so in a friendly way, and nothing lands on either."""
    merge_parties(lived.actor("admin"), keep=other, other=guest, reason="same card")
    visitor.post("/language/", {"lang": lang, "next": "/"})
    answer = visitor.get(asking)
    assert answer.status_code == 404
    assert said in answer.content.decode()
    assert "Benbow" not in answer.content.decode()
    for door, told in [
        ("", {"channel": "phone"}), ("asked/trust/", {"agreed": "yes"}),
        ("asked/trust/answer/", {"a-a1": "4"}), ("closeness/", {"agreed": "yes"}), ("forget/", {}),
    ]:  # fmt: skip
        assert visitor.post(asking + door, told).status_code == 404
    assert not Statement.objects.exists()
    assert not OwnSitting.objects.exists()


def test_once_parted_it_opens_for_the_right_person(lived, visitor, asking, guest, other):
    """What she says lands on her alone; what he says stays his, also while both were one."""
    visitor.post(asking, {"channel": "phone", "address": "Aunt Jing"})
    merge_parties(lived.actor("admin"), keep=other, other=guest, reason="same card")
    theirs = f"/f/{make_form_link(lived.actor(), lived.party('guest:benbow'), lived.house)[1]}/"
    visitor.post(theirs, {"detail": "short", "channel": "message"})
    assert wish(lived, "guest:benbow") == "message"
    split_party(lived.actor("admin"), lived.party("guest:chen"), "two cards after all")
    page = visitor.get(asking).content.decode()
    assert "Hello Aunt Jing" in page
    assert [row.party.key for row in Preference.objects.all()] == ["guest:chen"]
    assert "Alistair" not in page
    assert 'value="phone" checked' in page
    visitor.post(asking, {"channel": "email", "address": "Jing"})
    visitor.post(asking + "asked/trust/", {"agreed": "yes"})
    assert wish(lived, "guest:chen") == "email"
    assert wish(lived, "guest:benbow") == "message"
    assert OwnSitting.objects.get().party == lived.party("guest:chen")
    assert (lived.party("guest:chen").address_en, lived.party("guest:benbow").address_en) == (
        "Jing",
        "",
    )
    assert person_of(lived.party("guest:benbow"), lived.house, lived.now_us).wish("detail")
    visitor.post(asking + "forget/")
    assert not Statement.objects.filter(party=guest).exists()
    assert Statement.objects.filter(party=other, what="detail").exists()
