"""Whatever people do at the desk, in whatever order: nothing is lost, doubled or reckoned wrong."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from tests.web.ledger.lives import Life, lives
from troth.guidance.breaches import open_breaches
from troth.guidance.promises import open_promises
from troth.ledger.schema import LAST_US
from troth.traces.kept import brought
from troth.trust.parameters import default_parameters
from troth.web.ledger import rows as records_of
from troth.web.ledger.aliases import aliases, resolved
from troth.web.ledger.doctor import checks
from troth.web.ledger.models import Case, Event, Ground, Promise, Relationship, Total
from troth.web.ledger.rebuild import rebuild
from troth.web.ledger.refresh import refresh
from troth.web.ledger.standing import told

pytestmark = pytest.mark.django_db
#: Half of what other tests try: each example is a whole life.
EXAMPLES = max(5, settings().max_examples // 2)


@given(steps=lives)
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_life_keeps_the_books(desk, steps):
    """Chain, sums, promises, cases and pages hold after any sequence of deeds."""
    with transaction.atomic():
        life = Life(desk, desk.now_us)
        life.live(steps)
        holds(life)
        transaction.set_rollback(True)


def holds(life: Life) -> None:
    """Everything that must hold of a desk."""
    on_record = list(Event.objects.order_by("pk").values_list("event_id", flat=True))
    assert on_record == life.told
    found = {check.name: check for check in checks()}
    assert found["chain"].well, found["chain"].values
    assert found["words"].well, found["words"].values
    agrees_with_guidance()
    totals_are_sums_of_grounds(life.now_us)
    pages_add_up(life.now_us)
    refresh(life.now_us)
    before = relationships()
    report = rebuild(life.now_us)
    assert report.differing == 0, report
    assert relationships() == before
    agrees_with_guidance()


def relationships() -> dict[tuple[int, int], tuple[object, ...]]:
    """What lists say of each relationship, apart from what others' share in its past decides."""
    return {
        (r.truster_id, r.trusted_id): (
            r.first_us, r.last_us, r.open_breaches, r.inside,
            *(pytest.approx(value, abs=1e-9) for value in (r.mass, r.probability, r.low, r.high)),
        )
        for r in Relationship.objects.all()
    }  # fmt: skip


def agrees_with_guidance() -> None:
    """Promises and cases are those that the guidance finds in the whole ledger under today's names."""
    records = records_of.in_order(resolved(records_of.fetch(""), aliases()))
    table = records_of.events_of(records).table
    waiting = open_promises(table, LAST_US, ZoneInfo("UTC"))
    have = {
        (p.event_id, str(p.truster_id), str(p.trustee_id), p.due_us, p.moved)
        for p in Promise.objects.filter(state=Promise.State.OPEN)
    }
    assert have == {(p.event_id, p.truster, p.trustee, p.due_us, p.moved) for p in waiting}
    cases = {
        (c.root, c.event_id, str(c.truster_id), c.since_us, len(c.steps))
        for c in Case.objects.all()
    }
    assert cases == {
        (b.root, b.event_id, b.truster, b.since_us, len(b.steps))
        for b in open_breaches(table, LAST_US)
    }


def totals_are_sums_of_grounds(at_us: int) -> None:
    """What is kept of a busy key is what its finest sums add up to."""
    lives_days = default_parameters().half_lives_days
    wide = 2 * len(lives_days)
    at = max([at_us, *Ground.objects.values_list("t_us", flat=True)]) + 1
    expected: dict[tuple[int, int, int], np.ndarray] = {}
    for ground in Ground.objects.all():
        sums = np.frombuffer(ground.sums, "<f8")[None, :]
        value = brought(sums, np.array([ground.t_us]), at, lives_days)[0, :wide]
        house = ground.organisation_id or 0
        keys = [(1, ground.trustee_id, 0)]
        keys += [(2, house, 0), (3, house, ground.trustee_id)] if house else []
        for key in keys:
            expected[key] = expected.get(key, np.zeros(wide)) + value
    for total in Total.objects.all():
        sums = np.frombuffer(total.sums, "<f8")[None, :]
        value = brought(sums, np.array([total.t_us]), at, lives_days)[0]
        key = (total.kind, total.first, total.second)
        assert value == pytest.approx(expected.pop(key, np.zeros(wide)), abs=1e-9), key
    for key, value in expected.items():
        assert value == pytest.approx(0.0, abs=1e-9), key


def pages_add_up(at_us: int) -> None:
    """Baseline and the parts of every origin make the log-odds of each page exactly."""
    parameters = default_parameters()
    for relationship in Relationship.objects.all():
        explanation = told(relationship, at_us + 1, parameters).explanation
        parts = sum(sum(signs.values()) for signs in explanation.by_origin.values())
        assert explanation.eta == pytest.approx(explanation.baseline + parts, abs=1e-9)
        assert 0.0 < explanation.low <= explanation.probability <= explanation.high < 1.0
