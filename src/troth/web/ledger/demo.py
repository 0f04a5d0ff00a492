"""The demo in the desk: a year of a hotel, a shop and a bank, marked as demo, and gone at a button."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from django.db import connection, transaction
from django.db.models import F

from troth.lab.demo import demo_events, demo_names
from troth.lab.demo.people import demo_customers, demo_houses
from troth.ledger.read import read_events
from troth.trust.parameters import default_parameters
from troth.web.accounts.actions.new_password import new_password
from troth.web.accounts.actor import Actor, write_audit
from troth.web.accounts.models import User
from troth.web.ledger.append import Setting, append
from troth.web.ledger.demo_dress import dress_demo
from troth.web.ledger.imports import PART
from troth.web.ledger.models import Base, Batch, Event, Ground, Point, Promise, Relationship, Total
from troth.web.ledger.rebuild import rebuild
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party, Preference

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.lab.demo.people import Customer

SEED: Final = 7
#: (role, name of the demo's staff member or None), one login each.
PEOPLE: Final = (
    ("admin", None), ("lead", "wang-lei"), ("front_line", "li-na"), ("coach", "zhou-min"), ("analyst", None),
)  # fmt: skip


def seed_demo(
    actor: Actor, seed: int = SEED, tell: Callable[[str, int, int], None] | None = None
) -> None:
    """Put the demo into an empty desk; its people have no passwords until ``renew_passwords``.

    Args:
        actor: with the demo's present as its time.
        seed: fixes what is left to chance.
        tell: told of (what, done, all).
    """
    say = tell or (lambda *_: None)
    say("demo", 0, 1)
    table = pa.Table.from_pylist(demo_events(seed, actor.now_us))
    events = read_events(table, now_us=actor.now_us).events.table
    _add_people()
    batch = Batch.objects.create(
        name="demo", source="demo", state=Batch.State.DONE, started_us=actor.now_us,
        ended_us=actor.now_us, total=events.num_rows, done=events.num_rows, demo=True,
    )  # fmt: skip
    setting = Setting(actor.now_us, default_parameters(), batch=batch.pk, demo=True)
    for start in range(0, events.num_rows, PART):
        say("demo", start, events.num_rows)
        taken = append(events.slice(start, PART), setting)
        Batch.objects.filter(pk=batch.pk).update(taken=F("taken") + len(taken))
    rebuild(actor.now_us)
    dress_demo(actor, Random(seed))  # noqa: S311 - a demo needs a seeded generator, not a secret one
    with transaction.atomic():
        _add_users()
        write_audit(actor, "seed_demo", str(batch.pk), events=events.num_rows, seed=seed)
    say("demo", 1, 1)


def _add_people() -> None:
    """Everybody by name, kind, house and form of address, before any event names them."""
    names = demo_names()
    kinds = Party.Kind

    def named(key: str, kind: str, **more: Any) -> Newcomer:
        told = names[key]
        return Newcomer(key, kind, told["zh"], told["en"], {"demo": True, **more})

    houses = demo_houses()
    numbers = add_parties(named(house.id, kinds.ORGANISATION) for house in houses)
    for house in houses:
        team = add_parties([named(house.team.id, kinds.TEAM, house_id=numbers[house.id])])
        place = {"house_id": numbers[house.id], "team_id": team[house.team.id]}
        add_parties(named(person.id, kinds.STAFF, **place) for person in house.staff)
    add_parties(named(person.id, kinds.CUSTOMER, **_how(person)) for person in demo_customers())


def _how(person: Customer) -> dict[str, str]:
    return {
        "address_zh": person.address["zh"],
        "address_en": person.address["en"],
        "lang": person.lang,
    }


def _add_users() -> None:
    house = Party.objects.get(key=demo_houses()[0].id)
    for role, staff in PEOPLE:
        party = Party.objects.filter(key=f"staff:{staff}").first() if staff else None
        User.objects.create_user(
            username=staff or role, role=role, house=house, party=party, lang="zh",
            team=party.team if party else None, zone="Asia/Shanghai", demo=True,
        )  # fmt: skip


def renew_passwords(actor: Actor) -> dict[tuple[str, str], str]:
    """Give the demo's people new passwords, which are shown once and kept nowhere else.

    Returns:
        By (role, user name).
    """
    found = {}
    with transaction.atomic():
        for user in User.objects.filter(demo=True).order_by("pk"):
            found[user.role, user.username] = password = new_password()
            user.set_password(password)
            user.save(update_fields=["password"])
        write_audit(actor, "renew_demo_passwords")
    return found


class NotOnlyDemoError(RuntimeError):
    """Real events stand beside the demo's, so the ledger cannot simply begin anew."""


def is_demo() -> bool:
    """Whether the desk shows demo data."""
    return Party.objects.filter(demo=True).exists()


def remove_demo(actor: Actor) -> None:
    """Take the demo out of the desk; the ledger begins anew, and accounts stay.

    Args:
        actor: who.

    Raises:
        NotOnlyDemoError: something about real parties is on record.
    """
    demo = Party.objects.filter(demo=True)
    real = Event.objects.exclude(truster__in=demo.values("pk"), trustee__in=demo.values("pk"))
    if real.exists():
        raise NotOnlyDemoError
    with transaction.atomic():
        _unlocked_delete()
        for model in (Point, Relationship, Ground, Total, Promise, Base):
            model.objects.all().delete()
        connection.cursor().execute("DELETE FROM ledger_case")
        Batch.objects.filter(demo=True).delete()
        Preference.objects.filter(party__in=demo.values("pk")).delete()
        User.objects.filter(demo=True).exclude(pk=actor.user.pk if actor.user else 0).delete()
        User.objects.update(party=None, house=None, team=None)
        Party.objects.filter(demo=True).update(house=None, team=None, merged_into=None)
        Party.objects.filter(demo=True).delete()
        if actor.user:
            User.objects.filter(pk=actor.user.pk).update(demo=False)
        write_audit(actor, "remove_demo")


def _unlocked_delete() -> None:
    """Delete the demo's rows of the ledger; its guards are lifted and set again in one transaction."""
    from importlib import import_module

    guards = import_module("troth.web.ledger.migrations.0002_append_only")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER ledger_event_no_{verb}")
        else:
            cursor.execute("DROP TRIGGER ledger_event_append_only ON ledger_event")
        cursor.execute("DELETE FROM ledger_words")
        cursor.execute("UPDATE ledger_relationship SET hurt_id = NULL")
        cursor.execute("DELETE FROM ledger_event")
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'ledger_event'")
        for statement in guards.SQLITE if connection.vendor == "sqlite" else guards.POSTGRES[1:]:
            cursor.execute(statement)
