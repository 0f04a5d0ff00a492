"""A relationship's page, asked for by anybody."""

from __future__ import annotations

import pytest

from troth.web.ledger.models import Event, Relationship

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}\u202e"


@pytest.fixture
def address(lived):
    """Address of the relationship of a customer with the hotel; ``address("guest:chen")``."""

    def of(truster="guest:chen", trusted="hotel", then=""):
        row = Relationship.objects.get(truster__key=truster, trusted__key=trusted)
        return f"/relationships/{row.truster_id}/{row.trusted_id}/{then}"

    return of


@pytest.fixture
def event(lived):
    """The event of an id."""
    return lambda name: Event.objects.get(event_id=name)
