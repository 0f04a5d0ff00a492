"""Parties beyond the shared desk's."""

from __future__ import annotations

import pytest

from troth.web.ledger.models import Relationship
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

HOSTILE = '<img src=x onerror="alert(1)">{{ 7|add:7 }}'


@pytest.fixture
def crowd(lived):
    """120 guests of the hotel, and relationships as the ledger would have kept them."""
    kind = Party.Kind.CUSTOMER
    numbers = add_parties(
        Newcomer(f"guest:{i:03}", kind, f"林{i:03}", f"Lin {i:03}") for i in range(120)
    )
    house = lived.house
    Relationship.objects.bulk_create(
        Relationship(
            truster_id=number, trusted=house, at_us=lived.now_us, first_us=1, mass=3.0,
            last_us=lived.now_us - place * 1_000_000, enough=place % 3 > 0, stage=place % 4,
            probability=0.7, low=0.5, high=0.9, trend=(place % 7 - 3) / 50, stage_us=1,
            stake=float(place % 11),
        )
        for place, number in enumerate(numbers.values())
    )  # fmt: skip
    return lived
