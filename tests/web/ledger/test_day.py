"""The desk's list for a day is the one that the guidance finds in the whole ledger."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from troth.guidance.falling import FALL
from troth.guidance.today import todays_list
from troth.lab.demo import DEMO_UNTIL_US, demo_events
from troth.ledger.read import read_events
from troth.trust.parameters import default_parameters
from troth.trust.score import score_events
from troth.web.accounts.access import Scope
from troth.web.accounts.models import User
from troth.web.ledger.append import Setting, append
from troth.web.ledger.day import end_of_day, names_in, names_of, todays
from troth.web.ledger.models import Point, Relationship
from troth.web.ledger.rebuild import rebuild
from troth.web.parties.models import Party

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
DAY_US = 86_400_000_000
NOW_US = DEMO_UNTIL_US
HOUSES = ("hotel:linjiang",)


@pytest.fixture(scope="module")
def rows():
    """A house's part of the demo's year."""
    return [row for row in demo_events(7) if row["organisation"] in HOUSES]


@pytest.fixture
def year(rows, db):
    """It on record, rebuilt as of the demo's present; the table, and what the score says of it."""
    events = read_events(pa.Table.from_pylist(rows), now_us=NOW_US).events
    append(events.table, Setting(NOW_US, default_parameters()))
    rebuild(NOW_US)
    score = score_events(events, default_parameters(), at_us=NOW_US, by="house").to_pylist()
    return events.table, score


@pytest.fixture
def both(year):
    """The desk's list and the guidance's, at the same time."""
    table, score = year
    admin = User.objects.create_user(username="admin", role=User.Role.ADMIN)
    mine = todays(Scope(admin), NOW_US, ZONE)
    return mine, todays_list(table, score, NOW_US, ZONE)


@pytest.fixture
def key(year):
    """What a number on the desk's list is called in the ledger."""
    keys = dict(Party.objects.values_list("id", "key"))
    return lambda number: None if number is None else keys[int(number)]


def test_promises_are_the_same(both, key):
    """Whose, of whom, due when, moved how often, in which words, in which order, and what to do."""
    mine, theirs = both

    def told(item, name=str):
        p = item.promise
        who = (name(p.truster), name(p.trustee), name(p.organisation))
        return (p.event_id, *who, p.made_us, p.due_us, p.moved, p.status, p.text, item.action)

    assert [told(item, key) for item in mine.promises] == [told(item) for item in theirs.promises]
    assert mine.promises


def test_repairs_are_the_same(both, key):
    """Cases, steps, and the order in which they wait."""
    mine, theirs = both

    def told(item, name=str):
        b = item.breach
        who = (name(b.truster), name(b.trustee), name(b.organisation))
        steps = tuple((s.event_id, s.kind, s.t_us, name(s.trustee)) for s in b.steps)
        return (b.root, b.event_id, b.kind, *who, b.since_us, steps, item.action)

    assert [told(item, key) for item in mine.repairs] == [told(item) for item in theirs.repairs]
    assert mine.repairs


def test_words_of_a_case_are_those_of_the_guidance(both):
    """What was said when it was last opened, or at first."""
    mine, theirs = both
    said = {item.breach.root: item.breach.text for item in theirs.repairs}
    assert any(said.values())
    assert {item.breach.root: item.breach.text for item in mine.repairs} == said


def test_praise_is_the_same(both, key):
    """Kind words of the week, newest first, as many as a day holds."""
    mine, theirs = both

    def told(item, name=str):
        return (
            item.event_id,
            item.kind,
            item.t_us,
            name(item.truster),
            name(item.trustee),
            item.text,
        )

    assert [told(item, key) for item in mine.praise] == [told(item) for item in theirs.praise]
    assert mine.praise
    assert mine.more.get("praise") == theirs.more.get("praise")


def test_quiet_relationships_are_those_that_fell_silent(both, year, key):
    """The same rhythm and the same silence, as far as a day's calendar does not part them."""
    mine, theirs = both
    have = {(key(q.truster), key(q.trustee)): q for q in mine.quiet}
    want = {(q.truster, q.trustee): q for q in theirs.quiet}
    shared = have.keys() & want.keys()
    assert want
    assert len(shared) >= 0.7 * len(want)
    for who in shared:
        assert have[who].last_us == want[who].last_us
        assert have[who].silence_days == pytest.approx(want[who].silence_days)
        assert have[who].usual_days == pytest.approx(want[who].usual_days, abs=1.0)
        assert have[who].probability == pytest.approx(want[who].probability, abs=1e-9)
        assert have[who].evidence == pytest.approx(want[who].evidence, abs=1e-9)
    assert [round(q.probability * q.evidence, 9) for q in mine.quiet] == sorted(
        (round(q.probability * q.evidence, 9) for q in mine.quiet), reverse=True
    )


def test_falling_relationships_fell_since_the_last_belief_of_then(both, key):
    """On the desk a fall is against the last belief known thirty days ago."""
    mine, theirs = both
    assert mine.falling
    for fall in mine.falling:
        own = Relationship.objects.get(truster=int(fall.truster), trusted=int(fall.trustee))
        points = Point.objects.filter(relationship=own)
        then = points.filter(t_us__lte=NOW_US - 30 * DAY_US).order_by("-t_us").first()
        then = then or points.order_by("t_us").first()
        assert fall.trend == pytest.approx(fall.probability - then.probability, abs=1e-9)
        assert fall.trend <= FALL
        assert own.enough
    want = {(f.truster, f.trustee) for f in theirs.falling}
    assert want
    have = {(key(f.truster), key(f.trustee)) for f in mine.falling}
    assert len(want & have) >= 0.5 * len(want)


def test_the_cause_of_a_fall_is_an_event_that_hurt_lately(both, rows, key):
    """A deed of the last thirty days between the two, with its words as they were said."""
    mine, theirs = both
    on_record = {row["event_id"]: row for row in rows}
    caused = [fall for fall in mine.falling if fall.cause is not None]
    assert any(fall.cause.text for fall in caused)
    for fall in caused:
        row = on_record[fall.cause.event_id]
        assert fall.cause.t_us >= NOW_US - 30 * DAY_US
        assert (fall.cause.kind, fall.cause.text) == (row["kind"], row["text"])
        assert key(fall.truster) == row["truster"]
        assert fall.action in {"today.falling_cause", "today.falling_open"}
    assert all(fall.action != "today.falling_cause" for fall in mine.falling if fall.cause is None)
    found = {fall.cause.event_id for fall in theirs.falling if fall.cause}
    assert found & {fall.cause.event_id for fall in caused}


def test_each_house_sees_its_own(year, key):
    """A member of another house has nothing to do here."""
    other = Party.objects.create(key="house:other", kind=Party.Kind.ORGANISATION)
    stranger = User.objects.create_user(username="s", role=User.Role.LEAD, house=other)
    today = todays(Scope(stranger), NOW_US, ZONE)
    listed = (today.promises, today.repairs, today.falling, today.quiet, today.praise)
    assert listed == ((), (), (), (), ())
    lead = User.objects.create_user(
        username="l", role=User.Role.LEAD, house=Party.objects.get(key=HOUSES[0])
    )
    admin = User.objects.create_user(username="a", role=User.Role.ADMIN)
    assert todays(Scope(lead), NOW_US, ZONE) == todays(Scope(admin), NOW_US, ZONE)


def test_everybody_on_the_list_has_a_name(both):
    """Nobody is called by a number."""
    mine, _ = both
    names = names_of(names_in(mine))
    for truster, trustee in mine.relationships():
        assert names[truster]["zh"]
        assert names[trustee]["en"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
def test_a_day_ends_where_the_house_is(zone):
    """Midnight on the house's own calendar, the hour that clocks change included."""
    from datetime import datetime, timedelta

    for text in ("2026-03-07T23:30", "2026-03-08T12:00", "2026-11-01T00:30", "2026-12-31T23:59"):
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
        end = end_of_day(round(moment.timestamp() * 1e6), ZoneInfo(zone))
        day = moment.date() + timedelta(days=1)
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
        assert end == round(midnight.timestamp() * 1e6)
