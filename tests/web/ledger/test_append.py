"""What is kept beside the chain agrees with the batch, whatever the order of arrival."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from troth.lab.demo import DEMO_UNTIL_US, demo_events
from troth.ledger.read import read_events
from troth.trust.explain import Explainer
from troth.trust.parameters import default_parameters
from troth.trust.score import score_events
from troth.trust.stage import STAGES
from troth.web.ledger.append import Setting, append
from troth.web.ledger.models import Case, Event, Promise, Relationship
from troth.web.ledger.rebuild import rebuild
from troth.web.ledger.standing import told
from troth.web.parties.models import Party

DAY_US = 86_400_000_000
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def year():
    """A part of the demo's year: corrections, repairs and two houses' customers in it."""
    rows = [
        row for row in demo_events(7) if row["organisation"] in ("hotel:linjiang", "bank:tonghe")
    ]
    return read_events(pa.Table.from_pylist(rows[:2400]), now_us=DEMO_UNTIL_US).events


def put(table: pa.Table, step: int) -> None:
    """Append a table a part at a time."""
    setting = Setting(DEMO_UNTIL_US, default_parameters())
    for start in range(0, table.num_rows, step):
        part = table.slice(start, step)
        append(part.sort_by([("t_us", "ascending"), ("event_id", "ascending")]), setting)


def kept() -> dict[tuple[str, str], Relationship]:
    """Relationships by keys."""
    key = dict(Party.objects.values_list("id", "key"))
    return {(key[r.truster_id], key[r.trusted_id]): r for r in Relationship.objects.all()}


def arranged(year, order: str) -> pa.Table:
    """The year in the order in which it arrives; an answer never comes before what it answers."""
    if order == "in time":
        return year.table
    answers = dict(
        zip(year.table["event_id"].to_pylist(), year.table["ref"].to_pylist(), strict=True)
    )
    rng = np.random.default_rng(3)
    when: dict[str, float] = {}
    for event_id, t_us in zip(answers, year.t_us.tolist(), strict=True):
        first = event_id
        while answers.get(first):
            first = answers[first]
        late = 20 * DAY_US * rng.random() if order == "late days" else 400 * DAY_US * rng.random()
        when.setdefault(first, t_us + late)
        when[event_id] = when[first]
    arrives = np.array([when[event_id] for event_id in answers])
    return year.table.take(pa.array(np.argsort(arrives, kind="stable")))


@pytest.mark.parametrize(
    ("order", "step"), [("in time", 500), ("late days", 700), ("shuffled", 800)]
)
def test_rebuild_finds_nothing_to_mend(year, order, step):
    """Sums kept in any order of arrival are those of the batch, to 1e-9."""
    put(arranged(year, order), step)
    report = rebuild(DEMO_UNTIL_US)
    assert report.events == len(year)
    assert report.differing == 0
    assert report.worst < 1e-9


@pytest.mark.parametrize("order", ["in time", "shuffled"])
def test_relationships_are_those_of_the_score(year, order):
    """After a rebuild, beliefs, intervals, evidence and stages are what ``troth score`` says."""
    put(arranged(year, order), 1000)
    rebuild(DEMO_UNTIL_US)
    have = kept()
    rows = score_events(year, default_parameters(), at_us=DEMO_UNTIL_US, by="house").to_pylist()
    assert len(rows) > 100
    for row in rows:
        own = have[row["truster"], row["organisation"]]
        assert own.probability == pytest.approx(row["probability"], abs=1e-9)
        assert own.low == pytest.approx(row["low"], abs=1e-9)
        assert own.mass == pytest.approx(row["evidence"], abs=1e-9)
        assert STAGES[own.stage] == row["stage"]
        assert own.repair == row["repair"]


def test_pages_tell_what_explain_tells(year):
    """In order of time, a page's belief, timeline, shares and dimensions are those of the batch."""
    put(year.table, 600)
    explainer = Explainer(year, at_us=DEMO_UNTIL_US)
    compared = 0
    for (truster, trusted), relationship in list(kept().items())[::5]:
        mine = told(relationship, DEMO_UNTIL_US, default_parameters()).explanation
        theirs = explainer.explain(truster, trusted)
        assert mine.eta == pytest.approx(theirs.eta, abs=1e-9)
        assert mine.dimensions == pytest.approx(theirs.dimensions, abs=1e-9)
        assert (mine.stage, mine.repair) == (theirs.stage, theirs.repair)
        assert [p.t_us for p in mine.timeline] == [p.t_us for p in theirs.timeline]
        course = [(p.probability, p.low, p.high) for p in mine.timeline]
        assert np.allclose(
            course, [(p.probability, p.low, p.high) for p in theirs.timeline], atol=1e-9
        )
        own = {c.event_id: c.phi for c in theirs.contributions if c.own}
        assert {c.event_id: c.phi for c in mine.contributions if c.own} == pytest.approx(
            own, abs=1e-9
        )
        parts = sum(v for signs in mine.by_origin.values() for v in signs.values())
        assert mine.eta == pytest.approx(mine.baseline + parts, abs=1e-12)
        compared += 1
    assert compared > 20


def test_promises_and_cases_follow(year):
    """Promises and open cases are what the guidance finds in the whole ledger."""
    from zoneinfo import ZoneInfo

    from troth.guidance.breaches import open_breaches
    from troth.guidance.promises import open_promises

    put(arranged(year, "late days"), 300)
    waiting = open_promises(year.table, DEMO_UNTIL_US, ZoneInfo("UTC"))
    have = Promise.objects.filter(state="open").values_list("event_id", "due_us", "moved")
    assert set(have) == {(p.event_id, p.due_us, p.moved) for p in waiting}
    cases = {(b.root, b.event_id, len(b.steps)) for b in open_breaches(year.table, DEMO_UNTIL_US)}
    assert {(c.root, c.event_id, len(c.steps)) for c in Case.objects.all()} == cases
    assert cases


def test_the_same_again_changes_nothing(year):
    """An event id is an idempotency key: appended twice it counts once."""
    put(year.table.slice(0, 300), 100)
    before = {k: (r.probability, r.mass) for k, r in kept().items()}
    put(year.table.slice(0, 300), 300)
    assert Event.objects.count() == 300
    assert {k: (r.probability, r.mass) for k, r in kept().items()} == before
