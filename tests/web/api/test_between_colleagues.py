"""What colleagues note of one another, by REST: the two at once, who leads them later, nobody else."""

from __future__ import annotations

import pytest

from troth.web.accounts.models import User
from troth.web.ledger.models import Event
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

pytestmark = pytest.mark.django_db
HOUR_US = 3_600_000_000
ROLES = ("front_line", "third", "lead", "coach", "analyst", "admin", "stranger")
SECRET = "The late arrival was not in the book."


@pytest.fixture
def between(lived):
    """Li Na noted a dropped hand-over of He Qing just now; Lu Yi is the third on the team."""
    place = {"house_id": lived.house.pk, "team_id": lived.party("team:front").pk}
    add_parties([
        Newcomer("staff:he", Party.Kind.STAFF, "何晴", "He Qing", place),
        Newcomer("staff:lu", Party.Kind.STAFF, "卢一", "Lu Yi", place),
    ])  # fmt: skip
    lived.users["third"] = User.objects.create_user(
        "third", role="front_line", lang="en", house=lived.house, team_id=place["team_id"],
        party=lived.party("staff:lu"),
    )  # fmt: skip
    told = {"truster": "staff:li", "trustee": "staff:he", "text": SECRET}
    lived.event(4, "hand_over_dropped", event_id="secret", **told)
    return lived


@pytest.fixture
def look(client, between):
    """What somebody of a role reads at an address: (status, text)."""

    def read(role, path):
        client.force_login(between.users[role])
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, body.decode()

    return read


@pytest.fixture
def later(between, monkeypatch):
    """Moves the clock on by 73 hours."""

    def on():
        from troth.web.ui import middleware

        monkeypatch.setattr(middleware, "now_us", lambda: between.now_us + 73 * HOUR_US)

    return on


def seen_by(look, path):
    """The roles that read the words there."""
    return {role for role in ROLES if SECRET in look(role, path)[1]}


def test_events_are_read_by_the_two_first(look, later):
    """In the list and one by one; a late note of an old thing waits from when the desk learned of it."""
    for path in ("/api/events?limit=200", "/api/events/secret"):
        assert seen_by(look, path) == {"front_line"}
    assert look("third", "/api/events/secret")[0] == 404
    later()
    for path in ("/api/events?limit=200", "/api/events/secret"):
        assert seen_by(look, path) == {"front_line", "lead", "coach", "admin"}


def test_who_it_is_about_reads_it_too(between, look):
    """At once, whatever team the other is of."""
    he = between.party("staff:he")
    between.users["third"].party = he
    between.users["third"].save()
    assert seen_by(look, "/api/events?limit=200") == {"front_line", "third"}
    Party.objects.filter(key="staff:he").update(team=None)
    assert "front_line" in seen_by(look, "/api/events?limit=200")


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_exports_by_rest_leave_out_what_is_not_theirs(look, later, ending):
    """Customers' events come whole; analysts never get those between colleagues."""
    path = f"/api/export/events.{ending}"
    for role in ("analyst", "admin"):
        text = look(role, path)[1]
        assert SECRET not in text
        assert "今晚八点前送到" in text
    later()
    assert seen_by(look, path) == {"admin"}
    assert "staff:he" in look("admin", "/api/export/beliefs.csv")[1]
    assert "staff:he" not in look("analyst", "/api/export/beliefs.csv")[1]


def test_the_keeper_s_own_export_stays_whole(between):
    """It is what a desk is restored from elsewhere."""
    from troth.web.ledger.export import export_rows

    ids = [i for batch in export_rows("events", None, between.now_us) for i in batch["event_id"]]
    assert "secret" in [one.as_py() for one in ids]


def test_beliefs_between_colleagues_open_with_their_first_event(look, later):
    """For who leads them; the one who trusts sees them at once, analysts never."""
    path = "/api/beliefs/staff:li/staff:he"
    assert [look(role, path)[0] for role in ROLES] == [200, 404, 404, 404, 404, 404, 404]
    later()
    assert [look(role, path)[0] for role in ROLES] == [200, 404, 200, 200, 404, 200, 404]
    assert seen_by(look, path) == {"front_line", "lead", "coach", "admin"}


def test_reasons_leave_out_what_waits(between, look, later):
    """Of a pair and of the trust of one in the house; the sums by colleague leave it out too."""
    told = {"truster": "staff:li", "trustee": "staff:he"}
    between.event(9, "thanks", learned=9, text="Thanks for the cover.", **told)
    for path in ("/api/beliefs/staff:li/staff:he", "/api/beliefs/staff:li/hotel"):
        assert seen_by(look, path) == {"front_line"}
        text = look("lead", path)[1]
        assert "Thanks for the cover." in text
        assert "hand_over_dropped" not in text
    later()
    assert "lead" in seen_by(look, "/api/beliefs/staff:li/staff:he")


def test_promises_and_open_matters_between_colleagues_wait_too(between, look, later):
    """By the event that began them."""
    told = {"truster": "staff:li", "trustee": "staff:he", "due_us": between.now_us + HOUR_US}
    between.event(0.5, "promise_made", event_id="ours", text=SECRET, **told)
    path = "/api/promises?limit=200"
    assert seen_by(look, path) == {"front_line"}
    later()
    assert seen_by(look, path) == {"front_line", "lead", "coach", "admin"}


TOLD = {"trustee": "staff:he", "kind": "hand_over_dropped", "text": "Forged."}


@pytest.mark.parametrize(("role", "status"), [("front_line", 422), ("lead", 422), ("admin", 201)])
def test_nobody_tells_what_another_colleague_lived(between, client, role, status):
    """Neither thanks to oneself nor a hand-over dropped toward somebody else; an admin may bring it in."""
    client.force_login(between.users[role])
    for told in (
        {**TOLD, "truster": "staff:lu"},
        {**TOLD, "truster": " staff:lu "},
        {"truster": "staff:lu", "trustee": "staff:li", "kind": "thanks"},
        {"truster": "staff:lu", "trustee": "staff:he", "kind": "survey", "outcome": 0.0},
    ):
        answer = client.post("/api/events", told, content_type="application/json")
        assert answer.status_code == status, told
        if status == 422:
            assert [wrong["column"] for wrong in answer.json()["errors"]] == ["truster"]
    assert Event.objects.filter(truster__key="staff:lu").exists() == (status == 201)


def test_one_s_own_is_told_by_oneself(between, client):
    """In one's own name."""
    client.force_login(between.users["front_line"])
    told = {**TOLD, "truster": "staff:li"}
    assert client.post("/api/events", told, content_type="application/json").status_code == 201


def test_bulk_refuses_a_lead_the_rows_of_others(between, client):
    """Row by row; an analyst brings in what others told."""
    rows = [
        {**TOLD, "event_id": "a", "truster": "staff:lu", "at": "2026-03-01T09:00:00+08:00"},
        {**TOLD, "event_id": "b", "truster": "staff:wang", "at": "2026-03-01T09:00:00+08:00"},
    ]
    client.force_login(between.users["lead"])
    done = client.post("/api/events/bulk", rows, content_type="application/json").json()
    assert (done["taken"], [(row["row"], row["column"]) for row in done["rejected"]]) == (
        1,
        [(1, "truster")],
    )
    client.force_login(between.users["analyst"])
    done = client.post("/api/events/bulk", rows[:1], content_type="application/json").json()
    assert done["taken"] == 1


@pytest.mark.parametrize("truster", ["guest:chen", "nobody:known", "hotel"])
def test_kinds_between_colleagues_are_theirs(between, admin, truster):
    """A customer hands nothing over; an admin too hears so."""
    told = {**TOLD, "truster": truster}
    refused = admin.post("/events", told)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["column"] == "kind"
    row = {**told, "event_id": "x", "at": "2026-03-01T09:00:00+08:00"}
    assert admin.post("/events/bulk", [row]).status_code == 422
