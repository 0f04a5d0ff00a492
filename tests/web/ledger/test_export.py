"""What is exported can be read again, and says what the desk says."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv as arrow_csv

from troth.lab.demo import DEMO_UNTIL_US, demo_events
from troth.ledger.read import read_events
from troth.trust.parameters import default_parameters
from troth.trust.score import score_events
from troth.web.accounts.access import Scope
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import AuditRow
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.append import Setting, append
from troth.web.ledger.export import COLUMNS, FORMATS, TABLES, export_all, export_rows, streamed
from troth.web.ledger.export.formats import MEDIA
from troth.web.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """A part of the demo's year on record: corrections, repairs, two houses."""
    rows = [
        row for row in demo_events(7) if row["organisation"] in ("hotel:linjiang", "bank:tonghe")
    ]
    events = read_events(pa.Table.from_pylist(rows[:1200]), now_us=DEMO_UNTIL_US).events
    append(events.table, Setting(DEMO_UNTIL_US, default_parameters()))
    return events


def written(what: str, file_format: str, scope: Scope | None = None) -> bytes:
    """One table as a file."""
    return b"".join(streamed(export_rows(what, scope, DEMO_UNTIL_US), file_format))


@pytest.mark.parametrize("file_format", FORMATS)
def test_events_give_the_same_beliefs_again(year, tmp_path, file_format):
    """``troth score`` on exported events says what the desk says, to 1e-9."""
    path = tmp_path / f"events.{file_format}"
    path.write_bytes(written("events", file_format))
    again = read_events(path, now_us=DEMO_UNTIL_US)
    assert again.rejected.num_rows == 0
    assert len(again.events) == len(year)
    beliefs = pa.Table.from_batches(export_rows("beliefs", None, DEMO_UNTIL_US)).to_pylist()
    have = {(row["truster"], row["trusted"]): row for row in beliefs}
    scores = score_events(again.events, default_parameters(), at_us=DEMO_UNTIL_US, by="house")
    assert scores.num_rows > 80
    for row in scores.to_pylist():
        own = have[row["truster"], row["organisation"]]
        assert own["probability"] == pytest.approx(row["probability"], abs=1e-9)
        assert (own["low"], own["high"]) == pytest.approx((row["low"], row["high"]), abs=1e-9)
        assert own["evidence"] == pytest.approx(row["evidence"], abs=1e-9)


def test_formats_hold_the_same(year):
    """CSV, JSON lines and Parquet agree, Chinese words and extras included."""
    from_parquet = pq.read_table(io.BytesIO(written("events", "parquet")))
    lines = [json.loads(line) for line in written("events", "jsonl").splitlines()]
    from_csv = arrow_csv.read_csv(io.BytesIO(written("events", "csv")))
    assert len(lines) == from_csv.num_rows == from_parquet.num_rows == Event.objects.count()
    assert lines == [
        {name: cell for name, cell in row.items() if cell is not None}
        for row in from_parquet.to_pylist()
    ]
    assert from_csv["text"].to_pylist() == [row or "" for row in from_parquet["text"].to_pylist()]
    assert np.array_equal(from_csv["outcome"], from_parquet["outcome"])
    assert any("\u4e00" <= letter <= "\u9fff" for line in lines for letter in line.get("text", ""))


def test_parquet_says_what_it_was_made_of(desk):
    """Version, time and weights stand in the file."""
    told = streamed(export_rows("beliefs"), "parquet", {"version": "9"})
    schema = pq.read_schema(io.BytesIO(b"".join(told)))
    assert json.loads(schema.metadata[b"troth"]) == {"version": "9"}


@pytest.mark.parametrize("what", TABLES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_an_empty_desk_exports_headed_tables(desk, what, file_format):
    """Where nothing is on record the columns still are."""
    data = written(what, file_format)
    assert file_format in MEDIA
    assert tuple(next(export_rows(what)).schema.names) == COLUMNS[what]
    if file_format == "csv":
        assert b"," in data.splitlines()[0]
    elif file_format == "parquet":
        assert pq.read_schema(io.BytesIO(data)).names


def test_everything_is_written_and_audited(lived, tmp_path):
    """Each table in each format, trust edges, what it was made of, and one audit row."""
    actor = Actor(None, "command", lived.now_us)
    files = export_all(actor, tmp_path)
    assert sorted(files) == sorted(path.name for path in tmp_path.iterdir())
    edges = arrow_csv.read_csv(tmp_path / "edges.csv")
    assert edges.column_names == ["from", "to", "value"]
    about = json.loads((tmp_path / "about.json").read_text())
    assert about["rows"]["events"] == Event.objects.count()
    assert about["parameters"]["half_lives_days"]
    assert AuditRow.objects.filter(deed="export_all").count() == 1


def test_everything_fits_a_zip(lived, tmp_path):
    """The same files, packed."""
    path = tmp_path / "all.zip"
    files = export_all(Actor(None, "command", lived.now_us), path)
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == files
        table = pq.read_table(io.BytesIO(packed.read("events.parquet")))
    assert table.num_rows == Event.objects.count()


def test_merged_parties_are_one(lived):
    """An exported event stands under the name that its party has today."""
    from troth.web.ledger.actions.merges import merge_parties

    lived.event(3, "survey", truster="guest:benbow", outcome=0.2)
    keep, other = lived.party("guest:chen"), lived.party("guest:benbow")
    merge_parties(lived.actor(), keep=keep, other=other, reason="one passport")
    table = pa.Table.from_batches(export_rows("events"))
    assert set(table["truster"].to_pylist()) == {"guest:chen"}


def test_conversations_are_one_row_each(desk):
    """A day of silence begins another; the first reply is timed."""
    told = {
        "customer": desk.party("guest:chen"),
        "staff": desk.party("staff:li"),
        "house": desk.house,
    }
    hour = 3_600_000_000
    for at, speaker, text in [
        (-50 * hour, "customer", "你好，发票好了吗？"), (-49 * hour, "staff", "好了。"),
        (-hour, "customer", "谢谢！"),
    ]:  # fmt: skip
        record_message(
            desk.actor(), **told, text=text, speaker=speaker, at_us=desk.now_us + at, channel="chat"
        )
    rows = pa.Table.from_batches(export_rows("conversations")).to_pylist()
    assert [(r["messages"], r["by_customer"], r["by_staff"]) for r in rows] == [
        (2, 1, 1),
        (1, 1, 0),
    ]
    assert rows[0]["first_reply_s"] == 3600
    assert rows[0]["text"] == "customer: 你好，发票好了吗？\nstaff: 好了。"


def test_others_see_their_own_house_only(lived):
    """A scope narrows every table."""
    lived.event(
        1, "survey", truster="shopper:zhao", trustee="staff:sun", organisation="shop", outcome=1.0
    )
    scope = Scope(lived.users["lead"])
    events = pa.Table.from_batches(export_rows("events", scope))
    assert set(events["organisation"].to_pylist()) == {"hotel"}
    keys = pa.Table.from_batches(export_rows("parties", scope))["key"].to_pylist()
    assert "guest:chen" in keys
    assert not {"shopper:zhao", "staff:sun", "shop"} & set(keys)
