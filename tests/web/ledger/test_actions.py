"""Deeds at the desk: each is one transaction with its event and its line in the audit log, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import DAY_US
from tests.web.ledger.deeds import ALL, SILENT, deeds, drafted, event, everything, noted, told
from troth.content.text import phrase
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import AuditRow
from troth.web.ledger import append as append_module
from troth.web.ledger.actions import merges
from troth.web.ledger.actions.answers import answer_event
from troth.web.ledger.actions.batches import resume_imports, start_import, start_undo
from troth.web.ledger.actions.merges import merge_parties, split_party
from troth.web.ledger.actions.messages import read_only, record_message
from troth.web.ledger.actions.overrule import (
    is_taken_back,
    overrule_event,
    overrule_reading,
    take_back,
)
from troth.web.ledger.actions.promises import (
    break_promise,
    confirm_promise,
    dismiss_promise,
    keep_promise,
    make_promise,
    move_promise,
)
from troth.web.ledger.actions.touches import record_touch
from troth.web.ledger.doctor import checks
from troth.web.ledger.imports import new_batch, run_import, undo_batch
from troth.web.ledger.models import Batch, Case, Event, Promise, Relationship
from troth.web.ledger.rebuild import rebuild
from troth.web.parties.models import Preference

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
CSV = (
    "event_id,at,truster,trustee,kind,text\n"
    "f1,2026-02-20T10:00:00Z,guest:chen,staff:li,return,又来住了\n"
    "f2,2026-02-21T10:00:00Z,guest:chen,staff:li,complaint_opened,空调太吵\n"
    "f3,2026-02-22T10:00:00Z,guest:neu,staff:li,return,\n"
    "f4,2026-02-23T10:00:00Z,guest:neu,staff:li,no_such_kind,\n"
).encode()
TOLD = {"house": "hotel", "zone": "Asia/Shanghai"}


def well(desk) -> None:
    """The desk's chain and sums are right."""
    assert all(check.well for check in checks() if check.name in ("chain", "words", "guards"))
    assert rebuild(desk.now_us).differing == 0


@pytest.mark.parametrize("name", ALL)
def test_a_deed_leaves_its_event_and_its_line(lived, name):
    """The event, one line in the audit log, by whom, when and through which door; sums in step."""
    deed = deeds(lived, name)
    events, audits = Event.objects.count(), AuditRow.objects.count()
    deed.act()
    assert [e.kind for e in Event.objects.order_by("pk")[events:]] == deed.kinds
    written = list(AuditRow.objects.order_by("pk")[audits:])
    assert [row.deed for row in written] == deed.audits
    assert {(row.door, row.t_us) for row in written} == {("page", lived.now_us)}
    assert all(row.user_id for row in written)
    well(lived)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ALL)
def test_a_deed_is_one_transaction(lived, name):
    """Between the first change and the last nobody else can come in, nor the power go."""
    deed = deeds(lived, name)
    with CaptureQueriesContext(connection) as asked:
        deed.act()
    said = [query["sql"].split()[0].upper() for query in asked.captured_queries]
    writes = [i for i, verb in enumerate(said) if verb in ("INSERT", "UPDATE", "DELETE", "REPLACE")]
    begins = [i for i, verb in enumerate(said) if verb == "BEGIN"]
    commits = [i for i, verb in enumerate(said) if verb == "COMMIT"]
    assert len(begins) == len(commits) == 1
    assert begins[0] < min(writes)
    assert max(writes) < commits[0]


@pytest.mark.parametrize(
    ("name", "where"),
    [(name, "audit") for name in ALL]
    + [(name, where) for name in ALL if name not in SILENT for where in ("kept", "cases")],
)
def test_an_error_inside_leaves_nothing(lived, name, where, monkeypatch):
    """Whatever fails, and however late: no event, no draft, no line, no sum."""
    deed = deeds(lived, name)
    before = everything()

    def fail(*args, **more):
        raise ZeroDivisionError

    if where == "audit":
        monkeypatch.setattr(AuditRow.objects, "create", fail)
    elif where == "kept":
        monkeypatch.setattr(append_module, "update_kept", fail)
    else:
        from troth.web.ledger import update

        monkeypatch.setattr(update, "stories_of", fail)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        deed.act()
    monkeypatch.undo()
    assert everything() == before
    well(lived)


def test_a_merge_that_fails_half_way_merges_nothing(lived, monkeypatch):
    """The event is on record only with the sums made of both."""
    chen, benbow = lived.party("guest:chen"), lived.party("guest:benbow")
    before = everything()
    monkeypatch.setattr(merges, "rebuild_parties", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        merge_parties(lived.actor(), keep=chen, other=benbow, reason="同一个电话")
    assert everything() == before


def refused(act: Callable[[], Any]) -> str:
    """What a deed says that is refused; nothing changes."""
    before = everything()
    with pytest.raises(RefusedError) as error, transaction.atomic():
        act()
    assert everything() == before
    assert str(error.value)
    return str(error.value)


def test_a_promise_ends_once(lived):
    """Two people who tap at once: the second is told that it has ended."""
    promise = Promise.objects.get(event_id="e8")
    stale = Promise.objects.get(event_id="e8")
    kept = keep_promise(lived.actor(), promise, "已回复")
    assert (kept.state, kept.ended_us) == ("kept", lived.now_us)
    refused(lambda: keep_promise(lived.actor(), stale))
    refused(lambda: break_promise(lived.actor(), stale))
    refused(lambda: move_promise(lived.actor(), stale, lived.now_us + DAY_US))
    assert Event.objects.filter(ref="e8").count() == 1


def test_a_promise_moves_ahead_only(lived):
    """Nobody agrees today on yesterday."""
    promise = Promise.objects.get(event_id="e8")
    for due in (lived.now_us, lived.now_us - DAY_US):
        refused(lambda due=due: move_promise(lived.actor(), promise, due))
    Promise.objects.filter(pk=promise.pk).update(reminded_us=1)
    moved = move_promise(lived.actor(), promise, lived.now_us + 2 * DAY_US, "客人改期")
    assert (moved.due_us, moved.moved, moved.state) == (lived.now_us + 2 * DAY_US, 1, "open")
    assert moved.reminded_us is None
    assert keep_promise(lived.actor(), moved).state == "kept"


def test_breaking_a_promise_opens_a_case_until_it_is_repaired(lived):
    """The ledger waits for repair, counts the steps, and is content once it is resolved."""
    before = Case.objects.count()
    broken = break_promise(lived.actor(), Promise.objects.get(event_id="e8"), "忘了")
    name = Event.objects.get(ref="e8").event_id
    assert (broken.state, Case.objects.count()) == ("broken", before + 1)
    record_touch(lived.actor(), kind="apology", ref=name, **told(lived))
    assert Case.objects.get(root=name).answered
    # All in one instant: an answer follows what it answers, whatever their ids.
    record_touch(lived.actor(), kind="complaint_resolved", ref=name, **told(lived))
    assert Case.objects.count() == before
    assert Relationship.objects.get(truster=broken.truster, trusted=lived.house).open_breaches == 1


def test_an_empty_promise_is_none(lived):
    """A promise has words."""
    to = {"to": lived.party("guest:chen"), "by": lived.party("staff:li"), "house": lived.house}
    refused(lambda: make_promise(lived.actor(), text="  ", due_us=None, **to))
    undated = make_promise(lived.actor(), text="会尽快回复您。", due_us=None, **to)
    assert (undated.state, undated.due_us) == ("open", None)


def test_a_draft_is_confirmed_or_dismissed_once(lived):
    """Said when it was said, kept when a person says so."""
    draft = drafted(lived)
    assert (draft.state, draft.due_us is not None) == ("draft", True)
    promise = confirm_promise(lived.actor(), draft)
    assert (promise.state, promise.due_us, promise.made_us) == ("open", draft.due_us, draft.made_us)
    refused(lambda: keep_promise(lived.actor(), other) if (other := drafted(lived)) else None)
    other = drafted(lived)
    dismiss_promise(lived.actor(), other)
    refused(lambda: dismiss_promise(lived.actor(), other))
    refused(lambda: confirm_promise(lived.actor(), other))


def test_reading_keeps_nothing(lived):
    """The paste box looks and forgets."""
    before = everything()
    assert read_only("我明天一定给您送到。", "staff", lived.now_us, "Asia/Shanghai").promises
    assert everything() == before


def test_what_the_reader_drew_can_be_taken_back(lived):
    """The message stays, what was read into it goes."""
    said = record_message(
        lived.actor(), customer=lived.party("guest:chen"), staff=lived.party("staff:li"),
        house=lived.house, text="太失望了，你们根本不管客人，我再也不来了！", speaker="customer",
    )  # fmt: skip
    drawn = list(Event.objects.filter(ref=said.event_id))
    assert drawn
    gone = overrule_reading(lived.actor(), event(said.event_id), "客人在开玩笑")
    assert len(gone) == len(drawn)
    assert all(map(is_taken_back, drawn))
    assert not is_taken_back(event(said.event_id))
    refused(lambda: overrule_reading(lived.actor(), event(said.event_id), "再来一次"))
    well(lived)


def test_overruling_needs_a_reason_and_evidence(lived):
    """Both versions stay visible; once taken back is enough."""
    refused(lambda: take_back(lived.actor(), event("e7"), " "))
    refused(lambda: overrule_event(lived.actor(), event("e7"), 1.0, ""))
    refused(lambda: overrule_event(lived.actor(), event("e6"), 1.0, "没有证据的事"))
    refused(lambda: overrule_event(lived.actor(), event("e3"), 1.5, "超出范围"))
    name = overrule_event(lived.actor(), event("e7"), 1.0, "其实送到了")
    assert event(name).words.extras["replaces"] == "e7"
    assert (event("e7").outcome, event(name).outcome) == (0.0, 1.0)
    refused(lambda: take_back(lived.actor(), event("e7"), "又一次"))
    correction = Event.objects.get(ref="e7", kind="correction")
    take_back(lived.actor(), correction, "原来的是对的")
    assert not is_taken_back(event("e7"))
    well(lived)


def test_only_whom_it_is_about_answers(lived):
    """A person's word about an event stands beside it, and is theirs alone."""
    refused(lambda: answer_event(lived.actor("admin"), event("e7"), "我来说"))
    refused(lambda: answer_event(lived.actor("front_line"), event("e7"), " "))
    answer_event(lived.actor("front_line"), event("e7"), "电梯坏了")
    assert Event.objects.filter(ref="e7", kind="staff_answer").count() == 1


def test_merging_has_its_bounds(lived):
    """Not with oneself, not twice, not across kinds; and apart again as before."""
    chen, benbow = lived.party("guest:chen"), lived.party("guest:benbow")
    lived.event(5, "survey", truster="guest:benbow", outcome=0.1)
    sums = {r.truster_id: r.mass for r in Relationship.objects.filter(trusted=lived.house)}
    refused(lambda: merge_parties(lived.actor(), keep=chen, other=chen, reason="x"))
    refused(
        lambda: merge_parties(lived.actor(), keep=chen, other=lived.party("staff:li"), reason="x")
    )
    refused(lambda: split_party(lived.actor(), chen, "x"))
    noted(lived)
    Preference.objects.update(party=benbow)
    merge_parties(lived.actor(), keep=chen, other=benbow, reason="同一个电话")
    assert Preference.objects.get().party == chen
    own = Relationship.objects.get(truster=chen, trusted=lived.house)
    assert own.mass == pytest.approx(sum(sums.values()))
    assert not Relationship.objects.filter(truster=benbow).exists()
    refused(
        lambda: merge_parties(
            lived.actor(), keep=chen, other=lived.party("guest:benbow"), reason="x"
        )
    )
    well(lived)
    split_party(lived.actor(), lived.party("guest:benbow"), "是两个人")
    again = {r.truster_id: r.mass for r in Relationship.objects.filter(trusted=lived.house)}
    assert again == pytest.approx(sums)
    well(lived)


def test_the_name_that_stays_has_lived_something(lived):
    """Two entries for one guest: the one without events goes into the other, not the other way."""
    chen, benbow = lived.party("guest:chen"), lived.party("guest:benbow")
    refused(lambda: merge_parties(lived.actor(), keep=benbow, other=chen, reason="同一个电话"))
    merge_parties(lived.actor(), keep=chen, other=benbow, reason="同一个电话")
    well(lived)


def test_an_import_is_undone_once(lived):
    """Every event of it is taken back by a correction; doing so again adds nothing."""
    before = {r.truster_id: r.mass for r in Relationship.objects.filter(trusted=lived.house)}
    batch = start_import(lived.actor(), "guests.csv", CSV, TOLD)
    batch.refresh_from_db()
    assert (batch.state, batch.taken, batch.rejected) == ("done", 3, 1)
    assert Case.objects.filter(root="f2").exists()
    start_undo(lived.actor(), batch)
    batch.refresh_from_db()
    assert batch.state == "undone"
    corrections = Event.objects.filter(source="desk:undo")
    assert set(corrections.values_list("ref", flat=True)) == {"f1", "f2", "f3"}
    assert not Case.objects.filter(root="f2").exists()
    after = {r.truster_id: r.mass for r in Relationship.objects.filter(trusted=lived.house)}
    assert {k: v for k, v in after.items() if k in before} == pytest.approx(before)
    count = Event.objects.count()
    undo_batch(lived.actor(), batch)
    assert Event.objects.count() == count
    well(lived)


def test_an_undo_leaves_alone_what_people_took_back_already(lived):
    """Taking back twice does not bring it back."""
    batch = start_import(lived.actor(), "guests.csv", CSV, TOLD)
    take_back(lived.actor(), event("f2"), "不是这位客人")
    undo_batch(lived.actor(), batch)
    assert is_taken_back(event("f2"))
    well(lived)


def test_importing_again_after_an_undo_says_so(lived):
    """The ids are on record: the same file again is a repetition, not new evidence."""
    batch = start_import(lived.actor(), "guests.csv", CSV, TOLD)
    undo_batch(lived.actor(), batch)
    again = run_import(new_batch(lived.actor(), "guests.csv", CSV, TOLD), lived.actor())
    assert (again.taken, again.repeated) == (0, 3)


@pytest.mark.django_db(transaction=True)
def test_jobs_resume(lived, monkeypatch):
    """A batch found running when the desk starts is a batch whose process died."""
    batch = new_batch(lived.actor(), "guests.csv", CSV, TOLD)
    Batch.objects.filter(pk=batch.pk).update(state="running")
    assert resume_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.taken) == ("done", 3)
    Batch.objects.filter(pk=batch.pk).update(state="undoing")
    assert resume_imports() == 1
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert resume_imports() == 0
    well(lived)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("error", "key"),
    [
        (OperationalError("database or disk is full"), "fault.full"),
        (ZeroDivisionError(), "ui.error.broken"),
    ],
)
def test_an_import_that_is_stopped_says_why(lived, monkeypatch, error, key):
    """Whoever waits for it learns what happened; what was taken before stays, and it can be undone."""
    from troth.web.ledger import imports

    monkeypatch.setattr(imports, "PART", 1)
    real, calls = imports.append, []

    def fail_third(table, setting):
        calls.append(table.num_rows)
        if len(calls) == 3:
            raise error
        return real(table, setting)

    monkeypatch.setattr(imports, "append", fail_third)
    batch = new_batch(lived.actor(), "guests.csv", CSV, TOLD)
    with pytest.raises(type(error)):
        run_import(batch, lived.actor(), "zh")
    batch.refresh_from_db()
    assert (batch.state, batch.taken, batch.problem) == ("failed", 2, phrase(key, "zh"))
    assert list(Event.objects.filter(batch=batch.pk).values_list("event_id", flat=True)) == [
        "f1",
        "f2",
    ]
    monkeypatch.undo()
    assert undo_batch(lived.actor(), batch) == 2
    well(lived)
