"""Beliefs: lists, and one with everything that is behind it."""

from __future__ import annotations

import pytest

from troth.trust.parameters import default_parameters
from troth.trust.stage import STAGES
from troth.web.ledger.models import Relationship

pytestmark = pytest.mark.django_db


def test_lists_carry_probability_and_whether_it_is_enough(lived, admin):
    """Machines get the figure even where it is too early to tell."""
    lived.event(1, "survey", truster="guest:benbow", outcome=1.0)
    items = admin.get("/beliefs").json()["items"]
    assert {(row["truster"], row["enough"]) for row in items} >= {("guest:benbow", False)}
    kept = Relationship.objects.get(truster__key="guest:chen")
    chen = next(row for row in items if row["truster"] == "guest:chen")
    assert chen["probability"] == kept.probability
    assert chen["stage"] in ("first_contact", "understanding", "building", "maintenance")


def test_lists_are_filtered_and_paged(lived, admin):
    """By parties, stage and trend."""
    lived.event(1, "survey", truster="guest:benbow", outcome=1.0)
    assert len(admin.get("/beliefs?truster=guest:benbow&trusted=hotel").json()["items"]) == 1
    assert admin.get("/beliefs?stage=maintenance").json()["items"] == []
    assert admin.get("/beliefs?stage=friends").status_code == 422
    assert admin.get("/beliefs?trend=sideways").status_code == 422
    trends = [
        len(admin.get(f"/beliefs?trend={t}").json()["items"])
        for t in ("falling", "steady", "rising")
    ]
    assert sum(trends) > 0
    assert sum(trends) == Relationship.objects.filter(enough=True).count()
    first = admin.get("/beliefs?limit=1").json()
    second = admin.get(f"/beliefs?limit=1&cursor={first['next']}").json()
    assert first["items"][0]["truster"] != second["items"][0]["truster"]
    assert second["next"] is None


def test_one_belief_with_its_reasons(lived, admin):
    """The sum is exact; version, time and parameters say what it was made of."""
    told = admin.get("/beliefs/guest:chen/hotel").json()
    total = told["baseline"] + sum(sum(signs.values()) for signs in told["by_origin"].values())
    assert told["eta"] == pytest.approx(total, abs=1e-9)
    assert told["at_us"] == lived.now_us
    assert told["version"]
    assert told["parameters"] == default_parameters().to_dict()
    assert {c["trustee"] for c in told["contributions"]} == {"staff:li"}
    assert any(c["text"] == "等到十点也没有人送来。" for c in told["contributions"])
    assert set(told["dimensions"]) == {"ability", "reliability", "integrity", "benevolence"}
    assert set(told["by_staff"]) == {"staff:li"}
    assert told["timeline"][-1]["probability"] == told["probability"]
    assert told["changes"]
    assert all(change["stage"] in STAGES for change in told["changes"])


def test_unknown_relationships_are_missing(lived, admin):
    """404."""
    assert admin.get("/beliefs/guest:chen/shop").status_code == 404
    assert admin.get("/beliefs/nobody/hotel").status_code == 404
