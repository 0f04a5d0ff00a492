"""Files in and out: imports, exports."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.api.conftest import Machine
from troth.web.accounts.models import AuditRow
from troth.web.api import batches
from troth.web.ledger.models import Batch, Event

pytestmark = pytest.mark.django_db(transaction=False)
CSV = (
    "event_id,at,truster,trustee,organisation,kind,outcome,text\n"
    "i1,2026-02-27T10:00:00+08:00,guest:chen,staff:li,hotel,survey,0.8,前台很热情\n"
    "i2,2026-02-27T11:00:00+08:00,guest:chen,staff:li,hotel,smile,0.8,\n"
).encode()
CHOICE = {"house": "hotel", "zone": "Asia/Shanghai"}


def upload(machine, choice=CHOICE, data=CSV, **headers):
    """Hand a file over as a form."""
    told = {"Authorization": f"Bearer {machine.token}", "Accept-Language": "en"} | headers
    told = {name.replace("_", "-"): value for name, value in told.items() if value != "Bearer "}
    form = {"file": SimpleUploadedFile("二月.csv", data), "choice": json.dumps(choice)}
    return machine.client.post("/api/import", form, headers=told)


def test_a_file_is_imported_in_the_background(desk, admin):
    """202 with the batch; asked again it says what came of it."""
    answer = upload(admin)
    assert answer.status_code == 202
    number = answer.json()["batch"]
    told = admin.get(f"/batches/{number}").json()
    assert told["name"] == "二月.csv"
    assert told["state"] in ("waiting", "done")


def test_a_key_imports_once(desk, admin):
    """The same file under the same key is the same batch."""
    first = upload(admin, Idempotency_Key="f1").json()["batch"]
    assert upload(admin, Idempotency_Key="f1").json()["batch"] == first
    assert upload(admin, data=CSV + b"\n", Idempotency_Key="f1").status_code == 409
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    "choice",
    [{}, {"house": "nowhere"}, {"house": "hotel", "zone": "Mars/Olympus"}, {"house": "hotel", "x": 1}, 3,
     {"house": "hotel", "zone": "../etc/passwd"}],
)  # fmt: skip
def test_wrong_choices_are_refused(desk, admin, choice):
    """422 before anything is kept."""
    assert upload(admin, choice).status_code == 422
    assert Batch.objects.count() == 0


def test_large_files_are_refused(desk, admin, monkeypatch):
    """413."""
    monkeypatch.setattr(batches, "MOST_BYTES", 20)
    assert upload(admin).status_code == 413


def test_an_import_without_a_form_is_refused(desk, admin):
    """415 for JSON, 422 for a form without a file."""
    assert admin.post("/import", {"house": "hotel"}).status_code == 415
    told = {"Authorization": f"Bearer {admin.token}"}
    answer = admin.client.post("/api/import", {"choice": "{}"}, headers=told)
    assert answer.status_code == 422
    assert [error["column"] for error in answer.json()["errors"]] == ["file"]


def test_batches_of_other_houses_do_not_exist(desk, admin, signed_in):
    """404 for a lead of another house."""
    number = upload(admin).json()["batch"]
    lead = signed_in("lead")
    assert Machine(lead).get(f"/batches/{number}").status_code == 200
    desk.users["lead"].house = desk.other_house
    desk.users["lead"].save()
    assert Machine(lead).get(f"/batches/{number}").status_code == 404
    assert Machine(lead).get("/batches/99999").status_code == 404


WHAT = [
    "events", "beliefs", "parties", "promises", "preferences", "conversations", "edges", "advice",
]  # fmt: skip


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_tables_are_taken_away(lived, admin, what, ending):
    """Streamed, named as a file, audited."""
    answer = admin.get(f"/export/{what}.{ending}")
    assert answer.status_code == 200
    assert answer.streaming
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == f'attachment; filename="{what}.{ending}"'
    if ending == "parquet":
        table = pq.read_table(io.BytesIO(data))
        assert json.loads(table.schema.metadata[b"troth"])["parameters"]
        assert table.num_rows == (8 if what == "events" else table.num_rows)
    elif ending == "jsonl" and what == "events":
        assert [json.loads(line)["event_id"] for line in data.splitlines()] == [
            f"e{i}" for i in range(1, 9)
        ]
    row = AuditRow.objects.get(deed="export")
    assert (row.what, row.details) == (what, {"format": ending})


def test_unknown_tables_are_refused(lived, admin):
    """422, and nothing is audited as taken."""
    assert admin.get("/export/secrets.csv").status_code == 422
    assert admin.get("/export/events.exe").status_code == 422
    assert not AuditRow.objects.filter(deed="export").exists()


def test_exported_lines_are_taken_in_bulk_again(lived, admin):
    """What goes out comes in: all of it is on record already."""
    data = b"".join(admin.get("/export/events.jsonl").streaming_content)
    answer = admin.post("/events/bulk", data, content_type="application/x-ndjson").json()
    assert (answer["taken"], answer["repeated"], answer["rejected"]) == (
        0,
        Event.objects.count(),
        [],
    )
