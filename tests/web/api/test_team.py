"""Between colleagues by REST: the same deeds, the same access, the same refusals."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import Machine
from troth.web.accounts.models import AuditRow
from troth.web.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(lived, signed_in):
    """The desk's own pages, in which somebody of a role is logged in; few roles hold tokens."""
    return lambda role: Machine(signed_in(role, "en"))


def test_thanks_help_and_hand_overs_are_recorded_in_the_asker_s_name(lived, own):
    """Once a key; a dropped hand-over needs words."""
    li = own("front_line")
    first = li.post("/team/thanks", {"to": "staff:wang"}, Idempotency_Key="t")
    assert (first.status_code, first.json()["kind"]) == (201, "thanks")
    assert (first.json()["truster"], first.json()["trustee"]) == ("staff:li", "staff:wang")
    assert li.post("/team/thanks", {"to": "staff:wang"}, Idempotency_Key="t").json() == first.json()
    assert li.post("/team/help", {"by": "staff:wang", "text": "x"}).json()["kind"] == "help_given"
    told = {"by": "staff:wang", "kept": False}
    assert li.post("/team/hand-overs", told).status_code == 422
    told |= {"text": "No invoice.", "customer": "guest:chen"}
    assert li.post("/team/hand-overs", told).json()["kind"] == "hand_over_dropped"
    assert Event.objects.filter(trustee__key="staff:wang", source="desk").count() == 3
    assert li.post("/team/thanks", {"to": "staff:li"}).status_code == 422
    assert li.post("/team/thanks", {"to": "staff:sun"}).status_code == 422


def test_two_colleagues_are_read_by_the_two_and_who_leads_them(lived, own):
    """Others find nothing."""
    address = "/team/pair?first=staff:li&second=staff:wang"
    for day in range(6, 0, -1):
        lived.event(day, "hand_over_kept", truster="staff:li", trustee="staff:wang")
    told = own("front_line").get(address).json()
    assert [side["enough"] for side in told["sides"]] == [True, False]
    assert told["sides"][1]["probability"] is None
    assert any("hand-over" in one["say"] for one in told["advice"])
    assert own("coach").get(address).status_code == 200
    assert own("analyst").get(address).status_code == 404
    assert own("stranger").get(address).status_code == 404


def test_a_match_has_reasons_and_refuses_protected_traits(lived, own):
    """422 names the trait; what the customer wrote themselves is listed as unused."""
    lead = own("lead")
    told = lead.get("/match?customer=guest:chen").json()
    assert told["proposals"][0]["staff"] == "staff:li"
    assert {"continuity", "promises"} <= {one["what"] for one in told["proposals"][0]["reasons"]}
    lived.party("guest:chen").preferences.create(house=lived.house, what="要年轻的", t_us=1)
    assert lead.get("/match?customer=guest:chen").json()["unused"] == [
        {"text": "要年轻的", "traits": ["age"]}
    ]
    refused = lead.get("/match?customer=guest:chen&also=no%20Muslims")
    assert refused.status_code == 422
    assert "religion" in refused.json()["errors"][0]["reason"]
    assert lead.get("/match?customer=shopper:zhao").status_code == 404
    assert own("front_line").get("/match?customer=guest:chen").status_code == 403


def test_choices_are_logged_and_coaches_proposed(lived, own):
    """Nothing else changes."""
    lead, before = own("lead"), Event.objects.count()
    answer = lead.post("/match/choices", {"whom": "guest:chen", "staff": "staff:li"})
    assert answer.status_code == 201
    assert AuditRow.objects.get(deed="choose_match").door == "api"
    assert Event.objects.count() == before
    pairings = lead.get("/coaches").json()["pairings"]
    assert [(one["learner"], one["coach"]) for one in pairings] == [("staff:li", "staff:wang")]


def test_skills_are_put_and_read(lived, own):
    """One's own; of closed lists."""
    li = own("front_line")
    told = {"stated": [{"kind": "language", "value": "en"}, {"kind": "wanted", "value": "phone"}]}
    assert li.put("/team/skills/staff:li", told).json() == {"party": "staff:li", **told}
    assert li.get("/team/skills/staff:li").json()["stated"] == told["stated"]
    wrong = {"stated": [{"kind": "strength", "value": "young"}]}
    assert li.put("/team/skills/staff:li", wrong).status_code == 422
    assert li.put("/team/skills/staff:wang", told).status_code == 404
