"""What is known of people, through REST: the same deeds and the same access as on the pages."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import Machine
from tests.web.people.answers import taken
from troth.web.people.models import Statement

GUEST = "/people/known/guest:chen"


@pytest.fixture
def asked(lived, signed_in):
    """The desk's own session of a role, as its pages would use it."""
    return lambda role: Machine(signed_in(role, "en"))


@pytest.fixture
def front(asked):
    """That of Li Na."""
    return asked("front_line")


def test_what_is_said_and_noted_stands_apart(front):
    """Each with origin, who and until when."""
    assert front.get(GUEST).json() == {
        "party": "guest:chen",
        "house": "hotel",
        "known": [],
        "notes": [],
    }
    front.post("/people/styles/guest:chen", {"pace": "quick", "focus": "task"})
    note = {"subject": "value", "text": "Tell me.", "origin": "own_words"}
    assert front.post("/people/notes/guest:chen", note).status_code == 201
    answer = front.post("/people/forms/guest:chen", {"pace": "steady", "address": "Ms Jing"})
    assert answer.status_code == 201
    told = front.get(GUEST).json()
    assert {(row["value"], row["origin"]) for row in told["known"]} == {
        ("quick", "colleague_note"), ("task", "colleague_note"), ("steady", "own_words"),
    }  # fmt: skip
    assert told["notes"][0]["text"] == "Tell me."
    assert {row["by"] for row in told["known"]} == {"Li Na"}


def test_the_same_style_twice_is_the_same(front):
    """A program repeats itself; a thumb takes back."""
    for _ in range(2):
        front.post("/people/styles/guest:chen", {"pace": "quick"})
    assert Statement.objects.get().value == "quick"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("notes", {"subject": "trait", "text": "x", "origin": "own_words"}),
        ("notes", {"subject": "need", "text": " ", "origin": "own_words"}),
        ("notes", {"subject": "need", "text": "x", "origin": "inferred"}),
        ("styles", {"attachment": "anxious"}),
        ("forms", {"channel": "pigeon"}),
    ],
)
def test_what_cannot_be_is_refused(front, path, body):
    """By 422, and nothing is kept."""
    assert front.post(f"/people/{path}/guest:chen", body).status_code == 422
    assert not Statement.objects.exists()


def test_another_house_finds_nobody(lived, asked):
    """Neither to read nor to note."""
    stranger = asked("stranger")
    assert stranger.get(GUEST).status_code == 404
    assert stranger.post("/people/styles/guest:chen", {"pace": "quick"}).status_code == 404


def test_only_ones_own_results_are_listed(lived, asked):
    """Without the answers; what others share is seen on the desk alone."""
    taken(lived.actor("front_line"), shared="team")
    mine = asked("front_line").get("/people/results").json()["items"]
    assert [row["questionnaire"] for row in mine] == ["ipip_ipc"]
    assert "answers" not in mine[0]
    assert asked("lead").get("/people/results").json()["items"] == []


def test_a_colleagues_result_is_not_read_through_rest(lived, asked):
    """Not even by an admin."""
    taken(lived.actor("front_line"), shared="team")
    assert asked("admin").get("/people/known/staff:li").status_code == 404
