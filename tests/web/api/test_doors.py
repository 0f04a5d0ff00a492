"""Who comes in: tokens by scope and role, sessions with proof of origin, nobody else."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.web.api.conftest import Machine
from troth.web.accounts.access import DEEDS
from troth.web.accounts.models import ApiToken
from troth.web.accounts.tokens import make_token, revoke_token
from troth.web.api import urls
from troth.web.api.routes import ROUTES
from troth.web.ledger.models import Event

pytestmark = pytest.mark.django_db
assert urls.urlpatterns  # imported for its routes, which the tests below are made from
FILLED = {
    "{path:event_id}": "e1", "{path:key}": "guest:chen", "{truster}": "guest:chen",
    "{trusted}": "hotel", "{path:promise_id}": "e6", "{int:number}": "1", "{what}": "beliefs",
    "{ending}": "csv", "{path:colleague}": "staff:li",
}  # fmt: skip
#: Routes that need to be told more, in their address.
ASKED = {
    "/team/pair": "?first=staff:li&second=staff:wang", "/match": "?customer=guest:chen&house=hotel",
}  # fmt: skip


def filled(path: str) -> str:
    """A route's path with something in its gaps."""
    asked = ASKED.get(path, "")
    for gap, value in FILLED.items():
        path = path.replace(gap, value)
    return path + asked


def body_kind(route) -> str:
    """A media type that the route takes."""
    return route.takes[0] if route.takes else "application/json"


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_nobody_comes_in_without_a_token(lived, client, route):
    """401 with the challenge, whatever is asked."""
    for token in ("", "troth_wrong", "gibberish"):
        machine = Machine(client, token)
        answer = machine.send(route.method, filled(route.path), content_type=body_kind(route))
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_a_reading_token_only_reads(lived, machine, route):
    """What changes anything answers 403; what reads answers."""
    body = {"/read": {"text": "好", "speaker": "staff"}, "/draft": {"text": "好"}}.get(route.path)
    reader = machine("read")
    answer = reader.send(route.method, filled(route.path), body, content_type=body_kind(route))
    if route.needs == "write":
        assert answer.status_code == 403
        assert "read, not write" in answer.json()["detail"]
    else:
        assert answer.status_code == (404 if "batches" in route.path else 200)


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_every_role_meets_its_deeds(lived, client, route):
    """A session is let in exactly where the role may do the deed."""
    for role, user in lived.users.items():
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = Machine(client).send(
            route.method, filled(route.path), content_type=body_kind(route)
        )
        allowed = user.role in DEEDS[route.deed]
        told = answer.json() if "problem" in answer["Content-Type"] else {}
        assert (answer.status_code == 403) == (not allowed), (role, told)


def test_each_view_tells_its_deeds():
    """The walk over all addresses finds deed and scope at every API view."""
    views = [
        p.callback for p in _patterns(get_resolver()) if p.callback.__module__.startswith("ninja")
    ]
    assert len(views) >= 18
    for view in views:
        assert set(view.deed.values()) <= set(DEEDS)
        assert set(view.needs.values()) <= {"read", "write"}


def _patterns(resolver):
    for found in resolver.url_patterns:
        if hasattr(found, "url_patterns"):
            yield from _patterns(found)
        else:
            yield found


def test_a_session_must_prove_where_it_comes_from(lived):
    """Without X-CSRFToken a session changes nothing; with it it does; reading needs none."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(lived.users["lead"], backend="django.contrib.auth.backends.ModelBackend")
    machine = Machine(client)
    event = {"truster": "guest:chen", "trustee": "staff:li", "kind": "survey", "outcome": 1.0}
    refused = machine.post("/events", event)
    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["detail"]
    assert machine.get("/events").status_code == 200
    client.get("/login/")
    client.cookies["csrftoken"] = "a" * 32
    assert machine.post("/events", event, X_CSRFToken="a" * 32).status_code == 201


def test_a_wrong_token_is_not_helped_by_a_session(lived, signed_in):
    """Whoever sends a token is judged by it."""
    client = signed_in("admin")
    assert Machine(client, "troth_wrong").get("/events").status_code == 401


def test_revoked_tokens_and_closed_logins_open_nothing(lived, machine):
    """At once."""
    reader = machine("read")
    assert reader.get("/beliefs").status_code == 200
    revoke_token(lived.actor(), ApiToken.objects.get())
    assert reader.get("/beliefs").status_code == 401
    _, token = make_token(lived.actor("analyst"), "x", "read")
    lived.users["analyst"].is_active = False
    lived.users["analyst"].save()
    assert Machine(reader.client, token).get("/beliefs").status_code == 401


def test_an_analyst_reads_and_imports_but_records_no_touch(lived, machine):
    """A token never exceeds its owner's role."""
    analyst = machine(role="analyst")
    event = {"event_id": "a1", "truster": "g", "trustee": "s", "kind": "survey", "outcome": 1.0}
    answer = analyst.post("/events", event)
    assert answer.status_code == 403
    assert "role" in answer.json()["detail"]
    assert analyst.post("/events/bulk", [event | {"t_us": lived.now_us}]).status_code == 200


def test_others_houses_do_not_exist(lived, client):
    """The shop's front line sees nothing of the hotel, and no hint that there is something."""
    client.force_login(lived.users["stranger"], backend="django.contrib.auth.backends.ModelBackend")
    machine = Machine(client)
    for path in ("/events/e1", "/parties/guest:chen", "/beliefs/guest:chen/hotel",
                 "/cards/guest:chen/hotel", "/parties/guest:chen/relationships"):  # fmt: skip
        assert machine.get(path).status_code == 404, path
    for path in ("/events", "/beliefs", "/promises"):
        assert machine.get(path).json()["items"] == []
    assert machine.post("/promises/e8/keep").status_code == 404
    event = {"truster": "guest:chen", "trustee": "staff:li", "organisation": "hotel", "kind": "survey",
             "outcome": 0.0}  # fmt: skip
    assert machine.post("/events", event).status_code == 422
    assert Event.objects.filter(kind="survey").count() == 1


def test_tokens_are_never_logged(lived, machine, caplog):
    """Neither good nor bad ones."""
    caplog.set_level(logging.DEBUG)
    good = machine()
    good.get("/events")
    good.post("/events", {"kind": 1})
    Machine(good.client, "troth_secretsecret").get("/events")
    assert good.token not in caplog.text
    assert "secretsecret" not in caplog.text
