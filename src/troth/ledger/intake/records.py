"""Records as they are gathered from a file, one after the other, into columns."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from troth.ledger.decode import MARK
from troth.ledger.intake.sheet import Person, Sheet, Wish
from troth.ledger.raw import Raw, Refusal
from troth.ledger.rejections import LONGEST_RECORD
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.ledger.intake.sheet import Side

_TIMES: Final = ("at", "due")
#: Columns that every sheet has; the others stand there where a record fills them.
ALWAYS: Final = (
    "event_id", "at", "truster", "trustee", "organisation", "kind", "outcome", "ref", "text",
    "channel", "source", "speaker", "thread",
)  # fmt: skip
COLUMNS: Final = (*ALWAYS, "weight", *DIMENSIONS, "due")
#: Few parties and kinds stand in many records, so their text is kept once.
_CODED: Final = ("truster", "trustee", "organisation", "kind", "channel", "source", "speaker")
#: So many records are plain objects at a time; as columns they take a tenth of the room.
_BATCH: Final = 8_192


class Gathering:
    """The records of one file so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.people: dict[str, Person] = {}
        self.wishes: list[Wish] = []
        self.refused: list[Refusal] = []
        self._rows = array("q")
        self._open: dict[str, list[Any]] = {column: [] for column in COLUMNS}
        self._tables: list[pa.Table] = []
        self._seen: Counter[bytes] = Counter()
        self._undecodable = False

    def take(self, row: int, record: dict[str, Any]) -> None:
        """Add one record.

        Args:
            row: its number as a person counts it.
            record: cells by ``COLUMNS``; ``at`` and ``due`` in microseconds UTC, the rest text.
        """
        self._rows.append(row)
        for column, cells in self._open.items():
            cells.append(record.get(column))
        if len(self._open["at"]) >= _BATCH:
            self._close()

    def refuse(self, row: int, column: str, key: str, record: Any, **values: object) -> None:
        """Set a record aside, with the phrase that says why."""
        told = {name: plainly(v) if isinstance(v, str) else v for name, v in values.items()}
        shown = plainly(shown_record(record))
        self.refused.append(Refusal(row, plainly(column), key, told, shown))

    def meet(self, party: str, name: str | None, kind: Side, lang: str | None = None) -> str:
        """Keep a party's name; the first name stands, an id gives way to a name.

        Returns:
            The party's id.
        """
        party = plainly(party)
        known = self.people.get(party)
        bare = party.partition(":")[2] or party
        if known is None or known.name == bare or (lang and not known.lang):
            given = known.name if known and known.name != bare else plainly(name or "").strip()
            self.people[party] = Person(given or bare, kind, (known and known.lang) or lang)
        return party

    def wish(self, party: str, what: str, at: int, source: str) -> None:
        """Keep a stated preference."""
        self.wishes.append(Wish(party, plainly(what), at, source))

    def id_of(self, source: str, *content: object) -> str:
        """An id that says what a record says: the same content again has the next number.

        The file's name is no part of it, so the same file once more has the same ids.
        """
        digest = blake2b(repr(content).encode(errors="backslashreplace"), digest_size=12).digest()
        self._seen[digest] += 1
        nth = self._seen[digest]
        return f"{source}:{digest.hex()}" + (f"-{nth}" if nth > 1 else "")

    def sheet(self, *, undecodable: bool = False) -> Sheet:
        """All of it.

        Args:
            undecodable: whether the file held bytes in no known encoding.
        """
        self._close()
        table = pa.concat_tables(self._tables).unify_dictionaries()
        for column in (*_TIMES, *COLUMNS):
            empty = table.column_names.count(column) and table[column].null_count == len(table)
            if column not in ALWAYS and empty:
                table = table.drop_columns(column)
        rows = np.array(self._rows, dtype=np.int64)
        marked = undecodable or self._undecodable
        raw = Raw(self.name, table.combine_chunks(), rows, self.refused, marked)
        return Sheet(raw, self.people, self.wishes)

    def _close(self) -> None:
        """Turn the open records into columns."""
        if not self._open["at"] and self._tables:
            return
        columns = {name: self._column(name, cells) for name, cells in self._open.items()}
        self._tables.append(pa.table(columns))
        self._open = {column: [] for column in COLUMNS}

    def _column(self, name: str, cells: list[Any]) -> pa.Array:
        if name in _TIMES:
            return pa.array(cells, pa.int64()).cast(pa.timestamp("us", tz="UTC"))
        try:
            column = pa.array(cells, pa.string())
        except UnicodeEncodeError:
            self._undecodable = True
            column = pa.array([c if c is None else plainly(c) for c in cells], pa.string())
        return column.dictionary_encode() if name in _CODED else column


def plainly(text: str) -> str:
    """Text with ``MARK`` for halves of characters, which no column can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="surrogatepass").decode(errors="replace").replace("\ufffd", MARK)
    return text


def shown_record(record: Any) -> str:
    """A record as text for the list of refusals, cut to 2,000 characters."""
    if isinstance(record, bytes):
        return record[: 4 * LONGEST_RECORD].decode(errors="replace")[:LONGEST_RECORD]
    if not isinstance(record, str):
        try:
            record = json.dumps(record, ensure_ascii=False, default=str)
        except (ValueError, RecursionError):
            record = str(type(record).__name__)
    return str(record[:LONGEST_RECORD])


def listed(words: Iterable[str], most: int = 8) -> str:
    """Words in a reason: the first few, and that there are more.

    >>> listed(["b", "a", "b"]), listed("abcd", most=2)
    ('a, b', 'a, b …')
    """
    found = sorted(set(words))
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")
