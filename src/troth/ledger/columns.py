"""Give one file's columns their meaning, and find the records that make no sense by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.content.text import phrase
from troth.ledger.casting import one_chunk
from troth.ledger.cells import mark_broken_cells
from troth.ledger.errors import UnreadableError
from troth.ledger.measures import add_measures
from troth.ledger.parties import as_text, common_codes, encode, missing
from troth.ledger.rejections import Marks
from troth.ledger.schema import (
    CODED_COLUMNS,
    FIRST_US,
    KNOWN,
    LAST_US,
    REQUIRED,
    SCHEMA,
)
from troth.ledger.times import PROBLEMS, Times, parse_times

if TYPE_CHECKING:
    from troth.ledger.raw import Raw


@dataclass(frozen=True)
class Terms:
    """How times are judged and reasons worded.

    Attributes:
        now_us: later times lie in the future; microseconds UTC.
        assume_utc: take times without a zone as UTC.
        lang: ``zh`` or ``en``.
    """

    now_us: int
    assume_utc: bool = False
    lang: str = "en"


@dataclass(frozen=True)
class Draft:
    """One file's records with typed columns.

    Attributes:
        columns: (n,) arrays by name, of the types of ``schema.SCHEMA``; extras as text.
        marks: the records refused so far.
        warnings: what to tell about the file.
    """

    columns: dict[str, pa.Array]
    marks: Marks
    warnings: list[str]


def draft_of(raw: Raw, terms: Terms) -> Draft:
    """Type and check every column of a file.

    Args:
        raw: its records.
        terms: how to judge them.

    Returns:
        The typed columns, with marks on bad records; cells of those may hold anything.

    Raises:
        UnreadableError: a required column is missing.
    """
    names = raw.table.column_names
    absent = [name for name in REQUIRED if name not in names]
    if "at" not in names and "t_us" not in names:
        absent.insert(1, "at")
    if absent:
        raise UnreadableError(raw.name, "file_columns_missing", columns=", ".join(absent))
    draft = Draft({}, Marks(len(raw.table)), [])
    mark_broken_cells(raw, draft.marks)
    _add_ids(raw, draft)
    _add_times(raw, draft, terms)
    for name in CODED_COLUMNS:
        draft.columns[name] = encode(raw.table[name]) if name in names else _nulls(raw, name)
    _check_parties(draft)
    add_measures(raw, draft.columns, draft.marks)
    draft.columns["text"] = _text(raw.table["text"]) if "text" in names else _nulls(raw, "text")
    extras = [name for name in names if name not in KNOWN]
    for name in extras:
        draft.columns[name] = _text(raw.table[name])
    if extras:
        listed = ", ".join(extras)
        warning = phrase("warn_columns", terms.lang, file=raw.name, columns=listed)
        draft.warnings.append(warning)
    return draft


def _nulls(raw: Raw, name: str) -> pa.Array:
    kind = SCHEMA.field(name).type
    if pa.types.is_dictionary(kind):
        indices = pa.nulls(len(raw.table), pa.int32())
        return pa.DictionaryArray.from_arrays(indices, pa.array([], pa.string()))
    return pa.nulls(len(raw.table), kind)


def _text(column: pa.ChunkedArray) -> pa.Array:
    """Text as it stands; an empty cell is null, so that every format reads back alike."""
    cells = one_chunk(column)
    cells = cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
    cells = as_text(cells)
    empty = pc.equal(pc.binary_length(cells), 0)
    return pc.if_else(empty, None, cells) if pc.any(empty).as_py() else cells


def _id(column: pa.ChunkedArray) -> pa.Array:
    cells = _text(column)
    trimmed = pc.utf8_trim_whitespace(cells)
    return cells if cells.equals(trimmed) else _text(trimmed)


def _add_ids(raw: Raw, draft: Draft) -> None:
    draft.columns["event_id"] = _id(raw.table["event_id"])
    draft.marks.mark(missing(draft.columns["event_id"]), "event_id", "missing_value")
    has_refs = "ref" in raw.table.column_names
    draft.columns["ref"] = _id(raw.table["ref"]) if has_refs else _nulls(raw, "ref")


def _add_times(raw: Raw, draft: Draft, terms: Terms) -> None:
    names = raw.table.column_names
    if "t_us" in names and "at" in names:
        draft.warnings.append(phrase("warn_both_times", terms.lang, file=raw.name))
    at = _times(raw, draft, terms, "t_us" if "t_us" in names else "at")
    column = "t_us" if "t_us" in names else "at"
    draft.marks.mark(~at.present, column, "missing_value")
    future = at.t_us > terms.now_us
    draft.marks.mark(future, column, "time_future", raw.table[column])
    draft.columns["t_us"] = pa.array(at.t_us)
    due_column = next((name for name in ("due_us", "due") if name in names), None)
    if due_column is None:
        draft.columns["due_us"] = _nulls(raw, "due_us")
        return
    due = _times(raw, draft, terms, due_column)
    draft.columns["due_us"] = pa.array(due.t_us, mask=~due.present)


def _times(raw: Raw, draft: Draft, terms: Terms, column: str) -> Times:
    cells = raw.table[column]
    if column.endswith("_us") and pa.types.is_integer(cells.type):
        return _ready_times(cells, draft, column)
    times = parse_times(cells, assume_utc=terms.assume_utc)
    for code, key in enumerate(PROBLEMS):
        if key:
            draft.marks.mark(times.problem == code, column, key, cells)
    if times.dates:
        draft.warnings.append(phrase("warn_dates", terms.lang, file=raw.name, count=times.dates))
    return times


def _ready_times(cells: pa.ChunkedArray, draft: Draft, column: str) -> Times:
    """Microseconds that need no reading, whatever their magnitude."""
    whole = one_chunk(cells).cast(pa.int64(), safe=False)
    present = pc.is_valid(whole).to_numpy(zero_copy_only=False)
    t_us = pc.fill_null(whole, 0).to_numpy(zero_copy_only=False)
    outside = (t_us < FIRST_US) | (t_us > LAST_US)
    draft.marks.mark(outside, column, "time_unreadable", cells)
    return Times(t_us, present, np.zeros(t_us.size, np.int8))


def _check_parties(draft: Draft) -> None:
    for name in ("truster", "trustee", "kind"):
        draft.marks.mark(missing(draft.columns[name]), name, "missing_value")
    trustees = draft.columns["trustee"]
    (truster, trustee), _ = common_codes(draft.columns["truster"], trustees)
    itself = (truster == trustee) & (truster >= 0)
    draft.marks.mark(itself, "trustee", "self_trust", trustees)
