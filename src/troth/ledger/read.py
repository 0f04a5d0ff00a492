"""Take events in: from files, standard input or tables, checked, linked and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.columns import Draft, Terms, draft_of
from troth.ledger.events import Events, Reading
from troth.ledger.identity import mark_duplicates
from troth.ledger.known import Known, known_events, mark_recorded
from troth.ledger.links import mark_bad_refs
from troth.ledger.parties import in_order
from troth.ledger.rejections import SCHEMA as REJECTED
from troth.ledger.rejections import Marks, refused_table, rejected_table
from troth.ledger.schema import SCHEMA
from troth.ledger.sources import read_source

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.types import BoolArray, IntArray

#: Told what is being done and which share of all of it, 0–1, is behind us.
Progress = Callable[[str, float], None]


def read_events(
    *sources: Any,
    now_us: int,
    assume_utc: bool = False,
    lang: str = "en",
    progress: Progress | None = None,
) -> Reading:
    """Read events; a bad record is set aside and never stops the rest.

    Args:
        sources: paths (CSV, JSONL, Parquet or Arrow, perhaps gzipped), ``-`` for standard input,
            Arrow tables, pandas or Polars frames; or lists of these. Ids are unique across all.
        now_us: later times are refused; microseconds UTC.
        assume_utc: take times without a zone as UTC instead of refusing them.
        lang: language of reasons and warnings, ``zh`` or ``en``.
        progress: told the source at hand and the share done.

    Returns:
        The events taken in, the records refused, warnings, and how many only repeated another.

    Raises:
        UnreadableError: nothing in a source can be used.
        TypeError: a source is neither a path nor a table.
    """
    flat = _flat(sources)
    opened = _opened(flat, progress)
    return _reading(opened, Terms(now_us, assume_utc, lang))


def read_raws(
    raws: list[Raw],
    *,
    now_us: int,
    assume_utc: bool = False,
    lang: str = "en",
    known: Known | None = None,
) -> Reading:
    """Read events from records that somebody else has put into columns.

    They pass the very checks that a file of events passes.

    Args:
        raws: records by file. Ids are unique across all.
        now_us: later times are refused; microseconds UTC.
        assume_utc: take times without a zone as UTC instead of refusing them.
        lang: language of reasons and warnings, ``zh`` or ``en``.
        known: asked for the events on record that records repeat or refer to.

    Returns:
        The events taken in, the records refused, warnings, and how many only repeated another.

    Raises:
        UnreadableError: a file lacks a column that is needed.
    """
    return _reading(raws, Terms(now_us, assume_utc, lang), known)


def _opened(sources: list[Any], progress: Progress | None) -> Iterator[Raw]:
    """Each source's records; a source is told as done once its records are checked."""
    for number, source in enumerate(sources, start=1):
        raw = read_source(source, number)
        yield raw
        if progress is not None:
            progress(raw.name, number / len(sources))


def _reading(opened: Iterable[Raw], terms: Terms, known: Known | None = None) -> Reading:
    raws: list[Raw] = []
    drafts: list[Draft] = []
    for raw in opened:
        raws.append(raw)
        drafts.append(draft_of(raw, terms))
    columns = _joined(drafts)
    marks = _joined_marks(drafts)
    repeated = mark_duplicates(columns, marks)
    recorded = None if known is None else known_events(columns, known)
    if recorded is not None:
        mark_recorded(columns, marks, repeated, recorded)
    mark_bad_refs(columns, marks, repeated, recorded)
    return Reading(
        _events(columns, marks.good & ~repeated),
        _rejected(raws, marks, terms.lang),
        tuple(warning for draft in drafts for warning in draft.warnings),
        int(repeated.sum()),
    )


def _flat(sources: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for source in sources:
        found.extend(source if isinstance(source, list | tuple) else [source])
    return found


def _joined(drafts: list[Draft]) -> dict[str, pa.Array]:
    """The columns of all files, one after the other; an extra that a file lacks is null there."""
    if len(drafts) == 1:
        return drafts[0].columns
    tables = [pa.table(draft.columns) for draft in drafts] or [SCHEMA.empty_table()]
    joined = pa.concat_tables(tables, promote_options="default").unify_dictionaries()
    return {name: joined[name].combine_chunks() for name in joined.column_names}


def _joined_marks(drafts: list[Draft]) -> Marks:
    """Problems of all files; a problem fills its gaps from its own file's records."""
    if len(drafts) == 1:
        return drafts[0].marks
    joined = Marks(sum(draft.marks.first.size for draft in drafts))
    start = 0
    for draft in drafts:
        first = draft.marks.first
        joined.first[start : start + first.size] = np.where(
            first > 0, first + len(joined.problems), 0
        )
        joined.problems += [problem.moved(start) for problem in draft.marks.problems]
        start += first.size
    return joined


def _rejected(raws: list[Raw], marks: Marks, lang: str) -> pa.Table:
    tables, start = [], 0
    for raw in raws:
        n = len(raw.table)
        own = marks.part(start, n)
        here = pa.concat_tables([refused_table(raw, lang), rejected_table(raw, own, lang)])
        tables.append(here.sort_by("row"))
        start += n
    return pa.concat_tables(tables).combine_chunks() if tables else REJECTED.empty_table()


def _events(columns: dict[str, pa.Array], kept: BoolArray) -> Events:
    if not kept.all():
        columns = {name: cells.filter(pa.array(kept)) for name, cells in columns.items()}
    order = _order(columns)
    if order is not None:
        columns = {name: cells.take(pa.array(order)) for name, cells in columns.items()}
    extras = sorted(name for name in columns if name not in SCHEMA.names)
    arrays = [
        in_order(columns[name]) if pa.types.is_dictionary(columns[name].type) else columns[name]
        for name in (*SCHEMA.names, *extras)
    ]
    schema = pa.schema([*SCHEMA, *(pa.field(name, pa.string()) for name in extras)])
    return Events(pa.Table.from_arrays(arrays, schema=schema))


def _order(columns: dict[str, pa.Array]) -> IntArray | None:
    """Positions by (t_us, event_id); None where the records stand so already."""
    t_us: IntArray = columns["t_us"].to_numpy()
    ids = columns["event_id"]
    step = np.diff(t_us)
    if (step >= 0).all():
        tied = np.flatnonzero(step == 0)
        rising = pc.less(ids.take(pa.array(tied)), ids.take(pa.array(tied + 1)))
        if pc.all(rising, min_count=0).as_py():
            return None
        order = np.arange(t_us.size)
    else:
        order = np.argsort(t_us, kind="stable")
    return _order_ties(order, t_us, ids)


def _order_ties(order: IntArray, t_us: IntArray, ids: pa.Array) -> IntArray:
    """Put events of one instant in order of their ids."""
    tie = np.diff(t_us[order]) == 0
    within = np.append(tie, False) | np.append(False, tie)
    places = np.flatnonzero(within)
    if not places.size:
        return order
    tied = order[places]
    table = pa.table({"t": t_us[tied], "id": ids.take(pa.array(tied))})
    sort = pc.sort_indices(table, [("t", "ascending"), ("id", "ascending")]).to_numpy()
    order[places] = tied[sort]
    return order
