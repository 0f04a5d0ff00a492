"""Chatwoot's API, as it hands out conversations, messages and survey answers."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.ledger.intake.conftest import briefly, events_of, opened, refused
from tests.ledger.intake.samples import CHATWOOT

TALK = CHATWOOT[0]
ASKS, ANSWERS, RATES = TALK["messages"]


def talk(*messages: dict) -> list[dict]:
    """The conversation with other messages."""
    return [{**TALK, "messages": list(messages)}]


def test_messages_and_the_survey() -> None:
    """A contact and a user may have the same number and are two."""
    sheet = opened("c.json", [TALK])
    assert briefly(sheet, "event_id", "kind", "speaker", "outcome", "text") == [
        ("chatwoot:message:1", "message", "customer", 0.5, "Is the pool open?"),
        ("chatwoot:message:2", "message", "staff", 0.5, "From seven to ten."),
        ("chatwoot:survey:3", "survey", "customer", 0.75, "Helpful."),
    ]
    assert {(e["truster"], e["trustee"], e["thread"]) for e in events_of(sheet)} == {
        ("chatwoot:contact:3", "chatwoot:user:3", "chatwoot:7")
    }
    assert sheet.people["chatwoot:contact:3"].lang == "en"
    assert sheet.people["chatwoot:user:3"].name == "Daniel Hart"


def test_the_api_s_own_answers_give_the_same() -> None:
    """Conversations within data and payload; one conversation's messages beside its people."""
    whole = events_of(opened("c.json", [TALK]))
    assert events_of(opened("c.json", {"data": {"meta": {}, "payload": [TALK]}})) == whole
    meta = {"contact": TALK["meta"]["sender"], "assignee": TALK["meta"]["assignee"]}
    messages = [{**m, "conversation_id": 7} for m in TALK["messages"]]
    listed = events_of(opened("c.json", {"meta": meta, "payload": messages}))
    assert [e["event_id"] for e in listed] == [e["event_id"] for e in whole]
    assert [e["truster"] for e in listed] == [e["truster"] for e in whole]


def test_survey_answers_in_a_list_of_their_own() -> None:
    """One answer is one event, wherever it was found."""
    answer = {
        "id": 90, "rating": 4, "feedback_message": "Helpful.", "message_id": 3, "conversation_id": 7,
        "created_at": 1772690640, "contact": {"id": 3, "name": "Mary"},
        "assigned_agent": {"id": 3, "name": "Daniel"},
    }  # fmt: skip
    listed = opened("c.json", {"csat_survey_responses": [answer]})
    assert briefly(listed, "event_id", "outcome", "trustee") == [
        ("chatwoot:survey:3", 0.75, "chatwoot:user:3")
    ]
    beside = [{**TALK, "csat_survey_response": answer}]
    assert len(events_of(opened("c.json", beside))) == 3
    assert refused(opened("c.json", beside)) == []


def test_who_was_assigned_then_goes_before_who_is_now() -> None:
    """Attribution is frozen at the message."""
    asked = {**ASKS, "conversation": {"assignee_id": 9}}
    assert briefly(opened("c.json", talk(asked)), "trustee") == [("chatwoot:user:9",)]


def test_attachments_stand_for_words() -> None:
    """By their kind."""
    sent = {**ASKS, "content": None, "attachments": [{"file_type": "image"}]}
    assert briefly(opened("c.json", talk(sent)), "text") == [("[image]",)]


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"message_type": 2}, "message_type", "by the system"),
        ({"message_type": 3}, "message_type", "by the system"),
        ({"message_type": 9}, "message_type", "is no message: 9"),
        ({"message_type": None}, "message_type", "is no message"),
        ({"message_type": 1, "private": True}, "private", "an internal note"),
        ({"message_type": 1, "sender": {"id": 5, "type": "agent_bot"}}, "sender.type", "robot"),
        ({"message_type": 1, "sender": None}, "sender", "which member of staff"),
        ({"content": None}, "content", "has no words"),
        ({"created_at": []}, "created_at", "no time"),
        ({"id": None}, "id", "is missing"),
        ({"sender": {"name": "x"}}, "sender", "which customer"),
    ],
)
def test_what_is_no_message_of_a_person_is_refused(change: dict, column: str, reason: str) -> None:
    """The others are taken in."""
    sheet = opened("c.json", talk({**ASKS, **change}, ANSWERS))
    (row, at_fault, why), *others = refused(sheet)
    assert (row, at_fault, others) == (1, column, [])
    assert reason in why
    assert briefly(sheet, "event_id") == [("chatwoot:message:2",)]


def test_without_an_assignee_a_question_has_no_trustee() -> None:
    """Nobody is guessed."""
    alone = deepcopy(talk(ASKS, ANSWERS))
    alone[0]["meta"]["assignee"] = None
    sheet = opened("c.json", alone)
    assert refused(sheet)[0][:2] == (1, "meta.assignee")
    assert briefly(sheet, "event_id") == [("chatwoot:message:2",)]


@pytest.mark.parametrize("rating", [0, 6, "good", True, 2.5])
def test_a_rating_is_one_to_five(rating: object) -> None:
    """Anything else is refused, never clipped."""
    rated = deepcopy(RATES)
    rated["content_attributes"]["submitted_values"]["csat_survey_response"]["rating"] = rating
    sheet = opened("c.json", talk(rated))
    assert refused(sheet)[0][:2] == (1, "rating")
