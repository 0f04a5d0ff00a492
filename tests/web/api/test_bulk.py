"""Many events at once: the good ones taken, the others listed."""

from __future__ import annotations

import json

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.api import bulk
from troth.web.ledger.imports import undo_batch
from troth.web.ledger.models import Batch, Event

pytestmark = pytest.mark.django_db
LINES = "application/x-ndjson"


def rows(count: int, now_us: int) -> list[dict]:
    """Survey answers of some guests."""
    return [
        {"event_id": f"b{i}", "t_us": now_us - i * 1_000_000, "truster": f"guest:{i % 7}",
         "trustee": "staff:li", "organisation": "hotel", "kind": "survey", "outcome": (i % 5) / 4,
         "text": f"第{i}次入住，不错。"}
        for i in range(1, count + 1)
    ]  # fmt: skip


def lines(told: list) -> bytes:
    """As JSON lines."""
    return b"\n".join(json.dumps(row, ensure_ascii=False).encode() for row in told)


@pytest.mark.parametrize("kind", ["application/json", LINES, "application/jsonl"])
def test_many_events_are_taken(desk, admin, kind):
    """As lines or as one array; counted, audited, in one batch."""
    told = rows(40, desk.now_us)
    body = json.dumps(told).encode() if kind == "application/json" else lines(told)
    answer = admin.post("/events/bulk", body, content_type=kind)
    assert answer.status_code == 200
    assert answer.json() == {
        "taken": 40,
        "repeated": 0,
        "rejected": [],
        "batch": Batch.objects.get().pk,
    }
    assert Event.objects.get(event_id="b1").words.text == "第1次入住，不错。"
    assert AuditRow.objects.filter(deed="record_bulk", door="api").count() == 1


def test_bad_rows_are_listed_and_the_rest_is_taken(desk, machine):
    """Row, column, reason and record, in the language asked for."""
    told = rows(5, desk.now_us)
    told[1]["kind"] = "smile"
    told[3]["outcome"] = 7
    body = lines(told) + b'\n{"event_id": broken\n\n[1]'
    answer = machine(lang="zh").post("/events/bulk", body, content_type=LINES)
    assert answer.status_code == 200
    found = answer.json()
    assert found["taken"] == 3
    assert [(row["row"], row["column"]) for row in found["rejected"]] == [
        (2, "kind"), (4, "outcome"), (6, ""), (8, ""),
    ]  # fmt: skip
    assert "不在事件类型表中" in found["rejected"][0]["reason"]
    assert json.loads(found["rejected"][0]["record"])["event_id"] == "b2"


def test_the_same_again_is_repeated_and_other_content_refused(desk, admin):
    """Ids are idempotency keys in bulk too."""
    told = rows(6, desk.now_us)
    admin.post("/events/bulk", lines(told), content_type=LINES)
    told[0]["outcome"] = 0.123
    answer = admin.post("/events/bulk", lines([*told, told[1]]), content_type=LINES).json()
    assert (answer["taken"], answer["repeated"]) == (0, 6)
    assert [row["row"] for row in answer["rejected"]] == [1]
    assert answer["batch"] is None
    assert Event.objects.count() == 6


def test_nothing_good_is_a_problem(desk, admin):
    """422, with every row's reason."""
    told = rows(2, desk.now_us)
    for row in told:
        row["kind"] = "smile"
    answer = admin.post("/events/bulk", told)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    found = answer.json()
    assert [error["row"] for error in found["errors"]] == [1, 2]
    assert (found["taken"], found["repeated"], len(found["rejected"])) == (0, 0, 2)


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"[]", b"{}", b'[{"event_id": "x"}]', b"null", b"\xff\xfe"]
)
def test_unusable_bodies_are_problems(desk, admin, body):
    """Empty, columns missing, no JSON: 422."""
    answer = admin.post("/events/bulk", body)
    assert answer.status_code == 422, answer.content
    assert answer.json()["title"]


def test_limits(desk, admin, monkeypatch):
    """Too many rows or bytes are 413, another media type 415."""
    monkeypatch.setattr(bulk, "MOST_ROWS", 3)
    assert admin.post("/events/bulk", rows(4, desk.now_us)).status_code == 413
    monkeypatch.setattr(bulk, "MOST_BYTES", 10)
    assert admin.post("/events/bulk", rows(1, desk.now_us)).status_code == 413
    assert admin.post("/events/bulk", b"a,b", content_type="text/csv").status_code == 415
    assert Event.objects.count() == 0


def test_a_bulk_post_is_undone_at_once(desk, admin):
    """Its batch is one like an import's."""
    admin.post("/events/bulk", rows(5, desk.now_us))
    assert undo_batch(desk.actor(), Batch.objects.get()) == 5


def test_a_lead_records_for_their_own_house(desk, signed_in):
    """Rows that name none are about it; rows about another are refused."""
    from tests.web.api.conftest import Machine

    told = rows(4, desk.now_us)
    del told[0]["organisation"]
    told[1]["organisation"] = "shop"
    answer = Machine(signed_in("lead"), lang="en").post("/events/bulk", told)
    assert answer.json()["taken"] == 3
    assert [(row["row"], row["column"]) for row in answer.json()["rejected"]] == [
        (2, "organisation")
    ]
    assert set(Event.objects.values_list("organisation__key", flat=True)) == {"hotel"}


def test_strange_cells_cost_their_own_row(desk, admin):
    """Lists, objects, true, huge numbers, foreign scripts."""
    told = rows(6, desk.now_us)
    told[0]["kind"] = ["survey"]
    told[1]["outcome"] = True
    told[2]["text"] = "😀 مرحبا 您好"
    told[3]["t_us"] = 10**30
    told[4]["extra"] = {"a": [1]}
    answer = admin.post("/events/bulk", lines(told), content_type=LINES).json()
    assert {row["row"] for row in answer["rejected"]} == {1, 2, 4}
    assert answer["taken"] == 3
    assert Event.objects.get(event_id="b3").words.text == "😀 مرحبا 您好"


def test_what_is_beyond_measure_costs_its_own_row(desk, admin):
    """Ids that no column holds, and evidence that would leave a sum infinite for ever."""
    told = rows(7, desk.now_us)
    told[0]["event_id"] = "x" * 201
    told[1]["weight"] = 1e308
    told[2]["integrity"] = 1e308
    told[3]["weight"] = "1e300"
    told[4]["channel"] = "c" * 41
    told[5]["truster"] = "客" * 201
    answer = admin.post("/events/bulk", lines(told), content_type=LINES).json()
    assert [(row["row"], row["column"]) for row in answer["rejected"]] == [
        (1, "event_id"), (2, "weight"), (3, "integrity"), (4, "weight"), (5, "channel"), (6, "truster"),
    ]  # fmt: skip
    assert answer["taken"] == 1
