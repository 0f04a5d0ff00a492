"""Who sees a result: whom its owner chose, and nobody for being a lead or an admin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.people.answers import taken
from troth.content.questionnaires import questionnaires
from troth.web.accounts.access import Scope
from troth.web.people.actions.sittings import begin_sitting
from troth.web.people.known import person_of

#: By what the owner (front line of the hotel) chose: who sees the result.
SEEN = {
    "me": {"front_line"},
    "coach": {"front_line", "coach"},
    "team": {"front_line", "coach", "lead"},
}
ROLES = ("front_line", "lead", "coach", "analyst", "admin", "stranger")


@pytest.mark.parametrize("shared", SEEN)
@pytest.mark.parametrize("role", ROLES)
def test_a_result_is_seen_by_whom_its_owner_chose(desk, signed_in, shared, role):
    """An admin or analyst never sees it, and nobody of another house does."""
    sitting = taken(desk.actor("front_line"), shared=shared)
    answer = signed_in(role).get(f"/people/results/{sitting.pk}/", follow=True)
    assert answer.status_code == (200 if role in SEEN[shared] else 404)
    listed = (
        f"/people/results/{sitting.pk}/" in signed_in(role).get("/people/forms/").content.decode()
    )
    assert listed is (role in SEEN[shared] - {"front_line"})


def test_a_change_of_mind_holds_at_once(desk, signed_in):
    """What was shared is hidden again."""
    sitting = taken(desk.actor("front_line"), shared="team")
    signed_in().post("/people/forms/ipip_ipc/share/", {"shared": "me"})
    assert signed_in("coach").get(f"/people/results/{sitting.pk}/").status_code == 404


@pytest.mark.parametrize("later", ["me", "team"])
def test_taken_again_the_older_result_is_ones_own(desk, signed_in, later):
    """Whatever was chosen for it: others see the newest alone, where its owner lets them."""
    actor = desk.actor("front_line")
    old = taken(actor, shared="team")
    new = taken(replace(actor, now_us=actor.now_us + 1), shared=later)
    signed_in().post("/people/forms/ipip_ipc/share/", {"shared": later})
    for role in ("coach", "lead"):
        client = signed_in(role)
        assert client.get(f"/people/results/{old.pk}/").status_code == 404
        assert (client.get(f"/people/results/{new.pk}/").status_code == 200) is (later == "team")
    own = person_of(desk.party("staff:li"), desk.house, desk.now_us + 2)
    assert bool(own.known) is (later == "team")


def test_a_narrower_choice_holds_from_the_beginning(desk, signed_in):
    """Not only once the new one is finished; a wider one changes nothing before."""
    sitting = taken(desk.actor("front_line"), shared="coach")
    asked = questionnaires()["ipip_ipc"]
    begin_sitting(desk.actor("front_line"), asked, "me", agreed=True)
    assert signed_in("coach").get(f"/people/results/{sitting.pk}/").status_code == 404


def test_what_is_shared_holds_no_answer(desk, signed_in):
    """The page shows scales and drawing, and no statement."""
    sitting = taken(desk.actor("front_line"), shared="coach")
    page = signed_in("coach", "en").get(f"/people/results/{sitting.pk}/").content.decode()
    assert "Am quiet around strangers" not in page
    assert "circumplex" in page
    assert "/delete/" not in page


def test_another_team_does_not_see_it(desk):
    """Colleagues are those of the own team."""
    owner, other = desk.users["front_line"], desk.users["lead"]
    other.team_id = None
    assert not Scope(other).sees_result(owner, "team")


def test_an_expired_result_is_seen_by_nobody(desk, signed_in):
    """Not even before the worker has deleted it."""
    sitting = taken(desk.actor("front_line"), shared="team")
    sitting.until_us = desk.now_us
    sitting.save()
    assert signed_in("coach").get(f"/people/results/{sitting.pk}/").status_code == 404
    assert signed_in().get("/people/forms/ipip_ipc/result/").status_code == 302
