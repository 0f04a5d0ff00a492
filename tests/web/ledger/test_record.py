"""Events told in bulk: all that are good are on record, none that are not, and every refusal says why."""

from __future__ import annotations

import math

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import DAY_US
from troth.ledger.errors import UnreadableError
from troth.ledger.schema import LONGEST_CELL
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import AuditRow
from troth.web.ledger.doctor import checks
from troth.web.ledger.models import Event, Promise, Words
from troth.web.ledger.rebuild import rebuild
from troth.web.ledger.record import record_events, record_one
from troth.web.parties.known import Newcomer
from troth.web.parties.models import Party

pytestmark = pytest.mark.django_db
EXAMPLES = max(5, settings().max_examples // 2)


@pytest.fixture
def row(desk):
    """A good row, with whatever differs."""

    def of(name: str, **more):
        return {
            "event_id": name, "t_us": desk.now_us - DAY_US, "truster": "guest:chen",
            "trustee": "staff:li", "organisation": "hotel", "kind": "return", **more,
        }  # fmt: skip

    return of


@pytest.fixture
def record(desk):
    """Record rows as a program would, and check that the desk is well afterwards."""

    def of(rows, **more):
        actor = Actor(None, "command", desk.now_us)
        before = Event.objects.count()
        recorded = record_events(actor, rows, **more)
        assert Event.objects.count() == before + len(recorded.taken)
        assert Event.objects.filter(event_id__in=recorded.taken).count() == len(recorded.taken)
        assert all(check.well for check in checks() if check.name in ("chain", "words"))
        return recorded

    return of


def refusals(recorded) -> list[tuple[int, str]]:
    """(row, column) of what was refused."""
    return [(row["row"], row["column"]) for row in recorded.rejected.to_pylist()]


def test_good_rows_are_taken_and_bad_ones_named(record, row):
    """One bad row takes nothing from the others; each refusal names its row, column and reason."""
    recorded = record(
        [
            row("a"),
            row("b", kind="no_such_kind"),
            row("c", outcome=2.0),
            row("d", t_us=None),
            row("e", truster=""),
            row("f", trustee="guest:chen"),
            row("g", t_us=10**15 * 3),
            row("h", weight=-1.0),
            row("", kind="return"),
            row("i"),
        ]
    )
    assert set(recorded.taken) == {"a", "i"}
    assert refusals(recorded) == [
        (2, "kind"), (3, "outcome"), (4, "t_us"), (5, "truster"), (6, "trustee"), (7, "t_us"),
        (8, "weight"), (9, "event_id"),
    ]  # fmt: skip
    assert all(told["reason"] and told["record"] for told in recorded.rejected.to_pylist())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reasons_speak_the_language_asked(record, row, lang):
    """A Chinese team reads Chinese reasons."""
    reason = record([row("a", kind="no_such_kind")], lang=lang).rejected.to_pylist()[0]["reason"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in reason) == (lang == "zh")


def test_the_same_again_is_repeated_and_other_content_refused(record, row):
    """An id is a key: within one call, and between calls."""
    first = record([row("a", text="好"), row("a", text="好"), row("a", text="坏")])
    assert (first.taken, first.repeated, refusals(first)) == (["a"], 1, [(3, "event_id")])
    again = record([row("a", text="好"), row("b")])
    assert (again.taken, again.repeated) == (["b"], 1)
    other = record([row("a", text="坏"), row("a", kind="survey", outcome=0.1), row("a")])
    assert (other.taken, other.repeated) == ([], 0)
    assert refusals(other) == [(1, "event_id"), (2, "event_id"), (3, "event_id")]


def test_sending_again_where_the_house_was_filled_in_is_a_repetition(record, row):
    """A sender that leaves the house out, and is given one, can send the same again."""
    rows = [row("a", organisation=None), row("b", organisation="shop")]
    assert record(rows, house="hotel").taken == ["a", "b"]
    assert Event.objects.get(event_id="a").organisation.key == "hotel"
    assert Event.objects.get(event_id="b").organisation.key == "shop"
    again = record(rows, house="hotel")
    assert (again.taken, again.repeated, refusals(again)) == ([], 2, [])
    without = [{k: v for k, v in row("c").items() if k != "organisation"}]
    assert record(without, house="hotel").taken == ["c"]
    assert record(without, house="hotel").repeated == 1


def test_a_house_that_is_trusted_is_what_the_event_is_about(record, row):
    """Filled in where none is named; within another house it is refused with column and reason."""
    rows = [
        row("a", trustee="hotel", organisation=None),
        row("b", trustee=" hotel ", organisation="hotel"),
        row("c", trustee="hotel", organisation="shop"),
        row("d", trustee="staff:li", organisation="shop"),
    ]
    told = record(rows)
    assert told.taken == ["a", "b", "d"]
    about = dict(Event.objects.values_list("event_id", "organisation__key"))
    assert (about["a"], about["b"]) == ("hotel", "hotel")
    refused = told.rejected.to_pylist()
    assert [(one["row"], one["column"]) for one in refused] == [(3, "organisation")]
    assert record(rows[:2]).repeated == 2


def test_without_a_house_an_event_has_none(record, row):
    """Nobody guesses for whom somebody acted."""
    record([row("a", organisation=None)])
    assert Event.objects.get(event_id="a").organisation is None


def test_answers_name_what_is_on_record_or_comes_along(record, row, desk):
    """An answer may name a recorded event or one of the same call, in any order; never a later one."""
    then = desk.now_us - 5 * DAY_US
    record([row("made", kind="promise_made", t_us=then)])
    recorded = record(
        [
            row("kept", kind="promise_kept", ref="made"),
            row("answer", kind="complaint_answered", ref="case"),
            row("case", kind="complaint_opened", t_us=then),
            row("early", kind="promise_kept", ref="made", t_us=then - 1),
            row("dangling", kind="apology", ref="nobody"),
            row("itself", kind="apology", ref="itself"),
            row("hanging", kind="apology", ref="bad"),
            row("bad", kind="complaint_opened", weight=-1, t_us=then),
        ]
    )
    assert set(recorded.taken) == {"kept", "answer", "case"}
    assert {told for told, _ in refusals(recorded)} == {4, 5, 6, 7, 8}
    assert {column for number, column in refusals(recorded) if number != 8} == {"ref"}
    assert Promise.objects.get(event_id="made").state == Promise.State.KEPT


def test_rings_of_answers_are_refused(record, row):
    """Two events of one instant cannot answer each other."""
    ring = [row("a", kind="apology", ref="b"), row("b", kind="apology", ref="a")]
    assert record(ring).taken == []


def test_new_parties_get_the_kind_of_their_part(record, row):
    """Whoever trusts more than is trusted is a customer; whoever is trusted acts for the house."""
    record(
        [
            row("a", truster="guest:new", trustee="staff:new", organisation="house:new"),
            row("b", truster="guest:new", trustee="staff:other", organisation="house:new"),
            row("c", truster="staff:new", trustee="staff:other", organisation="house:new"),
            row("d", truster="guest:2", trustee="staff:new", organisation="house:new"),
        ]
    )
    kinds = dict(Party.objects.values_list("key", "kind"))
    assert [kinds[key] for key in ("guest:new", "guest:2", "staff:new", "staff:other", "house:new")] == [
        "customer", "customer", "staff", "staff", "organisation",
    ]  # fmt: skip
    house = Party.objects.get(key="house:new")
    assert Party.objects.get(key="staff:new").house == house
    assert Party.objects.get(key="guest:new").house is None
    assert Party.objects.get(key="guest:new").terms.exists()


def test_what_is_known_of_newcomers_is_kept(record, row):
    """A file's names are taken; parties on record keep theirs."""
    people = {
        "guest:new": Newcomer("guest:new", "customer", "周敏", "Zhou Min", {"lang": "zh"}),
        "guest:chen": Newcomer("guest:chen", "customer", "别人", "Somebody else"),
    }
    record([row("a", truster="guest:new"), row("b")], people=people)
    assert Party.objects.get(key="guest:new").name("en") == "Zhou Min"
    assert Party.objects.get(key="guest:chen").name("zh") == "陈静"


def test_refused_rows_leave_no_party(record, row):
    """Nobody is put on record for an event that is not."""
    before = Party.objects.count()
    record(
        [
            row("a", truster="guest:ghost", kind="no_such_kind"),
            row("b", trustee="staff:ghost", ref="x"),
        ]
    )
    assert Party.objects.count() == before


HOSTILE = (
    "'; DROP TABLE ledger_event; --", "<script>alert(1)</script>", "%s %(x)s {0} {{x}}", "a\x00b",
    "\ufeff\u202e rtl \u200b", "𠮷🙂👨‍👩‍👧", "\r\n\t\\\"'", "=cmd|' /C calc'!A0", "﷽" * 100,
)  # fmt: skip


def test_hostile_text_is_text(record, row):
    """Words are kept to the letter, whatever they try."""
    recorded = record([row(f"h{i}", text=text) for i, text in enumerate(HOSTILE)])
    kept = dict(Words.objects.values_list("event__event_id", "text"))
    for i, text in enumerate(HOSTILE):
        if f"h{i}" in recorded.taken:
            assert kept[f"h{i}"] == text
    assert len(recorded.taken) >= len(HOSTILE) - 1
    names = [row(f"n{i}", truster=text) for i, text in enumerate(HOSTILE[:3])]
    assert len(record(names).taken) == 3


def test_a_long_text_is_kept_whole(record, row):
    """A megabyte pasted into one message is kept to the letter; a byte more is refused by name."""
    text = "信" * (LONGEST_CELL // 3) + "x" * (LONGEST_CELL % 3)
    recorded = record([row("long", text=text), row("longer", text=text + "x"), row("short")])
    assert set(recorded.taken) == {"long", "short"}
    assert refusals(recorded) == [(2, "text")]
    assert Words.objects.get(event__event_id="long").text == text


#: An empty cell is none; what may be a time in nanoseconds is one; true is an outcome of 1.
POSSIBLE = [("due_us", ""), ("due_us", 2**63), ("outcome", True), ("weight", ""), ("ability", "")]


@pytest.mark.parametrize("column", ["t_us", "due_us", "outcome", "weight", "ability"])
@pytest.mark.parametrize(
    "value",
    [10**30, -(10**30), 2**63, -(2**63), math.nan, math.inf, -math.inf, "", "x", True, [1], {"a": 1}, b"1"],
)  # fmt: skip
def test_impossible_numbers_are_refused_row_by_row(record, row, column, value):
    """Whatever stands in a number's place, the rows beside it are taken, and no trace is shown."""
    kind = {"kind": "promise_made"} if column == "due_us" else {"kind": "survey", "outcome": 0.5}
    rows = [row("good", **kind), row("odd", **{**kind, column: value}), row("fine", **kind)]
    recorded = record(rows)
    possible = (column, value) in POSSIBLE
    assert set(recorded.taken) == {"good", "fine", *(["odd"] if possible else [])}
    assert refusals(recorded) == ([] if possible else [(2, column)])
    for name in ("outcome", "weight", "ability"):
        for told in Event.objects.values_list(name, flat=True):
            assert math.isfinite(told)
            assert told >= 0


def test_nothing_is_nothing(record, desk):
    """An empty list is refused as what it is, and no row with columns missing passes."""
    before = AuditRow.objects.count()
    with pytest.raises(UnreadableError), transaction.atomic():
        record([])
    with pytest.raises(UnreadableError), transaction.atomic():
        record([{"event_id": "a"}])
    assert AuditRow.objects.count() == before


def test_one_call_is_one_line_of_the_audit_log(record, row):
    """The log says how many were taken and refused, and none of their words."""
    before = AuditRow.objects.count()
    record([row("a", text="秘密"), row("b", kind="no_such_kind")])
    last = AuditRow.objects.first()
    assert AuditRow.objects.count() == before + 1
    assert (last.deed, last.details) == ("record_events", {"taken": 1, "rejected": 1})
    assert "秘密" not in str(last.details) + last.what


def test_one_event_by_hand_is_refused_in_words(desk, row):
    """A person reads column and reason; nothing is kept, and no audit row says it was."""
    before = Event.objects.count(), AuditRow.objects.count(), Party.objects.count()
    with pytest.raises(RefusedError, match="kind"), transaction.atomic():
        record_one(
            desk.actor(), "record_touch", row("a", kind="no_such_kind", truster="guest:ghost")
        )
    assert (Event.objects.count(), AuditRow.objects.count(), Party.objects.count()) == before


keys = st.text(min_size=1, max_size=8)
anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.binary(max_size=4),
    st.sampled_from(["promise_made", "survey", "guest:chen", "2026-01-01T00:00:00Z"]),
)  # fmt: skip


@given(st.lists(st.dictionaries(
    st.sampled_from(["event_id", "t_us", "at", "truster", "trustee", "organisation", "kind", "outcome",
                     "weight", "ref", "due", "due_us", "text", "channel", "source", "ability", "extra"]),
    anything, max_size=12), max_size=5))  # fmt: skip
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_taken_or_refused(desk, row, rows):
    """Rubbish beside a good row: the good one is taken, everything else refused or taken whole."""
    sent = [row("good"), *(row(f"r{i}") | told for i, told in enumerate(rows))]
    with transaction.atomic():
        recorded = record_events(Actor(None, "command", desk.now_us), sent)
        assert len(recorded.taken) + recorded.repeated + recorded.rejected.num_rows == len(sent)
        assert Event.objects.count() == len(recorded.taken)
        assert all(check.well for check in checks() if check.name in ("chain", "words"))
        assert rebuild(desk.now_us).differing == 0
        transaction.set_rollback(True)
