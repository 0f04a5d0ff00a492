"""Zendesk's exports: whole ones, pages, lines."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from tests.ledger.intake.conftest import briefly, events_of, opened, refused
from tests.ledger.intake.samples import ZENDESK
from troth.ledger.errors import UnreadableError

TICKET = ZENDESK["tickets"][0]
BARE = {name: value for name, value in TICKET.items() if name != "comments"}
MINIMAL = {
    name: TICKET[name]
    for name in ("id", "created_at", "description", "requester_id", "assignee_id")
}


def test_a_ticket_its_comments_and_its_rating() -> None:
    """The first comment is the description once more, and counts once."""
    sheet = opened("t.json", ZENDESK)
    assert briefly(sheet, "event_id", "kind", "speaker", "outcome", "text") == [
        ("zendesk:ticket:31", "message", "customer", 0.5, "My parcel came broken."),
        ("zendesk:comment:2", "message", "staff", 0.5, "We send another today."),
        ("zendesk:ticket:31:rating:1", "survey", "customer", 1.0, "Quick and kind."),
    ]
    assert {(e["truster"], e["trustee"], e["thread"], e["channel"]) for e in events_of(sheet)} == {
        ("zendesk:10", "zendesk:20", "zendesk:31", "web")
    }
    mary, daniel = sheet.people["zendesk:10"], sheet.people["zendesk:20"]
    assert (mary.name, mary.kind, mary.lang) == ("Mary Stone", "customer", "en")
    assert (daniel.name, daniel.kind, daniel.lang) == ("Daniel Hart", "staff", "zh")


@pytest.mark.parametrize("form", ["list", "lines", "pages", "page lines", "one"])
def test_every_shape_gives_the_same_events(form: str) -> None:
    """A list of tickets, lines, pages of the incremental API."""
    page = {"tickets": [MINIMAL], "end_time": 1, "next_page": None}
    content = {
        "list": [MINIMAL],
        "lines": json.dumps(MINIMAL) + "\n" + json.dumps({**MINIMAL, "id": 32}) + "\n",
        "pages": [page, {"tickets": []}],
        "page lines": json.dumps(page) + "\n" + json.dumps({"tickets": [{**MINIMAL, "id": 32}]}),
        "one": {"ticket": MINIMAL},
    }[form]
    events = events_of(opened("t.json", content))
    assert events[0]["event_id"] == "zendesk:ticket:31"
    assert len(events) == (2 if "lines" in form else 1)


def test_an_export_without_comments_gives_the_same_ticket() -> None:
    """So that the pages of an API and a full export can both be brought."""
    full, bare = opened("t.json", ZENDESK), opened("t.json", {**ZENDESK, "tickets": [BARE]})
    assert events_of(full)[0] == events_of(bare)[0]


def test_people_may_stand_in_the_ticket() -> None:
    """As objects of their own."""
    ticket = {k: v for k, v in MINIMAL.items() if not k.endswith("er_id") and k != "assignee_id"}
    ticket |= {"requester": {"id": 10, "name": "王芳"}, "assignee": {"id": 20, "name": "李娜"}}
    sheet = opened("t.json", [ticket], format="zendesk")
    assert briefly(sheet, "truster", "trustee") == [("zendesk:10", "zendesk:20")]
    assert sheet.people["zendesk:10"].name == "王芳"


@pytest.mark.parametrize(
    ("score", "outcomes"),
    [("good", [1.0]), ("bad", [0.0]), ("offered", []), ("unoffered", []), (None, []), (3, [])],
)
def test_only_answers_count(score: object, outcomes: list[float]) -> None:
    """An offer is no answer."""
    ticket = {**BARE, "satisfaction_rating": {"score": score}}
    kinds = briefly(opened("t.json", [ticket]), "kind", "outcome")
    assert [outcome for kind, outcome in kinds if kind == "survey"] == outcomes


def test_who_handled_it_then_keeps_it() -> None:
    """A later export with another assignee changes nothing that was said before."""
    moved = deepcopy(BARE)
    moved["assignee_id"] = 21
    sheet = opened("t.json", [BARE, moved])
    assert {trustee for (trustee,) in briefly(sheet, "trustee")} == {"zendesk:20"}
    assert {why for _, _, why in refused(sheet)} >= {
        "was used before with other content: zendesk:ticket:31"
    }


def test_staff_may_write_first() -> None:
    """A ticket that an agent opened for a customer."""
    ticket = {**MINIMAL, "submitter_id": 22}
    page = {"tickets": [ticket], "users": [{"id": 22, "role": "agent", "name": "周敏"}]}
    assert briefly(opened("t.json", page), "speaker", "trustee") == [("staff", "zendesk:22")]


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"assignee_id": None}, "assignee_id", "which member of staff"),
        ({"requester_id": None}, "requester_id", "which customer"),
        ({"assignee_id": 10}, "assignee_id", "is the truster too"),
        ({"created_at": "yesterday"}, "created_at", "no time"),
        ({"created_at": None}, "created_at", "is missing"),
        ({"description": None}, "description", "has no words"),
        ({"description": ["x"]}, "description", "must be text"),
        ({"id": None}, "id", "is missing"),
    ],
)
def test_what_a_ticket_lacks_is_named(change: dict, column: str, reason: str) -> None:
    """It costs that ticket only."""
    sheet = opened("t.json", [{**MINIMAL, **change}, {**MINIMAL, "id": 32}])
    (row, at_fault, why), *others = refused(sheet)
    assert (row, at_fault, others) == (1, column, [])
    assert reason in why
    assert briefly(sheet, "event_id") == [("zendesk:ticket:32",)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"public": False}, "an internal note"),
        ({"author_id": 99}, "is not known to be a customer or staff: 99"),
        ({"author_id": -1}, "by the system"),
        ({"author_id": None}, "is missing"),
        ({"body": ""}, "has no words"),
        ({"created_at": 1e300}, "no time"),
    ],
)
def test_a_comment_is_refused_by_itself(change: dict, reason: str) -> None:
    """The ticket and its rating stay."""
    ticket = deepcopy(TICKET)
    ticket["comments"][1] |= change
    sheet = opened("t.json", [ticket])
    assert len(events_of(sheet)) == 2
    ((row, _, why),) = refused(sheet)
    assert row == 1
    assert reason in why


def test_entries_that_are_no_tickets_are_refused() -> None:
    """By number."""
    sheet = opened("t.json", [MINIMAL, 7, None])
    assert refused(sheet) == [(2, "", "is not a JSON object"), (3, "", "is not a JSON object")]
    with pytest.raises(UnreadableError):
        opened("t.json", {"tickets": []})
