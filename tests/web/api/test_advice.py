"""The next action by REST, decisions on it, and the log, also as a table."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import Machine
from troth.web.guidance.models import Advised
from troth.web.ledger.export import COLUMNS, export_rows

pytestmark = pytest.mark.django_db
WHERE = "/actions/guest:chen/hotel"


@pytest.fixture
def own(lived, signed_in):
    """The desk's own pages, in which somebody of a role is logged in."""
    return lambda role: Machine(signed_in(role, "en"))


def test_the_best_action_comes_with_its_reason_and_is_answered_once_a_key(lived, own):
    """What was shown is logged as it was shown; the same key decides once."""
    li = own("front_line")
    told = li.get(WHERE).json()
    assert told["best"]["action"] == "repair_acknowledge"
    assert told["best"]["event_id"] == "e7"
    assert {one["action"] for one in told["others"]} >= {"call_before", "leave_in_peace"}
    assert not Advised.objects.exists()
    sent = {"token": told["token"], "decision": "declined", "reason": "done", "words": "昨天办了"}
    first = li.post(WHERE, sent, Idempotency_Key="k")
    assert (first.status_code, first.json()["decision"]) == (201, "declined")
    assert li.post(WHERE, sent, Idempotency_Key="k").json() == first.json()
    assert li.post(WHERE, sent).status_code == 422, "decided already"
    assert Advised.objects.count() == 1


def test_what_was_not_shown_cannot_be_decided(lived, own):
    """Nor another's proposal, nor half a decision, nor with a role that only reads."""
    token = own("lead").get(WHERE).json()["token"]
    li = own("front_line")
    assert li.post(WHERE, {"token": token, "decision": "accepted"}).status_code == 422
    mine = li.get(WHERE).json()["token"]
    assert li.post(WHERE, {"token": mine, "decision": "adapted"}).status_code == 422
    sent = {"token": mine, "decision": "accepted"}
    assert li.post("/actions/guest:benbow/hotel", sent).status_code == 404
    assert own("stranger").get(WHERE).status_code == 404
    assert own("analyst").post(WHERE, sent).status_code == 403
    assert not Advised.objects.exists()


def test_the_log_tells_ones_own_and_to_leads_the_teams_under_pseudonyms(lived, own):
    """A colleague's decisions are not another colleague's to read; the table says the same."""
    li = own("front_line")
    li.post(WHERE, {"token": li.get(WHERE).json()["token"], "decision": "accepted"})
    rows = li.get("/advice").json()["items"]
    assert [(one["decision"], one["propensity"]) for one in rows] == [("accepted", 1.0)]
    assert rows[0]["who"] not in ("", "front_line", str(lived.users["front_line"].pk))
    assert own("coach").get("/advice").json()["items"] == rows
    assert own("stranger").get("/advice").json()["items"] == []
    Advised.objects.update(user=lived.users["lead"])
    assert li.get("/advice").json()["items"] == []
    table = [row for part in export_rows("advice") for row in part.to_pylist()]
    assert [(row["truster"], row["action"]) for row in table] == [
        ("guest:chen", "repair_acknowledge")
    ]
    assert set(table[0]) == set(COLUMNS["advice"])
