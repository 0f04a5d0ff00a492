"""Whether the desk is well: the chain unbroken, the words as they were, the sums right, the disk in order."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.conf import settings
from django.db import connection

from troth.web.ledger.chain import GENESIS, digest_of, link
from troth.web.ledger.models import Batch, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What stands in the place of an event's other columns once its words were erased.
ERASED: Final = {"erased": True}
_LEAST_FREE: Final = 200 * 1024 * 1024
_AT_ONCE: Final = 20_000
_CHAINED: Final = (
    "SELECT e.id, e.event_id, e.t_us, a.uid, b.uid, c.uid, e.kind, e.outcome, e.weight, e.ability, "
    "e.reliability, e.integrity, e.benevolence, e.ref, e.due_us, e.channel, e.source, e.known_us, "
    "e.digest, e.chain, w.text, w.extras FROM ledger_event e "
    "JOIN parties_party a ON a.id = e.truster_id JOIN parties_party b ON b.id = e.trustee_id "
    "LEFT JOIN parties_party c ON c.id = e.organisation_id "
    "LEFT JOIN ledger_words w ON w.event_id = e.id WHERE e.id > %s ORDER BY e.id LIMIT %s"
)


@dataclass(frozen=True)
class Check:
    """One finding.

    Attributes:
        name: ends the key of its phrase, ``doctor.NAME``.
        well: whether all is well.
        values: what fills the phrase.
    """

    name: str
    well: bool
    values: dict[str, Any]


def checks(tell: Callable[[str, int, int], None] | None = None) -> list[Check]:
    """Everything the doctor looks at, most important first."""
    return [*_chain(tell), _guards(), _integrity(), _keys(), _space(), _stuck(), _migrations()]


def _chain(tell: Callable[[str, int, int], None] | None) -> Iterator[Check]:
    """Walk the chain from its first row; a gap in the numbers, a hash or a digest gives it away."""
    key: bytes = settings.DIGEST_KEY
    total = Event.objects.count()
    before, last, broken, changed, erased = GENESIS, 0, 0, 0, 0
    first_broken, first_changed = "", ""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_CHAINED, [last, _AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                break
            for number, *told, vouched, linked, text, extras in rows:
                digest, chain = bytes(vouched), bytes(linked)
                if number != last + 1 or link(before, told, digest) != chain:
                    broken += 1
                    first_broken = first_broken or told[0]
                before, last = chain, number
                more = orjson.loads(extras) if isinstance(extras, str) else (extras or {})
                if more == ERASED and not text:
                    erased += 1
                elif digest_of(key, text or "", more) != digest:
                    changed += 1
                    first_changed = first_changed or told[0]
            if tell:
                tell("chain", last, total)
    if _highest() > last:  # rows are gone from the end, where no hash tells
        broken += 1
        first_broken = first_broken or f"#{last + 1}"
    yield Check("chain", not broken, {"count": last, "broken": broken, "first": first_broken})
    yield Check(
        "words", not changed, {"changed": changed, "first": first_changed, "erased": erased}
    )


def _highest() -> int:
    """The highest number that a row of the chain ever had, as far as the database remembers."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'ledger_event'")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _guards() -> Check:
    if connection.vendor != "sqlite":
        return Check("guards", True, {})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
        )
        names = {row[0] for row in cursor.fetchall()}
    tables = ("ledger_event", "accounts_auditrow")
    wanted = {f"{table}_no_{verb}" for table in tables for verb in ("update", "delete")}
    return Check("guards", wanted <= names, {})


def _integrity() -> Check:
    if connection.vendor != "sqlite":
        return Check("database", True, {"detail": "ok"})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        detail = str(cursor.fetchone()[0])
    return Check("database", detail == "ok", {"detail": detail})


def _keys() -> Check:
    """Secrets are readable by their owner alone."""
    folder = Path(settings.HOME.keys)
    loose = [
        path.name
        for path in folder.glob("*")
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    return Check("keys", not loose, {"names": ", ".join(loose)})


def _space() -> Check:
    free = shutil.disk_usage(settings.HOME.path).free
    return Check("space", free >= _LEAST_FREE, {"free": f"{free // (1024 * 1024):,} MB"})


def _stuck() -> Check:
    stuck = Batch.objects.filter(state__in=(Batch.State.RUNNING, Batch.State.UNDOING)).count()
    return Check("imports", not stuck, {"count": stuck})


def _migrations() -> Check:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check("migrations", not waiting, {"count": len(waiting)})
