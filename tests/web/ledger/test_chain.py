"""Nobody alters what is on record unseen: neither through the desk nor through the file below it."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from troth.web.accounts.models import AuditRow
from troth.web.ledger.chain import GENESIS, digest_of, link
from troth.web.ledger.demo import remove_demo
from troth.web.ledger.doctor import checks
from troth.web.ledger.models import Event, Words
from troth.web.parties.models import Party

pytestmark = pytest.mark.django_db
cells = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text()
)


def sql(statement: str, *values: object) -> None:
    """Do something to the database that the desk never does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def unguard() -> None:
    """Take the guards away, as somebody with the file in hand can."""
    for verb in ("update", "delete"):
        sql(f"DROP TRIGGER ledger_event_no_{verb}")


def found() -> dict[str, object]:
    """What the doctor finds, by name."""
    return {check.name: check for check in checks()}


@pytest.fixture
def altered(lived):
    """The desk of some weeks, its guards gone."""
    unguard()
    assert found()["chain"].well
    return lived


@given(text=st.text(), other=st.text(), extras=st.dictionaries(st.text(), st.text(), max_size=4))
def test_a_digest_is_of_these_words_and_this_key(text, other, extras):
    """The digest changes with text, extras and key, and not with the order of columns."""
    told = digest_of(b"key", text, extras)
    assert len(told) == 32
    assert told == digest_of(b"key", text, dict(reversed(extras.items())))
    assert told != digest_of(b"another key", text, extras)
    assert (told == digest_of(b"key", other, extras)) == (text == other)
    assert told != digest_of(b"key", text, {**extras, "one more": "x"})
    plain = json.dumps([text, dict(sorted(extras.items()))], ensure_ascii=False)
    if text.isascii() and not extras and text.isprintable():
        again = hmac.digest(b"key", plain.replace(", ", ",", 1).encode(), "sha256")
        assert told == again


@given(st.lists(st.tuples(st.lists(cells, min_size=1, max_size=5), st.binary(min_size=32, max_size=32)),
                min_size=1, max_size=6), st.data())  # fmt: skip
def test_a_link_covers_everything_before_it(rows, data):
    """Whatever is altered in a row, the last hash is another one."""

    def last(rows) -> bytes:
        before = GENESIS
        for told, digest in rows:
            before = link(before, told, digest)
        return before

    place = data.draw(st.integers(0, len(rows) - 1))
    other = list(rows)
    other[place] = ([*rows[place][0], "more"], rows[place][1])
    assert last(other) != last(rows)
    other[place] = (rows[place][0], hashlib.sha256(rows[place][1]).digest())
    assert last(other) != last(rows)
    assert last(rows[:-1]) != last(rows)


def test_a_chain_can_be_reckoned_with_a_calculator(lived):
    """SHA-256 of the hash before, the columns as JSON, the digest: nothing else is in a link."""
    first = Event.objects.select_related("truster", "trustee", "organisation").get(pk=1)
    columns = [
        first.event_id, first.t_us, first.truster.uid, first.trustee.uid, first.organisation.uid,
        first.kind, first.outcome, first.weight, first.ability, first.reliability, first.integrity,
        first.benevolence, first.ref, first.due_us, first.channel, first.source, first.known_us,
    ]  # fmt: skip
    told = json.dumps(columns, separators=(",", ":"), ensure_ascii=False).encode()
    digest = hmac.digest(
        settings.DIGEST_KEY, json.dumps([first.words.text, {}], ensure_ascii=False,
                                        separators=(",", ":")).encode(), "sha256",
    )  # fmt: skip
    assert bytes(first.digest) == digest
    assert bytes(first.chain) == hashlib.sha256(bytes(32) + told + digest).digest()


def test_all_is_well_at_first(lived):
    """A desk that nobody touched is well in every respect but perhaps the machine's disk."""
    assert {check.name for check in checks() if not check.well} <= {"space"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("t_us", 1), ("outcome", 1.0), ("weight", 9.0), ("kind", "promise_kept"), ("ref", None),
        ("due_us", 5), ("known_us", 5), ("ability", 1.0), ("channel", "phone"), ("source", "x"),
        ("event_id", "other"), ("digest", bytes(32)), ("chain", bytes(32)),
    ],
)  # fmt: skip
def test_an_altered_column_is_found(altered, column, value):
    """Each chained column of a row, and the hashes themselves."""
    sql(f"UPDATE ledger_event SET {column} = %s WHERE id = 7", value)
    check = found()["chain"]
    assert not check.well
    assert check.values["broken"] >= 1
    assert check.values["first"] in ("e7", "other")


@pytest.mark.parametrize("column", ["truster_id", "trustee_id", "organisation_id"])
def test_an_event_that_changed_hands_is_found(altered, column):
    """Nobody's evidence becomes somebody else's."""
    other = Party.objects.get(key="staff:wang").pk
    sql(f"UPDATE ledger_event SET {column} = %s WHERE id = 2", other)
    assert found()["chain"].values["first"] == "e2"


def test_renaming_a_party_breaks_nothing(lived):
    """The chain knows people by random ids: names and keys may change or be erased."""
    Party.objects.filter(key="guest:chen").update(key="erased:1", name_zh="", name_en="")
    assert found()["chain"].well


@pytest.mark.parametrize("number", [1, 4, 8])
def test_a_deleted_row_is_found(altered, number):
    """The first, one between, and the very last, which no hash behind it vouches for."""
    sql("DELETE FROM ledger_words WHERE event_id = %s", number)
    sql("DELETE FROM ledger_event WHERE id = %s", number)
    assert not found()["chain"].well


def test_a_swapped_pair_is_found(altered):
    """Order is on record too."""
    sql("UPDATE ledger_event SET id = 100 WHERE id = 3")
    sql("UPDATE ledger_event SET id = 3 WHERE id = 4")
    sql("UPDATE ledger_event SET id = 4 WHERE id = 100")
    sql("UPDATE ledger_words SET event_id = 99 WHERE event_id = 3")
    sql("UPDATE ledger_words SET event_id = 3 WHERE event_id = 4")
    sql("UPDATE ledger_words SET event_id = 4 WHERE event_id = 99")
    assert not found()["chain"].well


def test_a_row_put_in_between_is_found(altered):
    """Nothing happened afterwards."""
    columns = [f.attname for f in Event._meta.concrete_fields if not f.primary_key]
    told = ", ".join("'late'" if name == "event_id" else name for name in columns)
    sql(f"INSERT INTO ledger_event (id, {', '.join(columns)}) SELECT 9, {told} FROM ledger_event "
        "WHERE id = 8")  # fmt: skip
    assert not found()["chain"].well


def test_altered_words_are_found(lived):
    """The chain holds, the words are not those that were said."""
    Words.objects.filter(event=Event.objects.get(event_id="e3")).update(text="住得很糟糕。")
    check = found()
    assert check["chain"].well
    assert not check["words"].well
    assert check["words"].values == {"changed": 1, "first": "e3", "erased": 0}


def test_words_put_where_nothing_was_said_are_found(lived):
    """Nobody's mouth is filled with words."""
    Words.objects.create(event=Event.objects.get(event_id="e5"), text="我很满意。")
    assert found()["words"].values["first"] == "e5"


def test_lost_words_are_found(lived):
    """Words that are simply gone are not erased ones."""
    Words.objects.filter(event__event_id="e3").delete()
    assert found()["words"].values["first"] == "e3"


def test_erased_words_break_nothing(lived):
    """What somebody had the right to have erased is counted, and everything still holds."""
    Words.objects.filter(event__event_id="e3").update(text="", extras={"erased": True})
    check = found()
    assert check["chain"].well
    assert check["words"].well
    assert check["words"].values["erased"] == 1


def test_calling_words_erased_does_not_excuse_others(lived):
    """A mark on words that still say something is no erasure."""
    Words.objects.filter(event__event_id="e3").update(text="住得很糟糕。", extras={"erased": True})
    assert not found()["words"].well


def test_a_column_called_erased_is_a_column_like_any_other(desk):
    """A team's own file may well have one; its words are watched all the same."""
    desk.event(3, "survey", outcome=1.0, text="好", erased="no")
    assert found()["words"].values == {"changed": 0, "first": "", "erased": 0}
    Words.objects.update(text="坏")
    assert not found()["words"].well


@pytest.mark.parametrize("guard", ["ledger_event_no_update", "ledger_event_no_delete",
                                   "accounts_auditrow_no_update", "accounts_auditrow_no_delete"])  # fmt: skip
def test_a_missing_guard_is_found(lived, guard):
    """Without its guards a database would take a change in silence."""
    assert found()["guards"].well
    sql(f"DROP TRIGGER {guard}")
    assert not found()["guards"].well


def test_a_guard_that_guards_nothing_is_found(lived):
    """A trigger of the same name that lets everything pass."""
    sql("DROP TRIGGER ledger_event_no_update")
    sql("CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event BEGIN SELECT 1; END")
    assert not found()["guards"].well


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET outcome = 1.0",
        "UPDATE ledger_event SET outcome = 1.0 WHERE id = 1",
        "DELETE FROM ledger_event WHERE id = 8",
        "DELETE FROM ledger_event",
        "UPDATE accounts_auditrow SET who = 'nobody'",
        "DELETE FROM accounts_auditrow",
        "REPLACE INTO ledger_event SELECT * FROM ledger_event WHERE id = 1",
    ],
)
def test_the_database_refuses(lived, statement):
    """Not the code: the database itself, whatever asks it."""
    before = list(Event.objects.order_by("pk").values_list()), AuditRow.objects.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    assert (list(Event.objects.order_by("pk").values_list()), AuditRow.objects.count()) == before


def test_models_cannot_change_an_event(lived):
    """The same through Django."""
    event = Event.objects.get(event_id="e1")
    event.outcome = 1.0
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_the_chain_begins_anew_when_a_demo_is_removed(lived):
    """No number is missed at the end once a demo is gone."""
    Party.objects.update(demo=True)
    remove_demo(lived.actor())
    assert Event.objects.count() == 0
    assert {name for name, check in found().items() if not check.well} <= {"space"}
