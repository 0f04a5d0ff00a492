"""Logins: made, moved, closed, opened, and the last admin, who stays."""

from __future__ import annotations

import pytest
from django.test import Client

from troth.web.accounts.actions.add_person import Newcomer, add_person
from troth.web.accounts.actions.change_person import change_person
from troth.web.accounts.actions.close_login import close_login, open_login
from troth.web.accounts.actions.new_password import LETTERS, new_password
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actions.reset_password import reset_password
from troth.web.accounts.actions.seat import Seat
from troth.web.accounts.models import AuditRow, User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def inside(desk):
    """Somebody's browser, logged in: ``inside("lead")``."""

    def of(role):
        browser = Client()
        browser.force_login(desk.users[role], BACKEND)
        return browser

    return of


def in_now(browser) -> bool:
    """Whether a browser is still logged in."""
    return browser.get("/password/").status_code == 200


def seat_of(user, **other) -> Seat:
    """Somebody's seat, with something else about it."""
    told = {"role": user.role, "house": user.house, "team": user.team, "party": user.party}
    return Seat(**told | other)


def test_made_up_passwords_are_long_easy_to_type_and_never_alike() -> None:
    """Four groups of four, without characters that are taken for one another."""
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 and set(one) <= {*LETTERS, "-"} for one in made)
    assert not set(LETTERS) & set("01oilu")


def test_somebody_new_can_log_in(desk, client) -> None:
    """With the password made up for them; the log tells of them and not of it."""
    user, password = add_person(
        desk.actor(), Newcomer(" chen-yu ", "陈宇", "zh"), Seat("front_line", desk.house)
    )
    assert (user.username, user.first_name, user.role) == ("chen-yu", "陈宇", "front_line")
    told = {"username": "chen-yu", "password": password}
    assert client.post("/login/", told).status_code == 302
    row = AuditRow.objects.get(deed="add_person")
    assert (row.who, row.what) == ("admin", "chen-yu")
    assert password not in str(AuditRow.objects.values())


@pytest.mark.parametrize(
    ("username", "key"),
    [("", "username"), ("a b", "username"), ("x" * 151, "username"), ("LEAD", "username_taken")],
)
def test_a_name_that_cannot_be_one_is_refused(desk, username, key) -> None:
    """Empty, with spaces, too long, or somebody's already whatever its capitals."""
    with pytest.raises(RefusedError) as error:
        add_person(desk.actor(), Newcomer(username), Seat("lead", desk.house))
    assert (error.value.key, error.value.field) == (f"setup.refused.{key}", "username")


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (("king", "hotel", None, None), "role"),
        (("front_line", None, None, None), "house_needed"),
        (("lead", "team:front", None, None), "no_house"),
        (("lead", "shop", "team:front", None), "team"),
        (("lead", "hotel", "staff:li", None), "team"),
        (("lead", "hotel", None, "guest:chen"), "no_staff"),
        (("lead", "hotel", None, "staff:li"), "party_taken"),
    ],
)
def test_a_seat_that_does_not_fit_together_is_refused(desk, told, key) -> None:
    """Each part with a reason of its own; nothing is written."""
    role, *parties = told
    seat = Seat(role, *(desk.party(one) if one else None for one in parties))
    with pytest.raises(RefusedError) as error:
        add_person(desk.actor(), Newcomer("new"), seat)
    assert error.value.key == f"setup.refused.{key}"
    assert not User.objects.filter(username="new").exists()
    assert not AuditRow.objects.exists()


def test_another_role_ends_sessions_and_another_team_does_not(desk, inside) -> None:
    """What one may do is held against a session; where one sits is asked anew at each request."""
    browser, lead = inside("lead"), desk.users["lead"]
    assert change_person(desk.actor(), lead, seat_of(lead, team=None), "王磊")
    assert in_now(browser)
    lead.refresh_from_db()
    assert change_person(desk.actor(), lead, seat_of(lead, role="coach"), "王磊")
    assert not in_now(browser)
    lead.refresh_from_db()
    assert (lead.role, lead.team, lead.first_name) == ("coach", None, "王磊")
    first, second = AuditRow.objects.order_by("id")
    assert first.details == {"team": [desk.party("team:front").uid, None], "renamed": True}
    assert second.details == {"role": ["lead", "coach"], "renamed": False}
    assert not change_person(desk.actor(), lead, seat_of(lead), "王磊")


def test_the_last_admin_stays(desk) -> None:
    """Neither closed nor given another role, until there is another admin who can log in."""
    admin = desk.users["admin"]
    for deed in (
        lambda: close_login(desk.actor(), admin),
        lambda: change_person(desk.actor(), admin, seat_of(admin, role="lead"), ""),
    ):
        with pytest.raises(RefusedError) as error:
            deed()
        assert error.value.key == "setup.refused.last_admin"
    closed = User.objects.create_user("second", role="admin", is_active=False)
    with pytest.raises(RefusedError):
        close_login(desk.actor(), admin)
    open_login(desk.actor(), closed)
    close_login(desk.actor(), admin)
    admin.refresh_from_db()
    assert not admin.is_active


def test_a_closed_login_is_out_at_once_and_old_sessions_stay_dead(desk, inside) -> None:
    """Also after it is opened again."""
    browser, coach = inside("coach"), desk.users["coach"]
    close_login(desk.actor(), coach)
    close_login(desk.actor(), coach)
    assert not in_now(browser)
    open_login(desk.actor(), coach)
    assert not in_now(browser)
    assert [row.deed for row in AuditRow.objects.order_by("id")] == ["close_login", "open_login"]


def test_a_reset_password_ends_sessions_and_lifts_the_lock(desk, inside, client) -> None:
    """So that whoever was locked out gets in with it at once."""
    browser, lead = inside("lead"), desk.users["lead"]
    for _ in range(6):
        client.post("/login/", {"username": "lead", "password": "wrong"})
    old = {"username": "lead", "password": "a long pass phrase"}
    assert client.post("/login/", old).status_code == 429
    password = reset_password(desk.actor(), lead)
    assert not in_now(browser)
    assert client.post("/login/", old | {"password": password}).status_code == 302
    assert password not in str(list(AuditRow.objects.values()))
