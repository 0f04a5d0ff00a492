"""The log of advice as a table: what was shown, what people made of it, and nothing of what came later."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
from django.conf import settings
from django.db.models import Exists, OuterRef

from troth.web.accounts.access import may
from troth.web.guidance.models import Advised
from troth.web.ledger.export.parts import FLAG, REAL, TEXT, WHOLE, batch_of_rows, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

LOG: Final = pa.schema([
    ("advice_id", WHOLE), ("truster", TEXT), ("trusted", TEXT), ("who", TEXT), ("action", TEXT),
    ("spends", FLAG), ("lang", TEXT), ("day", WHOLE), ("first_us", WHOLE), ("last_us", WHOLE),
    ("times", WHOLE), ("decision", TEXT), ("decided_us", WHOLE), ("reason", TEXT), ("words", TEXT),
    ("changes", TEXT), ("rules", TEXT), ("parameters", TEXT), ("propensity", REAL), ("shown", TEXT),
    ("demo", FLAG),
])  # fmt: skip
NAMES: Final = tuple(LOG.names)
_READ: Final = (
    "truster__key", "trusted__key", "user_id", "action", "spends", "lang", "day", "first_us",
    "last_us", "times", "decision", "decided_us", "reason", "words", "adapted", "shown", "demo",
)  # fmt: skip


def pseudonym(user: int | None) -> str:
    """The same for every row of one colleague, and no name: results are clustered by it, nobody ranked."""
    if user is None:
        return ""
    return hmac.digest(settings.DIGEST_KEY, b"advice:%d" % user, "sha256").hex()[:12]


def logged(scope: Scope) -> QuerySet[Advised]:
    """Rows that somebody may see: their own; those of relationships in scope for who leads or analyses."""
    rows = Advised.objects.all()
    if scope.everything:
        return rows
    seen = scope.relationships().filter(truster=OuterRef("truster"), trusted=OuterRef("trusted"))
    rows = rows.filter(Exists(seen))
    return rows if may(scope.user, "see_colleagues") else rows.filter(user=scope.user)


def log_batches(scope: Scope | None, at_us: int) -> Iterator[pa.RecordBatch]:
    """The log, a part at a time.

    Args:
        scope: who asks; None for the desk itself.
        at_us: only rows first shown by then.

    Yields:
        Batches of ``LOG``.
    """
    yield batch_of_rows(LOG, [])
    rows = Advised.objects.all() if scope is None else logged(scope)
    for part in parts_of(rows.filter(first_us__lte=at_us), _READ):
        yield batch_of_rows(LOG, [_told(row) for row in part])


def _told(row: tuple[Any, ...]) -> tuple[Any, ...]:
    number, truster, trusted, user, *plain, adapted, shown, demo = row
    changes = ",".join(adapted.get("changes", ()))
    made_of = (shown["rules"], shown["parameters"], shown["propensity"])
    text = orjson.dumps(shown, option=orjson.OPT_SORT_KEYS).decode()
    return (number, truster, trusted, pseudonym(user), *plain, changes, *made_of, text, demo)
