"""Rebuilding holds on a desk of any size, and leaves nothing of those who are no longer on record."""

from __future__ import annotations

import sqlite3

import pyarrow as pa
import pytest
from django.db import connection

from troth.ledger.read import read_events
from troth.trust.parameters import default_parameters
from troth.web.ledger.append import Setting, append
from troth.web.ledger.models import Relationship
from troth.web.ledger.rebuild import rebuild
from troth.web.parties.models import Party

DAY_US = 86_400_000_000
NOW_US = 1_760_000_000_000_000
CUSTOMERS = 1_200
pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    """More customers than a statement may carry values here."""
    rows = [
        {
            "event_id": f"e{one}", "truster": f"guest:{one}", "trustee": "staff:li", "kind": "survey",
            "organisation": "hotel:one", "t_us": NOW_US - DAY_US - one, "outcome": one % 2,
        }
        for one in range(CUSTOMERS)
    ]  # fmt: skip
    table = read_events(pa.Table.from_pylist(rows), now_us=NOW_US).events.table
    append(table.sort_by("t_us"), Setting(NOW_US, default_parameters()))
    bound = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    yield
    connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, bound)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the bound is SQLite's")
def test_a_statement_never_carries_every_customer(many):
    """SQLite takes a bounded number of values at once; customers may be more."""
    report = rebuild(NOW_US)
    assert (report.events, report.differing) == (CUSTOMERS, 0)
    assert report.relationships >= CUSTOMERS


def test_a_relationship_without_an_event_goes(many):
    """What no event speaks of is not kept by a rebuild."""
    stray = Party.objects.create(key="guest:stray", kind=Party.Kind.CUSTOMER)
    one = Relationship.objects.order_by("pk").first()
    one.pk, one.truster_id = None, stray.pk
    one.save(force_insert=True)
    rebuild(NOW_US)
    assert not Relationship.objects.filter(truster=stray).exists()
    assert Relationship.objects.count() >= CUSTOMERS
