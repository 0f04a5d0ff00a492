"""A walk over every address as nobody and as every role: the one table decides, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.client import encode_multipart

from tests.web.routes import Route, Thing, routes
from troth.web.accounts.access import DEEDS
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import ApiToken, User
from troth.web.accounts.tokens import make_token
from troth.web.ledger.models import Batch, Event, Promise, Relationship
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party, Preference

if TYPE_CHECKING:
    from tests.web.conftest import Desk

METHODS = ("GET", "POST", "PUT")
#: Views that name no deed, and why; ``True`` where nobody has to be logged in.
WITHOUT_DEED = {
    "login": (True, "it is the way in"),
    "logout": (True, "whoever is out may go out"),
    "language": (True, "the way in speaks both languages"),
    "password": (False, "one's own password, whatever one's role"),
    "health/": (True, "what watches the server has no login"),
    "people:own_form": (True, "a customer has no login; the link's token opens it"),
    "people:own_forget": (True, "likewise"),
    "people:own_closeness": (True, "likewise"),
    "people:own_asked": (True, "likewise"),
    "people:own_answer": (True, "likewise"),
    "people:own_privacy": (True, "what is kept of customers is told to anybody"),
    "api:api/": (True, "it says that there is no such route"),
}
#: Addresses of objects at which even those who see everything find nothing in the walk, and why.
OWN_ALONE = {
    "settings:house_edit": "customers, one of whom is hidden, are not part of a house",
    "directory:answer": "one answers for oneself",
    "relations:repair": "the breach is named in the body",
    "people:shared": "a result is its owner's, and seen by whom they chose, whatever one's role",
    "guidance:terms_save": "customers, one of whom is hidden, are no house",
    "guidance:terms_import": "likewise",
    "guidance:terms_export": "likewise",
    "guidance:terms_remove": "likewise: the hidden word is of no house",
    "people:inference": "customers, one of whom is hidden, are no house",
    "directory:split": "nothing is merged in the walk",
}
#: What a view asks beyond its deed: (route, method) → roles that it refuses all the same, and why.
ASKS_MORE = {
    ("relations:event_deed", "POST"): (
        {"front_line", "analyst"},
        "everybody may answer for themselves here, and only some overrule",
    ),
}
#: Bodies without which a route of the API does not get as far as its object.
BODIES = {
    "api:post_decision": {"token": "eyJh.bGw:1w", "decision": "accepted"},
    "api:put_skills": {"stated": []},
    "api:post_note": {"subject": "need", "text": "A quiet room.", "origin": "own_words"},
    "api:post_style": {"pace": "steady"},
    "api:post_form": {"channel": "phone"},
    "api:move_promise": {"due": "2026-04-01T12:00:00+08:00", "text": "The river rose."},
}
#: Columns in which not any text will do.
VALID = {"lang": "en", "zone": "UTC"}
BOUNDARY = "edge"
REFUSED = (403, 405)  # 405: the method was refused before anybody was asked who they are
UNREAD = (401, 405, 413, 415)


@dataclass
class Ground:
    """What the walk crosses.

    Attributes:
        users: one a role, all of the hotel; ``overseer`` is an admin of no house.
        seen: an object with the hotel's front office.
        hidden: an object with the shop.
    """

    users: dict[str, User]
    seen: Thing
    hidden: Thing


@pytest.fixture
def ground(desk) -> Ground:
    """The same things twice: with the hotel under one number and key, with the shop under another."""
    seen = _with_all(desk, Thing(700_001, "seen:1", desk.house), "staff:li")
    hidden = _with_all(desk, Thing(900_001, "hidden:1", desk.other_house), "staff:sun")
    desk.users["overseer"] = User.objects.create_user("overseer", role="admin")
    return Ground(desk.users, seen, hidden)


def _with_all(desk: Desk, thing: Thing, colleague: str) -> Thing:
    """One object of each kind, with one house."""
    number, key = thing.number, thing.key
    fellow = Newcomer(f"{key}:fellow", Party.Kind.STAFF, "", "Fellow", {"house_id": thing.house.pk})
    add_parties([fellow])
    _begin_at(number)
    add_parties([Newcomer(key, Party.Kind.CUSTOMER, "", f"Customer {number}")])
    customer, home = desk.party(key), thing.house
    staff = desk.party(colleague)
    # Events are numbered in the order of the chain, so the one before is made up.
    Event.objects.create(
        pk=number - 1, event_id=f"{key}:before", t_us=1, known_us=1, truster=customer, trustee=staff,
        kind="note", outcome=0, weight=0, ability=0, reliability=0, integrity=0, benevolence=0,
        digest=bytes(32), chain=bytes(32),
    )  # fmt: skip
    told = {"truster": key, "trustee": colleague, "organisation": home.key}
    desk.event(1, "promise_made", event_id=key, text="A room by noon.", due_us=desk.now_us, **told)
    desk.event(1, "complaint_opened", event_id=f"{key}:hurt", text="Nobody came.", **told)
    owner = User.objects.create_user(f"owner{number}", role="admin", house=home)
    Preference.objects.create(party=customer, house=home, what="Tea", t_us=desk.now_us)
    Batch.objects.create(name=key, source="csv", house=home, user=owner, started_us=desk.now_us)
    ApiToken.objects.create(user=owner, name=key, digest=key, hint="", created_us=desk.now_us)
    _fill_the_rest(number, key)
    for model in (Party, Event, Promise, Relationship, Batch, Preference, User, ApiToken):
        assert model.objects.filter(pk=number).exists(), model
    return thing


def _begin_at(number: int) -> None:
    """Let the next row of every table have one number, so that one number stands for any object."""
    tables = [model._meta.db_table for model in apps.get_models() if "troth" in model.__module__]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1]
            )


def _fill_the_rest(number: int, key: str) -> None:
    """Rows of kinds that this file does not know, as far as their columns allow it."""
    for model in apps.get_models():
        if "troth" not in model.__module__ or model.objects.filter(pk=number).exists():
            continue
        columns = {f.name: f for f in model._meta.concrete_fields if not f.primary_key}
        if any(f.is_relation and not f.null and not f.related_model.objects.filter(pk=number).exists()
               for f in columns.values()):  # fmt: skip
            continue
        told = {}
        for name, field in columns.items():
            if field.many_to_one or field.one_to_one:
                told[f"{name}_id"] = None if field.null else number
            elif not field.has_default() and not field.null and field.get_internal_type() in (
                "BigIntegerField", "IntegerField", "FloatField", "SmallIntegerField",
            ):  # fmt: skip
                told[name] = 0
            elif name in VALID:
                told[name] = VALID[name]
            elif field.unique or not field.blank:
                told[name] = (
                    key if field.get_internal_type() == "CharField" else field.get_default()
                )
        with transaction.atomic():
            model.objects.bulk_create([model(pk=number, **told)], ignore_conflicts=True)


class Walker:
    """Somebody who asks, and leaves no trace."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        self.cookies = dict(self.client.cookies)
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, route: Route):
        """What comes back; whatever it changed is taken back."""
        if not path.startswith("/api/"):
            return self._ask(method, path, b"", "application/x-www-form-urlencoded")
        body = json.dumps(BODIES.get(route.name, {})).encode() if method != "GET" else b""
        answer = self._ask(method, path, body, "application/json")
        if answer.status_code == 415:
            form = encode_multipart(BOUNDARY, {})
            answer = self._ask(method, path, form, f"multipart/form-data; boundary={BOUNDARY}")
        return answer

    def _ask(self, method: str, path: str, body: bytes, media: str):
        self.client.cookies.clear()
        for name, morsel in self.cookies.items():
            self.client.cookies[name] = morsel.value
        with transaction.atomic():
            answer = self.client.generic(method, path, body, media, headers=self.headers)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer


def test_every_route_is_walked(ground) -> None:
    """None is left out because nothing was found to fill its gaps with."""
    assert [route.name for route in routes() if not route.paths(ground.seen)] == []


def test_every_view_says_what_it_asks_for() -> None:
    """By ``need``, or by standing in the short list of those that ask for nothing, with a reason."""
    silent = {route.name for route in routes() if not route.tells}
    assert silent - set(WITHOUT_DEED) == set()
    named = {route.deed(method) for route in routes() for method in METHODS} - {None}
    assert named <= set(DEEDS)


def test_nobody_gets_anything_before_logging_in(ground) -> None:
    """All else leads to the log-in page, or is refused unread; that an object is there is not told."""
    nobody, wrong = Walker(None), []
    for route in routes():
        if WITHOUT_DEED.get(route.name, (False,))[0]:
            continue
        for method in METHODS:
            for path in route.paths(ground.seen):
                answer = nobody.ask(method, path, route)
                out = answer.status_code == 302 and answer["Location"].startswith("/login/?next=")
                if not out and answer.status_code not in UNREAD:
                    wrong.append((method, path, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", User.Role.values)
def test_each_role_gets_what_the_table_says(ground, role) -> None:
    """Whoever may not is refused; whoever may is not, and nothing breaks."""
    walker, wrong = Walker(ground.users[role]), []
    for route in routes():
        for method in METHODS:
            deed = route.deed(method)
            allowed = deed is None or role in DEEDS[deed]
            more, _ = ASKS_MORE.get((route.name, method), (set(), ""))
            for path in route.paths(ground.seen):
                status = walker.ask(method, path, route).status_code
                right = status not in (401, 403) if allowed else status in REFUSED
                if status >= 500 or (not right and role not in more):
                    wrong.append((method, path, status))
    assert wrong == []


@pytest.mark.parametrize("role", ["front_line", "lead", "coach"])
def test_what_lies_out_of_sight_is_not_there(ground, role) -> None:
    """Another house's objects answer as if they did not exist, whatever is asked of them."""
    walker, wrong = Walker(ground.users[role]), []
    for route in routes():
        for method in METHODS:
            deed = route.deed(method)
            if not route.has_id or deed is None or role not in DEEDS[deed]:
                continue
            for path in route.paths(ground.hidden):
                status = walker.ask(method, path, route).status_code
                if status not in (404, 405):
                    wrong.append((method, path, status))
    assert wrong == []


def test_it_is_there_for_those_who_see_everything(ground) -> None:
    """So that the test above says something: an admin finds each of the objects hidden there."""
    walker, missing = Walker(ground.users["overseer"]), []
    for route in routes():
        if not route.has_id or not route.tells or route.name in OWN_ALONE:
            continue
        asked = [(method, path) for method in METHODS for path in route.paths(ground.hidden)]
        if all(walker.ask(*one, route).status_code in (404, 405) for one in asked):
            missing.append(route.name)
    assert missing == []


def test_tokens_open_no_more_than_they_say(ground) -> None:
    """A reading token writes nothing, on whatever route; one that nobody made opens nothing."""
    reading = make_token(Actor(ground.users["admin"]), "walk", "read")[1]
    walker, wrong = Walker(None), []
    for route in (route for route in routes() if getattr(route.view, "needs", None)):
        for method in METHODS:
            needs = route.view.needs.get(method)
            for path in route.paths(ground.seen) if needs else ():
                walker.headers = {"authorization": f"Bearer {reading}"}
                status = walker.ask(method, path, route).status_code
                if (status == 403) != (needs == "write"):
                    wrong.append((method, path, status))
                walker.headers = {"authorization": "Bearer troth_made-up"}
                if walker.ask(method, path, route).status_code != 401:
                    wrong.append((method, path, "made up"))
    assert wrong == []
