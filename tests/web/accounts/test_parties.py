"""Houses, teams and colleagues: named, added, moved."""

from __future__ import annotations

import pytest

from troth.web.accounts.actions.add_party import Body, add_party
from troth.web.accounts.actions.assign_member import assign_member
from troth.web.accounts.actions.name_party import name_party
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import AuditRow
from troth.web.parties.models import Party, SearchTerm


def test_a_new_name_is_found_and_the_old_one_is_not(desk) -> None:
    """The log names the party by its random id, never by its name."""
    team = desk.party("team:front")
    name_party(desk.actor(), team, " 礼宾部 ", "Concierge")
    team.refresh_from_db()
    assert (team.name_zh, team.name_en) == ("礼宾部", "Concierge")
    terms = set(SearchTerm.objects.filter(party=team).values_list("term", flat=True))
    assert "concierge" in terms
    assert "office" not in terms
    row = AuditRow.objects.get()
    assert (row.deed, row.what, row.details) == ("name_party", team.uid, {})
    name_party(desk.actor(), team, "礼宾部", "Concierge")
    assert AuditRow.objects.count() == 1
    with pytest.raises(RefusedError):
        name_party(desk.actor(), team, " ", "")


def test_a_team_and_a_colleague_are_added(desk) -> None:
    """With the key that files use, or one made up."""
    team = add_party(desk.actor(), Body("team", "客房部", "", house=desk.house))
    assert team.key.startswith("team:")
    body = Body("staff", "", "Ma Lin", "staff:ma", desk.house, team)
    colleague = add_party(desk.actor(), body)
    assert (colleague.key, colleague.house, colleague.team) == ("staff:ma", desk.house, team)
    house = add_party(desk.actor(), Body("organisation", "新店", ""))
    assert (house.house, house.team) == (None, None)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (("customer", "a", ""), "kind"),
        (("team", "", " "), "name"),
        (("team", "a", ""), "house_needed"),
        (("staff", "a", "", "staff:li", "hotel"), "key_taken"),
        (("staff", "a", "", "", "shop", "team:front"), "team"),
    ],
)
def test_what_does_not_fit_is_not_added(desk, body, key) -> None:
    """Nothing is written."""
    words, parties = body[:4], body[4:]
    before = Party.objects.count()
    with pytest.raises(RefusedError) as error:
        add_party(desk.actor(), Body(*words, *("",) * (4 - len(words)), *map(desk.party, parties)))
    assert error.value.key == f"setup.refused.{key}"
    assert Party.objects.count() == before


def test_a_colleague_moves_with_their_login_and_the_past_stays(lived) -> None:
    """Events keep the trustee and house of their time."""
    from troth.web.ledger.models import Event

    li, before = lived.party("staff:li"), list(Event.objects.values_list("organisation", "chain"))
    team = add_party(lived.actor(), Body("team", "客房部", "", house=lived.house))
    assign_member(lived.actor(), li, lived.house, team)
    user = lived.users["front_line"]
    user.refresh_from_db()
    assert (user.house, user.team) == (lived.house, team)
    assert list(Event.objects.values_list("organisation", "chain")) == before
    row = AuditRow.objects.get(deed="assign_member")
    assert row.details == {"team": [lived.party("team:front").uid, team.uid], "login": True}
    assign_member(lived.actor(), li, lived.house, team)
    assert AuditRow.objects.filter(deed="assign_member").count() == 1
    for member, house, other in ((lived.party("guest:chen"), lived.house, None), (li, None, None),
                                 (li, lived.other_house, team)):  # fmt: skip
        with pytest.raises(RefusedError):
            assign_member(lived.actor(), member, house, other)
