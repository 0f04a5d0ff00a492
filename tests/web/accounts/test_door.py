"""The door: it locks by person and place, opens on success, and gives each session a key of its own."""

from __future__ import annotations

import pytest

from troth.web.accounts.models import User

RIGHT, WRONG = "a long pass phrase", "wrong"


@pytest.fixture
def tries(client, desk):
    """Tries to log in, some times over: ``tries("lead", WRONG, 6)`` → the last status."""

    def at(name, password, times=1, place="10.0.0.1"):
        for _ in range(times):
            told = {"username": name, "password": password}
            answer = client.post("/login/", told, REMOTE_ADDR=place)
        return answer.status_code

    return at


def test_six_failures_lock_this_person_from_this_place(tries) -> None:
    """Others, and the same person elsewhere, go on."""
    assert tries("lead", WRONG, 5) == 200
    assert tries("lead", WRONG) == 429
    assert tries("lead", RIGHT) == 429
    assert tries("lead", RIGHT, place="10.0.0.2") == 302
    assert tries("coach", RIGHT) == 302


def test_success_forgets_the_failures(tries, client) -> None:
    """Five, then the right one, then five again: still open."""
    assert tries("lead", WRONG, 5) == 200
    assert tries("lead", RIGHT) == 302
    client.post("/logout/")
    assert tries("lead", WRONG, 5) == 200
    assert tries("lead", RIGHT) == 302


def test_names_that_nobody_has_lock_as_well(tries) -> None:
    """So the lock does not tell who is there."""
    assert tries("nobody", WRONG, 6) == 429


def test_logging_in_and_a_new_password_change_the_session_key(client, desk) -> None:
    """A key seen before is worth nothing after."""
    client.get("/login/")
    client.post("/login/", {"username": "lead", "password": RIGHT})
    first = client.cookies["sessionid"].value
    told = {
        "old_password": RIGHT,
        "new_password1": "a-calm-river-42",
        "new_password2": "a-calm-river-42",
    }
    assert client.post("/password/", told).status_code == 302
    assert client.cookies["sessionid"].value != first
    assert client.get("/password/").status_code == 200


@pytest.mark.parametrize("weak", ["short7!", "12345678901", "password123", "lead-lead"])
def test_weak_passwords_are_refused(client, desk, weak) -> None:
    """Short, digits alone, common, or too like the name."""
    User.objects.filter(username="lead").update(username="lead-lead")
    client.force_login(desk.users["lead"], "django.contrib.auth.backends.ModelBackend")
    client.post("/password/", {"old_password": RIGHT, "new_password1": weak, "new_password2": weak})
    assert desk.users["lead"].check_password(RIGHT)
    assert User.objects.get(username="lead-lead").check_password(RIGHT)
