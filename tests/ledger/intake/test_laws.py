"""What holds for every format: once is enough, damage costs its own row, nothing else is raised."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.intake import samples
from tests.ledger.intake.conftest import (
    HOUSE,
    NOW_US,
    choice,
    events_of,
    opened,
    reading_of,
    refused,
)
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mapping import preview
from troth.ledger.intake.open import FORMATS, open_sheet, recognise
from troth.ledger.read import read_raws

EACH = pytest.mark.parametrize("key", sorted(samples.ALL))
FORMATS_OF = {"reviews": "columns", "arrivals": "columns"}
COUNTS = {
    "events": 1, "reviews": 4, "arrivals": 2, "wecom": 2, "chat_text": 3, "zendesk": 3,
    "chatwoot": 4, "mail": 2,
}  # fmt: skip


def one_line(error: UnreadableError) -> None:
    """A file that cannot be read at all is told of in one line, in both languages."""
    assert not [lang for lang in ("zh", "en") if "\n" in error.line(lang)]


def sample(key: str):
    """A file and what is known about it."""
    name, content, known = samples.ALL[key]
    return name, content.encode(), known


@EACH
def test_an_honest_file_is_taken_in_whole(key: str) -> None:
    """Nothing refused; each event between a customer and staff, or the house."""
    name, data, known = sample(key)
    sheet = opened(name, data, **known)
    assert refused(sheet) == []
    events = events_of(sheet)
    assert len(events) == COUNTS[key]
    assert all(e["truster"] != e["trustee"] for e in events)
    if key != "events":
        assert {e["organisation"] for e in events} == {HOUSE}
        sides = {party: person.kind for party, person in sheet.people.items()}
        assert all(sides[e["truster"]] == "customer" for e in events)
        assert all(sides[e["trustee"]] in ("staff", "organisation") for e in events)
        assert {e["speaker"] for e in events} <= {"customer", "staff"}


@EACH
def test_each_file_is_recognised(key: str) -> None:
    """By its content, whatever its name says of it, and through compression."""
    name, data, _ = sample(key)
    wanted = "columns" if key in ("reviews", "arrivals") else key
    assert recognise(name, data) == wanted
    assert recognise("export", data) == wanted
    assert recognise(name + ".gz", gzip.compress(data)) == wanted


@EACH
def test_the_same_file_twice_adds_nothing(key: str) -> None:
    """Also under another name, compressed, with a byte-order mark, and on another day."""
    name, data, known = sample(key)
    first = opened(name, data, **known)
    again = opened("copy of " + name, gzip.compress(data), **known)
    marked = opened(name, b"\xef\xbb\xbf" + data, **known)
    reading = read_raws([first.raw, again.raw, marked.raw], now_us=NOW_US)
    assert len(reading.events.table) == COUNTS[key]
    assert reading.duplicates == 2 * COUNTS[key]
    assert reading.rejected.num_rows == 0
    later = opened(name, data, **known, now_us=NOW_US + 86_400_000_000)
    assert later.raw.table["event_id"].to_pylist() == first.raw.table["event_id"].to_pylist()


@pytest.mark.parametrize("key", ["reviews", "arrivals", "chat_text", "wecom"])
def test_gb18030_says_the_same(key: str) -> None:
    """What Chinese systems write by default."""
    name, data, known = sample(key)
    other = opened(name, data.decode().encode("gb18030"), **known)
    assert events_of(other) == events_of(opened(name, data, **known))


@EACH
def test_a_file_cut_short_keeps_what_stands_before_the_cut(key: str) -> None:
    """Whatever the byte; the ids of what is left are those of the whole file."""
    name, data, known = sample(key)
    whole = set(opened(name, data, **known).raw.table["event_id"].to_pylist())
    best = 0
    for cut in range(1, len(data), 7):
        try:
            left = opened(name, data[:cut], **known, format=FORMATS_OF.get(key, key))
        except UnreadableError:
            continue
        ids = set(left.raw.table["event_id"].to_pylist())
        best = max(best, len(ids & whole))
        reading_of(left)
    assert best >= COUNTS[key] // 2


@pytest.mark.parametrize("kind", [*FORMATS, None])
@given(data=st.binary(max_size=400))
def test_bytes_are_read_or_refused(kind: str | None, data: bytes) -> None:
    """Arbitrary bytes raise nothing but ``UnreadableError``, in every format."""
    for known in ({}, {"preset": "ctrip_reviews"}):
        try:
            sheet = open_sheet("file", data, choice(format=kind, staff=samples.STAFF, **known))
            read_raws([sheet.raw], now_us=NOW_US, lang="zh")
        except UnreadableError as error:
            one_line(error)


@EACH
@settings(max_examples=40)
@given(data=st.data())
def test_damage_is_read_or_refused(key: str, data: st.DataObject) -> None:
    """An honest file with bytes changed, put in and taken out."""
    name, content, known = sample(key)
    damaged = bytearray(content)
    hostile = (b"\x00", b"\xff", b'"', b"\\ud800", b"[[[[", b"null", b"1e999", b"\n\n", b"NaN")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged)))
        put = data.draw(st.one_of(st.binary(max_size=4), st.sampled_from(hostile)))
        damaged[place : place + data.draw(st.integers(0, 20))] = put
    try:
        sheet = opened(name, bytes(damaged), **known)
        read_raws([sheet.raw], now_us=NOW_US, lang="zh")
        preview(name, bytes(damaged))
    except UnreadableError as error:
        one_line(error)


NAMES = (
    "id", "msgid", "from", "tolist", "msgtime", "text", "content", "tickets", "users", "sender", "meta",
    "requester_id", "assignee_id", "comments", "satisfaction_rating", "created_at", "messages",
    "payload", "message_type", "revoke", "data",
)  # fmt: skip


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(NAMES),
                inner,
                max_size=6,
            )
        ),
        max_leaves=25,
    ),
    kind=st.sampled_from(["wecom", "zendesk", "chatwoot", "columns"]),
)
def test_any_json_is_read_or_refused(value: object, kind: str) -> None:
    """Anything may stand anywhere."""
    try:
        sheet = open_sheet("file.json", json.dumps(value).encode(), choice(format=kind))
        read_raws([sheet.raw], now_us=NOW_US)
    except UnreadableError:
        pass


@EACH
def test_every_row_is_accounted_for(key: str) -> None:
    """A record is an event, a repetition or a refusal, and never two of them."""
    name, data, known = sample(key)
    sheet = opened(name, data + data, **known)
    reading = reading_of(sheet)
    whole = len(sheet.raw.table) + len(sheet.raw.refused)
    assert whole == len(reading.events.table) + reading.duplicates + reading.rejected.num_rows


def test_a_format_we_do_not_have_is_named() -> None:
    """With those that there are."""
    with pytest.raises(UnreadableError, match="no format fax; there are events, columns"):
        opened("x", "y", format="fax")


@pytest.mark.parametrize(
    "data", [b"", gzip.compress(b""), b"\x1f\x8bxx", gzip.compress(b"a" * 99)[:-9]]
)
def test_what_holds_nothing_is_unreadable(data: bytes) -> None:
    """Empty files and broken compression."""
    with pytest.raises(UnreadableError):
        recognise("x", data)


def test_a_small_file_cannot_fill_the_memory() -> None:
    """Half a gigabyte of nothing compresses to half a megabyte; to recognise it takes its beginning."""
    bomb = gzip.compress(b"\0" * (513 << 20), 1)
    tracemalloc.start()
    recognise("x.gz", bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    with pytest.raises(UnreadableError, match="over 512 MB"):
        open_sheet("x.gz", bomb, choice())


def test_an_unknown_zone_is_no_choice() -> None:
    """Named before any file is opened."""
    with pytest.raises(ValueError, match="unknown time zone 'Mars/Base'"):
        choice(zone="Mars/Base")


def test_memory_is_bounded() -> None:
    """A list is read entry by entry: far less than ten times the file."""
    record = samples.WECOM[0]
    data = json.dumps([{**record, "msgid": str(i)} for i in range(20_000)]).encode()
    tracemalloc.start()
    try:
        sheet = open_sheet("big.json", data, choice())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sheet.raw.table) == 20_000
    assert peak < 4 * len(data)


def test_deep_nesting_and_huge_cells_cost_their_own_record() -> None:
    """Neighbours are taken in."""
    good, other = samples.WECOM
    huge = {**good, "msgid": "huge", "text": {"content": "字" * 400_000}}
    deep = '{"msgid": "deep", "x":' + "[" * 100_000
    listed = [json.dumps(r, ensure_ascii=False) for r in (good, huge)]
    text = "[" + ",\n".join([*listed, deep + "}", json.dumps(other)]) + "]"
    sheet = opened("a.json", text, format="wecom")
    assert [e["event_id"] for e in events_of(sheet)] == ["wecom:m1", "wecom:m2"]
    reasons = Counter(reason.split(" ")[0] for _, _, reason in refused(sheet))
    assert reasons["the"] == 1
    assert reasons["cannot"] >= 1
