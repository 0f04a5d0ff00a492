"""CSV as people send it."""

from __future__ import annotations

import gzip

import pytest

from tests.ledger.conftest import HEADER, Reader, ids_of, line, refusals_of
from troth.ledger.errors import UnreadableError


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found_out(
    read: Reader, delimiter: str, line_end: str
) -> None:
    """Comma, semicolon and tab, with any line end, read alike."""
    content = (HEADER + line("a") + line("b")).replace(",", delimiter).replace("\n", line_end)
    assert ids_of(read(content)) == ["a", "b"]


def test_a_header_alone_is_no_error(read: Reader) -> None:
    """Nothing happened, and nothing is refused."""
    reading = read(HEADER)
    assert len(reading.events) == 0
    assert reading.rejected.num_rows == 0


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_unreadable(read: Reader, content: str) -> None:
    """One clear line says so."""
    with pytest.raises(UnreadableError, match=r"events\.csv: is empty"):
        read(content)


def test_missing_columns_are_named(read: Reader) -> None:
    """All of them at once, so that one correction is enough."""
    with pytest.raises(UnreadableError, match="lacks the required column: event_id, at, trustee"):
        read("truster,kind\nx,message\n")


def test_a_column_that_appears_twice_is_named(read: Reader) -> None:
    """Which of the two was meant nobody can tell."""
    with pytest.raises(UnreadableError, match="column at appears twice"):
        read("event_id,at,AT,truster,trustee,kind\n")


def test_rows_are_counted_as_in_a_spreadsheet(read: Reader) -> None:
    """The header is row 1, blank lines count, a cell with line feeds is one row."""
    content = HEADER + line("a", '"two\nlines"') + "\n" + "b,only\n" + line("c", outcome="2")
    assert refusals_of(read(content)) == [
        (4, "", "the row has 2 cells, the header 7"),
        (5, "outcome", "must be from 0 to 1, not 2"),
    ]


def test_quoted_cells_keep_line_feeds_quotes_and_delimiters(read: Reader) -> None:
    """What a person typed comes back as typed."""
    text = 'one, "two"\r\nthree; 5" pipe'
    quoted = '"' + text.replace('"', '""') + '"'
    assert read(HEADER + line("a", quoted)).events.table["text"].to_pylist() == [text]


def test_a_quote_inside_a_plain_cell_is_text(read: Reader) -> None:
    """Inches and minutes are written so."""
    assert ids_of(read(HEADER + line("a", '5" pipe') + line("b") + line("c"))) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "after", ["", line("d", '"a ""good"" day"'), line("d", '"good\nday"'), line("d", '5" pipe')]
)
def test_an_open_quote_costs_its_own_row_only(read: Reader, after: str) -> None:
    """The rows behind it are read, whether or not another quote follows."""
    reading = read(HEADER + line("a") + line("b", '"never closed') + line("c") + after)
    assert ids_of(reading) == ["a", "c", *(["d"] if after else [])]
    assert refusals_of(reading) == [(3, "", "a quotation mark is never closed")]


def test_a_huge_cell_costs_its_own_row_only(read: Reader) -> None:
    """Ten megabytes in one cell do not stop the rows around it."""
    reading = read(HEADER + line("a") + line("b", "x" * 10_000_000) + line("c"))
    assert ids_of(reading) == ["a", "c"]
    assert refusals_of(reading) == [(3, "text", "the cell has 10,000,000 bytes, over 1 MB")]
    assert len(reading.rejected["record"][0].as_py()) <= 2_000


def test_nul_bytes_are_refused(read: Reader) -> None:
    """They are damage, not text."""
    reading = read(HEADER + line("a") + line("b", "x\x00y") + line("c\x00"))
    assert ids_of(reading) == ["a"]
    assert [(row, column) for row, column, _ in refusals_of(reading)] == [
        (3, "text"),
        (4, "event_id"),
    ]


def test_columns_without_a_heading_are_dropped(read: Reader) -> None:
    """Spreadsheets leave empty columns at the right."""
    reading = read("event_id,at,truster,trustee,kind,,\na,2024-01-01T00:00Z,x,y,message,,7\n")
    assert ids_of(reading) == ["a"]
    assert reading.events.extras == ()


def test_unknown_columns_are_kept_and_told_once(read: Reader) -> None:
    """They may define groups later."""
    reading = read(HEADER.replace("text", "Room No,game") + line("a", "12,7") + line("b", ",8"))
    assert reading.warnings == (
        f"{reading.warnings[0].split(':')[0]}: unknown columns are kept as extras: Room No, game",
    )
    assert reading.events.extras == ("Room No", "game")
    assert reading.events.table["Room No"].to_pylist() == ["12", None]


@pytest.mark.parametrize("heading", ["Event_ID", " event id ", "EVENT-ID"])
def test_headings_are_taken_as_meant(read: Reader, heading: str) -> None:
    """Capitals, spaces and hyphens do not matter in a known name."""
    assert ids_of(read(HEADER.replace("event_id", heading) + line("a"))) == ["a"]


def test_gzip_is_read(read: Reader) -> None:
    """By its first bytes, whatever the name."""
    assert ids_of(read(gzip.compress((HEADER + line("a")).encode()))) == ["a"]


def test_gzip_cut_short_is_unreadable(read: Reader) -> None:
    """Half a file is worse than none."""
    with pytest.raises(UnreadableError, match="gzip data are damaged"):
        read(gzip.compress((HEADER + line("a")).encode())[:-9])
