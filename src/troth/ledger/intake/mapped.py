"""Rows of somebody's table as events, by a mapping of its columns."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from troth.content.kinds import kind_name
from troth.content.presets import presets
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.choice import party_id
from troth.ledger.intake.grid import column_of, read_grid, rows_of
from troth.ledger.intake.mapping import HOUSE, OTHERWISE, Mapping, fitted
from troth.ledger.intake.ratings import outcome_of
from troth.ledger.intake.records import Gathering, listed
from troth.ledger.intake.sides import UnclearError
from troth.ledger.intake.when import midnight, read_time
from troth.ledger.rejections import shown
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from troth.ledger.intake.choice import Choice
    from troth.ledger.intake.sheet import Sheet
    from troth.ledger.raw import Raw

#: Their ids stand in this namespace where neither a preset nor a source says whose they are.
PLAIN: Final = "sheet"
#: May change from one export of the same row to the next, so it is no part of the row's identity.
_VOLATILE: Final = {"kind", "weight", "reply", "reply_at", "more", "more_at", "wish", "visits"}
_AS_THEY_STAND: Final = ("weight", *DIMENSIONS, "channel", "thread", "text")
#: What sheets write for somebody whom they do not name.
_NOBODY: Final = {
    "匿名", "匿名用户", "匿名买家", "匿名评价", "匿名网友", "匿名客户", "匿名会员", "未知", "散客",
    "anonymous", "anonymous user", "a guest", "unknown", "n/a", "guest",
}  # fmt: skip
_BLANK: Final = {"无", "没有", "暂无", "-", "--", "/", "none", "no", "n/a", "nil"}
_NAMESPACED: Final = re.compile(r"[a-z][a-z0-9_-]*:\S.*")
_WISHES: Final = re.compile(r"[；;\n]+")


def open_columns(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read a table by the mapping or the preset of the choice.

    Raises:
        UnreadableError: nothing in it can be used, or the mapping does not fit it.
    """
    raw = read_grid(name, data)
    mapping = choice.mapping
    if mapping is None:
        if choice.preset is None:
            columns = listed(raw.table.column_names, 40)
            raise UnreadableError(name, "intake.file_mapping", columns=columns)
        if choice.preset not in presets():
            known = listed(presets(), 40)
            raise UnreadableError(name, "intake.file_preset", value=choice.preset, known=known)
        mapping = fitted(presets()[choice.preset], raw.table.column_names)
    return mapped_sheet(raw, mapping, choice)


def mapped_sheet(raw: Raw, mapping: Mapping, choice: Choice) -> Sheet:
    """The sheet that a table comes to.

    Args:
        raw: the table under its own names.
        mapping: what its columns mean.
        choice: who reads it, and for which organisation.

    Returns:
        A record for each row, one more for its reply and for its later word.

    Raises:
        UnreadableError: the mapping names columns that are not there, or lacks what is needed.
    """
    mapping = _fitting(raw, mapping)
    reader = _Rows(raw, mapping, choice)
    if "again" in mapping.constants:
        for _, cells in rows_of(raw):
            reader.look_ahead(cells)
    for row, cells in rows_of(raw):
        reader.read(row, cells)
    reader.gathered.refused[:0] = raw.refused
    return reader.gathered.sheet(undecodable=raw.undecodable)


def _fitting(raw: Raw, mapping: Mapping) -> Mapping:
    names = raw.table.column_names
    if mapping.wrong():
        raise UnreadableError(raw.name, "intake.file_values", detail=shown(mapping.wrong()))
    columns = {}
    for ours, theirs in mapping.columns.items():
        found = column_of(theirs, names)
        if found is None:
            known = listed(names, 40)
            raise UnreadableError(raw.name, "intake.file_column", column=theirs, columns=known)
        columns[ours] = found
    if mapping.lacks():
        fields, known = ", ".join(mapping.lacks()), listed(names, 40)
        raise UnreadableError(raw.name, "intake.file_lacks", fields=fields, columns=known)
    return replace(mapping, columns=columns)


class _ColumnError(UnclearError):
    """What is wrong with one cell, by the name their header gives it."""

    def __init__(self, column: str, key: str, **values: object) -> None:
        super().__init__(key, **values)
        self.column = column


class _Rows:
    """Rows of one table on their way to records."""

    def __init__(self, raw: Raw, mapping: Mapping, choice: Choice) -> None:
        self.gathered = Gathering(raw.name)
        self._mapping, self._choice = mapping, choice
        self._source = choice.preset or mapping.constants.get("source") or PLAIN
        self._shipped = choice.preset is not None
        self._first: dict[str, int] = {}

    def look_ahead(self, cells: dict[str, str]) -> None:
        """Remember the day of each customer's first visit, wherever in the file it stands."""
        try:
            party, day = self._customer(cells)[0], self._day(self._time(cells, "at"))
        except UnclearError:
            return
        if kind_name(self._said(cells, "kind") or "") == self._usual_kind():
            self._first[party] = min(day, self._first.get(party, day))

    def read(self, row: int, cells: dict[str, str]) -> None:
        """Take one row in, or refuse it."""
        try:
            record = self._record(cells)
        except _ColumnError as problem:
            self.gathered.refuse(row, problem.column, problem.key, cells, **problem.values)
            return
        self.gathered.take(row, record)
        self._add_word(row, cells, record, "reply", "staff")
        self._add_word(row, cells, record, "more", "customer")
        self._add_wishes(cells, record)

    def _record(self, cells: dict[str, str]) -> dict[str, Any]:
        at = self._time(cells, "at")
        customer, name = self._customer(cells)
        trustee = self._trustee(cells)
        record: dict[str, Any] = {n: self._said(cells, n) for n in _AS_THEY_STAND}
        record |= {
            "at": at,
            "due": self._time(cells, "due") if self._said(cells, "due") else None,
            "truster": self.gathered.meet(customer, name, "customer"),
            "trustee": trustee,
            "organisation": self._named(self._said(cells, "organisation")) or self._choice.house,
            "kind": self._kind(cells, customer, at),
            "outcome": self._outcome(cells),
            "source": self._said(cells, "source") or self._source,
            "speaker": self._speaker(cells),
        }
        record["event_id"] = self._own_id(cells, "event_id") or self._content_id(cells)
        record["ref"] = self._own_id(cells, "ref")
        return record

    def _said(self, cells: dict[str, str], name: str) -> str | None:
        """A cell in our words, or the constant for it."""
        column = self._mapping.columns.get(name)
        cell = cells.get(column) if column else None
        values = self._mapping.values.get(name, {})
        if cell is not None and cell in values:
            return values[cell]
        if column is not None and OTHERWISE in values:
            return values[OTHERWISE]
        return cell if cell is not None else self._mapping.constants.get(name)

    def _column(self, name: str) -> str:
        return self._mapping.columns.get(name, name)

    def _named(self, said: str | None) -> str | None:
        return self._choice.house if said == HOUSE else said

    def _needed(self, cells: dict[str, str], name: str) -> str:
        said = self._said(cells, name)
        if not said:
            raise _ColumnError(self._column(name), "missing_value")
        return said

    def _time(self, cells: dict[str, str], name: str) -> int:
        written = self._needed(cells, name)
        found = read_time(written, self._choice.clock)
        if found is None:
            either = re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}.*", written)
            key = "intake.time_either" if either else "intake.time"
            raise _ColumnError(self._column(name), key, value=shown(written))
        return found

    def _customer(self, cells: dict[str, str]) -> tuple[str, str]:
        """Id and name; what tells two people of one name apart is kept as its digest alone."""
        name = self._needed(cells, "truster")
        if name.lower() in _NOBODY or not name.strip("*＊ "):
            raise _ColumnError(self._column("truster"), "intake.anonymous", value=shown(name))
        party = self._party(name)
        person = self._said(cells, "person")
        if person:
            party += f"#{blake2b(person.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"
        return party, name

    def _party(self, said: str) -> str:
        if not self._shipped and _NAMESPACED.fullmatch(said):
            return said
        return party_id(self._source, said, self._choice)

    def _trustee(self, cells: dict[str, str]) -> str:
        said = self._needed(cells, "trustee")
        if said == HOUSE:
            house = self._choice.house
            return self.gathered.meet(house, None, "organisation")
        return self.gathered.meet(self._party(said), said, "staff")

    def _usual_kind(self) -> str:
        return kind_name(self._mapping.constants.get("kind") or self._other_kind())

    def _other_kind(self) -> str:
        return self._mapping.values.get("kind", {}).get(OTHERWISE, "")

    def _day(self, at: int) -> int:
        return midnight(at, self._choice.clock).toordinal()

    def _kind(self, cells: dict[str, str], customer: str, at: int) -> str:
        kind = self._needed(cells, "kind")
        again = self._mapping.constants.get("again")
        if again is None or kind_name(kind) != self._usual_kind():
            return kind
        visits = self._said(cells, "visits") or ""
        counted = visits.isascii() and visits[:4].isdigit() and int(visits[:4]) > 1
        return again if counted or self._day(at) > self._first.get(customer, 1 << 40) else kind

    def _outcome(self, cells: dict[str, str]) -> str | None:
        column = self._mapping.columns.get("outcome")
        cell = cells.get(column) if column else None
        scale = self._mapping.scale
        said = self._said(cells, "outcome")
        if cell is None or scale is None or cell in self._mapping.values.get("outcome", {}):
            return said
        outcome = outcome_of(cell, scale)
        if outcome is None:
            worst, best = (f"{end:g}" for end in scale)
            values = {"worst": worst, "best": best, "value": shown(cell)}
            raise _ColumnError(column or "outcome", "intake.rating", **values)
        return repr(outcome)

    def _speaker(self, cells: dict[str, str]) -> str:
        said = self._said(cells, "speaker") or "customer"
        if said not in ("customer", "staff"):
            raise _ColumnError(self._column("speaker"), "intake.side_unknown", value=shown(said))
        return said

    def _own_id(self, cells: dict[str, str], name: str) -> str | None:
        """Their id; that of a shipped preset stands in its namespace, as platforms count alike."""
        said = self._said(cells, name)
        return f"{self._source}:{said}" if said and self._shipped else said

    def _content_id(self, cells: dict[str, str]) -> str:
        told = sorted(
            (ours, cells.get(theirs, ""))
            for ours, theirs in self._mapping.columns.items()
            if ours not in _VOLATILE
        )
        return self.gathered.id_of(self._source, told)

    def _add_word(
        self, row: int, cells: dict[str, str], record: dict[str, Any], name: str, speaker: str
    ) -> None:
        """A reply or a later word beside a review: a message of its own time, or refused."""
        words = self._said(cells, name)
        if not words or words.lower() in _BLANK:
            return
        column, time = self._column(name), f"{name}_at"
        if not self._said(cells, time):
            self.gathered.refuse(row, column, "intake.reply_time", words)
            return
        try:
            at = self._time(cells, time)
        except _ColumnError as problem:
            self.gathered.refuse(row, problem.column, problem.key, words, **problem.values)
            return
        kept = {n: record[n] for n in ("truster", "trustee", "organisation", "channel", "source")}
        said = {"event_id": f"{record['event_id']}:{name}", "ref": record["event_id"], "at": at}
        thread = record["thread"] or record["event_id"]
        said |= {"kind": "message", "text": words, "speaker": speaker, "thread": thread}
        self.gathered.take(row, kept | said)

    def _add_wishes(self, cells: dict[str, str], record: dict[str, Any]) -> None:
        for part in _WISHES.split(self._said(cells, "wish") or ""):
            what = part.strip()
            if what and what.lower() not in _BLANK:
                self.gathered.wish(record["truster"], what, record["at"], record["event_id"])
