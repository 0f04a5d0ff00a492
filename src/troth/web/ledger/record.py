"""The way in for every event: checked, appended with all that is kept, told to the audit log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from django.db import transaction

from troth.ledger.raw import Raw
from troth.ledger.read import read_raws
from troth.ledger.rejections import SCHEMA as REJECTED
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor, write_audit
from troth.web.ledger import rows as records_of
from troth.web.ledger.append import Setting, append
from troth.web.ledger.bounds import bounded
from troth.web.ledger.own_house import housed, own_house
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party, random_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from troth.ledger.events import Reading
    from troth.web.parties.known import Newcomer

#: Types of cells that the checks know how to name; whatever else comes is read as text.
_PLAIN: Final = (
    pa.types.is_string, pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean,
    pa.types.is_timestamp, pa.types.is_date, pa.types.is_null,
)  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    """What came of recording.

    Attributes:
        taken: ids of events now on record, in order of time.
        repeated: how many were on record already, word for word.
        rejected: a table of file, row, column, reason, record.
        warnings: things worth knowing.
    """

    taken: list[str]
    repeated: int = 0
    rejected: pa.Table = field(default_factory=REJECTED.empty_table)
    warnings: tuple[str, ...] = ()


def refusal_of(rejected: pa.Table) -> RefusedError:
    """Why the first of some rows did not pass the checks."""
    first = rejected.slice(0, 1).to_pylist()[0]
    return RefusedError("desk.refused.row", column=first["column"], reason=first["reason"])


def recorded_events(ids: list[str]) -> pa.Table:
    """The events on record under some ids, as the checks of new ones compare them."""
    found = records_of.in_order(records_of.of_names(ids))
    numbers = {number for row in found for number in row[3:6] if number is not None}
    names = dict(Party.objects.filter(pk__in=numbers).values_list("id", "key"))
    words = records_of.words_of(row[1] for row in found)
    return records_of.events_of(found, words, names).table


def raw_of(rows: Sequence[Mapping[str, Any]], name: str = "events") -> Raw:
    """Records that a program or a form brings, as a file would; row 1 is the first."""
    columns = dict.fromkeys(key for row in rows for key in row)
    table = pa.table({key: _column([row.get(key) for row in rows]) for key in columns})
    return Raw(name, table, np.arange(1, len(rows) + 1))


def _column(values: list[Any]) -> pa.Array:
    """Cells as they come where they are alike and plain, else as text, which the checks can name."""
    try:
        cells = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeError):
        cells = pa.nulls(len(values))
    if any(plain(cells.type) for plain in _PLAIN) and cells.null_count == values.count(None):
        return cells
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    """A cell as text; halves of characters, which no file could hold, become question marks."""
    return None if value is None else str(value).encode("utf-8", "replace").decode()


def check(raws: list[Raw], now_us: int, lang: str, house: str | None = None) -> Reading:
    """Check records against one another and against what is on record.

    Args:
        raws: the records.
        now_us: the time, microseconds UTC.
        lang: language of reasons.
        house: key of the organisation of records that name none.

    Raises:
        UnreadableError: a column that is needed is missing.
    """
    held = [own_house(housed(bounded(raw), house)) for raw in raws]
    return read_raws(held, now_us=now_us, lang=lang, known=recorded_events)


def record_events(
    actor: Actor,
    rows: Sequence[Mapping[str, Any]],
    *,
    house: str | None = None,
    people: Mapping[str, Newcomer] | None = None,
    batch: int | None = None,
    lang: str = "en",
) -> Recorded:
    """Record events: all that are good, none that are not.

    Args:
        actor: who records.
        rows: columns of an event each (docs/reference/events.md).
        house: key of the organisation of rows that name none.
        people: what is known of parties that may be new, by key.
        batch: number of the batch they belong to.
        lang: language of reasons.

    Returns:
        What was taken, repeated and refused.

    Raises:
        UnreadableError: a column that is needed is missing everywhere.
    """
    with transaction.atomic(savepoint=False):
        reading = check([raw_of(rows)], actor.now_us, lang, house)
        setting = Setting(actor.now_us, desk_parameters(), house, batch, people)
        taken = append(reading.events.table, setting)
        write_audit(
            actor, "record_events", taken[0][1] if len(taken) == 1 else "", taken=len(taken),
            rejected=reading.rejected.num_rows,
        )  # fmt: skip
    return Recorded(
        [row[1] for row in taken], reading.duplicates, reading.rejected, reading.warnings
    )


def record_one(actor: Actor, deed: str, row: Mapping[str, Any]) -> str:
    """Record one event that a person brings about at the desk.

    Args:
        actor: who.
        deed: the action's name, for the audit log.
        row: its columns; an id is given where there is none, and the time is now.

    Returns:
        Its id.

    Raises:
        RefusedError: it does not pass the checks.
    """
    made = {"event_id": f"desk:{random_id()}", "t_us": actor.now_us, "source": "desk", **row}
    with transaction.atomic(savepoint=False):
        reading = check([raw_of([made])], actor.now_us, actor.lang)
        if reading.rejected.num_rows:
            raise refusal_of(reading.rejected)
        append(reading.events.table, Setting(actor.now_us, desk_parameters()))
        write_audit(actor, deed, made["event_id"], kind=made["kind"])
    return str(made["event_id"])
