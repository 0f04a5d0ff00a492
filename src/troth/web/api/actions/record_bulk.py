"""A program tells of many events: all that are good are on record, in one transaction; none that are not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from troth.ledger.casting import true_where
from troth.web.accounts.actor import write_audit
from troth.web.ledger.append import Setting, append
from troth.web.ledger.bounds import refuse
from troth.web.ledger.models import Batch
from troth.web.ledger.own_name import inside_alone, own_alone
from troth.web.ledger.record import Recorded, check
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party


def record_bulk(
    actor: Actor, raw: Raw, lang: str, *, only: Party | None = None
) -> tuple[Recorded, int | None]:
    """Record many events.

    Args:
        actor: who.
        raw: their records.
        lang: language of reasons.
        only: the one house they may be about; rows that name none are about it.

    Returns:
        What was taken, repeated and refused; and the batch by which it can be undone, None where
        nothing was taken.

    Raises:
        UnreadableError: a column that is needed is missing.
    """
    raw = inside_alone(own_alone(raw, actor.user))
    raw = raw if only is None else _within(raw, only.key)
    with transaction.atomic():
        reading = check([raw], actor.now_us, lang)
        batch = _batch(actor, len(reading.events), only) if len(reading.events) else None
        number = batch.pk if batch else None
        taken = append(reading.events.table, Setting(actor.now_us, desk_parameters(), batch=number))
        refused = reading.rejected
        if batch is not None:
            batch.taken = batch.done = len(taken)
            batch.repeated, batch.rejected = reading.duplicates, refused.num_rows
            batch.save(update_fields=["taken", "done", "repeated", "rejected"])
        write_audit(
            actor, "record_bulk", str(number or ""), taken=len(taken), rejected=refused.num_rows
        )
    return Recorded(
        [row[1] for row in taken], reading.duplicates, refused, reading.warnings
    ), number


def _batch(actor: Actor, count: int, house: Party | None) -> Batch:
    return Batch.objects.create(
        name="API", source="api", state=Batch.State.DONE, user=actor.user, house=house,
        started_us=actor.now_us, ended_us=actor.now_us, total=count,
    )  # fmt: skip


def _within(raw: Raw, house: str) -> Raw:
    """Rows about one house alone; others are refused, and rows that name none are about it."""
    count = len(raw.table)
    if "organisation" not in raw.table.column_names:
        column = pa.array([house] * count, pa.string())
        return replace(raw, table=raw.table.append_column("organisation", column))
    at = raw.table.column_names.index("organisation")
    cells = pc.utf8_trim_whitespace(raw.table["organisation"].cast(pa.string()))
    empty = pc.or_kleene(pc.is_null(cells), pc.equal(cells, ""))
    cells = pc.if_else(pc.fill_null(empty, fill_value=True), house, cells)
    table = raw.table.set_column(at, "organisation", cells)
    other = true_where(pc.not_equal(cells, house).combine_chunks())
    return refuse(
        replace(raw, table=table), other, "organisation", "api.invalid.elsewhere", {"house": house}
    )
